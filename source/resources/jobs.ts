import {type Job, judgeJob} from '../core/job-state.ts';
import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, durationCell, labels, name, ratio, server} from '../core/standard-columns.ts';
import type {Column} from '../core/table.ts';
import {timestamp} from '../core/timestamp.ts';

const duration: Column<Job> = {
	id: 'duration',
	title: 'DURATION',
	align: 'end',
	priority: 3,
	cell: ({object}) => durationCell(timestamp(object?.status?.startTime), timestamp(object?.status?.completionTime)),
};

export const jobs: ResourceKind<Job> = {
	apiVersion: 'batch/v1',
	kind: 'Job',
	plural: 'jobs',
	aliases: ['jo'],
	scope: 'namespaced',
	mode: 'object',
	family: 'workloads',
	columns: [
		name,
		statusColumn(judgeJob),
		ratio('Completions', {priority: 2}),
		duration,
		age,
		server('Containers', {wide: true}),
		server('Images', {wide: true, priority: 8, cut: 'front'}),
		server('Selector', {wide: true, priority: 9}),
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeJob),
	enter: 'pods',
};
