import type {Clock} from '../core/clock.ts';

/** Data frames a second, by the link: local 10, ssh 4, slow 1 (screens.md 8). */
export type Tier = 'local' | 'ssh' | 'slow';
const intervalMs: Readonly<Record<Tier, number>> = {local: 100, ssh: 250, slow: 1000};
/** Of the time no more than a quarter goes into frames: rows of a long list come in sooner when they are drawn less often. */
const restPerWork = 3;
const longestRestMs = 500;
/** How soon to look again while the terminal has not taken the last frame. */
const blockedRetryMs = 20;
/** Scope, table, screen: as deep as jobs follow from one another. */
const mostRounds = 4;

export type PulseOptions = Readonly<{
	clock: Clock;
	tier(): Tier;
	/** true while stdout is full: data frames wait, keys do not. */
	blocked(): boolean;
}>;

/**
 * Coalesces data into frames: a job asked for many times runs once, at the next frame. The first frame after a quiet
 * spell comes at once, later ones at the tier's pace.
 */
export class Pulse {
	readonly #options: PulseOptions;
	#jobs = new Set<() => void>();
	#waiting: Disposable | undefined;
	#isRunning = false;
	#lastFrameAt = Number.NEGATIVE_INFINITY;
	/** What the last frame took until the thread was free again, drawing included. */
	#lastFrameMs = 0;

	constructor(options: PulseOptions) {
		this.#options = options;
	}

	/** Runs the job in the next frame. */
	request(job: () => void): void {
		this.#jobs.add(job);
		if (this.#waiting || this.#isRunning) return;
		this.#wait(Math.max(0, this.#lastFrameAt + this.#pace() - this.#options.clock.now()));
	}

	cancel(job: () => void): void {
		this.#jobs.delete(job);
	}

	/** Nothing is waiting for a frame. */
	get idle(): boolean {
		return this.#jobs.size === 0;
	}

	#pace(): number {
		return Math.max(intervalMs[this.#options.tier()], Math.min(longestRestMs, this.#lastFrameMs * restPerWork));
	}

	#wait(ms: number): void {
		this.#waiting = this.#options.clock.after(ms, () => this.#frame());
	}

	#frame(): void {
		if (this.#options.blocked()) {
			this.#wait(blockedRetryMs);
			return;
		}
		this.#waiting = undefined;
		const startedAt = this.#options.clock.now();
		this.#lastFrameAt = startedAt;
		// A job may ask for another (a scope tells its table, the table the screen): all of that is one frame.
		for (let round = 0; round < mostRounds && this.#jobs.size > 0; round++) {
			const jobs = this.#jobs;
			this.#jobs = new Set();
			this.#isRunning = true;
			for (const job of jobs) job();
			this.#isRunning = false;
		}
		this.#options.clock.after(0, () => {
			this.#lastFrameMs = this.#options.clock.now() - startedAt;
		});
		if (this.#jobs.size > 0) this.#wait(this.#pace());
	}
}
