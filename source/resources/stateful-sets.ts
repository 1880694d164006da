import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name, ratio, server} from '../core/standard-columns.ts';
import {judgeWorkload, type Workload} from '../core/workload-state.ts';

/** Whole objects, because the server's columns do not say that a rollout runs. */
export const statefulSets: ResourceKind<Workload> = {
	apiVersion: 'apps/v1',
	kind: 'StatefulSet',
	plural: 'statefulsets',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	family: 'workloads',
	columns: [
		name,
		ratio('Ready', {faults: true}),
		statusColumn(judgeWorkload),
		age,
		server('Containers', {wide: true}),
		server('Images', {wide: true, priority: 8, cut: 'front'}),
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeWorkload),
	enter: 'pods',
};
