import {judged, statusColumn} from '../core/judgement.ts';
import {isNodeLost, mayBeLost} from '../core/node-state.ts';
import {judgePod} from '../core/pod-state.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, ratio, restarts, server} from '../core/standard-columns.ts';
import {podShareColumns, podUsageColumns} from '../core/top/usage-columns.ts';

/** Without whole objects: there may be ten thousand of them. */
export const pods: ResourceKind = {
	apiVersion: 'v1',
	kind: 'Pod',
	plural: 'pods',
	aliases: [],
	scope: 'namespaced',
	mode: 'metadata',
	family: 'workloads',
	beside: ['nodes'],
	besideDoubts: {nodes: mayBeLost},
	besideFacts: {nodes: node => (isNodeLost(node) ? 'lost' : 'there')},
	columns: [
		name,
		ratio('Ready'),
		statusColumn(judgePod),
		restarts,
		...podUsageColumns,
		age,
		server('Node', {priority: 5, cut: 'middle'}),
		server('IP', {priority: 6}),
		...podShareColumns,
		server('Nominated Node', {wide: true}),
		server('Readiness Gates', {wide: true}),
		labels,
	],
	sort: {by: 'name'},
	...judged(judgePod),
	enter: 'containers',
};
