/** The longest time for which the event loop of this thread did not get to its timers, from now on. */
export type BusyLoop = Disposable & Readonly<{longestMs(): number}>;

/** Counts the thread's own processor time: what it waits for a busy machine is not its doing. */
export function watchLoop(): BusyLoop {
	let longestMicroseconds = 0;
	let last = process.threadCpuUsage();
	const timer = setInterval(() => {
		const {user, system} = process.threadCpuUsage(last);
		longestMicroseconds = Math.max(longestMicroseconds, user + system);
		last = process.threadCpuUsage();
	}, 5);
	return {longestMs: () => Math.round(longestMicroseconds / 1000), [Symbol.dispose]: () => clearInterval(timer)};
}
