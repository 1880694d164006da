import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';
import type {Clock} from '../core/clock.ts';

/** V8's space for young objects may grow to this and no further; a choice between memory and collections, not yet measured against its neighbours. */
const mostYoungBytes = 8 * 1024 * 1024;
const lookEveryMs = 25;

/**
 * Stops the growth of V8's space for young objects at a few megabytes. By itself it grows while a long list is read and stays so: with
 * 10,000 pods a process that kept it at its first size took 201 MB instead of 249. Disposing ends the watching.
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
