import type {DemoCluster} from '../cluster.ts';
import {recordEvent} from '../control-plane/event-recorder.ts';
import {jobOf} from '../control-plane/jobs.ts';
import {at, recordAt} from '../json.ts';
import {timestamp} from '../stored-object.ts';
import {podOf} from './workloads.ts';

const durationMs = 27_000;
const eventLifetimeMs = 3_600_000;

/** The job that a cron job started at a minute in the past, with its pod; settle() lets the pod have completed. */
export function addFinishedJob(cluster: DemoCluster, cronJob: Readonly<{namespace: string; name: string}>, minute: number): void {
	const owner = cluster.get('cronjobs.batch', cronJob.namespace, cronJob.name);
	if (owner === undefined) return;
	const startedAt = minute * 60_000;
	const finishedAt = timestamp(startedAt + durationMs);
	const conditions = ['SuccessCriteriaMet', 'Complete'].map(type => ({
		type,
		status: 'True',
		lastProbeTime: finishedAt,
		lastTransitionTime: finishedAt,
		reason: 'CompletionsReached',
		message: 'Reached expected number of succeeded pods',
	}));
	const status = {conditions, startTime: timestamp(startedAt), completionTime: finishedAt, succeeded: 1, ready: 0, terminating: 0, uncountedTerminatedPods: {}};
	const job = cluster.create({...jobOf(owner, minute), status});
	const labels = {'batch.kubernetes.io/job-name': job.metadata.name, 'job-name': job.metadata.name, 'batch.kubernetes.io/controller-uid': job.metadata.uid};
	cluster.create(podOf(job, at(job, 'spec', 'template'), {name: `${job.metadata.name}-${cluster.random.suffix(5)}`, createdAt: startedAt, labels}));
	if (cluster.now() - startedAt < eventLifetimeMs) {
		const started = {first: startedAt, last: startedAt, count: 1};
		const ended = {first: startedAt + durationMs, last: startedAt + durationMs, count: 1};
		const {name} = job.metadata;
		recordEvent(cluster, owner, {type: 'Normal', reason: 'SuccessfulCreate', message: `Created job ${name}`, component: 'cronjob-controller', past: started});
		recordEvent(cluster, job, {type: 'Normal', reason: 'Completed', message: 'Job completed', component: 'job-controller', past: ended});
	}
	const before = recordAt(cluster.get('cronjobs.batch', cronJob.namespace, cronJob.name), 'status')['lastScheduleTime'];
	if (typeof before === 'string' && before > timestamp(startedAt)) return;
	cluster.patch('cronjobs.batch', cronJob.namespace, cronJob.name, {status: {lastScheduleTime: timestamp(startedAt), lastSuccessfulTime: finishedAt}});
}
