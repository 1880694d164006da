import type {StreamState} from './feed.ts';

/** A watch that is opened again sooner than this was never missed. */
const brieflyMs = 1000;

/** Is the watch being opened again, for so short a time that nothing needs to be said? `now`: server time, ms since the epoch. */
export function isBriefOutage(stream: StreamState, now: number): boolean {
	return stream.state === 'reconnecting' && now - stream.since < brieflyMs;
}
