import type {Catalogue} from '../../core/catalogue.ts';
import type {Clock} from '../../core/clock.ts';
import {problemOf} from '../../core/problem.ts';
import {containerHistoryKey, nodeHistoryKey, podHistoryKey} from '../../core/top/history-key.ts';
import {type MetricsReading, newestSample, nothingRead, type UsageKind, usageKinds} from '../../core/top/metrics-reading.ts';
import {emptyStep, metricsApiStep, type MissingStep} from '../../core/top/missing-step.ts';
import {type PodUsage, staleAfterMs, type Usage} from '../../core/top/usage.ts';
import type {Ring} from '../../core/top/ring.ts';
import {History} from './history.ts';
import {within} from './json-within.ts';
import {Kubelets} from './kubelets.ts';
import {mergedReading} from './merged-reading.ts';
import {type MetricsAnswer, type MetricsClient, readMetricsApi} from './metrics-api.ts';
import {combined, covers, type MetricsWish} from './metrics-wish.ts';
import {SamplePace} from './sample-pace.ts';

/** Goes on after the last view that shows metrics has left, so that coming back is instant. */
const lingerMs = 60_000;
/** Kubelets are due at different times; they are asked in bunches. */
const leastWaitMs = 500;
const answerWithinMs = 12_000;
/** While the metrics API fails its last values age on screen for this long; then the kubelets are asked. */
const keepMs = 30_000;
/** Longer than this nobody wants to see an old value. */
const forgetMs = 15 * 60_000;
/** What is not there in a second either. */
const lasting: ReadonlySet<MissingStep['step']> = new Set(['absent', 'denied', 'tls']);

export type MetricsStoreOptions = Readonly<{
	client: MetricsClient;
	catalogue(): Catalogue;
	clock: Clock;
	/** Server time. */
	now(): number;
}>;

/** One view's part in the metrics of a cluster. */
export type MetricsHandle = Disposable &
	Readonly<{
		reading(): MetricsReading;
		/** Asks for something else from now on. */
		want(wish: MetricsWish): void;
	}>;

/** What a cluster uses, polled while anybody looks: metrics.k8s.io, else the kubelets of the nodes on screen (kube-api.md 6). */
export class MetricsStore implements Disposable {
	readonly #history = new History();
	readonly #options: MetricsStoreOptions;
	readonly #kubelets: Kubelets;
	readonly #wishes = new Map<object, Readonly<{wish: MetricsWish; changed: () => void}>>();
	readonly #pace = new SamplePace();
	#reading = nothingRead;
	#stop: AbortController | undefined;
	#timers: {poll?: Disposable; kubelets?: Disposable; linger?: Disposable; stale?: Disposable} = {};
	#isPolling = false;
	#isAskingKubelets = false;
	/** What the last answer covered. */
	#answered: MetricsWish | undefined;
	/** Since when each kind's answer has been empty. */
	readonly #emptySince: Partial<Record<UsageKind, number>> = {};
	#api: Readonly<{nodes: ReadonlyMap<string, Usage>; pods: ReadonlyMap<string, PodUsage>}> = nothingRead;

	constructor(options: MetricsStoreOptions) {
		this.#options = options;
		this.#kubelets = new Kubelets(options.client, options.clock);
	}

	reading(): MetricsReading {
		return this.#reading;
	}

	/** Takes part from now on; `changed` is called after every answer. */
	open(wish: MetricsWish, changed: () => void): MetricsHandle {
		const key = {};
		this.#wishes.set(key, {wish, changed});
		this.#begin();
		return {
			reading: () => this.#reading,
			want: next => {
				if (!this.#wishes.has(key) || sameWish(this.#wishes.get(key)?.wish, next)) return;
				this.#wishes.set(key, {wish: next, changed});
				this.#begin();
			},
			[Symbol.dispose]: () => {
				if (!this.#wishes.delete(key) || this.#wishes.size > 0) return;
				this.#timers.linger = this.#options.clock.after(lingerMs, () => this.#end());
			},
		};
	}

	/** The last quarter of an hour of an object (core/top/history-key.ts); one that had none begins with what is known of it now. */
	ring(key: string): Ring {
		const isNew = !this.#history.has(key);
		const ring = this.#history.ring(key);
		const [kind, of = '', container] = key.split(' ');
		const usage = kind === 'node' ? this.#reading.nodes.get(of) : this.#reading.pods.get(of);
		const amounts = container === undefined ? usage : this.#reading.pods.get(of)?.containers.get(container);
		if (isNew && usage && amounts) this.#history.note(key, usage.at, amounts);
		return ring;
	}

	/** Asks again now (`r`). */
	retry(): void {
		if (this.#wishes.size > 0) this.#pollIn(0);
	}

	[Symbol.dispose](): void {
		this.#wishes.clear();
		this.#timers.linger?.[Symbol.dispose]();
		this.#end();
	}

	#begin(): void {
		this.#timers.linger?.[Symbol.dispose]();
		delete this.#timers.linger;
		const wish = this.#wish();
		const runs = this.#stop !== undefined;
		this.#stop ??= new AbortController();
		if (!runs || this.#answered === undefined || !covers(this.#answered, wish)) this.#pollIn(0);
		this.#askKubeletsIn(0);
	}

	#end(): void {
		this.#stop?.abort();
		this.#stop = undefined;
		this.#timers.poll?.[Symbol.dispose]();
		this.#timers.kubelets?.[Symbol.dispose]();
		this.#timers.stale?.[Symbol.dispose]();
		this.#timers = {};
		this.#answered = undefined;
		this.#isPolling = false;
		this.#isAskingKubelets = false;
	}

	#wish(): MetricsWish {
		return combined(Array.from(this.#wishes.values(), ({wish}) => wish));
	}

	#pollIn(ms: number): void {
		this.#timers.poll?.[Symbol.dispose]();
		this.#timers.poll = this.#options.clock.after(ms, () => void this.#poll());
	}

	async #poll(): Promise<void> {
		const stop = this.#stop;
		if (stop === undefined || this.#isPolling) return;
		this.#isPolling = true;
		// While it lingers nobody wishes for anything: what was answered last is asked for again.
		const wish = this.#wishes.size > 0 ? this.#wish() : (this.#answered ?? {nodes: false});
		const answer = await this.#ask(wish, stop.signal);
		if (answer === undefined || stop.signal.aborted) return;
		this.#isPolling = false;
		this.#answered = wish;
		const outcome = this.#adopt(wish, answer);
		this.#pollIn(covers(wish, this.#wishes.size > 0 ? this.#wish() : wish) ? this.#pace.next(outcome, this.#options.clock.now()) : 0);
		this.#publish();
		this.#askKubeletsIn(0);
	}

	async #ask(wish: MetricsWish, signal: AbortSignal): Promise<MetricsAnswer | undefined> {
		const {client, clock, catalogue} = this.#options;
		const question = {nodes: wish.nodes, pods: wish.pods !== undefined, ...(wish.pods?.namespace === undefined ? {} : {namespace: wish.pods.namespace})};
		try {
			const what = 'Could not read the metrics API';
			return await within(clock, {what, withinMs: answerWithinMs}, signal, limit => readMetricsApi({client, clock, catalogue: catalogue()}, question, limit));
		} catch (error) {
			if (signal.aborted) return undefined;
			const step = metricsApiStep(problemOf(error, 'Could not read the metrics API'), 'nodes');
			return {missing: {...(question.nodes ? {nodes: step} : {}), ...(question.pods ? {pods: step} : {})}};
		}
	}

	/** Takes an answer over; says whether it brought anything new. */
	#adopt(wish: MetricsWish, answer: MetricsAnswer): Parameters<SamplePace['next']>[0] {
		const before = this.#api;
		const nodes = answer.nodes === undefined ? before.nodes : keepSame(before.nodes, answer.nodes);
		const pods = answer.pods === undefined ? before.pods : keepSame(before.pods, answer.pods);
		this.#api = {nodes, pods};
		this.#remember(nodes === before.nodes ? new Map() : nodes, pods === before.pods ? new Map() : pods);
		const missing: Partial<Record<UsageKind, MissingStep>> = {...this.#reading.missing};
		for (const kind of usageKinds) {
			if (kind === 'nodes' ? !wish.nodes : wish.pods === undefined) continue;
			const step = answer.missing[kind] ?? this.#emptyStep(kind, answer[kind]?.size);
			if (step === undefined) delete missing[kind];
			else missing[kind] = step;
		}
		const {only: _only, asked, ...reading} = this.#reading;
		this.#reading = {
			...reading,
			missing,
			asked: {nodes: asked.nodes || wish.nodes, pods: asked.pods || wish.pods !== undefined},
			...(answer.only === undefined ? {} : {only: answer.only}),
		};
		if (answer.nodes === undefined && answer.pods === undefined) return Object.values(missing).every(({step}) => lasting.has(step)) ? 'hopeless' : 'failed';
		return nodes !== before.nodes || pods !== before.pods ? 'fresh' : 'same';
	}

	/** An answer without any sample is told apart from none: at first it warms up, later something is wrong. */
	#emptyStep(kind: UsageKind, samples: number | undefined): MissingStep | undefined {
		if (samples === undefined || samples > 0) {
			delete this.#emptySince[kind];
			return undefined;
		}
		const now = this.#options.clock.now();
		this.#emptySince[kind] ??= now;
		// A namespace without pods has no samples either, and nothing is wrong with that.
		if (kind === 'pods' && this.#api.nodes.size > 0) return undefined;
		return emptyStep(kind, now - (this.#emptySince[kind] ?? now));
	}

	#askKubeletsIn(ms: number): void {
		this.#timers.kubelets?.[Symbol.dispose]();
		this.#timers.kubelets = this.#options.clock.after(ms, () => void this.#askKubelets());
	}

	async #askKubelets(): Promise<void> {
		const stop = this.#stop;
		if (stop === undefined || this.#isAskingKubelets) return;
		const wish = this.#wish();
		const nodes = [...new Set([...(wish.details ?? []), ...(this.#needsKubelets(wish) ? (wish.kubelets ?? []) : [])])];
		if (nodes.length === 0) return;
		this.#isAskingKubelets = true;
		const asked = await this.#kubelets.read(nodes, stop.signal).catch(() => false);
		if (stop.signal.aborted) return;
		this.#isAskingKubelets = false;
		this.#askKubeletsIn(Math.max(leastWaitMs, this.#kubelets.dueIn(nodes)));
		if (asked) this.#publish();
	}

	/** Does the metrics API give nothing, and is what it gave last too old to be shown on? */
	#needsKubelets({nodes, pods}: MetricsWish): boolean {
		const {missing} = this.#reading;
		const isOld = (kind: UsageKind): boolean => {
			const newest = newestSample({...this.#reading, ...this.#api}, kind);
			return newest === undefined || this.#options.now() - newest.at > keepMs;
		};
		return (nodes && missing.nodes !== undefined && isOld('nodes')) || (pods !== undefined && missing.pods !== undefined && isOld('pods'));
	}

	#publish(): void {
		const {reading, nodes, pods} = mergedReading({
			api: this.#api,
			reading: this.#reading,
			summaries: this.#kubelets.summaries,
			kubelet: this.#kubelets.missing,
			oldest: this.#options.now() - forgetMs,
		});
		this.#reading = reading;
		this.#remember(nodes, pods);
		this.#tellWhenStale();
		for (const {changed} of [...this.#wishes.values()]) changed();
	}

	/** What time alone changes is told too: the moment from which the newest values are old. */
	#tellWhenStale(): void {
		this.#timers.stale?.[Symbol.dispose]();
		delete this.#timers.stale;
		const now = this.#options.now();
		const due = usageKinds.map(kind => (newestSample(this.#reading, kind)?.at ?? now) + staleAfterMs + 1 - now).filter(ms => ms > 0 && ms <= staleAfterMs);
		if (due.length > 0) this.#timers.stale = this.#options.clock.after(Math.min(...due), () => this.#publish());
	}

	#remember(nodes: ReadonlyMap<string, Usage>, pods: ReadonlyMap<string, PodUsage>): void {
		for (const [name, usage] of nodes) this.#history.note(nodeHistoryKey(name), usage.at, usage);
		for (const [key, usage] of pods) this.#history.note(podHistoryKey(key), usage.at, usage);
		// What room is left after the pods is theirs.
		for (const [key, usage] of pods) for (const [name, amounts] of usage.containers) this.#history.note(containerHistoryKey(key, name), usage.at, amounts);
	}
}

/** The new samples; one with the time of the old is no new sample, and the same map means that nothing is new. */
function keepSame<U extends Usage>(before: ReadonlyMap<string, U>, after: ReadonlyMap<string, U>): ReadonlyMap<string, U> {
	let differs = before.size !== after.size;
	const kept = new Map<string, U>();
	for (const [key, usage] of after) {
		const old = before.get(key);
		const same = old?.at === usage.at && old.source === usage.source;
		differs ||= !same;
		kept.set(key, same ? old : usage);
	}
	return differs ? kept : before;
}

function sameWish(a: MetricsWish | undefined, b: MetricsWish): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}
