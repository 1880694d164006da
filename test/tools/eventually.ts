import {setTimeout as pause} from 'node:timers/promises';

/**
 * How long a test waits for what must come: nothing takes this long, not even on a machine with ten times the work it can do. Who waits less must have a
 * reason. A test that gets stuck fails by this, with a picture and its clean-up, not by its own `timeout`, which is therefore longer.
 */
export const patienceMs = 60_000;
const lookEveryMs = 20;

/** Resolves as soon as `holds` gives something other than false and undefined, with that; rejects after the time with what `tell` says. */
export async function eventually<T>(holds: () => T | false | undefined | Promise<T | false | undefined>, timeoutMs: number, tell: () => string): Promise<T> {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		const found = await holds();
		if (found !== false && found !== undefined) return found;
		if (performance.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${tell()}`);
		await pause(lookEveryMs);
	}
}
