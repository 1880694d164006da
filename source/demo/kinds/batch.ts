import {at, listAt, numberAt, recordsAt, textAt} from '../json.ts';
import {ageColumn, type Column, column, type DemoKind, nameColumn, status} from '../kind.ts';
import type {StoredObject} from '../stored-object.ts';
import {containerCells, orElse, selectorText} from './cell-text.ts';

const batch = {group: 'batch', version: 'v1', namespaced: true, categories: ['all'], subresources: [status]} as const;
const wide: readonly Column[] = [column('Containers', {wide: true}), column('Images', {wide: true}), column('Selector', {wide: true})];

/** Which condition names the state of a job, the first that holds. */
const jobStates: ReadonlyArray<readonly [condition: string, text: string]> = [
	['Complete', 'Complete'],
	['Failed', 'Failed'],
	['', 'Terminating'],
	['Suspended', 'Suspended'],
	['FailureTarget', 'FailureTarget'],
	['SuccessCriteriaMet', 'SuccessCriteriaMet'],
];

function jobState(job: StoredObject): string {
	const holding = new Set(
		recordsAt(job, 'status', 'conditions')
			.filter(condition => condition['status'] === 'True')
			.map(condition => condition['type']),
	);
	if (job.metadata.deletionTimestamp !== undefined) holding.add('');
	return jobStates.find(([condition]) => holding.has(condition))?.[1] ?? 'Running';
}

function completions(job: StoredObject): string {
	const succeeded = numberAt(job, 'status', 'succeeded');
	if (at(job, 'spec', 'completions') !== undefined) return `${succeeded}/${numberAt(job, 'spec', 'completions')}`;
	const parallelism = numberAt(job, 'spec', 'parallelism');
	return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

export const jobs: DemoKind = {
	...batch,
	plural: 'jobs',
	singular: 'job',
	kind: 'Job',
	columns: [nameColumn, column('Status'), column('Completions'), column('Duration'), ageColumn, ...wide],
	cells: (job, {since, between}) => [
		job.metadata.name,
		jobState(job),
		completions(job),
		between(at(job, 'status', 'startTime'), at(job, 'status', 'completionTime')),
		since(job.metadata.creationTimestamp),
		...containerCells(at(job, 'spec', 'template', 'spec')),
		orElse(selectorText(at(job, 'spec', 'selector')), '<none>'),
	],
	fields: job => ({'status.successful': String(numberAt(job, 'status', 'succeeded'))}),
};

export const cronJobs: DemoKind = {
	...batch,
	plural: 'cronjobs',
	singular: 'cronjob',
	kind: 'CronJob',
	shortNames: ['cj'],
	columns: [
		nameColumn,
		column('Schedule'),
		column('Timezone'),
		column('Suspend', {type: 'boolean'}),
		column('Active', {type: 'integer'}),
		column('Last Schedule'),
		ageColumn,
		...wide,
	],
	cells: (object, {since}) => [
		object.metadata.name,
		textAt(object, 'spec', 'schedule'),
		orElse(textAt(object, 'spec', 'timeZone'), '<none>'),
		at(object, 'spec', 'suspend') === true ? 'True' : 'False',
		listAt(object, 'status', 'active').length,
		at(object, 'status', 'lastScheduleTime') === undefined ? '<none>' : since(at(object, 'status', 'lastScheduleTime')),
		since(object.metadata.creationTimestamp),
		...containerCells(at(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec')),
		orElse(selectorText(at(object, 'spec', 'jobTemplate', 'spec', 'selector')), '<none>'),
	],
};
