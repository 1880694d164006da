import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';
import type {Clock} from '../core/clock.ts';

/** V8's space for young objects may grow to this and no further. Half of it makes the collector run all the time, its own 16 MB are never given back. */
const mostYoungBytes = 8 * 1024 * 1024;
const lookEveryMs = 25;

/**
 * Stops the growth of V8's space for young objects at a few megabytes. By itself it grows while a long list is read and stays so: with
 * 10,000 pods that was a fifth of the memory of the process. Disposing ends the watching.
 */
export function keepHeapSmall(clock: Clock): Disposable {
	let waiting: Disposable | undefined;
	const look = (): void => {
		const young = getHeapSpaceStatistics().find(space => space.space_name === 'new_space');
		if (young !== undefined && young.space_size >= mostYoungBytes) setFlagsFromString('--semi-space-growth-factor=1');
		else waiting = clock.after(lookEveryMs, look);
	};
	look();
	return {[Symbol.dispose]: () => waiting?.[Symbol.dispose]()};
}
