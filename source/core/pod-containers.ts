import type {ContainerSpec, ContainerState, ContainerStatus, Pod} from './pod.ts';
import {timestamp} from './timestamp.ts';
import type {Tone} from './tone.ts';

/** One container of a pod as the object page lists it. Times are ms since the epoch. */
export type PodContainer = Readonly<{
	name: string;
	role: 'app' | 'sidecar' | 'init' | 'ephemeral';
	image: string;
	tone: Tone;
	/** `Running`, `CrashLoopBackOff`, `Done`, `Waiting`, `exit 1`. */
	state: string;
	/** Running since, or ended at. */
	since?: number;
	/** Why it waits or how it ended, in the words of the kubelet. */
	message?: string;
	/** How its run before this one ended: `exit 1`, `OOMKilled`. */
	last?: string;
	lastAt?: number;
	ready: boolean;
	restarts: number;
	/** As the spec has them: `500m`, `1Gi`. */
	requests: Readonly<Record<string, string>>;
	limits: Readonly<Record<string, string>>;
}>;

/** All containers of a pod: those of the application first, then sidecars, init and ephemeral ones, each in the order of the spec. */
export function podContainers(pod: Pod): readonly PodContainer[] {
	const {spec, status} = pod;
	const inits = spec?.initContainers ?? [];
	const of = (role: PodContainer['role'], specs: readonly ContainerSpec[], statuses: readonly ContainerStatus[] | undefined): readonly PodContainer[] =>
		specs.map(container =>
			podContainer(
				role,
				container,
				statuses?.find(({name}) => name === container.name),
			),
		);
	return [
		...of('app', spec?.containers ?? [], status?.containerStatuses),
		...of('sidecar', inits.filter(isSidecar), status?.initContainerStatuses),
		...of(
			'init',
			inits.filter(container => !isSidecar(container)),
			status?.initContainerStatuses,
		),
		...of('ephemeral', spec?.ephemeralContainers ?? [], status?.ephemeralContainerStatuses),
	];
}

function isSidecar(container: ContainerSpec): boolean {
	return container.restartPolicy === 'Always';
}

function podContainer(role: PodContainer['role'], spec: ContainerSpec, status: ContainerStatus | undefined): PodContainer {
	const ready = status?.ready ?? false;
	const last = status?.lastState?.terminated;
	const lastAt = timestamp(last?.finishedAt);
	return {
		name: spec.name,
		role,
		image: spec.image ?? status?.image ?? '',
		...judgeContainer(role, status?.state, ready),
		...(last ? {last: endingOf(last)} : {}),
		...(lastAt === undefined ? {} : {lastAt}),
		ready,
		restarts: status?.restartCount ?? 0,
		requests: spec.resources?.requests ?? {},
		limits: spec.resources?.limits ?? {},
	};
}

/** Tone, word, time and message of a container's state. Waiting without a reason is a container whose turn has not come. */
function judgeContainer(
	role: PodContainer['role'],
	state: ContainerState | undefined,
	ready: boolean,
): Pick<PodContainer, 'tone' | 'state'> & Partial<PodContainer> {
	if (state?.terminated) {
		const {terminated} = state;
		const finite = terminated.exitCode === 0;
		return {tone: finite ? 'muted' : 'error', state: finite ? 'Done' : endingOf(terminated), ...since(terminated.finishedAt), ...messageOf(terminated.message)};
	}
	if (state?.running) {
		const waitsForProbe = !ready && (role === 'app' || role === 'sidecar');
		const starts = role === 'init';
		return {tone: waitsForProbe ? 'warning' : starts ? 'progressing' : 'ok', state: 'Running', ...since(state.running.startedAt)};
	}
	const reason = state?.waiting?.reason;
	const normal = reason === undefined || reason === 'ContainerCreating' || reason === 'PodInitializing';
	return {tone: normal ? 'progressing' : 'error', state: reason ?? 'Waiting', ...messageOf(state?.waiting?.message)};
}

/** `OOMKilled`, `signal 9`, `exit 1`: the runtime's reason `Error` says less than the code. */
function endingOf(terminated: NonNullable<ContainerState['terminated']>): string {
	const {exitCode, reason, signal} = terminated;
	if (reason !== undefined && reason !== '' && reason !== 'Error' && reason !== 'Completed') return reason;
	return signal ? `signal ${signal}` : `exit ${exitCode}`;
}

function since(at: string | undefined): Readonly<{since?: number}> {
	const ms = timestamp(at);
	return ms === undefined ? {} : {since: ms};
}

function messageOf(message: string | undefined): Readonly<{message?: string}> {
	return message ? {message: message.trim()} : {};
}
