import type {Clock} from '../core/clock.ts';
import type {FeedSink, StreamState} from '../core/feed.ts';
import type {Problem} from '../core/problem.ts';

export type StreamReport = Readonly<{
	/** A list is being read. */
	loading(rows: number, remaining: number | undefined): void;
	/** It is complete. */
	loaded(): void;
	/** The watch is up and brought something now. */
	live(): void;
	quiet(since: number): void;
	/** The watch waits for a free connection. */
	queued(): void;
	polling(everyMs: number): void;
	/** The watch waits for its next try. */
	rewatching(problem: Problem, nextTryAt: number): void;
	/** The list waits for its next try. */
	relisting(problem: Problem, nextTryAt: number): void;
	stopped(state: 'denied' | 'login-needed' | 'gone', problem: Problem): void;
}>;

/** Makes one state of a reflector's two activities: a list that cannot go on says more than a watch that is up. */
export function createStreamReport(sink: Pick<FeedSink, 'stream'>, clock: Clock): StreamReport {
	let list: StreamState | undefined;
	let watch: StreamState | undefined;
	let downSince: number | undefined;
	const tell = () => {
		const state = list ?? watch;
		if (state !== undefined) sink.stream(state);
	};
	const down = (problem: Problem, nextTryAt: number): StreamState => {
		downSince ??= clock.now();
		return {state: 'reconnecting', since: downSince, problem, nextTryAt};
	};
	const watching = (state: StreamState) => {
		watch = state;
		if (list === undefined) tell();
	};
	const listing = (state: StreamState | undefined) => {
		list = state;
		tell();
	};
	return {
		loading(rows, remaining) {
			downSince = undefined;
			listing({state: 'loading', rows, ...(remaining === undefined ? {} : {remaining})});
		},
		loaded: () => listing(undefined),
		live() {
			downSince = undefined;
			watching({state: 'live', lastEventAt: clock.now()});
		},
		quiet: since => watching({state: 'quiet', since}),
		queued: () => watching({state: 'queued', since: clock.now()}),
		polling(everyMs) {
			downSince = undefined;
			list = undefined;
			watching({state: 'polling', everyMs, lastEventAt: clock.now()});
		},
		rewatching: (problem, nextTryAt) => watching(down(problem, nextTryAt)),
		relisting: (problem, nextTryAt) => listing(down(problem, nextTryAt)),
		stopped(state, problem) {
			const since = list?.state === state ? list.since : clock.now();
			listing(state === 'gone' ? {state, since} : {state, since, problem});
		},
	};
}
