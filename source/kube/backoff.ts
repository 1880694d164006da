import type {Clock} from '../core/clock.ts';

const shortestMs = 800;
const longestMs = 30_000;
/** As long without a failure as client-go's reflector waits before it forgets the past ones. */
const forgetAfterMs = 120_000;

export type Backoff = Readonly<{
	/** ms to wait before the next try. */
	next(): number;
	/** The wait that the next failure would begin with, again the shortest. */
	reset(): void;
}>;

/**
 * Decorrelated jitter: each wait is between 0.8 s and three times the last one, at most 30 s. Starts over after two
 * minutes without a failure.
 *
 * @param random 0 <= n < 1
 */
export function createBackoff(clock: Clock, random: () => number): Backoff {
	let lastMs = 0;
	let quietSince = 0;
	return {
		next() {
			if (clock.now() - quietSince > forgetAfterMs) lastMs = 0;
			const widestMs = 3 * Math.max(shortestMs, lastMs);
			lastMs = Math.min(longestMs, shortestMs + random() * (widestMs - shortestMs));
			quietSince = clock.now() + lastMs;
			return lastMs;
		},
		reset() {
			lastMs = 0;
		},
	};
}
