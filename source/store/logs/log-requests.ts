import type {LogQuestion} from '../../core/logs/log-question.ts';
import {readLog, type ReadListener, type ReadOutcome} from './read-log.ts';
import {ReadLimits} from './read-limits.ts';
import type {ReaderHost} from './reader-host.ts';
import type {ReaderProgress} from './reader-progress.ts';

export type LogRequest = Readonly<{
	question: LogQuestion;
	/** Is what stands behind the last end of line a line? `bytes`: as many were read. */
	keepsRest(bytes: number): boolean;
	/** Which run it reads. */
	restart: number;
	/** Looked at after the pod was asked for: does the API still answer with the run that is meant? */
	isStill(): boolean;
	/** The server has accepted. */
	opened(): void;
}>;

/** `brought`: lines that were not known. */
export type LogAnswer = Readonly<{outcome: ReadOutcome; bytes: number; brought: number}>;

/** The API server hears of a restart a moment after the kubelet answers with the new run's log. */
const askAgainMs = [0, 500, 1000];

/** The requests of one container's reader, one after the other. */
export class LogRequests {
	readonly #host: ReaderHost;
	readonly #progress: ReaderProgress;
	#limits: ReadLimits | undefined;

	constructor(host: ReaderHost, progress: ReaderProgress) {
		this.#host = host;
		this.#progress = progress;
	}

	/** What may be read, or how, has changed: the running request is looked at again. */
	reconsider(): void {
		this.#limits?.reconsider();
	}

	async send(request: LogRequest, signal: AbortSignal): Promise<LogAnswer> {
		const {logs, clock, mode} = this.#host;
		const {question} = request;
		// What is read of a run that is over ends by itself.
		const isGone = (): boolean => !question.previous && this.#progress.isOver();
		using limits = new ReadLimits({clock, isGone, isWanted: () => !question.follow || mode() === 'follow'}, signal);
		this.#limits = limits;
		const listener = this.#listener(request, limits, signal);
		const keepsRest = (): boolean => request.keepsRest(limits.bytes);
		const outcome = await readLog({logs, window: this.#progress.window, listener, question, keepsRest}, limits.signal);
		this.#limits = undefined;
		return {outcome, bytes: limits.bytes, brought: limits.brought};
	}

	#listener({restart, isStill, opened}: LogRequest, limits: ReadLimits, signal: AbortSignal): ReadListener {
		return {
			opened,
			heard: limits.heard,
			take: lines => {
				limits.brought += lines.length;
				this.#progress.took(lines.length);
				return this.#host.lines(lines, restart);
			},
			isSameRun: () => this.#isSameRun(isStill, signal),
			gap: (from, to) =>
				this.#progress.mark({kind: 'gap', tone: 'warning', text: 'gap: the log was rotated, lines before this are no longer there', at: to, from, to}, restart),
			trouble: text => this.#trouble(text, restart),
		};
	}

	async #isSameRun(isStill: () => boolean, signal: AbortSignal): Promise<boolean> {
		const {refresh, changes} = this.#host;
		for (const waitMs of askAgainMs) {
			if (waitMs > 0) await changes.wait(waitMs, signal);
			await refresh();
			if (!isStill()) return false;
		}
		return true;
	}

	#trouble(text: string, restart: number): void {
		const finishedAt = this.#host.run()?.ending?.finishedAt;
		// It was followed to the end of its run: nothing is left that could be missing. finishedAt has whole seconds.
		if (finishedAt !== undefined && this.#progress.endedAt >= finishedAt - 1000) return;
		this.#progress.say({kind: 'gap', tone: 'warning', text: `gap: the node no longer has this log (${text})`, at: this.#host.now()}, restart);
	}
}
