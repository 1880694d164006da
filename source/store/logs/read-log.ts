import type {ClusterClient} from '../../core/cluster-client.ts';
import {LineSplitter, type RawLine} from '../../core/logs/line-splitter.ts';
import type {LogQuestion} from '../../core/logs/log-question.ts';
import type {ResumeFilter, ResumeWindow} from '../../core/logs/resume-window.ts';
import {type Problem, problemOf} from '../../core/problem.ts';

/** How one request ended. `refused`: before the first byte. `other-run`: what it brought is not the log that was asked for. */
export type ReadOutcome = Readonly<{type: 'end'} | {type: 'cut' | 'refused'; problem: Problem} | {type: 'stopped'} | {type: 'other-run'}>;

/** What a read tells its reader. */
export type ReadListener = Readonly<{
	/** The server has accepted; nothing may have been written yet. */
	opened(): void;
	/** Bytes arrived. */
	heard(bytes: number): void;
	/** Lines not read before, in the order of the log; the read waits for it. */
	take(lines: readonly RawLine[]): Promise<void> | void;
	/** Nothing of what was read last came again: is it the same run? */
	isSameRun(): Promise<boolean>;
	/** It is, and its log was rotated: what lies between is missing. */
	gap(from: number, to: number): void;
	/** A word of the kubelet in the middle of the log: it cannot read the files. */
	trouble(text: string): void;
}>;

export type ReadOptions = Readonly<{
	logs: ClusterClient['logs'];
	question: LogQuestion;
	window: ResumeWindow;
	/** The log has ended for good: what stands behind its last end of line is a line too. */
	keepsRest(): boolean;
	listener: ReadListener;
}>;

/** The kubelet's own words, without a stamp, where it finds no log (pkg/kubelet/kuberuntime, cri-client/pkg/logs). */
const troubles = /^(?:unable to retrieve container logs for|failed to try resolving symlinks|rpc error: code = |failed to (?:open|watch|create) )/;

/** Carries out one request of a container's log, passing on what the window does not know. Never rejects. */
export async function readLog(options: ReadOptions, signal: AbortSignal): Promise<ReadOutcome> {
	const {listener, window, keepsRest} = options;
	const splitter = new LineSplitter();
	const isSetBack = window.isSetBack;
	const pass = new Pass(options, window.filter());
	const held: RawLine[] = [];
	let isOpen = false;
	const question = isSetBack ? {...options.question, follow: false} : options.question;
	try {
		for await (const piece of options.logs(question, signal)) {
			if (!isOpen) listener.opened();
			isOpen = true;
			if (piece.length === 0) continue;
			listener.heard(piece.length);
			const lines = splitter.push(piece);
			if (isSetBack) for (const line of lines) held.push(line);
			else if (!(await pass.lines(lines))) return {type: 'other-run'};
		}
	} catch (error) {
		if (signal.aborted) return {type: 'stopped'};
		return {type: isOpen ? 'cut' : 'refused', problem: problemOf(error, 'Could not read the log')};
	}
	if (signal.aborted) return {type: 'stopped'};
	const rest = keepsRest() ? splitter.rest() : undefined;
	if (rest !== undefined) held.push(rest);
	const isSame = isSetBack ? await pass.behindKnown(held) : await pass.lines(held);
	return {type: isSame ? 'end' : 'other-run'};
}

class Pass {
	readonly #options: ReadOptions;
	readonly #filter: ResumeFilter;
	#isJudged = false;

	constructor(options: ReadOptions, filter: ResumeFilter) {
		this.#options = options;
		this.#filter = filter;
	}

	/** false: they are of another run, and none was passed on. */
	async lines(lines: readonly RawLine[]): Promise<boolean> {
		const {window, listener} = this.#options;
		const fresh: RawLine[] = [];
		for (const line of lines) {
			if (line.at === undefined && troubles.test(line.text)) {
				listener.trouble(line.text);
				continue;
			}
			if (this.#filter.judge(line) !== 'new') continue;
			if (line.at !== undefined && !(await this.#isRight(line.at))) return false;
			window.remember(line);
			fresh.push(line);
		}
		if (fresh.length > 0) await listener.take(fresh);
		return true;
	}

	/** After the clock was set back stamps tell nothing: what stands behind the last known line is new. */
	async behindKnown(lines: readonly RawLine[]): Promise<boolean> {
		const {window, listener} = this.#options;
		const fresh = lines.slice(lines.findLastIndex(line => this.#filter.judge(line) === 'known') + 1);
		const [first] = fresh;
		if (first?.at !== undefined && !(await this.#isRight(first.at))) return false;
		for (const line of fresh) window.remember(line);
		if (fresh.length > 0) await listener.take(fresh);
		return true;
	}

	/** The first line that is new, before any known one: another run, or the lines between are no longer there. */
	async #isRight(at: number): Promise<boolean> {
		if (this.#isJudged || this.#filter.isMet) return true;
		const {listener, window} = this.#options;
		if (!(await listener.isSameRun())) return false;
		this.#isJudged = true;
		if (window.last !== undefined) listener.gap(window.last, at);
		return true;
	}
}
