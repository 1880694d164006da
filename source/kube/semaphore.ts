export type Semaphore = Readonly<{
	/** A slot, given back by disposing it once. `queued` is called when it has to be waited for. Rejects with the signal's reason. */
	acquire(signal: AbortSignal, queued?: () => void): Disposable | Promise<Disposable>;
	/** How many hold a slot, and how many wait. */
	load(): Readonly<{held: number; waiting: number}>;
}>;

/** At most `size` holders at a time; those who wait are served in order. */
export function createSemaphore(size: number): Semaphore {
	const waiting = new Set<() => void>();
	let held = 0;
	const slot = (): Disposable => {
		let isHeld = true;
		return {
			[Symbol.dispose]() {
				if (!isHeld) return;
				isHeld = false;
				const [next] = waiting;
				// The slot goes over to the next one: `held` stays as it is.
				if (next === undefined) held--;
				else next();
			},
		};
	};
	return {
		load: () => ({held, waiting: waiting.size}),
		acquire(signal, queued) {
			if (held < size) {
				held++;
				return slot();
			}
			queued?.();
			return new Promise((resolve, reject) => {
				const leave = () => {
					waiting.delete(serve);
					reject(signal.reason);
				};
				const serve = () => {
					waiting.delete(serve);
					signal.removeEventListener('abort', leave);
					resolve(slot());
				};
				if (signal.aborted) return reject(signal.reason);
				waiting.add(serve);
				signal.addEventListener('abort', leave, {once: true});
			});
		},
	};
}
