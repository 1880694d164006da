import type {Clock} from '../../core/clock.ts';
import {MergeWindow} from '../../core/logs/merge-window.ts';
import type {Arrival} from './arrival.ts';

const tickMs = 100;
/** What was there before the start is put in order as a whole, as long as that does not take too long. */
const mostHoldMs = 3000;
/** With so many waiting the window is cut short, or whoever brings more waits. */
const mostWaiting = 50_000;

export type MergeStageOptions = Readonly<{
	clock: Clock;
	/** There is only one source, and so nothing to put in order. */
	isSingle(): boolean;
	/** Every source has brought what it had at the start. */
	isCaughtUp(): boolean;
	/** Takes the records in their final order; the stage waits for it. */
	deliver(arrivals: readonly Arrival[]): Promise<void> | void;
}>;

/** Between the readers and the view: brings what several sources wrote into the order of time. */
export class MergeStage implements Disposable {
	readonly #options: MergeStageOptions;
	readonly #window = new MergeWindow<Arrival>();
	readonly #startedAt: number;
	#isHolding = true;
	#timer: Disposable | undefined;
	#delivery: Promise<void> | undefined;

	constructor(options: MergeStageOptions) {
		this.#options = options;
		this.#startedAt = options.clock.now();
	}

	/** Settles when there is room for more. */
	push(arrivals: readonly Arrival[]): Promise<void> | void {
		const now = this.#options.clock.now();
		for (const arrival of arrivals) this.#window.push(arrival, now);
		if (this.#options.isSingle()) this.#pump(true);
		else if (this.#window.size > mostWaiting) this.#pump(true);
		else this.#timer ??= this.#options.clock.after(tickMs, () => this.#tick());
		return this.#delivery;
	}

	/** Everything that waits goes on now. */
	async flush(): Promise<void> {
		this.#pump(true);
		while (this.#delivery !== undefined) await this.#delivery;
	}

	[Symbol.dispose](): void {
		this.#timer?.[Symbol.dispose]();
	}

	#tick(): void {
		this.#timer = undefined;
		this.#pump(false);
		if (this.#window.size > 0) this.#timer = this.#options.clock.after(tickMs, () => this.#tick());
	}

	#pump(all: boolean): void {
		if (this.#delivery !== undefined) return;
		const {clock, deliver} = this.#options;
		const ready = all ? this.#window.flush() : this.#isHeld() ? [] : this.#window.release(clock.now());
		if (ready.length === 0) return;
		const delivery = deliver(ready);
		if (delivery === undefined) return;
		this.#delivery = delivery.then(() => {
			this.#delivery = undefined;
			if (this.#window.size > mostWaiting || this.#options.isSingle()) this.#pump(true);
		});
	}

	#isHeld(): boolean {
		if (!this.#isHolding) return false;
		const {clock, isCaughtUp} = this.#options;
		this.#isHolding = !isCaughtUp() && clock.now() - this.#startedAt < mostHoldMs;
		return this.#isHolding;
	}
}
