import {at, listAt, recordAt, recordsAt, textAt, textsAt} from '../json.ts';
import {ageColumn, column, type DemoKind, nameColumn, status} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';
import {containerCells, labelsText, sizeAt} from './cell-text.ts';

const core = {group: '', version: 'v1', namespaced: true} as const;

export const configMaps: DemoKind = {
	...core,
	plural: 'configmaps',
	singular: 'configmap',
	kind: 'ConfigMap',
	shortNames: ['cm'],
	columns: [nameColumn, column('Data'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, sizeAt(object, 'data') + sizeAt(object, 'binaryData'), since(object.metadata.creationTimestamp)],
};

export const secrets: DemoKind = {
	...core,
	plural: 'secrets',
	singular: 'secret',
	kind: 'Secret',
	columns: [nameColumn, column('Type'), column('Data'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, textAt(object, 'type'), sizeAt(object, 'data'), since(object.metadata.creationTimestamp)],
	fields: object => ({type: textAt(object, 'type')}),
};

export const serviceAccounts: DemoKind = {
	...core,
	plural: 'serviceaccounts',
	singular: 'serviceaccount',
	kind: 'ServiceAccount',
	shortNames: ['sa'],
	subresources: [{name: 'token', verbs: ['create'], kind: 'TokenRequest', group: 'authentication.k8s.io', version: 'v1'}],
	columns: [nameColumn, column('Secrets'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, listAt(object, 'secrets').length, since(object.metadata.creationTimestamp)],
};

export const limitRanges: DemoKind = {...core, plural: 'limitranges', singular: 'limitrange', kind: 'LimitRange', shortNames: ['limits']};

export const podTemplates: DemoKind = {
	...core,
	plural: 'podtemplates',
	singular: 'podtemplate',
	kind: 'PodTemplate',
	columns: [nameColumn, column('Containers'), column('Images'), column('Pod Labels')],
	cells: object => [object.metadata.name, ...containerCells(at(object, 'template', 'spec')), labelsText(textsAt(object, 'template', 'metadata', 'labels'))],
};

function quotaText(quota: StoredObject, limits: boolean): string {
	return Object.keys(recordAt(quota, 'status', 'hard'))
		.sort()
		.filter(name => name.startsWith('limits.') === limits)
		.map(name => `${name}: ${textAt(quota, 'status', 'used', name) || '0'}/${textAt(quota, 'status', 'hard', name)}`)
		.join(', ');
}

export const resourceQuotas: DemoKind = {
	...core,
	plural: 'resourcequotas',
	singular: 'resourcequota',
	kind: 'ResourceQuota',
	shortNames: ['quota'],
	subresources: [status],
	columns: [nameColumn, column('Request'), column('Limit'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, quotaText(object, false), quotaText(object, true), since(object.metadata.creationTimestamp)],
};

export const namespaces: DemoKind = {
	...core,
	namespaced: false,
	plural: 'namespaces',
	singular: 'namespace',
	kind: 'Namespace',
	shortNames: ['ns'],
	verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
	subresources: [{name: 'finalize', verbs: ['update']}, status],
	columns: [nameColumn, column('Status'), ageColumn],
	cells: (object, {since}) => [object.metadata.name, textAt(object, 'status', 'phase'), since(object.metadata.creationTimestamp)],
	fields: object => ({name: object.metadata.name, 'status.phase': textAt(object, 'status', 'phase')}),
};

export const componentStatuses: DemoKind = {
	...core,
	namespaced: false,
	plural: 'componentstatuses',
	singular: 'componentstatus',
	kind: 'ComponentStatus',
	shortNames: ['cs'],
	verbs: ['get', 'list'],
	columns: [nameColumn, column('Status'), column('Message'), column('Error')],
	cells: object => {
		const healthy = recordsAt(object, 'conditions').find(condition => condition['type'] === 'Healthy');
		const state = healthy === undefined ? 'Unknown' : healthy['status'] === 'True' ? 'Healthy' : 'Unhealthy';
		return [object.metadata.name, state, textAt(healthy, 'message'), textAt(healthy, 'error')];
	},
};
