import type {StoredObject} from '../stored-object.ts';

/** The annotation of a pod (or pod template) that tells the kubelet of the demo what will become of it. */
export const fateAnnotation = 'demo.k8tui.io/fate';

/** What becomes of a pod's first container. */
export type Fate = Readonly<
	| {is: 'run'}
	/** Never gets ready; with `since`, it was until then (milliseconds since the epoch). */
	| {is: 'unready'; since?: number}
	/** Ends by itself with this code after so long, again and again. `oom`: killed for its memory. */
	| {is: 'crash'; exitCode: number; reason: 'Error' | 'OOMKilled'; afterMs: number}
	/** Its image cannot be had. */
	| {is: 'pull'}
	/** Ends well after so long. */
	| {is: 'complete'; afterMs: number}
>;

function secondsOf(text: string | undefined, otherwise: number): number {
	const seconds = Number(text?.replace(/s$/u, ''));
	return (Number.isFinite(seconds) ? seconds : otherwise) * 1000;
}

/** Reads `crash 1 2s`, `oom 40s`, `pull`, `unready`, `unready 2026-11-21T14:00:00Z`, `complete 20s`; anything else runs. Pods that are not restarted complete. */
export function fateOf(pod: StoredObject): Fate {
	const [word, first, second] = (pod.metadata.annotations?.[fateAnnotation] ?? '').split(' ');
	switch (word) {
		case 'crash':
			return {is: 'crash', exitCode: Number(first ?? 1), reason: 'Error', afterMs: secondsOf(second, 2)};
		case 'oom':
			return {is: 'crash', exitCode: 137, reason: 'OOMKilled', afterMs: secondsOf(first, 40)};
		case 'pull':
			return {is: 'pull'};
		case 'unready':
			return first === undefined ? {is: 'unready'} : {is: 'unready', since: Date.parse(first)};
		case 'complete':
			return {is: 'complete', afterMs: secondsOf(first, 20)};
		default:
			return {is: 'run'};
	}
}

/** The kubelet waits 10 s, doubles it with each restart and stops at five minutes. */
export function backoffMs(restarts: number): number {
	return Math.min(300_000, 10_000 * 2 ** Math.min(restarts, 10));
}
