import type {Pod, ContainerSpec, ContainerStatus} from '../pod.ts';
import {timestamp} from '../timestamp.ts';
import type {Amounts} from './amounts.ts';
import {containerAmounts, isSidecar, type PodResources, podResources} from './pod-resources.ts';
import {podKey} from './usage.ts';

export type ContainerNumbers = Readonly<{
	name: string;
	role: 'app' | 'sidecar' | 'init';
	requests: Amounts;
	limits: Amounts;
	running: boolean;
	restarts: number;
	/** When its last run ended for want of memory. */
	oomAt?: number;
	/** Why it does not start: `CrashLoopBackOff`, `ImagePullBackOff`. A pod that is on its way has no trouble. */
	trouble?: string;
}>;

/** What is kept of a pod for Top: the numbers, not the object. */
export type PodNumbers = PodResources &
	Readonly<{
		key: string;
		uid: string;
		namespace: string;
		name: string;
		node?: string;
		/** Succeeded or Failed: it counts for nothing on its node. */
		ended: boolean;
		running: boolean;
		createdAt?: number;
		/** No container asks for anything: evicted first. */
		bestEffort: boolean;
		/** What it belongs to: `Deployment`, `web`. Itself where it has no owner. */
		workload: Readonly<{kind: string; name: string}>;
		containers: readonly ContainerNumbers[];
		labels: Readonly<Record<string, string>>;
	}>;

/** The numbers of a whole Pod. */
export function podNumbers(pod: Pod): PodNumbers {
	const {metadata, spec, status} = pod;
	const resources = podResources(pod);
	const phase = status?.phase ?? '';
	const createdAt = timestamp(metadata.creationTimestamp);
	return {
		...resources,
		key: podKey(metadata.namespace, metadata.name),
		uid: metadata.uid ?? '',
		namespace: metadata.namespace ?? '',
		name: metadata.name,
		...(spec?.nodeName ? {node: spec.nodeName} : {}),
		ended: phase === 'Succeeded' || phase === 'Failed',
		running: phase === 'Running',
		...(createdAt === undefined ? {} : {createdAt}),
		bestEffort: isBestEffort(pod, resources),
		workload: workloadOf(pod),
		containers: [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map(container => containerNumbers(pod, container)),
		labels: metadata.labels ?? {},
	};
}

/** The server's own word where it has one: a limit alone already takes a pod out of the class. */
function isBestEffort({status}: Pod, {requests, limits}: PodResources): boolean {
	if (status?.qosClass !== undefined) return status.qosClass === 'BestEffort';
	return [requests.cpu, requests.memory, limits.cpu, limits.memory].every(amount => amount === undefined || amount === 0n);
}

function containerNumbers(pod: Pod, container: ContainerSpec): ContainerNumbers {
	const isInit = pod.spec?.initContainers?.includes(container) ?? false;
	const status = (isInit ? pod.status?.initContainerStatuses : pod.status?.containerStatuses)?.find(({name}) => name === container.name);
	const oomAt = status && oomTime(status);
	const waitsFor = status?.state?.waiting?.reason;
	return {
		name: container.name,
		role: isInit ? (isSidecar(container) ? 'sidecar' : 'init') : 'app',
		requests: containerAmounts(pod, container, 'requests'),
		limits: containerAmounts(pod, container, 'limits'),
		running: status?.state?.running !== undefined,
		restarts: status?.restartCount ?? 0,
		...(oomAt === undefined ? {} : {oomAt}),
		...(waitsFor === undefined || usualWaits.has(waitsFor) ? {} : {trouble: waitsFor}),
	};
}

/** Every container waits like that at first. */
const usualWaits: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

/** The kubelet tells of the run that ended last, and of the one before while it starts anew. */
function oomTime({state, lastState}: ContainerStatus): number | undefined {
	const killed = [state?.terminated, lastState?.terminated].find(run => run?.reason === 'OOMKilled');
	return killed && (timestamp(killed.finishedAt) ?? 0);
}

/** A ReplicaSet that carries its template's hash in its name belongs to the Deployment that made the hash. */
function workloadOf({metadata}: Pod): PodNumbers['workload'] {
	const owner = metadata.ownerReferences?.find(({controller}) => controller === true);
	if (owner === undefined) return {kind: 'Pod', name: metadata.name};
	const hash = metadata.labels?.['pod-template-hash'];
	const ending = `-${hash}`;
	if (owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(ending)) return {kind: 'Deployment', name: owner.name.slice(0, -ending.length)};
	return {kind: owner.kind, name: owner.name};
}
