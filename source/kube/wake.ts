import type {Clock} from '../core/clock.ts';

/** A bell: whoever waits with it goes on at once when it rings. */
export type Wake = Readonly<{
	ring(): void;
	onRing(run: () => void): Disposable;
}>;

export function createWake(): Wake {
	const listeners = new Set<() => void>();
	return {
		ring() {
			for (const run of [...listeners]) run();
		},
		onRing(run) {
			// Each its own function: the same one given twice must be told twice.
			const listener = () => run();
			listeners.add(listener);
			return {[Symbol.dispose]: () => void listeners.delete(listener)};
		},
	};
}

/** Resolves after `ms`, when the bell rings, or when the signal aborts; whichever is first. Never rejects. */
export function pause(waiting: Readonly<{clock: Clock; wake?: Wake}>, ms: number, signal: AbortSignal): Promise<void> {
	if (signal.aborted) return Promise.resolve();
	return new Promise(resolve => {
		const done = () => {
			timer[Symbol.dispose]();
			bell?.[Symbol.dispose]();
			signal.removeEventListener('abort', done);
			resolve();
		};
		const timer = waiting.clock.after(ms, done);
		const bell = waiting.wake?.onRing(done);
		signal.addEventListener('abort', done, {once: true});
	});
}
