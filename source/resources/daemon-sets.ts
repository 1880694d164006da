import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, count, labels, name, server} from '../core/standard-columns.ts';
import {judgeWorkload, type Workload} from '../core/workload-state.ts';

/** Whole objects, because misscheduled pods are not in the server's columns. */
export const daemonSets: ResourceKind<Workload> = {
	apiVersion: 'apps/v1',
	kind: 'DaemonSet',
	plural: 'daemonsets',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	family: 'workloads',
	columns: [
		name,
		count('Desired', {priority: 2}),
		count('Current'),
		count('Ready', {priority: 1}),
		statusColumn(judgeWorkload),
		count('Up-to-date'),
		count('Available'),
		server('Node Selector', {priority: 6}),
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
