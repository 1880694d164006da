import type {Clock} from '../../core/clock.ts';

/** A silent log is opened again after this long: a dead connection makes no sound either. */
const silentMs = 300_000;
/** A log whose pod is gone ends by itself; one that does not is cut off. */
const goneMs = 10_000;

/** When a running request is given up, and what it has brought. */
export class ReadLimits implements Disposable {
	/** Lines not known before. */
	brought = 0;
	bytes = 0;
	readonly signal: AbortSignal;
	readonly #options: Readonly<{clock: Clock; isGone(): boolean; isWanted(): boolean}>;
	readonly #stop = new AbortController();
	#heardAt: number;
	#silence: Disposable;
	#goneTimer: Disposable | undefined;

	constructor(options: Readonly<{clock: Clock; isGone(): boolean; isWanted(): boolean}>, signal: AbortSignal) {
		this.#options = options;
		this.signal = AbortSignal.any([signal, this.#stop.signal]);
		this.#heardAt = options.clock.now();
		this.#silence = this.#watchSilence(silentMs);
	}

	heard = (bytes: number): void => {
		this.bytes += bytes;
		this.#heardAt = this.#options.clock.now();
	};

	/** The pod or the mode may be another: ends a request that is no longer wanted. */
	reconsider(): void {
		const {clock, isGone, isWanted} = this.#options;
		if (!isWanted()) this.#stop.abort();
		else if (isGone()) this.#goneTimer ??= clock.after(goneMs, () => this.#stop.abort());
	}

	[Symbol.dispose](): void {
		this.#silence[Symbol.dispose]();
		this.#goneTimer?.[Symbol.dispose]();
	}

	#watchSilence(ms: number): Disposable {
		const {clock} = this.#options;
		return clock.after(ms, () => {
			const left = this.#heardAt + silentMs - clock.now();
			if (left <= 0) this.#stop.abort();
			else this.#silence = this.#watchSilence(left);
		});
	}
}
