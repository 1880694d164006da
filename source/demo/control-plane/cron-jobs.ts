import type {DemoCluster} from '../cluster.ts';
import {at, numberAt, recordsAt, textAt} from '../json.ts';
import {controllerOf, type StoredObject, timestamp} from '../stored-object.ts';
import type {Control} from './control.ts';
import {jobOf} from './jobs.ts';
import {writeStatus} from './owned-pods.ts';

/** One field of a schedule: `*`, `*\/5`, `1,31`, `2-4` or a number. */
function fits(field: string, value: number): boolean {
	return field.split(',').some(part => {
		const [range = '', step] = part.split('/');
		const [low, high] = range === '*' ? [0, 59] : range.split('-').map(Number);
		const end = high ?? (step === undefined ? low : 59);
		return value >= (low ?? 0) && value <= (end ?? 0) && (step === undefined || (value - (low ?? 0)) % Number(step) === 0);
	});
}

/** Whether a schedule fires at a minute (counted from the epoch), in UTC. */
export function isDue(schedule: string, minute: number): boolean {
	const [minutes = '*', hours = '*', days = '*', months = '*', weekdays = '*'] = schedule.split(/\s+/u);
	const time = new Date(minute * 60_000);
	return (
		fits(minutes, time.getUTCMinutes()) &&
		fits(hours, time.getUTCHours()) &&
		fits(days, time.getUTCDate()) &&
		fits(months, time.getUTCMonth() + 1) &&
		fits(weekdays, time.getUTCDay())
	);
}

/** The last minute before `minute` (included) at which a schedule fired; undefined for more than a week ago. */
export function lastDue(schedule: string, minute: number): number | undefined {
	for (let candidate = minute; candidate > minute - 7 * 24 * 60; candidate -= 1) if (isDue(schedule, candidate)) return candidate;
	return undefined;
}

function jobsOf(cluster: DemoCluster, cronJob: StoredObject): readonly StoredObject[] {
	return cluster.list('jobs.batch', cronJob.metadata.namespace).filter(job => controllerOf(job)?.uid === cronJob.metadata.uid);
}

function isComplete(job: StoredObject): boolean {
	return recordsAt(job, 'status', 'conditions').some(({type}) => type === 'Complete' || type === 'Failed');
}

function references(jobs: readonly StoredObject[]): ReadonlyArray<Readonly<Record<string, string>>> {
	return jobs.map(({metadata: {name, namespace, uid, resourceVersion}}) => ({
		kind: 'Job',
		apiVersion: 'batch/v1',
		name,
		namespace: namespace ?? '',
		uid,
		resourceVersion,
	}));
}

/** Starts the job of this minute when the schedule says so, and removes the old ones. */
export function reconcileCronJob(control: Control, cronJob: StoredObject, minute: number): void {
	const {cluster} = control;
	const isStarted = at(cronJob, 'spec', 'suspend') !== true && isDue(textAt(cronJob, 'spec', 'schedule'), minute);
	if (isStarted && cluster.get('jobs.batch', cronJob.metadata.namespace, `${cronJob.metadata.name}-${minute}`) === undefined) {
		const job = cluster.create(jobOf(cronJob, minute));
		const message = `Created job ${job.metadata.name}`;
		control.record(cronJob, {type: 'Normal', reason: 'SuccessfulCreate', message, component: 'cronjob-controller'});
	}
	const jobs = jobsOf(cluster, cronJob).toSorted((one, other) => (one.metadata.creationTimestamp < other.metadata.creationTimestamp ? -1 : 1));
	const ended = jobs.filter(isComplete);
	for (const job of ended.slice(0, Math.max(0, ended.length - numberAt(cronJob, 'spec', 'successfulJobsHistoryLimit')))) {
		cluster.delete('jobs.batch', job.metadata.namespace, job.metadata.name);
	}
	const current = cluster.get('cronjobs.batch', cronJob.metadata.namespace, cronJob.metadata.name);
	if (current === undefined) return;
	const active = jobs.filter(job => !isComplete(job));
	const success = ended.at(-1);
	const done = success === undefined ? textAt(current, 'status', 'lastSuccessfulTime') : textAt(success, 'status', 'completionTime');
	const scheduled = isStarted ? timestamp(minute * 60_000) : textAt(current, 'status', 'lastScheduleTime');
	writeStatus(cluster, current, {
		...(active.length === 0 ? {} : {active: references(active)}),
		...(scheduled === '' ? {} : {lastScheduleTime: scheduled}),
		...(done === '' ? {} : {lastSuccessfulTime: done}),
	});
}
