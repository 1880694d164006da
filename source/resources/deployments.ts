import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, count, labels, name, ratio, server} from '../core/standard-columns.ts';
import {judgeWorkload, type Workload} from '../core/workload-state.ts';

/** Whole objects, because stuck rollouts and pauses are not in the server's columns. */
export const deployments: ResourceKind<Workload> = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	plural: 'deployments',
	aliases: ['dp'],
	scope: 'namespaced',
	mode: 'object',
	family: 'workloads',
	columns: [
		name,
		ratio('Ready', {faults: true}),
		statusColumn(judgeWorkload),
		count('Up-to-date'),
		count('Available'),
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
