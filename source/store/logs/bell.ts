import type {Clock} from '../../core/clock.ts';

/** A bell: who waits with it goes on when it rings. */
export class Bell {
	readonly #clock: Clock;
	readonly #waiting = new Set<() => void>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	ring(): void {
		for (const go of [...this.#waiting]) go();
	}

	/** Resolves when it rings, after `ms`, or when the signal aborts. Never rejects. */
	wait(ms: number, signal: AbortSignal): Promise<void> {
		if (signal.aborted) return Promise.resolve();
		return new Promise(resolve => {
			const go = (): void => {
				timer[Symbol.dispose]();
				this.#waiting.delete(go);
				signal.removeEventListener('abort', go);
				resolve();
			};
			const timer = this.#clock.after(ms, go);
			this.#waiting.add(go);
			signal.addEventListener('abort', go, {once: true});
		});
	}
}
