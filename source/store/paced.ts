import type {Clock} from '../core/clock.ts';

/** A job that many ask for and that runs at most once in a while: at once after a rest, else when the time is up. */
export class Paced implements Disposable {
	readonly #clock: Clock;
	readonly #everyMs: number;
	readonly #run: () => void;
	#waiting: Disposable | undefined;
	#ranAt = Number.NEGATIVE_INFINITY;

	constructor(clock: Clock, everyMs: number, run: () => void) {
		this.#clock = clock;
		this.#everyMs = everyMs;
		this.#run = run;
	}

	request(): void {
		this.#waiting ??= this.#clock.after(Math.max(0, this.#ranAt + this.#everyMs - this.#clock.now()), () => {
			this.#waiting = undefined;
			this.#ranAt = this.#clock.now();
			this.#run();
		});
	}

	/** What waits is dropped. */
	[Symbol.dispose](): void {
		this.#waiting?.[Symbol.dispose]();
		this.#waiting = undefined;
	}
}
