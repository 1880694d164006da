/** Lets a few run at a time; the others wait in their order. Rejects with the signal's reason for one that is given up while it waits. */
export type ExecLimit = <T>(run: () => Promise<T>, signal: AbortSignal) => Promise<T>;

export function createExecLimit(most: number): ExecLimit {
	let running = 0;
	const waiting: Array<() => void> = [];
	const turn = async (signal: AbortSignal): Promise<void> => {
		if (running < most) {
			running += 1;
			return;
		}
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const give = () => {
			signal.removeEventListener('abort', leave);
			resolve();
		};
		const leave = () => {
			const index = waiting.indexOf(give);
			if (index !== -1) waiting.splice(index, 1);
			reject(signal.reason);
		};
		signal.addEventListener('abort', leave, {once: true});
		waiting.push(give);
		await promise;
	};
	return async (run, signal) => {
		signal.throwIfAborted();
		await turn(signal);
		try {
			return await run();
		} finally {
			const next = waiting.shift();
			// The place is handed over: the count stays.
			if (next === undefined) running -= 1;
			else next();
		}
	};
}
