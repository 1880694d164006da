import {ResumeWindow} from '../../core/logs/resume-window.ts';
import type {ContainerRun} from '../../core/logs/pod-runs.ts';
import type {MarkWords, ReaderHost} from './reader-host.ts';

export type KnownRun = Readonly<{restart: number; id?: string}>;

/** How far the reader of a container has got. */
export class ReaderProgress {
	/** Of the run that is read. */
	window = new ResumeWindow();
	run: KnownRun | undefined;
	/** The run has ended and was read to its end. */
	isRead = false;
	/** The last request was given up by us: its log had not ended. */
	isCutOff = false;
	lines = 0;
	/** Server time at which the last request ended by itself. */
	endedAt = Number.NEGATIVE_INFINITY;
	readonly #host: Pick<ReaderHost, 'mark' | 'run'>;
	/** What was said last, so that it is not said again. */
	#said = '';

	constructor(host: Pick<ReaderHost, 'mark' | 'run'>) {
		this.#host = host;
	}

	begin({restart, id}: ContainerRun): void {
		this.run = {restart, ...(id === undefined ? {} : {id})};
		this.isRead = false;
	}

	/** The container has another run than the one that is read, or none any more. */
	isOver(): boolean {
		const now = this.#host.run();
		return now === undefined || this.isOther(now);
	}

	isOther({restart, id}: ContainerRun): boolean {
		if (this.run === undefined) return false;
		return this.run.restart !== restart || (this.run.id !== undefined && id !== undefined && this.run.id !== id);
	}

	took(count: number): void {
		this.lines += count;
		this.#said = '';
	}

	/** Said once, until lines come again or something else is said. */
	say(words: MarkWords, restart: number): void {
		const key = `${words.kind} ${words.text}`;
		if (this.#said === key) return;
		this.#said = key;
		this.#host.mark(words, restart);
	}

	mark(words: MarkWords, restart: number): void {
		this.#said = '';
		this.#host.mark(words, restart);
	}
}
