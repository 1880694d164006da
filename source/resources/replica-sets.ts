import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, count, labels, name, server} from '../core/standard-columns.ts';
import {judgeWorkload} from '../core/workload-state.ts';

/** Those of past rollouts stay behind scaled to 0, which is muted. */
export const replicaSets: ResourceKind = {
	apiVersion: 'apps/v1',
	kind: 'ReplicaSet',
	plural: 'replicasets',
	aliases: [],
	scope: 'namespaced',
	mode: 'metadata',
	columns: [
		name,
		count('Desired', {priority: 2}),
		count('Current', {priority: 2}),
		count('Ready', {priority: 1}),
		statusColumn(judgeWorkload),
		age,
		server('Containers', {wide: true}),
		server('Images', {wide: true, priority: 8, cut: 'front'}),
		server('Selector', {wide: true, priority: 9}),
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeWorkload),
	enter: 'pods',
};
