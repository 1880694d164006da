import type {Clock} from '../core/clock.ts';

const tickMs = 1_000;
/** So much later than asked for, a tick means that the computer slept; a busy machine is seldom that late. */
const sleptMs = 10_000;

/** Calls `resumed` when time has jumped, as it does when a computer slept or a process was stopped. */
export function watchForSuspend(clock: Clock, resumed: () => void): Disposable {
	let timer: Disposable;
	const tick = () => {
		const dueAt = clock.now() + tickMs;
		timer = clock.after(tickMs, () => {
			const isLate = clock.now() - dueAt >= sleptMs;
			tick();
			if (isLate) resumed();
		});
	};
	tick();
	return {[Symbol.dispose]: () => timer[Symbol.dispose]()};
}
