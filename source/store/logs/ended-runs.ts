import {readRefusal} from '../../core/logs/log-refusal.ts';
import {type ContainerRun, endingText, isBetweenRuns, type RunEnding, timesText} from '../../core/logs/pod-runs.ts';
import {ResumeWindow} from '../../core/logs/resume-window.ts';
import type {LogRequests} from './log-requests.ts';
import type {MarkWords, ReaderHost} from './reader-host.ts';
import type {KnownRun, ReaderProgress} from './reader-progress.ts';
import type {RetryWait} from './retry-wait.ts';

/** Tries for what must be read before it is gone. */
const mostTries = 6;

type Parts = Readonly<{host: ReaderHost; progress: ReaderProgress; requests: LogRequests; retry: RetryWait}>;

/** Reads what runs left behind that have ended: the API holds the newest of them beside the current one. */
export class EndedRuns {
	readonly #parts: Parts;

	constructor(parts: Parts) {
		this.#parts = parts;
	}

	/**
	 * From the run that was read to the one that there is now: the rest of the one, marks between them, the beginning of the other.
	 * Where yet another run begins meanwhile it stops, to be called again.
	 */
	async goOn(old: KnownRun, run: ContainerRun, signal: AbortSignal): Promise<void> {
		const {host, progress} = this.#parts;
		const ended = run.before;
		const isNext = run.restart - old.restart <= 1;
		if (!isNext && ended !== undefined) {
			this.#gapOfRuns(old, run);
			progress.window = new ResumeWindow();
			progress.run = {restart: run.restart - 1};
			progress.isRead = false;
			return;
		}
		const holdsNext = this.#holdsNext(run);
		if (ended === undefined) {
			// Between two runs the API holds the newest one alone.
			if (!isNext || !progress.isRead) this.#gapOfRuns(old, run);
		} else if (!progress.isRead && !(await (holdsNext ? this.#readBefore(old, run, signal) : this.#readRest(old.restart, run, signal)))) return;
		if (signal.aborted) return;
		if (!holdsNext) progress.window = new ResumeWindow();
		const how = ended === undefined ? '' : `: ${endingText(ended)}`;
		const tone = ended === undefined || ended.exitCode === 0 ? 'warning' : 'error';
		const at = run.startedAt ?? ended?.finishedAt ?? host.now();
		progress.mark({kind: 'restarted', tone, text: `restarted${how}, ${timesText(run.restart)}`, at}, run.restart);
		progress.begin(run);
	}

	/** The run before the current one and nothing else, to its end. */
	async readPrevious(run: ContainerRun, signal: AbortSignal): Promise<void> {
		const {host, progress} = this.#parts;
		const isBetween = isBetweenRuns(run);
		const ending = isBetween ? run.ending : run.before;
		if (ending === undefined) {
			progress.mark({kind: 'empty', tone: 'muted', text: 'there is no run before this one', at: host.now()}, run.restart);
			return;
		}
		const restart = isBetween ? run.restart : run.restart - 1;
		progress.run = {restart};
		await this.#readRest(restart, {...run, before: ending}, signal);
		if (!signal.aborted) progress.mark({...endedWords(ending, progress.lines), at: ending.finishedAt ?? host.now()}, restart);
	}

	/** The run is over, and no other follows. */
	tellEnd({ending = {exitCode: 0}, verdict, restart}: ContainerRun): void {
		const {host, progress} = this.#parts;
		progress.mark({...endedWords(ending, progress.lines, verdict), at: ending.finishedAt ?? host.now()}, restart);
	}

	/** What was read last is the new run's already: it had begun before its pod told so, and so its log did not end. */
	#holdsNext({startedAt}: ContainerRun): boolean {
		const {isCutOff, window} = this.#parts.progress;
		return isCutOff && window.first !== undefined && startedAt !== undefined && window.first >= startedAt;
	}

	async #readBefore(old: KnownRun, run: ContainerRun, signal: AbortSignal): Promise<boolean> {
		const {progress} = this.#parts;
		const {window} = progress;
		progress.window = new ResumeWindow();
		const isRead = await this.#readRest(old.restart, run, signal);
		progress.window = window;
		return isRead;
	}

	#gapOfRuns(old: KnownRun, run: ContainerRun): void {
		const {host, progress} = this.#parts;
		const runs = run.restart - old.restart;
		// The one was read, and the one between is still there.
		if (progress.isRead && runs === 2 && run.before !== undefined) return;
		const from = progress.window.last ?? host.now();
		const to = run.before?.startedAt ?? run.startedAt ?? from;
		const how = runs > 1 ? `restarted ${runs} times` : 'restarted';
		const text = `gap: the container was ${how} meanwhile, and the API no longer holds what it wrote in between`;
		progress.mark({kind: 'gap', tone: 'warning', text, at: to, from, to}, old.restart);
	}

	/** What is left of the run before `run`, which is number `restart`. false: it no longer is the one before. */
	async #readRest(restart: number, run: ContainerRun, signal: AbortSignal): Promise<boolean> {
		const {host, progress, requests, retry} = this.#parts;
		const isStill = (): boolean => {
			const now = host.run();
			return now === undefined || (now.restart === run.restart && isBetweenRuns(now) === isBetweenRuns(run));
		};
		for (let tries = 1; tries <= mostTries && !signal.aborted; tries++) {
			const {since} = progress.window;
			const question = {...host.place, follow: false, previous: true, ...(since === undefined ? host.past(restart) : {sinceTime: since})};
			const turn = await host.turn(signal);
			const {outcome} = await requests.send({question, keepsRest: () => true, restart, isStill, opened: () => {}}, signal);
			turn[Symbol.dispose]();
			if (outcome.type === 'end') return true;
			if (outcome.type === 'other-run') return false;
			if (outcome.type === 'refused' && readRefusal(outcome.problem) !== 'unreachable') break;
			await host.changes.wait(retry.next(), signal);
			await host.refresh();
			if (!isStill()) return false;
		}
		if (signal.aborted) return false;
		const from = progress.window.last ?? run.before?.startedAt;
		const to = run.before?.finishedAt ?? host.now();
		const text = 'gap: what the run before wrote at last is no longer held by the API';
		progress.mark({kind: 'gap', tone: 'warning', text, at: to, to, ...(from === undefined ? {} : {from})}, restart);
		return true;
	}
}

/** How a run ended, and what ended its pod, as its mark says it. */
function endedWords(ending: RunEnding, lines: number, verdict?: string): Pick<MarkWords, 'kind' | 'tone' | 'text'> {
	const tone = ending.exitCode === 0 && verdict === undefined ? 'muted' : 'error';
	const text = `ended: ${endingText(ending)}${lines === 0 ? ', no lines' : ''}${verdict === undefined ? '' : `. ${verdict}`}`;
	return {kind: lines === 0 && verdict === undefined ? 'empty' : 'ended', tone, text};
}
