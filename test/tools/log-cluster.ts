import type {Catalogue} from '../../source/core/catalogue.ts';
import type {ClusterClient} from '../../source/core/cluster-client.ts';
import type {Scope, StreamState} from '../../source/core/feed.ts';
import type {Item, KubeObject} from '../../source/core/kubernetes.ts';
import type {LogQuestion} from '../../source/core/logs/log-question.ts';
import {makeCatalogue} from '../../source/core/make-catalogue.ts';
import type {Pod} from '../../source/core/pod.ts';
import {type Problem, ProblemError} from '../../source/core/problem.ts';
import type {ResourceType} from '../../source/core/resource-type.ts';
import {resourceKinds} from '../../source/resources/index.ts';
import type {LogsOptions} from '../../source/store/logs/logs-options.ts';
import type {Scopes} from '../../source/store/scope-handle.ts';
import type {FakeClock} from './fake-clock.ts';

type Line = Readonly<{stamp: string; at: number; text: string}>;
type Run = {id: string; startedAt: number; lines: Line[]; isOver: boolean};
type Container = {
	name: string;
	field: 'containers' | 'initContainers' | 'ephemeralContainers';
	restart: number;
	runs: Run[];
	waiting?: string;
	ending?: Ending;
};
type Ending = Readonly<{exitCode: number; reason: string; startedAt: string; finishedAt: string}>;
type FakePod = {
	verdict?: Readonly<{reason: string; message: string}>;
	object: Pod;
	containers: Container[];
	problem?: Problem;
	labels: Readonly<Record<string, string>>;
};
type Open = {cut(error: Problem): void; wake(): void; question: LogQuestion};

const iso = (at: number): string => new Date(at).toISOString();
const wholeIso = (at: number): string => iso(at).replace(/\.\d+Z$/, 'Z');
const broken: Problem = {code: 'protocol', what: 'Could not read the log', cause: 'the connection was closed in the middle of the answer'};

/** Pods, their logs and the watch of them, as the API server and the kubelet give them; every event is the test's. */
export class LogCluster {
	readonly asked: LogQuestion[] = [];
	/** The server is down: nothing is answered. */
	isDown = false;
	stream: StreamState = {state: 'live', lastEventAt: 0};
	readonly #clock: FakeClock;
	readonly #pods = new Map<string, FakePod>();
	readonly #objects = new Map<string, KubeObject>();
	readonly #open = new Set<Open>();
	readonly #watchers = new Set<() => void>();
	#version = 1;
	#nano = 0;

	constructor(clock: FakeClock) {
		this.#clock = clock;
	}

	/** Options for an engine on this cluster. */
	options(rest: Pick<LogsOptions, 'target'> & Partial<LogsOptions>): LogsOptions {
		const client = {
			logs: (question: LogQuestion, signal: AbortSignal) => this.#logs(question, signal),
			get: async (_type: ResourceType, namespace: string | undefined, name: string) => this.#get(namespace, name),
			nodeLog: () => this.#refuse({code: 'not-found', what: '', cause: 'no nodes here', status: 404}),
		} satisfies Pick<ClusterClient, 'logs' | 'nodeLog' | 'get'>;
		const catalogue: Catalogue = makeCatalogue(resourceKinds, undefined);
		return {
			client,
			scopes: this.#scopes(),
			catalogue: () => catalogue,
			clock: this.#clock,
			now: () => this.#clock.now(),
			random: () => 0.5,
			range: 'tail',
			previous: false,
			events: false,
			...rest,
		};
	}

	/** A pod of namespace shop whose containers run. */
	addPod(
		name: string,
		containers: ReadonlyArray<string | Pick<Container, 'name' | 'field'>> = ['main'],
		labels: Readonly<Record<string, string>> = {app: 'web'},
	): void {
		const made = containers.map((one): Container => {
			const {name: container, field} = typeof one === 'string' ? {name: one, field: 'containers' as const} : one;
			return {name: container, field, restart: 0, runs: [this.#newRun()]};
		});
		this.#pods.set(name, {object: emptyPod(name, labels, this.#version), containers: made, labels});
		this.publish();
	}

	/** An owner, a Service or an Event. */
	addObject(kind: string, object: KubeObject): void {
		this.#objects.set(`${kind} ${object.metadata.name}`, object);
		this.publish();
	}

	/** A line now, or with a stamp of its own. */
	write(pod: string, text: string, options: Readonly<{container?: string; at?: number}> = {}): void {
		const run = this.#container(pod, options.container).runs.at(-1);
		const at = options.at ?? this.#clock.now();
		const nanos = String(this.#nano++ % 1_000_000).padStart(6, '0');
		run?.lines.push({at, text, stamp: iso(at).replace('Z', `${nanos}Z`)});
		this.#wake();
	}

	/** The container's run ends; with `again` the next one begins at once. `hidden`: the watch tells later. */
	end(pod: string, exitCode: number, options: Readonly<{reason?: string; again?: boolean; hidden?: boolean; waiting?: string}> = {}): void {
		const container = this.#container(pod);
		const run = container.runs.at(-1);
		if (run) run.isOver = true;
		container.ending = {exitCode, reason: options.reason ?? 'Error', startedAt: wholeIso(run?.startedAt ?? 0), finishedAt: wholeIso(this.#clock.now())};
		if (options.waiting !== undefined) container.waiting = options.waiting;
		if (options.again) this.#again(container);
		this.#wake();
		if (options.hidden) this.#version++;
		else this.publish();
	}

	/** The next run of a container that ended. */
	again(pod: string): void {
		const container = this.#container(pod);
		delete container.waiting;
		this.#again(container);
		this.publish();
	}

	setWaiting(pod: string, reason: string): void {
		const container = this.#container(pod);
		container.runs = [];
		container.waiting = reason;
		this.publish();
	}
	start(pod: string): void {
		const container = this.#container(pod);
		delete container.waiting;
		container.runs = [this.#newRun()];
		this.publish();
	}

	/** The kubelet ends the pod as a whole: its containers are killed, and it stays. */
	evict(name: string, message: string): void {
		const pod = this.#pods.get(name);
		if (pod === undefined) return;
		pod.verdict = {reason: 'Evicted', message};
		if (pod.containers.some(({runs}) => runs.length > 0)) this.end(name, 137);
		else this.publish();
	}

	deletePod(name: string): void {
		for (const run of this.#pods.get(name)?.containers.flatMap(({runs}) => runs) ?? []) run.isOver = true;
		this.#pods.delete(name);
		this.#wake();
		this.publish();
	}

	/** Only what was written after now is still in the file. */
	rotate(pod: string): void {
		const run = this.#container(pod).runs.at(-1);
		if (run) run.lines = [];
	}

	refuse(pod: string, problem: Problem | undefined): void {
		const found = this.#pods.get(pod);
		if (found === undefined) return;
		if (problem === undefined) delete found.problem;
		else found.problem = problem;
	}

	/** Every open log breaks off. */
	cut(): void {
		for (const open of [...this.#open]) open.cut(broken);
	}

	/** How many logs are followed now. */
	following(): number {
		return [...this.#open].filter(({question}) => question.follow).length;
	}

	/** The watch tells what there is. */
	publish(): void {
		this.#version++;
		for (const pod of this.#pods.values()) pod.object = this.#objectOf(pod);
		for (const changed of [...this.#watchers]) changed();
	}

	#again(container: Container): void {
		container.restart++;
		container.runs = [...container.runs.slice(-1), this.#newRun()];
	}

	#newRun(): Run {
		return {id: `containerd://${Math.trunc(this.#nano++)}-${this.#clock.now()}`, startedAt: this.#clock.now(), lines: [], isOver: false};
	}

	#container(pod: string, name?: string): Container {
		const containers = this.#pods.get(pod)?.containers ?? [];
		const found = name === undefined ? containers[0] : containers.find(one => one.name === name);
		if (found === undefined) throw new Error(`no container ${name ?? ''} in ${pod}`);
		return found;
	}

	#wake(): void {
		for (const open of [...this.#open]) open.wake();
	}

	async *#refuse(problem: Problem): AsyncGenerator<Uint8Array> {
		yield* [];
		throw new ProblemError(problem);
	}

	async *#logs(question: LogQuestion, signal: AbortSignal): AsyncGenerator<Uint8Array> {
		this.asked.push(question);
		const run = this.#runFor(question);
		yield new Uint8Array();
		let failure: Problem | undefined;
		let wake: (() => void) | undefined;
		const open: Open = {
			question,
			cut: problem => {
				failure = problem;
				wake?.();
			},
			wake: () => wake?.(),
		};
		this.#open.add(open);
		signal.addEventListener('abort', open.wake, {once: true});
		try {
			// By index in the run: the file of a rotated log begins anew, a follower reads on.
			const since = question.sinceTime === undefined ? Number.NEGATIVE_INFINITY : Date.parse(question.sinceTime);
			const old = run.lines.filter(({at}) => at >= since);
			const first = question.tailLines === undefined ? old : old.slice(-question.tailLines);
			let seen = run.lines;
			let index = seen.length;
			if (first.length > 0) yield bytesOf(first);
			while (question.follow) {
				if (seen !== run.lines) [seen, index] = [run.lines, 0];
				const fresh = run.lines.slice(index);
				index = run.lines.length;
				if (fresh.length > 0) yield bytesOf(fresh);
				if (signal.aborted) throw new ProblemError({...broken, code: 'cancelled'});
				if (failure) throw new ProblemError(failure);
				if (fresh.length > 0) continue;
				if (run.isOver) return;
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
		} finally {
			this.#open.delete(open);
		}
	}

	#runFor({pod, container, previous}: LogQuestion): Run {
		if (this.isDown) throw new ProblemError({code: 'refused', what: 'Could not read the log', cause: 'connection refused'});
		const found = this.#pods.get(pod);
		if (found === undefined) throw new ProblemError(status(404, `pods "${pod}" not found`));
		if (found.problem) throw new ProblemError(found.problem);
		const one = this.#container(pod, container);
		// Between two runs the one that ended last is both.
		const run = previous && one.waiting === undefined ? one.runs.at(-2) : one.runs.at(-1);
		if (run === undefined && previous) throw new ProblemError(status(400, `previous terminated container "${container}" in pod "${pod}" not found`));
		if (run === undefined) throw new ProblemError(status(400, `container "${container}" in pod "${pod}" is waiting to start: ${one.waiting}`));
		return run;
	}

	#get(namespace: string | undefined, name: string): KubeObject {
		if (this.isDown) throw new ProblemError({code: 'refused', what: 'Could not read the pod', cause: 'connection refused'});
		const found = namespace === 'shop' ? this.#pods.get(name) : undefined;
		if (found === undefined) throw new ProblemError(status(404, `pods "${name}" not found`));
		return this.#objectOf(found);
	}

	#objectOf({object, containers, verdict}: FakePod): Pod {
		const specs = (field: Container['field']) => containers.filter(one => one.field === field).map(({name}) => ({name}));
		const statuses = (field: Container['field']) => containers.filter(one => one.field === field).map(statusOf);
		return {
			...object,
			metadata: {...object.metadata, resourceVersion: String(this.#version)},
			spec: {...object.spec, containers: specs('containers'), initContainers: specs('initContainers'), ephemeralContainers: specs('ephemeralContainers')},
			status: {
				...(verdict === undefined ? {phase: 'Running'} : {phase: 'Failed', ...verdict}),
				containerStatuses: statuses('containers'),
				initContainerStatuses: statuses('initContainers'),
				ephemeralContainerStatuses: statuses('ephemeralContainers'),
			},
		};
	}

	#scopes(): Scopes {
		return {
			watching: () => this.#watchers.size,
			open: (scope, changed) => {
				const notify = (): void => changed();
				this.#watchers.add(notify);
				const items = (): readonly Item[] => this.#itemsOf(scope);
				return {
					scope,
					items,
					size: () => items().length,
					state: () => ({data: 'ready', stream: this.stream}),
					columns: () => [],
					find: (_namespace, name) => items().find(({meta}) => meta.name === name),
					get: key => items().find(({meta}) => meta.uid === key),
					list: items,
					changes: () => ({changed: items(), removed: []}),
					[Symbol.dispose]: () => void this.#watchers.delete(notify),
				};
			},
		};
	}

	#itemsOf({type, fieldSelector = '', labelSelector}: Scope): readonly Item[] {
		const name = /metadata\.name=(.+)/.exec(fieldSelector)?.[1];
		const wanted = (labelSelector ?? '').split(',').filter(part => part.includes('='));
		const objects: readonly KubeObject[] =
			type.plural === 'pods'
				? [...this.#pods.values()].filter(({labels}) => wanted.every(part => labels[part.split('=')[0] ?? ''] === part.split('=')[1])).map(({object}) => object)
				: [...this.#objects.entries()].filter(([key]) => key.startsWith(`${type.plural} `)).map(([, object]) => object);
		return objects.filter(({metadata}) => name === undefined || metadata.name === name).map(itemOf);
	}
}

function emptyPod(name: string, labels: Readonly<Record<string, string>>, version: number): Pod {
	return {apiVersion: 'v1', kind: 'Pod', metadata: {name, namespace: 'shop', uid: `uid-${name}-${version}`, labels}, spec: {nodeName: 'n1'}};
}

function itemOf(object: KubeObject): Item {
	const {apiVersion, kind, metadata} = object;
	return {
		ref: {apiVersion, kind, name: metadata.name, ...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace})},
		meta: metadata,
		object,
		printed: () => undefined,
	};
}

function statusOf({name, restart, runs, waiting, ending}: Container) {
	const run = runs.at(-1);
	const terminated = ending === undefined ? undefined : {...ending};
	const state =
		waiting !== undefined
			? {waiting: {reason: waiting}}
			: run?.isOver
				? {terminated: terminated ?? {exitCode: 0}}
				: {running: {startedAt: wholeIso(run?.startedAt ?? 0)}};
	const isLast = terminated !== undefined && (waiting !== undefined || run?.isOver === false);
	return {name, restartCount: restart, containerID: run?.id ?? '', state, ...(isLast ? {lastState: {terminated}} : {})};
}

function status(code: number, message: string): Problem {
	return {code: code === 404 ? 'not-found' : 'invalid', what: 'Could not read the log', cause: message, serverMessage: message, status: code};
}

function bytesOf(lines: readonly Line[]): Uint8Array {
	return Buffer.from(lines.map(({stamp, text}) => `${stamp} ${text}\n`).join(''));
}
