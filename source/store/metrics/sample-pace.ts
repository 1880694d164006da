/** metrics-server measures this often unless told otherwise (`--metric-resolution`). */
const usualMs = 15_000;
/** What is published a little after we ask is found by asking again soon, at most so often in a row. */
const againMs = 3000;
const mostAgain = 3;
/** Nothing of it will be there soon: no registration, no right, a certificate. */
const hopelessMs = 60_000;

/** When metrics.k8s.io is asked next, so that our questions fall shortly after new samples. */
export class SamplePace {
	#again = 0;
	#freshAt: number | undefined;
	#everyMs = usualMs;

	/** ms to wait after an answer that came at `now`. */
	next(outcome: 'fresh' | 'same' | 'failed' | 'hopeless', now: number): number {
		switch (outcome) {
			case 'hopeless':
				return hopelessMs;
			case 'failed':
				return usualMs;
			case 'fresh':
				if (this.#freshAt !== undefined) this.#everyMs = resolutionOf(now - this.#freshAt);
				this.#freshAt = now;
				this.#again = 0;
				return this.#everyMs;
			case 'same':
				this.#again++;
				return this.#again <= mostAgain ? againMs : usualMs;
		}
	}
}

/** The resolution of the server from the time between two new samples, as seen from here. */
function resolutionOf(gapMs: number): number {
	return gapMs >= 50_000 && gapMs < 75_000 ? 60_000 : gapMs >= 25_000 && gapMs < 40_000 ? 30_000 : usualMs;
}
