import type {Call, ContextInfo} from '../../source/core/cluster-client.ts';
import type {ContextsModel, StartModel} from '../../source/core/contexts-model.ts';
import type {Notice} from '../../source/core/effect.ts';
import type {Problem} from '../../source/core/problem.ts';
import type {ResourceType} from '../../source/core/resource-type.ts';
import type {HelpEntry} from '../../source/pages/help.ts';
import {minuteMs, now} from './page-fixture.ts';

export const refused: Problem = {
	code: 'refused',
	what: 'Could not reach the API server',
	cause: 'connection refused by 10.0.0.10:6443',
	remedy: 'Is it running?',
};
export const forbidden: Problem = {
	code: 'forbidden',
	what: 'Could not list secrets',
	cause: 'you may not list secrets',
	status: 403,
	serverMessage: 'secrets is forbidden: User "bob" cannot list resource "secrets" in API group "" in the namespace "shop"',
};

function context(name: string, more: Partial<ContextInfo> = {}): ContextInfo {
	return {name, cluster: name, user: 'alice', namespace: 'default', server: `https://${name}.example:6443`, source: '~/.kube/config', demo: false, ...more};
}

export const contexts: ContextsModel = {
	current: 'prod-eu1',
	files: ['~/.kube/config'],
	contexts: [
		{info: context('prod-eu1', {namespace: 'shop', certificateDays: 41}), reach: {state: 'reached', version: 'v1.34.2', latencyMs: 22.4}},
		{info: context('lab-k3s', {certificateDays: -3}), reach: {state: 'failed', problem: refused}},
		{info: context('staging', {certificateDays: 6}), reach: {state: 'asking'}},
		{info: context('old'), reach: {state: 'not-asked'}},
	],
};

export const calls: readonly Call[] = [
	{
		id: 1,
		method: 'GET',
		path: '/api/v1/pods?watch=1&resourceVersion=12',
		startedAt: now - 9 * minuteMs,
		status: 200,
		firstByteMs: 95,
		bytes: 1_234_567,
		stream: true,
		lastByteAt: now - 300,
		retries: 0,
	},
	{
		id: 2,
		method: 'GET',
		path: '/apis',
		startedAt: now - 9 * minuteMs,
		status: 200,
		firstByteMs: 12,
		endedAt: now - 9 * minuteMs + 31,
		bytes: 18_000,
		stream: false,
		retries: 0,
	},
	{
		id: 3,
		method: 'GET',
		path: '/api/v1/namespaces/shop/secrets',
		startedAt: now - minuteMs,
		status: 403,
		firstByteMs: 4,
		endedAt: now - minuteMs + 5,
		bytes: 310,
		stream: false,
		retries: 0,
		problem: forbidden,
		auditId: 'a-1',
	},
	{id: 4, method: 'POST', path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', startedAt: now - 100, bytes: 0, stream: false, retries: 2},
];

export const notices: readonly Notice[] = [
	{tone: 'ok', text: 'Copied 3 names', at: now - 9 * minuteMs},
	{
		tone: 'error',
		text: 'Could not list secrets in shop: you may not list secrets. Ask whoever keeps the roles of this cluster for list on secrets in shop.',
		at: now - minuteMs,
	},
];

export const help: readonly HelpEntry[] = [
	{keys: 'd', title: 'Describe', group: 'object', on: 'here'},
	{keys: 'Ctrl-D', title: 'Delete', group: 'object', on: 'here', reason: 'READ-ONLY'},
	{keys: 'N', title: 'Sort by name', group: 'sort', on: 'here'},
	{keys: ':', title: 'Go to a kind or a screen', group: 'go', on: 'everywhere'},
	{keys: '?', title: 'Help', group: 'general', on: 'everywhere'},
];

function type(plural: string, kind: string, shortNames: readonly string[], more: Partial<ResourceType> = {}): ResourceType {
	return {
		group: '',
		version: 'v1',
		plural,
		kind,
		singular: kind.toLowerCase(),
		namespaced: true,
		verbs: ['get', 'list', 'watch'],
		shortNames,
		categories: [],
		subresources: [],
		preferred: true,
		state: 'current',
		...more,
	};
}

export const podType = type('pods', 'Pod', ['po']);
export const nodeType = type('nodes', 'Node', ['no'], {namespaced: false});
export const types: readonly ResourceType[] = [
	podType,
	nodeType,
	type('deployments', 'Deployment', ['deploy'], {group: 'apps'}),
	type('widgets', 'Widget', [], {group: 'example.com', version: 'v1alpha1', state: 'gone'}),
	type('bindings', 'Binding', [], {verbs: ['create']}),
];

export const start: StartModel = {
	version: '0.1.0',
	k3s: '/etc/rancher/k3s/k3s.yaml',
	looked: [
		{place: '$KUBECONFIG', found: 'not set'},
		{place: '~/.kube/config', found: 'does not exist'},
		{place: '/etc/rancher/k3s/k3s.yaml', found: 'exists, not readable by uid 1000'},
		{place: 'in-cluster service account', found: 'no token mounted'},
	],
};
