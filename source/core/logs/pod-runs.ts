import {fieldAt} from '../field.ts';
import type {ContainerSpec, ContainerState, ContainerStatus, Pod} from '../pod.ts';
import {timestamp} from '../timestamp.ts';
import type {LogSource} from './logs-model.ts';

/** How a run ended. Times are ms since the epoch. */
export type RunEnding = Readonly<{exitCode: number; signal?: number; reason?: string; startedAt?: number; finishedAt?: number}>;

/** The newest run of a container, as far as its logs are concerned. */
export type ContainerRun = Readonly<{
	name: string;
	kind: Exclude<LogSource['kind'], 'node'>;
	/** Which run, from 0. */
	restart: number;
	/** The runtime's id; undefined before it was made. */
	id?: string;
	/** `waiting`: it never started. */
	state: 'waiting' | 'running' | 'ended';
	startedAt?: number;
	/** Of this run. */
	ending?: RunEnding;
	/** No other run follows. */
	final: boolean;
	/** Of the run before, which `previous=true` reads. */
	before?: RunEnding;
	/** Why the next run (or the first one) has not begun: `CrashLoopBackOff`, `ContainerCreating`. */
	waitsFor?: string;
	waitMessage?: string;
	/** Why its pod as a whole was ended: `Evicted: The node was low on resource: memory.` */
	verdict?: string;
}>;

/** Every container of a pod in the order in which they matter: those of the application, sidecars, init and ephemeral ones. */
export function podRuns(pod: Pod): readonly ContainerRun[] {
	const {spec, status} = pod;
	const inits = spec?.initContainers ?? [];
	const sidecars = inits.filter(isSidecar);
	return [
		...(spec?.containers ?? []).map(one => runOf(pod, one, 'container', status?.containerStatuses)),
		...sidecars.map(one => runOf(pod, one, 'sidecar', status?.initContainerStatuses)),
		...inits.filter(one => !isSidecar(one)).map(one => runOf(pod, one, 'init', status?.initContainerStatuses)),
		...(spec?.ephemeralContainers ?? []).map(one => runOf(pod, one, 'ephemeral', status?.ephemeralContainerStatuses)),
	];
}

function isSidecar(container: ContainerSpec): boolean {
	return container.restartPolicy === 'Always';
}

function runOf(pod: Pod, spec: ContainerSpec, kind: ContainerRun['kind'], statuses: readonly ContainerStatus[] | undefined): ContainerRun {
	const status = statuses?.find(({name}) => name === spec.name);
	const id = idOf(status);
	const {waiting, running, terminated} = status?.state ?? {};
	const last = status?.lastState?.terminated;
	// While it waits for its next run, the run that ended last is still the newest: its status has moved to lastState.
	const isBetween = waiting !== undefined && last !== undefined;
	const ended = terminated ?? (isBetween ? last : undefined);
	const startedAt = timestamp(running?.startedAt ?? ended?.startedAt);
	const verdict = verdictOf(pod);
	return {
		name: spec.name,
		kind,
		restart: status?.restartCount ?? 0,
		...(id === undefined ? {} : {id}),
		state: running ? 'running' : ended ? 'ended' : 'waiting',
		...(startedAt === undefined ? {} : {startedAt}),
		...(ended ? {ending: endingOf(ended)} : {}),
		final: ended !== undefined && isFinal(pod, spec, kind, ended.exitCode),
		...(last && !isBetween ? {before: endingOf(last)} : {}),
		...(waiting?.reason === undefined ? {} : {waitsFor: waiting.reason}),
		...(waiting?.message === undefined ? {} : {waitMessage: waiting.message}),
		...(verdict === undefined ? {} : {verdict}),
	};
}

/** Eviction, a deadline, a node that was shut down: told of the pod, and no container's state has it. */
function verdictOf({status}: Pod): string | undefined {
	if (status?.phase !== 'Failed' || !status.reason) return undefined;
	return status.message ? `${status.reason}: ${status.message}` : status.reason;
}

function idOf(status: ContainerStatus | undefined): string | undefined {
	// The type of the status leaves the id out: only logs ask which of two runs they read.
	const id = fieldAt(status, 'containerID') ?? fieldAt(status, 'state', 'terminated', 'containerID');
	return typeof id === 'string' && id !== '' ? id : undefined;
}

function endingOf(terminated: NonNullable<ContainerState['terminated']>): RunEnding {
	const startedAt = timestamp(terminated.startedAt);
	const finishedAt = timestamp(terminated.finishedAt);
	return {
		exitCode: terminated.exitCode,
		...(terminated.signal ? {signal: terminated.signal} : {}),
		...(terminated.reason ? {reason: terminated.reason} : {}),
		...(startedAt === undefined ? {} : {startedAt}),
		...(finishedAt === undefined ? {} : {finishedAt}),
	};
}

/** Pod lifecycle: restartPolicy of the pod for its own containers, on failure for init containers, never for ephemeral ones. */
function isFinal(pod: Pod, spec: ContainerSpec, kind: ContainerRun['kind'], exitCode: number): boolean {
	const phase = pod.status?.phase;
	if (phase === 'Succeeded' || phase === 'Failed' || kind === 'ephemeral') return true;
	if (pod.metadata.deletionTimestamp !== undefined) return true;
	const policy = fieldAt(pod, 'spec', 'restartPolicy');
	if (kind === 'init') return exitCode === 0 || policy === 'Never';
	if (kind === 'sidecar' || spec.restartPolicy === 'Always') return false;
	return policy === 'Never' || (policy === 'OnFailure' && exitCode === 0);
}

/** The newest run has ended and the next one has not begun: the API then holds this run alone, also as the previous one (kubelet `validateContainerLogStatus`). */
export function isBetweenRuns({state, waitsFor}: ContainerRun): boolean {
	return state === 'ended' && waitsFor !== undefined;
}

/** `exit 137 OOMKilled`, `exit 0`, `signal 9`. */
export function endingText({exitCode, signal, reason}: RunEnding): string {
	const how = signal === undefined ? `exit ${exitCode}` : `signal ${signal}`;
	return reason === undefined || reason === 'Error' || reason === 'Completed' ? how : `${how} ${reason}`;
}

/** `3rd time` */
export function timesText(restart: number): string {
	const tens = restart % 100;
	const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][restart % 10] ?? 'th');
	return `${restart}${suffix} time`;
}
