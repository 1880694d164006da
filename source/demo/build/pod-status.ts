import {at, type JsonObject, recordAt, recordsAt, textAt} from '../json.ts';
import {type StoredObject, timestamp} from '../stored-object.ts';

/** How one container is. Times are milliseconds since the epoch. */
export type ContainerState = Readonly<
	| {is: 'waiting'; reason: string; message?: string}
	| {is: 'running'; startedAt: number}
	| {is: 'terminated'; reason: string; exitCode: number; startedAt: number; finishedAt: number}
>;

export type ContainerProgress = Readonly<{state: ContainerState; last?: ContainerState; restarts: number; ready: boolean}>;

function stateRecord(state: ContainerState | undefined, id: string): JsonObject {
	if (state === undefined) return {};
	switch (state.is) {
		case 'waiting':
			return {waiting: {reason: state.reason, ...(state.message === undefined ? {} : {message: state.message})}};
		case 'running':
			return {running: {startedAt: timestamp(state.startedAt)}};
		default: {
			const {exitCode, reason, startedAt, finishedAt} = state;
			return {terminated: {exitCode, reason, startedAt: timestamp(startedAt), finishedAt: timestamp(finishedAt), containerID: id}};
		}
	}
}

/** The same 64 digits for the same container of the same pod. */
function containerId(uid: string, name: string, restarts: number): string {
	const seed = `${uid.replaceAll('-', '')}${Buffer.from(name).toString('hex').slice(0, 28)}${restarts.toString(16)}`;
	return `containerd://${seed.repeat(3).slice(0, 64).padEnd(64, '0')}`;
}

/** One entry of status.containerStatuses. */
export function containerStatus(pod: StoredObject, spec: JsonObject, progress: ContainerProgress): JsonObject {
	const name = textAt(spec, 'name');
	const id = containerId(pod.metadata.uid, name, progress.restarts);
	const isRunning = progress.state.is === 'running';
	return {
		name,
		state: stateRecord(progress.state, id),
		// The count goes up when the next run starts: while it waits, the run that ended is the one it counts.
		lastState: stateRecord(progress.last, progress.state.is === 'waiting' ? id : containerId(pod.metadata.uid, name, progress.restarts - 1)),
		ready: progress.ready,
		restartCount: progress.restarts,
		image: textAt(spec, 'image'),
		imageID: progress.state.is === 'waiting' && progress.restarts === 0 ? '' : `${textAt(spec, 'image').split(':')[0]}@sha256:${id.slice(13)}`,
		...(progress.state.is === 'waiting' && progress.restarts === 0 ? {} : {containerID: id}),
		started: isRunning,
		...(isRunning ? {allocatedResources: recordAt(spec, 'resources', 'requests'), resources: recordAt(spec, 'resources')} : {}),
	};
}

function condition(type: string, holds: boolean, since: number, reason?: string): JsonObject {
	const why = reason === undefined ? {} : {reason};
	return {type, observedGeneration: 1, status: holds ? 'True' : 'False', lastProbeTime: null, lastTransitionTime: timestamp(since), ...why};
}

function qosClass(pod: StoredObject): string {
	const containers = recordsAt(pod, 'spec', 'containers');
	const withRequests = containers.filter(spec => at(spec, 'resources', 'requests') !== undefined || at(spec, 'resources', 'limits') !== undefined);
	if (withRequests.length === 0) return 'BestEffort';
	const isGuaranteed = containers.every(spec => {
		const limits = recordAt(spec, 'resources', 'limits');
		const requests = recordAt(spec, 'resources', 'requests');
		return ['cpu', 'memory'].every(name => limits[name] !== undefined && limits[name] === (requests[name] ?? limits[name]));
	});
	return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

export type PodProgress = Readonly<{
	phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
	/** When the pod was bound. */
	startedAt: number;
	/** When readiness changed last. */
	changedAt: number;
	hostIP: string;
	/** '' until the sandbox is up. */
	podIP: string;
	init?: readonly ContainerProgress[];
	containers: readonly ContainerProgress[];
}>;

function conditionsOf(progress: PodProgress): readonly JsonObject[] {
	const {changedAt, startedAt, phase} = progress;
	const isReady = progress.containers.every(({ready}) => ready);
	const isInitialized = (progress.init ?? []).every(({state}) => state.is === 'terminated' && state.exitCode === 0);
	const why = isReady ? undefined : phase === 'Succeeded' ? 'PodCompleted' : 'ContainersNotReady';
	return [
		condition('PodReadyToStartContainers', progress.podIP !== '' && phase === 'Running', startedAt),
		condition('Initialized', isInitialized, startedAt, isInitialized ? undefined : 'ContainersNotInitialized'),
		condition('Ready', isReady, changedAt, why),
		condition('ContainersReady', isReady, changedAt, why),
		condition('PodScheduled', true, startedAt),
	];
}

/** The status that a kubelet reports for a pod. */
export function podStatus(pod: StoredObject, progress: PodProgress): JsonObject {
	const specs = recordsAt(pod, 'spec', 'containers');
	const initSpecs = recordsAt(pod, 'spec', 'initContainers');
	const address = progress.podIP === '' ? {} : {podIP: progress.podIP, podIPs: [{ip: progress.podIP}]};
	const statuses = (own: readonly JsonObject[], all: readonly ContainerProgress[]): readonly JsonObject[] =>
		own.flatMap((spec, index) => {
			const one = all[index];
			return one === undefined ? [] : [containerStatus(pod, spec, one)];
		});
	return {
		observedGeneration: 1,
		phase: progress.phase,
		conditions: conditionsOf(progress),
		hostIP: progress.hostIP,
		hostIPs: [{ip: progress.hostIP}],
		...address,
		startTime: timestamp(progress.startedAt),
		...(progress.init === undefined ? {} : {initContainerStatuses: statuses(initSpecs, progress.init)}),
		containerStatuses: statuses(specs, progress.containers),
		...(at(pod, 'status', 'ephemeralContainerStatuses') === undefined
			? {}
			: {ephemeralContainerStatuses: recordsAt(pod, 'status', 'ephemeralContainerStatuses')}),
		qosClass: qosClass(pod),
	};
}

/** The status of a pod that no node was found for. */
export function unscheduledStatus(at: number, message: string): JsonObject {
	const waiting = {type: 'PodScheduled', status: 'False', lastProbeTime: null, lastTransitionTime: timestamp(at), reason: 'Unschedulable', message};
	return {phase: 'Pending', conditions: [waiting], qosClass: 'Burstable'};
}
