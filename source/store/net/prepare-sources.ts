import type {Clock} from '../../core/clock.ts';
import {fieldAt, textAt} from '../../core/field.ts';
import type {KubeObject} from '../../core/kubernetes.ts';
import type {CellTransport, ProbeSource} from '../../core/net/cell.ts';
import {containerWait} from '../../core/net/probe/container-wait.ts';
import {debugContainer, debugPod, debugSeconds, ephemeralContainer} from '../../core/net/probe/debug-pod.ts';
import type {ProbeWay} from '../../core/net/probe/probe-plan.ts';
import {sanitise} from '../../core/net/probe/sanitise.ts';
import type {ProbeConnection} from '../../core/probe-connection.ts';
import {problemOf} from '../../core/problem.ts';

export type PrepareTools = Readonly<{
	way: ProbeWay;
	image: string;
	/** Where pods are made. */
	namespace: string;
	probes: ProbeConnection;
	readPod(namespace: string, name: string, signal: AbortSignal): Promise<KubeObject>;
	clock: Clock;
	random: () => number;
}>;

/** A source that can be asked from, or why not. `wanted` is the one of the plan. */
export type Prepared = Readonly<{wanted: ProbeSource} & ({source: ProbeSource} | {refused: readonly [CellTransport, string]})>;
/** What was made in the cluster; `clear` takes away what can be and resolves with the words for what cannot. */
export type Made = Readonly<{clear(signal: AbortSignal): Promise<string | undefined>}>;

const lookEveryMs = 500;
/** An image that takes longer to pull is not waited for. */
const readyMs = 60_000;
/** Making is not given up half-way: what became of it must be known. */
const makeMs = 15_000;

/** Makes a source ready: nothing to do for exec; else a container is added or a pod made, and waited for. Never rejects. */
export async function prepareSource(tools: PrepareTools, wanted: ProbeSource, made: Made[], signal: AbortSignal): Promise<Prepared> {
	if (tools.way === 'exec') return {wanted, source: wanted};
	try {
		const source = tools.way === 'pod' ? await withPod(tools, wanted, made, signal) : await withContainer(tools, wanted, made, signal);
		return {wanted, source};
	} catch (error) {
		const problem = problemOf(error, 'Could not prepare a source');
		const isRefused = problem.code === 'forbidden' || problem.code === 'policy';
		return {wanted, refused: [isRefused ? 'not-allowed' : 'not-run', sanitise(problem.serverMessage ?? problem.cause)]};
	}
}

async function withPod(tools: PrepareTools, wanted: ProbeSource, made: Made[], signal: AbortSignal): Promise<ProbeSource> {
	const {probes, namespace, image, random, clock} = tools;
	signal.throwIfAborted();
	const name = `${debugContainer}-${suffix(random)}`;
	const wish = debugPod({source: wanted, namespace, name, session: suffix(random), image});
	const created = await whole(clock, makeMs, limit => probes.createPod(wish, limit));
	made.push({
		async clear(clearing) {
			try {
				await probes.deletePod(created, clearing);
				return undefined;
			} catch (error) {
				return `pod ${namespace}/${name} (${problemOf(error, '').cause}; it ends by itself after ${debugSeconds} s)`;
			}
		},
	});
	const running = await untilRunning(tools, {namespace, name, container: debugContainer}, signal);
	return {...wanted, namespace, pod: name, container: debugContainer, podIp: textAt(running, 'status', 'podIP') ?? ''};
}

async function withContainer(tools: PrepareTools, wanted: ProbeSource, made: Made[], signal: AbortSignal): Promise<ProbeSource> {
	const {probes, image, random, clock} = tools;
	signal.throwIfAborted();
	const {namespace, pod} = wanted;
	const container = `${debugContainer}-${suffix(random)}`;
	await whole(clock, makeMs, limit => probes.addEphemeralContainer({namespace, pod}, ephemeralContainer(container, image, wanted.container), limit));
	made.push({
		clear: () =>
			Promise.resolve(`ephemeral container ${container} in pod ${namespace}/${pod} (it ends after ${debugSeconds} s and stays listed until the pod goes)`),
	});
	await untilRunning(tools, {namespace, name: pod, container}, signal);
	return {...wanted, container};
}

type Awaited = Readonly<{namespace: string; name: string; container: string}>;

async function untilRunning({readPod, clock}: PrepareTools, {namespace, name, container}: Awaited, signal: AbortSignal): Promise<KubeObject> {
	const until = clock.now() + readyMs;
	for (;;) {
		const pod = await readPod(namespace, name, signal);
		const wait = containerWait(pod, container);
		if (wait.state === 'running' && (fieldAt(pod, 'status', 'podIP') ?? '') !== '') return pod;
		if (wait.state === 'failed') throw new Error(wait.why);
		if (clock.now() >= until) throw new Error(`the container did not run within ${readyMs / 1000} s${wait.state === 'waiting' ? `: ${wait.why}` : ''}`);
		await pause(clock, lookEveryMs, signal);
	}
}

async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	const abort = () => reject(signal.reason);
	signal.addEventListener('abort', abort, {once: true});
	using _timer = clock.after(ms, resolve);
	try {
		signal.throwIfAborted();
		await promise;
	} finally {
		signal.removeEventListener('abort', abort);
	}
}

/** With a limit of its own, whatever the caller gives up meanwhile. */
export async function whole<T>(clock: Clock, ms: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const own = new AbortController();
	using _limit = clock.after(ms, () => own.abort(new Error(`it took more than ${ms / 1000} s`)));
	return await run(own.signal);
}

function suffix(random: () => number): string {
	return Array.from({length: 5}, () => '23456789bcdfghjkmnpqrstvwxz'[Math.floor(random() * 27)]).join('');
}
