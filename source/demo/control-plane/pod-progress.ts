import type {ContainerProgress, ContainerState, PodProgress} from '../build/pod-status.ts';
import type {DemoCluster} from '../cluster.ts';
import {at, type Json, numberAt, recordsAt, textAt} from '../json.ts';
import type {StoredObject} from '../stored-object.ts';

function millisecondsAt(value: Json | undefined, ...path: readonly string[]): number {
	return Date.parse(textAt(value, ...path));
}

function stateIn(value: Json | undefined): ContainerState | undefined {
	if (at(value, 'waiting') !== undefined) {
		const message = textAt(value, 'waiting', 'message');
		return {is: 'waiting', reason: textAt(value, 'waiting', 'reason'), ...(message === '' ? {} : {message})};
	}
	if (at(value, 'running') !== undefined) return {is: 'running', startedAt: millisecondsAt(value, 'running', 'startedAt')};
	if (at(value, 'terminated') === undefined) return undefined;
	return {
		is: 'terminated',
		reason: textAt(value, 'terminated', 'reason'),
		exitCode: numberAt(value, 'terminated', 'exitCode'),
		startedAt: millisecondsAt(value, 'terminated', 'startedAt'),
		finishedAt: millisecondsAt(value, 'terminated', 'finishedAt'),
	};
}

function progressIn(status: Json): ContainerProgress {
	const last = stateIn(at(status, 'lastState'));
	return {
		state: stateIn(at(status, 'state')) ?? {is: 'waiting', reason: 'ContainerCreating'},
		...(last === undefined ? {} : {last}),
		restarts: numberAt(status, 'restartCount'),
		ready: at(status, 'ready') === true,
	};
}

/** What a pod's status says, in the terms the kubelet works with; undefined before it has container statuses. */
export function readProgress(pod: StoredObject): PodProgress | undefined {
	const containers = recordsAt(pod, 'status', 'containerStatuses').map(progressIn);
	if (containers.length === 0) return undefined;
	const init = recordsAt(pod, 'status', 'initContainerStatuses').map(progressIn);
	const ready = recordsAt(pod, 'status', 'conditions').find(({type}) => type === 'Ready');
	const phase = textAt(pod, 'status', 'phase');
	return {
		phase: phase === 'Running' || phase === 'Succeeded' || phase === 'Failed' ? phase : 'Pending',
		startedAt: millisecondsAt(pod, 'status', 'startTime'),
		changedAt: millisecondsAt(ready, 'lastTransitionTime'),
		hostIP: textAt(pod, 'status', 'hostIP'),
		podIP: textAt(pod, 'status', 'podIP'),
		...(init.length === 0 ? {} : {init}),
		containers,
	};
}

/** The first container changed, the others as they are. */
export function withFirst(progress: PodProgress, first: ContainerProgress, changedAt: number): PodProgress {
	return {...progress, changedAt, containers: [first, ...progress.containers.slice(1)]};
}

/** The address of a pod's node, and the next free one of its range for the pod, which is the node's own with hostNetwork. */
export function addressesFor(cluster: DemoCluster, pod: StoredObject): Readonly<{hostIP: string; podIP: string}> {
	const node = cluster.get('nodes', undefined, textAt(pod, 'spec', 'nodeName'));
	const hostIP = textAt(
		recordsAt(node, 'status', 'addresses').find(({type}) => type === 'InternalIP'),
		'address',
	);
	if (at(pod, 'spec', 'hostNetwork') === true) return {hostIP, podIP: hostIP};
	const prefix = textAt(node, 'spec', 'podCIDR').replace(/\.0\/24$/u, '');
	const used = new Set(cluster.list('pods').map(other => textAt(other, 'status', 'podIP')));
	let last = 2;
	while (used.has(`${prefix}.${last}`) && last < 254) last += 1;
	return {hostIP, podIP: `${prefix}.${last}`};
}
