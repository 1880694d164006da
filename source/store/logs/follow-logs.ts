import type {LogSource} from '../../core/logs/logs-model.ts';
import type {Problem} from '../../core/problem.ts';
import type {Arrival} from './arrival.ts';
import type {LogFeed} from './log-feed.ts';
import type {LogsOptions} from './logs-options.ts';
import {MergeStage} from './merge-stage.ts';
import {openLogFeed} from './open-log-feed.ts';

export type FollowOptions = LogsOptions &
	Readonly<{
		/** Takes the next records in the order in which they are to be shown; reading waits for it, so that nothing is lost. */
		deliver(arrivals: readonly Arrival[]): Promise<void> | void;
		/** Looked at whenever something changes: true ends the following, after what was read was delivered. */
		isOver(state: FollowState): boolean;
	}>;

export type FollowState = Readonly<{sources: readonly LogSource[]; problem?: Problem; isCaughtUp: boolean}>;

/** Follows a target's logs until the signal, or until it is over. Never rejects. */
export async function followLogs(options: FollowOptions, signal: AbortSignal): Promise<FollowState> {
	const {promise: over, resolve} = Promise.withResolvers<void>();
	const {clock} = options;
	let feed: LogFeed | undefined;
	const state = (): FollowState => {
		const problem = feed?.problem();
		return {sources: feed?.sources() ?? [], ...(problem === undefined ? {} : {problem}), isCaughtUp: feed?.isCaughtUp() ?? false};
	};
	using stage = new MergeStage({clock, isSingle: () => feed?.isSingle() ?? false, isCaughtUp: () => feed?.isCaughtUp() ?? false, deliver: options.deliver});
	const look = (): void => {
		if (feed !== undefined && options.isOver(state())) resolve();
	};
	using opened = openLogFeed(options, {take: arrivals => stage.push(arrivals), changed: look});
	feed = opened;
	if (signal.aborted) resolve();
	signal.addEventListener('abort', () => resolve(), {once: true});
	look();
	await over;
	const last = state();
	await stage.flush();
	return last;
}
