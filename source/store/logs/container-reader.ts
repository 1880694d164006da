import type {LogQuestion} from '../../core/logs/log-question.ts';
import {readRefusal, withNode} from '../../core/logs/log-refusal.ts';
import {type ContainerRun, endingText} from '../../core/logs/pod-runs.ts';
import {never} from '../../core/never.ts';
import {failureSentence, type Problem} from '../../core/problem.ts';
import {EndedRuns} from './ended-runs.ts';
import {type LogAnswer, LogRequests} from './log-requests.ts';
import type {MarkWords, ReaderHost} from './reader-host.ts';
import {ReaderProgress} from './reader-progress.ts';
import {RetryWait} from './retry-wait.ts';

/** After the end of a followed log its pod gets this long to tell why. */
const settleMs = 2000;
const pollMs = 5000;
/** Rights and rollouts change; until then nobody asks. */
const deniedRetryMs = 60_000;
const waitingRetryMs = 60_000;
/** A log that ended this shortly before its pod was deleted was read to its end. */
const endedWithPodMs = 15_000;
/** Tries for a log that is read once. */
const mostTries = 6;
const usualWaits: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

/**
 * Reads one container through all its runs, each line once and in order, until its pod is gone or nothing more will come:
 * follow, resume, the rest of a run that ended, the next run (kube-api.md 7). What the API no longer holds becomes a mark.
 */
export class ContainerReader {
	readonly #host: ReaderHost;
	readonly #progress: ReaderProgress;
	readonly #requests: LogRequests;
	readonly #ended: EndedRuns;
	readonly #retry: RetryWait;
	/** Failures in a row. */
	#tries = 0;
	#chunkBytes: number | undefined;

	constructor(host: ReaderHost) {
		this.#host = host;
		this.#progress = new ReaderProgress(host);
		this.#requests = new LogRequests(host, this.#progress);
		this.#retry = new RetryWait(host.random);
		this.#ended = new EndedRuns({host, progress: this.#progress, requests: this.#requests, retry: this.#retry});
		this.#chunkBytes = host.chunkBytes;
	}

	/** Resolves when nothing more will come. Never rejects. */
	async run(signal: AbortSignal): Promise<void> {
		while (!signal.aborted && (await this.#step(signal)));
	}

	/** The run before the current one, to its end, and nothing else. */
	async runPrevious(signal: AbortSignal): Promise<void> {
		const run = this.#host.run();
		if (run !== undefined) await this.#ended.readPrevious(run, signal);
		this.#host.state(run === undefined ? 'deleted' : 'ended');
	}

	/** What may be read, or how, has changed. */
	reconsider(): void {
		this.#requests.reconsider();
	}

	/** One state after the other; false: it is over. */
	async #step(signal: AbortSignal): Promise<boolean> {
		const run = this.#host.run();
		const progress = this.#progress;
		if (run === undefined) {
			this.#gone();
			return false;
		}
		if (progress.run !== undefined && progress.isOther(run)) {
			await this.#ended.goOn(progress.run, run, signal);
			return true;
		}
		if (run.state === 'waiting' && run.verdict !== undefined) {
			progress.mark({kind: 'ended', tone: 'error', text: `never started. ${run.verdict}`, at: this.#host.now()}, run.restart);
			this.#host.state('ended');
			return false;
		}
		if (run.state === 'waiting' || (progress.isRead && !run.final)) return await this.#waits(run, signal);
		if (!progress.isRead) return await this.#read(run, signal);
		this.#ended.tellEnd(run);
		this.#host.state('ended');
		return false;
	}

	async #waits(run: ContainerRun, signal: AbortSignal): Promise<boolean> {
		const {now, changes, state, mode} = this.#host;
		const {waitsFor, waitMessage, ending} = run;
		const reason = waitsFor ?? 'it has not started';
		const cause = waitMessage === undefined ? reason : `${reason}: ${waitMessage}`;
		state('waiting', {code: 'invalid', what: 'The container waits to start', cause});
		const tone = ending === undefined && usualWaits.has(reason) ? 'muted' : 'warning';
		const text = `waiting: ${reason}${ending === undefined ? '' : ` after ${endingText(ending)}`}`;
		// That a container has not been looked at yet is no news.
		if (waitsFor !== undefined) this.#progress.say({kind: 'waiting', tone, text, at: now()}, run.restart);
		if (mode() === 'once') return false;
		await changes.wait(waitingRetryMs, signal);
		return true;
	}

	async #read(run: ContainerRun, signal: AbortSignal): Promise<boolean> {
		if (this.#progress.run === undefined) this.#progress.begin(run);
		const follows = this.#host.mode() === 'follow' && run.state !== 'ended' && !this.#progress.window.isSetBack;
		const answer = await this.#ask(run, follows, signal);
		const {outcome} = answer;
		if (answer.brought > 0) this.#retry.reset();
		this.#progress.isCutOff = outcome.type === 'stopped';
		switch (outcome.type) {
			case 'end':
				return await this.#afterEnd(run, {...answer, follows}, signal);
			case 'other-run':
			case 'stopped':
				return !signal.aborted;
			case 'refused':
				return await this.#refused(outcome.problem, run, signal);
			case 'cut':
				return await this.#failed(outcome.problem, signal);
			default:
				return never(outcome);
		}
	}

	/** What is not followed waits for its turn, and gives it back before anything else is waited for. */
	async #ask(run: ContainerRun, follows: boolean, signal: AbortSignal): Promise<LogAnswer> {
		const {mode, state, turn} = this.#host;
		using _turn = follows ? undefined : await turn(signal);
		if (signal.aborted) return {outcome: {type: 'stopped'}, bytes: 0, brought: 0};
		const chunk = follows ? undefined : this.#chunkBytes;
		const isWhole = run.state === 'ended' || mode() === 'once';
		return await this.#requests.send(
			{
				question: this.#question(run, follows),
				keepsRest: bytes => isWhole && (chunk === undefined || bytes < chunk),
				restart: run.restart,
				isStill: () => !this.#progress.isOver(),
				opened: () => state(follows ? 'live' : 'polled'),
			},
			signal,
		);
	}

	#question(run: ContainerRun, follow: boolean): LogQuestion {
		const {since} = this.#progress.window;
		const from = since === undefined ? this.#host.past(run.restart) : {sinceTime: since};
		const limit = this.#chunkBytes === undefined || follow ? {} : {limitBytes: this.#chunkBytes};
		return {...this.#host.place, follow, previous: false, ...from, ...limit};
	}

	async #afterEnd(run: ContainerRun, read: Readonly<{follows: boolean; bytes: number; brought: number}>, signal: AbortSignal): Promise<boolean> {
		const {mode, changes, refresh, state, now} = this.#host;
		this.#tries = 0;
		this.#progress.endedAt = now();
		if (this.#chunkBytes !== undefined && read.bytes >= this.#chunkBytes) {
			// A chunk that brought nothing new was all of one second: a longer one gets past it.
			if (read.brought === 0) this.#chunkBytes *= 2;
			return true;
		}
		if (mode() === 'once') {
			// How each run ended is asked of the pod; that its pod was evicted is why its log is short.
			if (run.verdict !== undefined) this.#ended.tellEnd(run);
			state('ended');
			return false;
		}
		if (run.state === 'ended') {
			this.#progress.isRead = true;
			return true;
		}
		if (!read.follows) {
			await changes.wait(pollMs, signal);
			return true;
		}
		state('reconnecting');
		await changes.wait(read.brought === 0 ? Math.max(settleMs, this.#retry.next()) : settleMs, signal);
		await refresh();
		return true;
	}

	async #refused(problem: Problem, run: ContainerRun, signal: AbortSignal): Promise<boolean> {
		const {refresh, node} = this.#host;
		const refusal = readRefusal(problem);
		switch (refusal) {
			case 'waiting':
				return await this.#stands('waiting', problem, run, signal);
			case 'denied':
				return await this.#stands('denied', problem, run, signal);
			case 'wrong':
			case 'no-previous':
				return await this.#stands('failed', problem, run, signal);
			case 'missing':
				await refresh();
				return this.#host.run() === undefined || (await this.#failed(problem, signal));
			case 'unreachable': {
				const named = withNode(problem, node());
				if (named !== problem) this.#progress.say(this.#words('failed', named), run.restart);
				return await this.#failed(named, signal);
			}
			default:
				return never(refusal);
		}
	}

	/** A refusal that stands until something changes: said once. */
	async #stands(how: 'waiting' | 'denied' | 'failed', problem: Problem, run: ContainerRun, signal: AbortSignal): Promise<boolean> {
		const {state, changes, refresh, mode} = this.#host;
		state(how, problem);
		this.#progress.say(this.#words(how, problem), run.restart);
		if (mode() === 'once') return false;
		await changes.wait(how === 'waiting' ? waitingRetryMs : deniedRetryMs, signal);
		await refresh();
		return true;
	}

	#words(kind: 'waiting' | 'denied' | 'failed', problem: Problem): MarkWords {
		const at = this.#host.now();
		if (kind === 'waiting') return {kind, tone: 'muted', text: `waiting: ${problem.cause}`, at};
		return {kind, tone: kind === 'denied' ? 'unknown' : 'error', text: failureSentence(problem), at};
	}

	/** Waits and goes on where it broke off; a log that is read once gives up after some tries. */
	async #failed(problem: Problem, signal: AbortSignal): Promise<boolean> {
		const {state, changes, refresh, mode} = this.#host;
		this.#tries++;
		if (mode() === 'once' && this.#tries >= mostTries) {
			state('failed', problem);
			return false;
		}
		state('reconnecting', problem);
		await changes.wait(this.#retry.next(), signal);
		await refresh();
		return true;
	}

	#gone(): void {
		const {now, state, goneHow} = this.#host;
		const progress = this.#progress;
		const restart = progress.run?.restart ?? 0;
		if (goneHow() === 'left') {
			progress.mark({kind: 'ended', tone: 'muted', text: 'the pod is no longer selected: its labels changed', at: now()}, restart);
			state('ended');
			return;
		}
		const isWhole = progress.isRead || progress.run === undefined || now() - progress.endedAt <= endedWithPodMs;
		if (!isWhole) {
			const from = progress.window.last;
			const text = 'gap: the pod was deleted before the rest of its log could be read';
			progress.mark({kind: 'gap', tone: 'warning', text, at: now(), to: now(), ...(from === undefined ? {} : {from})}, restart);
		}
		progress.mark({kind: 'deleted', tone: 'muted', text: 'the pod was deleted', at: now()}, restart);
		state('deleted');
	}
}
