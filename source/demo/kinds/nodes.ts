import {at, recordsAt, textAt} from '../json.ts';
import {ageColumn, column, type DemoKind, nameColumn, status} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';
import {orElse} from './cell-text.ts';

const rolePrefix = 'node-role.kubernetes.io/';

function statusCell(node: StoredObject): string {
	const ready = recordsAt(node, 'status', 'conditions').find(condition => condition['type'] === 'Ready');
	const state = ready === undefined ? 'Unknown' : ready['status'] === 'True' ? 'Ready' : 'NotReady';
	return at(node, 'spec', 'unschedulable') === true ? `${state},SchedulingDisabled` : state;
}

function rolesCell(node: StoredObject): string {
	const roles = Object.entries(node.metadata.labels ?? {}).flatMap(([key, value]) => {
		if (key.startsWith(rolePrefix)) return [key.slice(rolePrefix.length)];
		return key === 'kubernetes.io/role' ? [value] : [];
	});
	return orElse([...new Set(roles.filter(role => role !== ''))].sort().join(','), '<none>');
}

function address(node: StoredObject, type: string): string {
	return orElse(
		textAt(
			recordsAt(node, 'status', 'addresses').find(entry => entry['type'] === type),
			'address',
		),
		'<none>',
	);
}

export const nodes: DemoKind = {
	group: '',
	version: 'v1',
	plural: 'nodes',
	singular: 'node',
	kind: 'Node',
	namespaced: false,
	shortNames: ['no'],
	subresources: [{name: 'proxy', verbs: ['create', 'delete', 'get', 'patch', 'update'], kind: 'NodeProxyOptions'}, status],
	columns: [
		nameColumn,
		column('Status'),
		column('Roles'),
		ageColumn,
		column('Version'),
		...['Internal-IP', 'External-IP', 'OS-Image', 'Kernel-Version', 'Container-Runtime'].map(name => column(name, {wide: true})),
	],
	cells: (node, {since}) => [
		node.metadata.name,
		statusCell(node),
		rolesCell(node),
		since(node.metadata.creationTimestamp),
		textAt(node, 'status', 'nodeInfo', 'kubeletVersion'),
		address(node, 'InternalIP'),
		address(node, 'ExternalIP'),
		...['osImage', 'kernelVersion', 'containerRuntimeVersion'].map(field => orElse(textAt(node, 'status', 'nodeInfo', field), '<unknown>')),
	],
	fields: node => ({'spec.unschedulable': String(at(node, 'spec', 'unschedulable') === true)}),
};
