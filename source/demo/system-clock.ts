import type {Clock} from '../core/clock.ts';

/** The machine's own time. Its timers do not keep the process alive: the open server does that. */
export function systemClock(): Clock {
	return {
		now: () => Date.now(),
		after(ms, run) {
			const timer = setTimeout(run, ms);
			timer.unref();
			return {[Symbol.dispose]: () => clearTimeout(timer)};
		},
	};
}
