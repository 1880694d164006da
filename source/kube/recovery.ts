import type {Clock} from '../core/clock.ts';
import type {Problem} from '../core/problem.ts';
import {createBackoff} from './backoff.ts';
import type {OnOutage, Reachability} from './reachability.ts';
import {reactionTo} from './reaction.ts';
import {pause, type Wake} from './wake.ts';

/** Later than the server asked for, by up to this share, so that not all come back together. */
const lateShare = 0.2;

export type Recovery = Readonly<{
	/**
	 * Waits as long as the problem asks for: the backoff, the server's Retry-After, and until the cluster answers at all.
	 * The bell cuts it short.
	 */
	wait(problem: Problem, notify: OnOutage, signal: AbortSignal): Promise<void>;
}>;

export type RecoveryOptions = Readonly<{clock: Clock; random: () => number; reachability: Reachability; wake: Wake}>;

/** How one reader waits after a failure; one for each, because the backoff grows with its own failures. */
export function createRecovery(options: RecoveryOptions): Recovery {
	const {clock, random, reachability} = options;
	const backoff = createBackoff(clock, random);
	return {
		async wait(problem, notify, signal) {
			const asked = (problem.retryAfterMs ?? 0) * (1 + lateShare * random());
			const waitMs = Math.max(backoff.next(), asked);
			const notBefore = clock.now() + waitMs;
			notify(problem, notBefore);
			const waits = [pause(options, waitMs, signal)];
			if (reactionTo(problem) === 'unreachable') {
				waits.push(reachability.untilUp(problem, (found, nextTryAt) => notify(found, Math.max(nextTryAt, notBefore)), signal));
			}
			await Promise.all(waits);
		},
	};
}
