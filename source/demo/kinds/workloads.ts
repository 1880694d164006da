import {at, numberAt, textsAt} from '../json.ts';
import {ageColumn, type Column, column, type DemoKind, nameColumn, scale, status} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';
import {containerCells, labelsText, orElse, selectorText} from './cell-text.ts';

const containers: readonly Column[] = [column('Containers', {wide: true}), column('Images', {wide: true})];
const selector: Column = column('Selector', {wide: true});
const apps = {group: 'apps', version: 'v1', namespaced: true, categories: ['all']} as const;

function templateCells(object: StoredObject): readonly [string, string] {
	return containerCells(at(object, 'spec', 'template', 'spec'));
}

/** Go's default of an omitted `replicas` is 1. */
function desired(object: StoredObject): number {
	return at(object, 'spec', 'replicas') === undefined ? 1 : numberAt(object, 'spec', 'replicas');
}

export const deployments: DemoKind = {
	...apps,
	plural: 'deployments',
	singular: 'deployment',
	kind: 'Deployment',
	shortNames: ['deploy'],
	subresources: [scale, status],
	columns: [nameColumn, column('Ready'), column('Up-to-date'), column('Available'), ageColumn, ...containers, selector],
	cells: (object, {since}) => [
		object.metadata.name,
		`${numberAt(object, 'status', 'readyReplicas')}/${desired(object)}`,
		numberAt(object, 'status', 'updatedReplicas'),
		numberAt(object, 'status', 'availableReplicas'),
		since(object.metadata.creationTimestamp),
		...templateCells(object),
		selectorText(at(object, 'spec', 'selector')),
	],
};

const replicaColumns: readonly Column[] = [
	nameColumn,
	column('Desired', {type: 'integer'}),
	column('Current', {type: 'integer'}),
	column('Ready', {type: 'integer'}),
	ageColumn,
	...containers,
	selector,
];

export const replicaSets: DemoKind = {
	...apps,
	plural: 'replicasets',
	singular: 'replicaset',
	kind: 'ReplicaSet',
	shortNames: ['rs'],
	subresources: [scale, status],
	columns: replicaColumns,
	cells: (object, {since}) => [
		object.metadata.name,
		desired(object),
		numberAt(object, 'status', 'replicas'),
		numberAt(object, 'status', 'readyReplicas'),
		since(object.metadata.creationTimestamp),
		...templateCells(object),
		orElse(selectorText(at(object, 'spec', 'selector')), '<none>'),
	],
	fields: object => ({'status.replicas': String(numberAt(object, 'status', 'replicas'))}),
};

export const replicationControllers: DemoKind = {
	...replicaSets,
	group: '',
	plural: 'replicationcontrollers',
	singular: 'replicationcontroller',
	kind: 'ReplicationController',
	shortNames: ['rc'],
	cells: (object, {since}) => [
		object.metadata.name,
		desired(object),
		numberAt(object, 'status', 'replicas'),
		numberAt(object, 'status', 'readyReplicas'),
		since(object.metadata.creationTimestamp),
		...templateCells(object),
		labelsText(textsAt(object, 'spec', 'selector')),
	],
};

export const statefulSets: DemoKind = {
	...apps,
	plural: 'statefulsets',
	singular: 'statefulset',
	kind: 'StatefulSet',
	shortNames: ['sts'],
	subresources: [scale, status],
	columns: [nameColumn, column('Ready'), ageColumn, ...containers],
	cells: (object, {since}) => [
		object.metadata.name,
		`${numberAt(object, 'status', 'readyReplicas')}/${desired(object)}`,
		since(object.metadata.creationTimestamp),
		...templateCells(object),
	],
};

export const daemonSets: DemoKind = {
	...apps,
	plural: 'daemonsets',
	singular: 'daemonset',
	kind: 'DaemonSet',
	shortNames: ['ds'],
	subresources: [status],
	columns: [
		nameColumn,
		...['Desired', 'Current', 'Ready', 'Up-to-date', 'Available'].map(name => column(name, {type: 'integer'})),
		column('Node Selector'),
		ageColumn,
		...containers,
		selector,
	],
	cells: (object, {since}) => [
		object.metadata.name,
		...['desiredNumberScheduled', 'currentNumberScheduled', 'numberReady', 'updatedNumberScheduled', 'numberAvailable'].map(field =>
			numberAt(object, 'status', field),
		),
		labelsText(textsAt(object, 'spec', 'template', 'spec', 'nodeSelector')),
		since(object.metadata.creationTimestamp),
		...templateCells(object),
		orElse(selectorText(at(object, 'spec', 'selector')), '<none>'),
	],
};

export const controllerRevisions: DemoKind = {
	group: 'apps',
	version: 'v1',
	namespaced: true,
	plural: 'controllerrevisions',
	singular: 'controllerrevision',
	kind: 'ControllerRevision',
	columns: [nameColumn, column('Controller'), column('Revision'), ageColumn],
	cells: (object, {since}) => {
		const owner = object.metadata.ownerReferences?.find(({controller}) => controller === true);
		const group = owner?.apiVersion.includes('/') === true ? `.${owner.apiVersion.split('/')[0]}` : '';
		return [
			object.metadata.name,
			owner === undefined ? '<none>' : `${owner.kind.toLowerCase()}${group}/${owner.name}`,
			numberAt(object, 'revision'),
			since(object.metadata.creationTimestamp),
		];
	},
};
