import type {Clock} from '../core/clock.ts';

/** Node fires longer timers at once (2^31 - 1 ms is its limit), so they are waited for in parts. */
const longestTimerMs = 2_147_483_647;

/**
 * The real clock. `let-go`: a waiting timer does not keep the process alive (the full screen, which its input
 * keeps alive); `hold`: it does (one-shot output, where a back-off is all that is left to wait for).
 */
export function systemClock(timers: 'hold' | 'let-go'): Clock {
	return {
		now: () => Date.now(),
		after(ms, run) {
			let timer: NodeJS.Timeout;
			const arm = (leftMs: number) => {
				const partMs = Math.min(leftMs, longestTimerMs);
				timer = setTimeout(() => (leftMs > partMs ? arm(leftMs - partMs) : run()), partMs);
				if (timers === 'let-go') timer.unref();
			};
			arm(Math.max(0, ms));
			return {[Symbol.dispose]: () => clearTimeout(timer)};
		},
	};
}
