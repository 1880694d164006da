import {type ContainerProgress, type PodProgress, podStatus} from '../build/pod-status.ts';
import type {DemoCluster} from '../cluster.ts';
import {at, recordsAt, textAt} from '../json.ts';
import {controllerOf, type StoredObject} from '../stored-object.ts';
import type {Control, EventText} from './control.ts';
import {reconcileDaemonSet} from './daemon-sets.ts';
import {reconcileDeployment, replicaSetsOf} from './deployments.ts';
import {reconcileEndpoints} from './endpoint-slices.ts';
import {recordEvent} from './event-recorder.ts';
import {type Fate, fateOf} from './fate.ts';
import {addressesFor} from './pod-progress.ts';
import {reconcileReplicaSet} from './replica-sets.ts';
import {schedulePod} from './scheduler.ts';
import {reconcileStatefulSet} from './stateful-sets.ts';

const component = 'kubelet';
const probePeriodMs = 10_000;

function born(object: StoredObject): number {
	return Date.parse(object.metadata.creationTimestamp);
}

/** How often something with this lifetime has restarted by now, with the kubelet's back-off of five minutes. */
function restartsSince(startedAt: number, now: number, fate: Extract<Fate, {is: 'crash'}>): number {
	return Math.max(1, Math.min(400, Math.floor((now - startedAt) / (fate.afterMs + 300_000)) + 5));
}

function crashed(fate: Extract<Fate, {is: 'crash'}>, startedAt: number, now: number): ContainerProgress {
	const restarts = restartsSince(startedAt, now, fate);
	const finishedAt = now - 48_000;
	const last = {is: 'terminated', reason: fate.reason, exitCode: fate.exitCode, startedAt: finishedAt - fate.afterMs, finishedAt} as const;
	// What is killed for its memory comes back for a while; what fails at its start waits nearly always.
	if (fate.reason === 'OOMKilled') return {state: {is: 'running', startedAt: finishedAt + 10_000}, last, restarts, ready: true};
	return {state: {is: 'waiting', reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container'}, last, restarts, ready: false};
}

function firstContainer(pod: StoredObject, fate: Fate, startedAt: number, now: number): ContainerProgress {
	const image = textAt(recordsAt(pod, 'spec', 'containers')[0], 'image');
	switch (fate.is) {
		case 'crash':
			return crashed(fate, startedAt, now);
		case 'pull':
			return {state: {is: 'waiting', reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"`}, restarts: 0, ready: false};
		case 'complete':
			return {
				state: {is: 'terminated', reason: 'Completed', exitCode: 0, startedAt: startedAt + 2000, finishedAt: startedAt + 2000 + fate.afterMs},
				restarts: 0,
				ready: false,
			};
		default:
			return {state: {is: 'running', startedAt: startedAt + 2000}, restarts: 0, ready: fate.is === 'run'};
	}
}

function settledProgress(cluster: DemoCluster, pod: StoredObject): PodProgress {
	const fate = fateOf(pod);
	const startedAt = born(pod);
	const now = cluster.now();
	const first = firstContainer(pod, fate, startedAt, now);
	const done: ContainerProgress = {
		state: {is: 'terminated', reason: 'Completed', exitCode: 0, startedAt, finishedAt: startedAt + 1500},
		restarts: 0,
		ready: true,
	};
	const plain: ContainerProgress = {state: {is: 'running', startedAt: startedAt + 2000}, restarts: 0, ready: true};
	const isOver = fate.is === 'complete';
	return {
		phase: isOver ? 'Succeeded' : fate.is === 'pull' ? 'Pending' : 'Running',
		startedAt,
		changedAt: fate.is === 'unready' && fate.since !== undefined ? fate.since : startedAt + 5000,
		...addressesFor(cluster, pod),
		...(at(pod, 'spec', 'initContainers') === undefined ? {} : {init: recordsAt(pod, 'spec', 'initContainers').map(() => done)}),
		containers: recordsAt(pod, 'spec', 'containers').map((_, index) => (index === 0 || isOver ? first : plain)),
	};
}

/** The events that led to a pod's trouble, as far as they are still kept. */
function recordTrouble(cluster: DemoCluster, pod: StoredObject): void {
	const fate = fateOf(pod);
	const now = cluster.now();
	const unreadySince = fate.is === 'unready' ? (fate.since ?? 0) : 0;
	const first = Math.max(born(pod), unreadySince, now - 3_400_000);
	const name = textAt(recordsAt(pod, 'spec', 'containers')[0], 'name');
	const image = textAt(recordsAt(pod, 'spec', 'containers')[0], 'image');
	const tell = (event: Pick<EventText, 'type' | 'reason' | 'message'>, last: number, count: number): void => {
		const host = textAt(pod, 'spec', 'nodeName');
		recordEvent(cluster, pod, {...event, component, host, fieldPath: `spec.containers{${name}}`, past: {first, last, count}});
	};
	if (fate.is === 'crash') {
		const message = `Back-off restarting failed container ${name} in pod ${pod.metadata.name}_${pod.metadata.namespace ?? ''}(${pod.metadata.uid})`;
		tell({type: 'Warning', reason: 'BackOff', message}, now - 20_000, 30);
		tell({type: 'Normal', reason: 'Pulled', message: `Container image "${image}" already present on machine`}, now - 50_000, 6);
	} else if (fate.is === 'pull') {
		tell({type: 'Warning', reason: 'Failed', message: `Failed to pull image "${image}": rpc error: code = NotFound desc = not found`}, now - 60_000, 5);
		tell({type: 'Normal', reason: 'BackOff', message: `Back-off pulling image "${image}"`}, now - 15_000, 22);
	} else if (fate.is === 'unready') {
		tell(
			{type: 'Warning', reason: 'Unhealthy', message: 'Readiness probe failed: HTTP probe failed with statuscode: 503'},
			now - 4000,
			Math.floor((now - first) / probePeriodMs) + 1,
		);
	}
}

export type SettleOptions = Readonly<{
	/** A pod before it is scheduled, changed: one of a workload may have another fate. */
	adjust?(pod: StoredObject): StoredObject | undefined;
	/** When a Deployment was rolled out last, by `namespace/name`, where that is not when it was created. */
	rolledOutAt?: Readonly<Record<string, number>>;
}>;

/**
 * Brings a story's cluster to where it would be after a long time: ReplicaSets, pods on nodes, containers as their fate has it, endpoints, statuses.
 */
export function settle(cluster: DemoCluster, options: SettleOptions = {}): void {
	const quiet: Control = {cluster, after: () => undefined, record: () => undefined};
	createPods(quiet, options);
	for (const pod of cluster.list('pods')) {
		const adjusted = options.adjust?.(pod);
		if (adjusted !== undefined) cluster.replace(adjusted);
	}
	runPods(quiet);
	writeStatuses(quiet);
}

function createPods(quiet: Control, {rolledOutAt = {}}: SettleOptions): void {
	const {cluster} = quiet;
	for (const deployment of cluster.list('deployments.apps')) {
		const {namespace = '', name} = deployment.metadata;
		const createdAt = rolledOutAt[`${namespace}/${name}`] ?? born(deployment);
		reconcileDeployment(quiet, deployment, {createdAt, changedAt: createdAt});
	}
	for (const replicaSet of cluster.list('replicasets.apps')) reconcileReplicaSet(quiet, replicaSet, born(replicaSet) + cluster.random.integer(0, 3000));
	for (const statefulSet of cluster.list('statefulsets.apps')) reconcileStatefulSet(quiet, statefulSet, born(statefulSet));
	for (const daemonSet of cluster.list('daemonsets.apps')) reconcileDaemonSet(quiet, daemonSet, born(daemonSet));
}

function runPods(quiet: Control): void {
	const {cluster} = quiet;
	for (const pod of cluster.list('pods')) if (textAt(pod, 'spec', 'nodeName') === '') schedulePod(quiet, pod);
	for (const pod of cluster.list('pods')) {
		if (textAt(pod, 'spec', 'nodeName') === '' || at(pod, 'status', 'containerStatuses') !== undefined || textAt(pod, 'status', 'reason') !== '') continue;
		cluster.replace({...pod, status: podStatus(pod, settledProgress(cluster, pod))});
		recordTrouble(cluster, pod);
	}
}

/** When the readiness of a pod changed last, by the uid of what the pods belong to. */
function readinessChanges(cluster: DemoCluster): ReadonlyMap<string, number> {
	const changes = new Map<string, number>();
	for (const pod of cluster.list('pods')) {
		const owner = controllerOf(pod)?.uid;
		const ready = recordsAt(pod, 'status', 'conditions').find(({type}) => type === 'Ready');
		if (owner === undefined || ready === undefined) continue;
		changes.set(owner, Math.max(changes.get(owner) ?? 0, Date.parse(textAt(ready, 'lastTransitionTime'))));
	}
	return changes;
}

function writeStatuses(quiet: Control): void {
	const {cluster} = quiet;
	for (const replicaSet of cluster.list('replicasets.apps')) reconcileReplicaSet(quiet, replicaSet, cluster.now());
	const changes = readinessChanges(cluster);
	for (const deployment of cluster.list('deployments.apps')) {
		const changedAt = Math.max(born(deployment), ...replicaSetsOf(cluster, deployment).map(({metadata}) => changes.get(metadata.uid) ?? 0));
		reconcileDeployment(quiet, deployment, {createdAt: cluster.now(), changedAt});
	}
	for (const statefulSet of cluster.list('statefulsets.apps')) reconcileStatefulSet(quiet, statefulSet, cluster.now());
	for (const daemonSet of cluster.list('daemonsets.apps')) reconcileDaemonSet(quiet, daemonSet, cluster.now());
	for (const service of cluster.list('services')) reconcileEndpoints(cluster, service);
}
