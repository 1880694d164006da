/** Joins the run that is under way, or starts one. Rejects with the signal's reason when that aborts first. */
export type SingleFlight<T> = (signal: AbortSignal) => Promise<T>;

/**
 * However many ask at once, `run` runs once; when the last of them has gone (aborted), it is aborted too.
 * The next call after its end starts anew.
 */
export function createSingleFlight<T>(run: (signal: AbortSignal) => Promise<T>): SingleFlight<T> {
	let flight: {promise: Promise<T>; owner: AbortController; waiting: number} | undefined;
	const start = () => {
		const owner = new AbortController();
		const started = {promise: run(owner.signal), owner, waiting: 0};
		const end = () => {
			if (flight === started) flight = undefined;
		};
		started.promise.then(end, end);
		return started;
	};
	return async signal => {
		signal.throwIfAborted();
		flight ??= start();
		const joined = flight;
		joined.waiting++;
		const left = Promise.withResolvers<never>();
		const leave = () => left.reject(signal.reason);
		signal.addEventListener('abort', leave, {once: true});
		try {
			return await Promise.race([joined.promise, left.promise]);
		} finally {
			signal.removeEventListener('abort', leave);
			joined.waiting--;
			if (joined.waiting === 0 && flight === joined) {
				flight = undefined;
				joined.owner.abort(signal.reason);
			}
		}
	};
}
