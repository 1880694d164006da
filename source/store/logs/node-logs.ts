import type {StreamState} from '../../core/feed.ts';
import {FileTail} from '../../core/logs/file-tail.ts';
import {LineSplitter, type RawLine} from '../../core/logs/line-splitter.ts';
import {pastOf, pastQuestion, pastStart} from '../../core/logs/log-past.ts';
import type {NodeLogQuestion} from '../../core/logs/log-question.ts';
import type {LogOrigin} from '../../core/logs/log-record.ts';
import type {LogTarget} from '../../core/logs/log-target.ts';
import type {LogSource, LogSourceState} from '../../core/logs/logs-model.ts';
import {nodeAnswer, nodeProblem} from '../../core/logs/node-log-refusal.ts';
import {nodeStamp} from '../../core/logs/node-stamp.ts';
import {ResumeWindow} from '../../core/logs/resume-window.ts';
import {failureSentence, type Problem, problemOf} from '../../core/problem.ts';
import type {Arrival} from './arrival.ts';
import {Bell} from './bell.ts';
import type {LogFeed, LogOutlet} from './log-feed.ts';
import type {LogsOptions} from './logs-options.ts';

const pollMs = 5000;
const longestPollMs = 60_000;
/** A whole file is read each time: the larger it is, the seldomer. */
const msPerByte = 1000 / (1024 * 1024);
const refusedPollMs = 60_000;

type Target = Extract<LogTarget, {type: 'node'}>;
type Answer = Readonly<{lines: readonly RawLine[]; bytes: number} | {said: 'no-options' | 'not-found' | 'folder'}>;

/** A component's log on a node, by the kubelet's node log query: the API has no way to follow it, so it is asked again and again. */
export class NodeLogs implements LogFeed {
	readonly #options: LogsOptions;
	readonly #target: Target;
	readonly #outlet: LogOutlet;
	readonly #stop = new AbortController();
	readonly #bell: Bell;
	readonly #tail = new FileTail();
	readonly #window = new ResumeWindow();
	readonly #origin: LogOrigin;
	readonly #startedAt: number;
	#takesOptions = true;
	#isFirst = true;
	#state: LogSourceState = 'opening';
	#problem: Problem | undefined;
	#lines = 0;
	#readAt: number | undefined;

	constructor(options: LogsOptions, target: Target, outlet: LogOutlet) {
		this.#options = options;
		this.#target = target;
		this.#outlet = outlet;
		this.#bell = new Bell(options.clock);
		this.#startedAt = options.now();
		this.#origin = {namespace: '', pod: target.node, container: target.service, restart: 0};
		void this.#run();
	}

	sources(): readonly LogSource[] {
		const problem = this.#problem === undefined ? {} : {problem: this.#problem};
		return [{origin: this.#origin, kind: 'node', state: this.#state, ...problem, hasPrevious: false, crashing: false, lines: this.#lines}];
	}
	stream(): StreamState {
		if (this.#readAt !== undefined) return {state: 'polling', everyMs: pollMs, lastEventAt: this.#readAt};
		return {state: 'loading', rows: 0};
	}
	problem(): Problem | undefined {
		return this.#lines === 0 ? this.#problem : undefined;
	}
	isSingle(): boolean {
		return true;
	}
	isCaughtUp(): boolean {
		return !this.#isFirst;
	}
	retryNow(): void {
		this.#bell.ring();
	}
	[Symbol.dispose](): void {
		this.#stop.abort();
	}

	async #run(): Promise<void> {
		const {signal} = this.#stop;
		while (!signal.aborted) {
			const waitMs = await this.#round(signal);
			if (signal.aborted) return;
			this.#outlet.changed();
			await this.#bell.wait(waitMs, signal);
		}
	}

	/** One request; the ms until the next one. */
	async #round(signal: AbortSignal): Promise<number> {
		try {
			const answer = await this.#ask(signal);
			if ('said' in answer) {
				if (answer.said === 'no-options') {
					this.#takesOptions = false;
					return 0;
				}
				return this.#refuse('failed', nodeProblem(this.#target, answer.said), refusedPollMs);
			}
			this.#readAt = this.#options.now();
			this.#state = 'polled';
			this.#problem = undefined;
			await this.#pass(this.#takesOptions ? this.#newOfJournal(answer.lines) : this.#newOfFile(answer.lines));
			this.#isFirst = false;
			return Math.min(longestPollMs, Math.max(pollMs, this.#takesOptions ? 0 : answer.bytes * msPerByte));
		} catch (error) {
			if (signal.aborted) return 0;
			const problem = nodeProblem(this.#target, problemOf(error, 'Could not read the log'));
			if (problem.code === 'forbidden') return this.#refuse('denied', problem, refusedPollMs);
			return this.#refuse(problem.code === 'not-found' || problem.code === 'invalid' ? 'failed' : 'reconnecting', problem, pollMs);
		}
	}

	async #ask(signal: AbortSignal): Promise<Answer> {
		const {node, service} = this.#target;
		const since = this.#window.since;
		const past = since === undefined ? pastQuestion(pastOf(this.#options.range), this.#startedAt) : {sinceTime: since};
		const question: NodeLogQuestion = {node, service, ...(this.#takesOptions ? past : {})};
		const splitter = new LineSplitter(false);
		const lines: RawLine[] = [];
		let bytes = 0;
		for await (const piece of this.#options.client.nodeLog(question, signal)) {
			bytes += piece.length;
			for (const line of splitter.push(piece)) lines.push(line);
		}
		const rest = splitter.rest();
		if (rest !== undefined) lines.push(rest);
		// What the kubelet says instead stands in the first lines, behind an empty one.
		const said = nodeAnswer(
			lines
				.slice(0, 4)
				.map(({text}) => text)
				.join('\n'),
		);
		return said === undefined ? {lines: this.#dated(lines), bytes} : {said};
	}

	/** A line that does not say when it was written goes with the one before it, the first ones with the next that does. */
	#dated(lines: readonly RawLine[]): readonly RawLine[] {
		const now = this.#options.now();
		const stamps = lines.map(({text}) => nodeStamp(text, now));
		let at = stamps.find(stamp => stamp !== undefined) ?? this.#startedAt;
		return lines.map((line, index) => {
			at = stamps[index] ?? at;
			return {...line, at};
		});
	}

	#newOfJournal(lines: readonly RawLine[]): readonly RawLine[] {
		const filter = this.#window.filter();
		const fresh = lines.filter(line => filter.judge(line) === 'new');
		for (const line of fresh) this.#window.remember(line);
		return fresh;
	}

	/** The first time as much as was asked for, later what was added. */
	#newOfFile(lines: readonly RawLine[]): readonly RawLine[] {
		const texts = lines.map(({text}) => text);
		this.#tail.begin();
		let fresh: readonly string[] = this.#tail.take(texts);
		if (this.#tail.isRotated) {
			this.#tail.forget();
			this.#mark('gap', 'gap: the log was rotated, lines before this may be missing');
			fresh = this.#tail.take(texts);
		}
		this.#tail.end(texts.at(-1));
		const news = lines.slice(lines.length - fresh.length);
		if (!this.#isFirst) return news;
		const past = pastOf(this.#options.range);
		const from = pastStart(past, this.#startedAt);
		const recent = from === undefined ? news : news.filter(({at}) => (at ?? 0) >= from);
		return past.tailLines === undefined ? recent : recent.slice(-past.tailLines);
	}

	async #pass(lines: readonly RawLine[]): Promise<void> {
		this.#lines += lines.length;
		const arrivals = lines.map(
			(line): Arrival => ({type: 'line', at: line.at ?? this.#startedAt, source: 'node', weight: line.weight, origin: this.#origin, line}),
		);
		if (arrivals.length > 0) await this.#outlet.take(arrivals);
	}

	#refuse(state: LogSourceState, problem: Problem, waitMs: number): number {
		if (this.#problem?.cause !== problem.cause)
			this.#mark(state === 'denied' ? 'denied' : 'failed', `${failureSentence(problem)} ${problem.remedy ?? ''}`.trim());
		this.#state = state;
		this.#problem = problem;
		this.#isFirst = false;
		return waitMs;
	}

	#mark(kind: 'gap' | 'denied' | 'failed', text: string): void {
		const at = this.#options.now();
		const tone = kind === 'gap' ? 'warning' : kind === 'denied' ? 'unknown' : 'error';
		void this.#outlet.take([{type: 'other', at, source: 'node', weight: text.length, record: {type: 'mark', origin: this.#origin, kind, at, tone, text}}]);
	}
}
