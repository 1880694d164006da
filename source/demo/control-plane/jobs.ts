import {podOf} from '../build/workloads.ts';
import {at, type JsonObject, numberAt, recordAt, textAt} from '../json.ts';
import {type StoredObject, timestamp} from '../stored-object.ts';
import type {Control} from './control.ts';
import {isActive, phaseOf, podsOwnedBy, writeStatus} from './owned-pods.ts';

const component = 'job-controller';

function isOver(job: StoredObject): boolean {
	const conditions = at(job, 'status', 'conditions');
	return Array.isArray(conditions) && conditions.some(condition => ['Complete', 'Failed'].includes(textAt(condition, 'type')));
}

function finished(type: 'Complete' | 'Failed', now: number): readonly JsonObject[] {
	const [reason, message] =
		type === 'Complete'
			? ['CompletionsReached', 'Reached expected number of succeeded pods']
			: ['BackoffLimitExceeded', 'Job has reached the specified backoff limit'];
	const condition = {status: 'True', lastProbeTime: timestamp(now), lastTransitionTime: timestamp(now), reason, message};
	return [
		{type: type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget', ...condition},
		{type, ...condition},
	];
}

/** Starts a job's pod, tries again after a failure, and closes the job at its end. */
export function reconcileJob(control: Control, job: StoredObject): void {
	const {cluster} = control;
	if (isOver(job) || at(job, 'spec', 'suspend') === true) return;
	const now = cluster.now();
	const pods = podsOwnedBy(cluster, job);
	const succeeded = pods.filter(pod => phaseOf(pod) === 'Succeeded').length;
	const failed = pods.filter(pod => phaseOf(pod) === 'Failed').length;
	const hasFailed = failed > numberAt(job, 'spec', 'backoffLimit');
	const isDone = succeeded >= numberAt(job, 'spec', 'completions');
	const startTime = textAt(job, 'status', 'startTime') || timestamp(now);
	const counts = {...(succeeded === 0 ? {} : {succeeded}), ...(failed === 0 ? {} : {failed}), uncountedTerminatedPods: {}};
	if (isDone || hasFailed) {
		const end = isDone ? {completionTime: timestamp(now)} : {};
		const event = isDone
			? ({type: 'Normal', reason: 'Completed', message: 'Job completed', component} as const)
			: ({type: 'Warning', reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit', component} as const);
		control.record(job, event);
		writeStatus(cluster, job, {conditions: finished(isDone ? 'Complete' : 'Failed', now), startTime, ...end, ...counts, ready: 0, terminating: 0});
		return;
	}
	if (!pods.some(isActive)) {
		const labels = {'batch.kubernetes.io/job-name': job.metadata.name, 'job-name': job.metadata.name, 'batch.kubernetes.io/controller-uid': job.metadata.uid};
		const pod = cluster.create(podOf(job, at(job, 'spec', 'template'), {name: `${job.metadata.name}-${cluster.random.suffix(5)}`, createdAt: now, labels}));
		control.record(job, {type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}`, component});
	}
	writeStatus(cluster, job, {startTime, active: 1, ...counts, ready: 0, terminating: 0});
}

/** The job that a cron job starts at a minute, with the spec its template has. */
export function jobOf(cronJob: StoredObject, minute: number): Parameters<Control['cluster']['create']>[0] {
	const template = recordAt(cronJob, 'spec', 'jobTemplate');
	const name = `${cronJob.metadata.name}-${minute}`;
	const spec = recordAt(template, 'spec');
	const {apiVersion, kind, metadata} = cronJob;
	const at0 = minute * 60_000;
	return {
		apiVersion: 'batch/v1',
		kind: 'Job',
		metadata: {
			name,
			...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
			creationTimestamp: timestamp(at0),
			...(metadata.labels === undefined ? {} : {labels: metadata.labels}),
			annotations: {'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(at0)},
			ownerReferences: [{apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true}],
		},
		spec: {...spec, selector: {matchLabels: {'batch.kubernetes.io/job-name': name}}},
		status: {},
	};
}
