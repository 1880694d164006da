import type {Arrival} from './arrival.ts';

/** What of a source waits for those before it in time. */
const mostWaiting = 4096;

/** The lines of one source that is read once, until their turn has come. */
export class OnceQueue {
	readonly #changed: () => void;
	#waiting: Arrival[] = [];
	#start = 0;
	#isOver = false;
	#isAbandoned = false;
	#room: (() => void) | undefined;

	constructor(changed: () => void) {
		this.#changed = changed;
	}

	push(arrivals: readonly Arrival[]): void {
		for (const arrival of arrivals) this.#waiting.push(arrival);
		this.#changed();
	}

	/** Settles when so much was taken that more may come. */
	room(): Promise<void> | undefined {
		if (this.size < mostWaiting || this.#isAbandoned) return undefined;
		return new Promise(resolve => {
			this.#room = resolve;
		});
	}

	/** Nobody takes any more: whoever waits for room goes on, to find that it is over. */
	abandon(): void {
		this.#isAbandoned = true;
		this.#room?.();
		this.#room = undefined;
	}

	end(): void {
		this.#isOver = true;
		this.#changed();
	}

	get size(): number {
		return this.#waiting.length - this.#start;
	}
	/** Nothing can be said of what comes next. */
	get isUnknown(): boolean {
		return this.size === 0 && !this.#isOver;
	}

	first(): Arrival | undefined {
		return this.#waiting[this.#start];
	}

	shift(): Arrival | undefined {
		const first = this.#waiting[this.#start];
		if (first === undefined) return undefined;
		this.#start++;
		if (this.#start >= mostWaiting || this.#start === this.#waiting.length) {
			this.#waiting = this.#waiting.slice(this.#start);
			this.#start = 0;
		}
		if (this.size < mostWaiting / 2) {
			this.#room?.();
			this.#room = undefined;
		}
		return first;
	}
}
