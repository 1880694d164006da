/** The first try after a failure comes at once, or nearly: most cuts are over when they are noticed. */
const firstMs = 300;
const shortestMs = 800;
const longestMs = 10_000;

/** Waits between tries that fail: near nothing, then decorrelated jitter up to ten seconds. */
export class RetryWait {
	readonly #random: () => number;
	#lastMs: number | undefined;

	/** `random`: 0 <= n < 1. */
	constructor(random: () => number) {
		this.#random = random;
	}

	/** ms until the next try. */
	next(): number {
		if (this.#lastMs === undefined) {
			this.#lastMs = 0;
			return this.#random() * firstMs;
		}
		const widestMs = 3 * Math.max(shortestMs, this.#lastMs);
		this.#lastMs = Math.min(longestMs, shortestMs + this.#random() * (widestMs - shortestMs));
		return this.#lastMs;
	}

	reset(): void {
		this.#lastMs = undefined;
	}
}
