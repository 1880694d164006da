import type {Clock} from '../../core/clock.ts';
import type {RawLine} from '../../core/logs/line-splitter.ts';
import type {LogOrigin} from '../../core/logs/log-record.ts';
import type {LogQuestion} from '../../core/logs/log-question.ts';
import type {LogSource, LogSourceState} from '../../core/logs/logs-model.ts';
import {type ContainerRun, isBetweenRuns} from '../../core/logs/pod-runs.ts';
import type {Problem} from '../../core/problem.ts';
import type {Arrival} from './arrival.ts';
import {Bell} from './bell.ts';
import {ContainerReader} from './container-reader.ts';
import type {LogPod} from './log-pod.ts';
import type {LogsClient} from './logs-options.ts';
import type {MarkWords, ReadMode} from './reader-host.ts';

/** What all sources of one feed share. */
export type SourceSurroundings = Readonly<{
	client: LogsClient;
	clock: Clock;
	now(): number;
	random(): number;
	refresh(pod: LogPod): Promise<void>;
	past(): Pick<LogQuestion, 'tailLines' | 'sinceTime'>;
	turn(signal: AbortSignal): Promise<Disposable>;
	take(arrivals: readonly Arrival[]): Promise<void> | void;
	changed(): void;
	chunkBytes?: number;
}>;

/** Nothing came for so long: what was there at the start has been read. */
const quietMs = 200;
/** Restarted this often, and lately: it will be again. */
const crashes = 2;
const lateMs = 600_000;
const overStates: ReadonlySet<LogSourceState> = new Set(['waiting', 'ended', 'deleted', 'denied', 'failed']);

/** One container of one pod while it is read. */
export class ContainerSource {
	readonly key: string;
	readonly pod: LogPod;
	readonly container: string;
	readonly #surroundings: SourceSurroundings;
	readonly #reader: ContainerReader;
	readonly #changes: Bell;
	/** Runs up to this one were there at the start. */
	readonly #firstRestart: number;
	#run: ContainerRun;
	#origin: LogOrigin;
	#mode: ReadMode;
	#state: LogSourceState = 'opening';
	#problem: Problem | undefined;
	#lines = 0;
	#openedAt: number | undefined;
	#isDone = false;
	#snapshot: LogSource | undefined;
	#at = 0;

	constructor(surroundings: SourceSurroundings, pod: LogPod, run: ContainerRun, options: Readonly<{isFirst: boolean; mode: ReadMode}>) {
		this.#surroundings = surroundings;
		this.pod = pod;
		this.container = run.name;
		this.key = sourceKey(pod, run.name);
		this.#run = run;
		this.#mode = options.mode;
		this.#firstRestart = options.isFirst && run.state !== 'waiting' ? run.restart : -1;
		this.#origin = {namespace: pod.namespace, pod: pod.name, container: run.name, restart: run.restart};
		this.#changes = new Bell(surroundings.clock);
		this.#reader = new ContainerReader(this.#host());
	}

	/** Reads until nothing more will come; `previous`: the run before, and nothing else. Never rejects. */
	async read(previous: boolean, signal: AbortSignal): Promise<void> {
		if (previous) await this.#reader.runPrevious(signal);
		else await this.#reader.run(signal);
		this.#isDone = true;
		this.#surroundings.changed();
	}

	get run(): ContainerRun {
		return this.#run;
	}
	get isDone(): boolean {
		return this.#isDone;
	}
	get state(): LogSourceState {
		return this.#state;
	}
	get problem(): Problem | undefined {
		return this.#problem;
	}

	/** The pod is another, or gone. */
	look(): void {
		const run = this.pod.run(this.container);
		if (run !== undefined) this.#run = run;
		else if (this.#isDone && this.pod.goneHow === 'deleted') this.#setState('deleted');
		this.#snapshot = undefined;
		this.ring();
	}

	setMode(mode: ReadMode): void {
		if (mode === this.#mode) return;
		this.#mode = mode;
		this.ring();
	}

	/** Whatever it waits for is looked at again. */
	ring(): void {
		this.#changes.ring();
		this.#reader.reconsider();
	}

	isCaughtUp(): boolean {
		if (overStates.has(this.#state) || this.#isDone) return true;
		return this.#openedAt !== undefined && this.#surroundings.clock.now() - this.#openedAt >= quietMs;
	}

	source(): LogSource {
		this.#snapshot ??= {
			origin: this.#origin,
			kind: this.#run.kind,
			state: this.#state,
			...(this.#problem === undefined ? {} : {problem: this.#problem}),
			hasPrevious: this.#run.before !== undefined || isBetweenRuns(this.#run),
			crashing: this.#isCrashing(),
			lines: this.#lines,
		};
		return this.#snapshot;
	}

	#host(): ConstructorParameters<typeof ContainerReader>[0] {
		const {client, clock, now, random, turn, past, refresh, chunkBytes} = this.#surroundings;
		const {namespace, name} = this.pod;
		return {
			logs: client.logs,
			clock,
			now,
			random,
			place: {namespace, pod: name, container: this.container},
			run: () => this.pod.run(this.container),
			node: () => this.pod.node,
			refresh: () => refresh(this.pod),
			goneHow: () => this.pod.goneHow ?? 'deleted',
			changes: this.#changes,
			mode: () => this.#mode,
			past: restart => (restart <= this.#firstRestart ? past() : {}),
			turn,
			...(chunkBytes === undefined ? {} : {chunkBytes}),
			lines: (lines, restart) => this.#take(lines, restart),
			mark: (mark, restart) => this.#mark(mark, restart),
			state: (state, problem) => this.#setState(state, problem),
		};
	}

	#take(lines: readonly RawLine[], restart: number): Promise<void> | void {
		this.#lines += lines.length;
		this.#openedAt = this.#surroundings.clock.now();
		this.#snapshot = undefined;
		const origin = this.#originOf(restart);
		const arrivals = lines.map((line): Arrival => {
			// What has no stamp of its own came with the line before it.
			this.#at = line.at ?? (this.#at || this.#surroundings.now());
			return {type: 'line', at: this.#at, source: this.key, weight: line.weight, origin, line};
		});
		return this.#surroundings.take(arrivals);
	}

	#mark(words: MarkWords, restart: number): void {
		const record = {type: 'mark' as const, origin: this.#originOf(restart), ...words};
		// A mark holds nothing up: whoever reads on will wait with the next lines.
		void this.#surroundings.take([{type: 'other', at: words.at, source: this.key, weight: words.text.length, record}]);
	}

	#originOf(restart: number): LogOrigin {
		if (this.#origin.restart !== restart) this.#origin = {...this.#origin, restart};
		return this.#origin;
	}

	#setState(state: LogSourceState, problem?: Problem): void {
		if ((state === 'live' || state === 'polled') && this.#openedAt === undefined) this.#openedAt = this.#surroundings.clock.now();
		this.#state = state;
		this.#problem = problem;
		this.#snapshot = undefined;
		this.#surroundings.changed();
	}

	#isCrashing(): boolean {
		const {waitsFor, restart, before} = this.#run;
		if (waitsFor === 'CrashLoopBackOff') return true;
		const isLate = before?.finishedAt !== undefined && this.#surroundings.now() - before.finishedAt < lateMs;
		return restart >= crashes && isLate && before.exitCode !== 0;
	}
}

export function sourceKey(pod: LogPod, container: string): string {
	return `${pod.uid ?? `${pod.namespace}/${pod.name}`}/${container}`;
}
