import {judged, statusColumn} from '../core/judgement.ts';
import {judgeNode, type Node} from '../core/node-state.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, server} from '../core/standard-columns.ts';
import type {Column} from '../core/table.ts';
import {nodeShareColumns, nodeUsageColumns} from '../core/top/usage-columns.ts';

const taints: Column<Node> = {
	id: 'taints',
	title: 'TAINTS',
	align: 'end',
	priority: 5,
	cell: ({object}) => (object ? {type: 'number', value: object.spec?.taints?.length ?? 0, unit: 'count'} : {type: 'number', unit: 'count'}),
};

/** Whole objects, because pressures are conditions and no column. */
export const nodes: ResourceKind<Node> = {
	apiVersion: 'v1',
	kind: 'Node',
	plural: 'nodes',
	aliases: [],
	scope: 'cluster',
	mode: 'object',
	family: 'nodes',
	beside: ['leases'],
	columns: [
		name,
		statusColumn(judgeNode),
		server('Roles', {priority: 3}),
		...nodeUsageColumns,
		taints,
		age,
		server('Version', {priority: 2}),
		server('Internal-IP', {priority: 6}),
		...nodeShareColumns,
		server('External-IP', {wide: true}),
		server('OS-Image', {wide: true}),
		server('Kernel-Version', {wide: true}),
		server('Container-Runtime', {wide: true}),
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeNode),
	enter: 'pods',
};
