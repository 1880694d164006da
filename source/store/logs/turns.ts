/** At most so many at a time; the rest wait in order. */
export class Turns {
	#free: number;
	readonly #waiting = new Set<() => void>();

	constructor(size: number) {
		this.#free = size;
	}

	/** A turn, given back by disposing it; at once with nothing to give back when the signal aborts. */
	async take(signal: AbortSignal): Promise<Disposable> {
		if (this.#free > 0) this.#free--;
		else if (!(await this.#next(signal))) return {[Symbol.dispose]: () => {}};
		return {[Symbol.dispose]: () => this.#give()};
	}

	#next(signal: AbortSignal): Promise<boolean> {
		if (signal.aborted) return Promise.resolve(false);
		return new Promise(resolve => {
			const leave = (): void => {
				this.#waiting.delete(go);
				resolve(false);
			};
			const go = (): void => {
				signal.removeEventListener('abort', leave);
				this.#waiting.delete(go);
				resolve(true);
			};
			this.#waiting.add(go);
			signal.addEventListener('abort', leave, {once: true});
		});
	}

	/** The turn goes over to the next one who waits. */
	#give(): void {
		const [next] = this.#waiting;
		if (next === undefined) this.#free++;
		else next();
	}
}
