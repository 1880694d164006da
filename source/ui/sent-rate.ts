import type {Clock} from '../core/clock.ts';

const windowMs = 10_000;
/** A rate over less time would be the last frame's. */
const leastMs = 2000;

/** Bytes a second that went to the terminal over the last ten seconds; undefined until two of them have passed. */
export function sentRate(clock: Clock, sent: () => number): () => number | undefined {
	let samples: ReadonlyArray<Readonly<{at: number; bytes: number}>> = [{at: clock.now(), bytes: sent()}];
	return () => {
		const now = {at: clock.now(), bytes: sent()};
		const recent = samples.filter(({at}) => now.at - at <= windowMs);
		samples = [...(recent.length === 0 ? samples.slice(-1) : recent), now];
		const [first] = samples;
		if (first === undefined || now.at - first.at < leastMs) return undefined;
		return Math.round(((now.bytes - first.bytes) * 1000) / (now.at - first.at));
	};
}
