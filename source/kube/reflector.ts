import type {Clock} from '../core/clock.ts';
import type {Feed, FeedSink, Scope} from '../core/feed.ts';
import type {Intern} from '../core/intern.ts';
import {never} from '../core/never.ts';
import type {Problem} from '../core/problem.ts';
import type {ResourceType} from '../core/resource-type.ts';
import {gateSink} from './gated-sink.ts';
import type {KubeTransport} from './kube-transport.ts';
import {acceptTable} from './list-pages.ts';
import {type Outcome, outcomeOfError} from './outcome.ts';
import type {Reachability} from './reachability.ts';
import {createRecovery} from './recovery.ts';
import {runRound} from './round.ts';
import {createStreamReport} from './stream-report.ts';
import {createTableDecoder} from './table.ts';
import {pause, type Wake} from './wake.ts';

export type ReflectorOptions = Readonly<{
	transport: KubeTransport;
	clock: Clock;
	/** 0 <= n < 1 */
	random: () => number;
	intern: Intern;
	reachability: Reachability;
	/** Rings when the user wants it tried again now. */
	wake: Wake;
	/** Rings after the computer slept. */
	resumed: Wake;
	/** The kind answered 404: discovery may be out of date. */
	onGone(type: ResourceType): void;
}>;

const pollEveryMs = 10_000;
const pollJitter = 0.1;
/** A denied watch is asked for again: roles change, and a watch is cheaper than polling. */
const watchAgainAfterMs = 300_000;
const deniedRetryMs = 60_000;
const goneRetryMs = 15_000;
/** A round that ends sooner waits before the next one: a server that forgets faster than we list must not be hammered. */
const settledAfterMs = 10_000;

/**
 * The rows of one scope, for as long as the signal lets it: list by pages, watch, watch again, list again, poll, wait;
 * whatever happens, until it works again (kube-api.md 4.3). The feed never rejects.
 */
export function createReflector(scope: Scope, options: ReflectorOptions): Feed {
	return (sink, signal) => new Reflector(scope, options, {sink, signal}).run();
}

class Reflector {
	#scope: Scope;
	readonly #options: ReflectorOptions;
	readonly #sink: FeedSink;
	readonly #signal: AbortSignal;
	readonly #report;
	readonly #recovery;
	#decoder;
	readonly #accept = acceptTable();
	readonly #seen = {bookmark: false};
	#watchDeniedAt: number | undefined;
	/** Lists in a row whose continue token expired. */
	#expiredLists = 0;
	/** Watches in a row that found their list too old at once. */
	#expiredWatches = 0;
	#isPolling = false;
	#isGone = false;

	constructor(scope: Scope, options: ReflectorOptions, to: Readonly<{sink: FeedSink; signal: AbortSignal}>) {
		this.#scope = scope;
		this.#options = options;
		this.#sink = gateSink(to.sink, to.signal);
		this.#signal = to.signal;
		this.#report = createStreamReport(this.#sink, options.clock);
		this.#recovery = createRecovery(options);
		this.#decoder = createTableDecoder({...scope, intern: options.intern});
	}

	async run(): Promise<void> {
		this.#report.loading(0, undefined);
		// Whoever asks to try again means the watch as well.
		using _asked = this.#options.wake.onRing(() => {
			this.#watchDeniedAt = undefined;
		});
		while (!this.#signal.aborted) {
			const startedAt = this.#options.clock.now();
			const outcome = await this.#round();
			if (this.#signal.aborted) return;
			await this.#follow(outcome, this.#options.clock.now() - startedAt);
		}
	}

	async #round(): Promise<Outcome> {
		const watch = this.#mayWatch();
		try {
			return await runRound(
				{
					...this.#options,
					scope: this.#scope,
					sink: this.#sink,
					decoder: this.#decoder,
					accept: this.#accept,
					seen: this.#seen,
					recovery: this.#recovery,
					report: this.#report,
					watch,
					whole: this.#expiredLists > 1,
					quietly: this.#isPolling && !watch,
				},
				this.#signal,
			);
		} catch (error) {
			return outcomeOfError(error, `Could not list ${this.#scope.type.plural}`);
		}
	}

	#mayWatch(): boolean {
		if (!this.#scope.type.verbs.includes('watch')) return false;
		return this.#watchDeniedAt === undefined || this.#options.clock.now() - this.#watchDeniedAt >= watchAgainAfterMs;
	}

	async #follow(outcome: Outcome, livedMs: number): Promise<void> {
		const {clock, random} = this.#options;
		const isSettled = livedMs >= settledAfterMs;
		this.#expiredLists = outcome.next === 'relist' && outcome.while === 'listing' ? this.#expiredLists + 1 : 0;
		this.#expiredWatches = outcome.next === 'relist' && outcome.while === 'watching' && !isSettled ? this.#expiredWatches + 1 : 0;
		this.#isPolling = outcome.next === 'poll';
		const wasGone = this.#isGone;
		this.#isGone = outcome.next === 'stop' && outcome.state === 'gone';
		switch (outcome.next) {
			case 'end':
				return;
			case 'lighten':
				this.#scope = {...this.#scope, mode: 'metadata'};
				this.#decoder = createTableDecoder({...this.#scope, intern: this.#options.intern});
				return;
			case 'retry':
				return this.#recovery.wait(outcome.problem, this.#report.relisting, this.#signal);
			case 'relist':
				// A watch that finds nothing: the list tells at once whether the kind is gone. Only a second time is worth a wait.
				if (isSettled || (outcome.problem.code === 'not-found' && this.#expiredWatches === 1)) return;
				return this.#recovery.wait(this.#expiredWatches > 1 ? compacting(outcome.problem) : outcome.problem, this.#report.relisting, this.#signal);
			case 'unwatchable':
				this.#watchDeniedAt = clock.now();
				// Late in life the role may be gone altogether: only a list tells.
				if (isSettled) return;
				return this.#follow({next: 'poll'}, livedMs);
			case 'poll':
				this.#report.polling(pollEveryMs);
				return pause(this.#options, pollEveryMs * (1 + pollJitter * (2 * random() - 1)), this.#signal);
			case 'stop':
				this.#report.stopped(outcome.state, outcome.problem);
				// Once the list is allowed again the watch may be too: rights change together.
				this.#watchDeniedAt = undefined;
				if (outcome.state === 'gone' && !wasGone) this.#options.onGone(this.#scope.type);
				return pause(this.#options, outcome.state === 'gone' ? goneRetryMs : deniedRetryMs, this.#signal);
			default:
				return never(outcome);
		}
	}
}

function compacting(problem: Problem): Problem {
	return {...problem, cause: 'the cluster forgets old versions faster than they can be listed'};
}
