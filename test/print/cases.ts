import type {Discovery} from '../../source/core/cluster-client.ts';
import type {PrintInvocation} from '../../source/core/invocation.ts';
import {makeCatalogue} from '../../source/core/make-catalogue.ts';
import type {ResourceKind} from '../../source/core/resource-kind.ts';
import type {ResourceType} from '../../source/core/resource-type.ts';
import {age, name, ratio, restarts, server} from '../../source/core/standard-columns.ts';
import type {PrintJob} from '../../source/print/print-job.ts';
import {type FakeClient, resourceType, serverColumns, serverTable} from '../tools/fake-client.ts';

/** 2026-03-01T14:02:31Z. */
export const now = Date.parse('2026-03-01T14:02:31Z');

export const podType = resourceType({plural: 'pods', kind: 'Pod', shortNames: ['po'], categories: ['all']});
export const serviceType = resourceType({plural: 'services', kind: 'Service', shortNames: ['svc'], categories: ['all']});
export const deploymentType = resourceType({group: 'apps', plural: 'deployments', kind: 'Deployment', shortNames: ['deploy'], categories: ['all']});
export const nodeType = resourceType({plural: 'nodes', kind: 'Node', shortNames: ['no'], namespaced: false});
export const secretType = resourceType({plural: 'secrets', kind: 'Secret'});
export const types: readonly ResourceType[] = [podType, serviceType, deploymentType, nodeType, secretType];
export const discovery: Discovery = {types, problems: new Map(), warming: false};

/** A small record of pods, so that these tests do not hang on the real one. */
const pods: ResourceKind = {
	apiVersion: 'v1',
	kind: 'Pod',
	plural: 'pods',
	aliases: [],
	scope: 'namespaced',
	mode: 'metadata',
	columns: [name, ratio('Ready'), server('Status'), restarts, server('Node', {wide: true}), age],
	sort: {by: 'name'},
	tone: item => (item.printed('Status') === 'Running' ? 'ok' : 'error'),
};
/** Services look at pods beside them. */
const services: ResourceKind = {
	apiVersion: 'v1',
	kind: 'Service',
	plural: 'services',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	beside: ['pods'],
	columns: [
		name,
		{
			id: 'pods',
			title: 'PODS',
			align: 'end',
			cell: (item, {beside}) => ({type: 'number', unit: 'count', ...(beside.ready('pods') ? {value: beside.list('pods', item.meta.namespace).length} : {})}),
		},
	],
	sort: {by: 'name'},
};

export const podColumns = serverColumns('Name', 'Ready', 'Status', 'Restarts', 'Age', '*IP', '*Node');
const created = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString().replace('.000Z', 'Z');

export const podTable = serverTable(podType, podColumns, [
	{
		namespace: 'shop',
		cells: ['cart-7d9f5c6c8b-m4htv', '2/2', 'Running', '0', '9m', '10.0.0.7', 'n1'],
		meta: {creationTimestamp: created(540), labels: {app: 'cart'}},
	},
	{
		namespace: 'shop',
		cells: ['web', '0/1', 'CrashLoopBackOff', '31 (48s ago)', '3h', '10.0.0.8', 'n2'],
		meta: {creationTimestamp: created(10_800), labels: {app: 'web'}},
	},
	{namespace: 'team-a', cells: ['api', '1/1', 'Running', '2 (3d ago)', '5d', '10.0.0.9', 'n1'], meta: {creationTimestamp: created(432_000)}},
]);
export const serviceTable = serverTable(serviceType, serverColumns('Name', 'Type', 'Cluster-IP', 'External-IP', 'Port(s)', 'Age', '*Selector'), [
	{namespace: 'shop', cells: ['web', 'ClusterIP', '10.96.201.176', '<none>', '80/TCP', '9m', 'app=web']},
]);
export const deploymentTable = serverTable(deploymentType, serverColumns('Name', 'Ready', 'Up-to-date', 'Available', 'Age'), [
	{namespace: 'shop', cells: ['web', '0/1', 1, 0, '3h']},
]);
export const nodeTable = serverTable(nodeType, serverColumns('Name', 'Status', 'Roles', 'Age', 'Version'), [
	{cells: ['n1', 'Ready', '<none>', '6m43s', 'v1.34.2']},
]);

export type Printed = Readonly<{job: PrintJob; out(): string; errors: readonly string[]}>;

/** A job whose output is kept. */
export function printJob(
	client: FakeClient,
	invocation: Partial<Omit<PrintInvocation, 'selection'>> & Readonly<{selection: Partial<PrintInvocation['selection']>}>,
): Printed {
	const written: string[] = [];
	const errors: string[] = [];
	const job: PrintJob = {
		client,
		catalogue: makeCatalogue([pods, services], discovery),
		invocation: {
			mode: 'print',
			connection: {orDemo: false},
			diagnostics: {},
			format: 'text',
			watch: false,
			reveal: false,
			share: false,
			headers: true,
			command: 'k8tui pods',
			...invocation,
			selection: {targets: [{kind: 'pods'}], allNamespaces: false, ...invocation.selection},
		},
		write: text => void written.push(text),
		warn: sentence => void errors.push(sentence),
		now: () => now,
	};
	return {job, out: () => written.join(''), errors};
}
