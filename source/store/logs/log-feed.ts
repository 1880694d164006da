import type {StreamState} from '../../core/feed.ts';
import type {LogSource} from '../../core/logs/logs-model.ts';
import type {Problem} from '../../core/problem.ts';
import type {Arrival} from './arrival.ts';

/** Where what was read goes. */
export type LogOutlet = Readonly<{
	/** Whoever brings lines waits for it. */
	take(arrivals: readonly Arrival[]): Promise<void> | void;
	/** Sources, their states or the stream are others. */
	changed(): void;
}>;

/** Reads the logs of one target until it is disposed of. */
export type LogFeed = Disposable &
	Readonly<{
		sources(): readonly LogSource[];
		stream(): StreamState;
		problem(): Problem | undefined;
		/** No more than one source: nothing has to be put in order. */
		isSingle(): boolean;
		/** Everything that was there at the start has been read. */
		isCaughtUp(): boolean;
		retryNow(): void;
	}>;
