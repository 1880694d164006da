import {setTimeout as pause} from 'node:timers/promises';

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
