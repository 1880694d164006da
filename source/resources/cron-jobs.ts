import {type CronJob, judgeCronJob} from '../core/job-state.ts';
import {judged, statusColumn} from '../core/judgement.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import {age, ageOf, count, labels, name, server} from '../core/standard-columns.ts';

export const cronJobs: ResourceKind<CronJob> = {
	apiVersion: 'batch/v1',
	kind: 'CronJob',
	plural: 'cronjobs',
	aliases: [],
	scope: 'namespaced',
	mode: 'object',
	family: 'workloads',
	beside: ['jobs'],
	columns: [
		name,
		server('Schedule', {priority: 2}),
		statusColumn(judgeCronJob),
		server('Timezone', {priority: 6}),
		server('Suspend', {priority: 5}),
		count('Active'),
		ageOf<CronJob>('Last Schedule', ({status}) => status?.lastScheduleTime, {priority: 2}),
		ageOf<CronJob>('Last Success', ({status}) => status?.lastSuccessfulTime, {priority: 5}),
		age,
		server('Containers', {wide: true}),
		server('Images', {wide: true, priority: 8, cut: 'front'}),
		labels,
	],
	sort: {by: 'name'},
	...judged(judgeCronJob),
};
