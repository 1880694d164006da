import {retryAfter} from './status-problem.ts';
import type {KubeHeaders} from './kube-transport.ts';

/** Tries of one read in all. */
export const mostTries = 5;

const firstBackoffMs = 500;
/** A server that asks for more is believed, and the reader is told instead of kept waiting. */
const longestWaitMs = 30_000;
const jitter = 0.2;

/**
 * Milliseconds to wait before the same request is sent again; undefined where that is not for us to do. Overload says so with 429, or 5xx
 * with Retry-After (client-go rest/with_retry.go).
 *
 * @param tries how often it was sent by now, at least 1
 * @param random 0 <= n < 1
 */
export function retryDelayMs(status: number, headers: KubeHeaders, tries: number, random: () => number): number | undefined {
	if (tries >= mostTries) return undefined;
	const askedMs = retryAfter(headers);
	const isOverload = status === 429 || (status >= 500 && askedMs !== undefined);
	if (!isOverload || (askedMs ?? 0) > longestWaitMs) return undefined;
	const waitMs = Math.max(askedMs ?? 0, firstBackoffMs * 2 ** (tries - 1));
	return waitMs * (1 - jitter + 2 * jitter * random());
}
