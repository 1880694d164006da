import {setImmediate as turn} from 'node:timers/promises';
import type {Clock} from '../../source/core/clock.ts';

export type FakeClock = Clock &
	Readonly<{
		/** Moves time on, running what falls due in order; between two timers everything that is ready runs first. */
		advance(ms: number): Promise<void>;
		/** Moves time without running anything, as a computer that slept: the timers run with the next `advance`. */
		jump(ms: number): void;
		/** Lets everything run that waits for no timer. */
		settle(): Promise<void>;
		/** How many timers are pending: 0 after a clean end. */
		pending(): number;
		/** When the next timer is due; undefined without any. */
		nextAt(): number | undefined;
	}>;

type Timer = {at: number; order: number; run: () => void};

/** A clock that stands still until it is moved. */
export function createFakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
	let now = start;
	let order = 0;
	const timers = new Set<Timer>();
	const nextDue = (until: number) => {
		let due: Timer | undefined;
		for (const timer of timers) {
			if (timer.at <= until && (due === undefined || timer.at < due.at || (timer.at === due.at && timer.order < due.order))) due = timer;
		}
		return due;
	};
	// Code under test yields with setImmediate between slices, so one turn is not enough.
	const settle = async () => {
		for (let index = 0; index < 4; index++) await turn();
	};
	return {
		now: () => now,
		after(ms, run) {
			const timer = {at: now + Math.max(0, ms), order: order++, run};
			timers.add(timer);
			return {[Symbol.dispose]: () => void timers.delete(timer)};
		},
		async advance(ms) {
			const until = now + ms;
			await settle();
			for (let due = nextDue(until); due !== undefined; due = nextDue(until)) {
				timers.delete(due);
				now = Math.max(now, due.at);
				due.run();
				await settle();
			}
			// What ran may have jumped ahead.
			now = Math.max(now, until);
		},
		jump(ms) {
			now += ms;
		},
		settle,
		pending: () => timers.size,
		nextAt: () => nextDue(Number.POSITIVE_INFINITY)?.at,
	};
}
