import type {AccessAnswer, AccessQuestion} from '../core/cluster-client.ts';
import type {Clock} from '../core/clock.ts';
import type {Feed, FeedOf} from '../core/feed.ts';
import {createIntern} from '../core/intern.ts';
import type {ResourceType} from '../core/resource-type.ts';
import type {KubeTransport} from './kube-transport.ts';
import {createNamespacedFeed} from './namespaced-feed.ts';
import {createReachability} from './reachability.ts';
import {createReflector} from './reflector.ts';
import {watchForSuspend} from './suspend.ts';
import {createWake} from './wake.ts';

export type FeedsOptions = Readonly<{
	transport: KubeTransport;
	clock: Clock;
	/** 0 <= n < 1 */
	random: () => number;
	/** Asked for single namespaces when a cluster-wide list is denied. */
	can(question: AccessQuestion, signal: AbortSignal): Promise<AccessAnswer>;
	/** The namespaces to try then, the likeliest first; never rejects. */
	namespaces(signal: AbortSignal): Promise<readonly string[]>;
	/** A kind answered 404: discovery may be out of date. */
	onGone?(type: ResourceType): void;
}>;

export type Feeds = Readonly<{
	feedOf: FeedOf;
	/** Everything that waits tries again now. */
	retryNow(): void;
}>;

/** The feeds of one cluster: they share what is known of its reachability, and the texts their rows have in common. */
export function createFeeds(options: FeedsOptions): Feeds {
	const {clock} = options;
	const wake = createWake();
	const resumed = createWake();
	const reachability = createReachability(options);
	const shared = {...options, intern: createIntern(), reachability, wake, resumed, onGone: options.onGone ?? (() => {})};
	let running = 0;
	let watchdog: Disposable | undefined;
	const whileRunning =
		(feed: Feed): Feed =>
		async (sink, signal) => {
			running++;
			watchdog ??= watchForSuspend(clock, () => {
				reachability.doubt();
				// First the readers let go of their streams, so that none takes the end of its connection for a failure.
				resumed.ring();
				options.transport.renewConnections?.();
			});
			try {
				await feed(sink, signal);
			} finally {
				running--;
				if (running === 0) {
					watchdog?.[Symbol.dispose]();
					watchdog = undefined;
				}
			}
		};
	return {
		feedOf: scope => {
			const isWide = scope.type.namespaced && scope.namespace === undefined;
			return whileRunning(
				isWide ? createNamespacedFeed(scope, {...shared, feedOf: narrow => createReflector(narrow, shared)}) : createReflector(scope, shared),
			);
		},
		retryNow() {
			wake.ring();
			reachability.retryNow();
		},
	};
}
