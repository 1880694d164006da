import type {Clock} from '../core/clock.ts';
import {type Problem, problemOf} from '../core/problem.ts';
import type {KubeTransport} from './kube-transport.ts';
import {createWake, pause} from './wake.ts';

const probeTimeoutMs = 3_000;
const firstProbeMs = 1_000;
/** One small request each; longer than this nobody wants to look at old data once the server is back. */
const longestProbeMs = 10_000;
/** All feeds of a cluster at once would be a burst that a server just back cannot take. */
const staggerMs = 2_000;
const what = 'Could not reach the server';

/** Told while a feed waits: why, and when the prober tries next. */
export type OnOutage = (problem: Problem, nextTryAt: number) => void;

export type Reachability = Readonly<{
	/** Waits until the server answers again, the newest waiter first. Resolves early when the signal aborts. */
	untilUp(problem: Problem, notify: OnOutage, signal: AbortSignal): Promise<void>;
	/** The next `untilUp` probes at once: the computer slept, and nobody knows what is left of the connections. */
	doubt(): void;
	/** Probes now instead of at the next turn. */
	retryNow(): void;
}>;

type Waiter = {notify: OnOutage; wake: () => void};
type Outage = {problem: Problem; nextTryAt: number};

/** One for each cluster: while nobody answers a single prober asks, instead of every stream for itself (kube-api.md 1.9). */
export function createReachability(options: Readonly<{transport: KubeTransport; clock: Clock}>): Reachability {
	const {clock} = options;
	const waiters = new Set<Waiter>();
	const bell = createWake();
	let outage: Outage | undefined;
	let prober: AbortController | undefined;
	let doubtful = false;

	const tell = (current: Outage) => {
		for (const waiter of waiters) waiter.notify(current.problem, current.nextTryAt);
	};
	const release = () => {
		const newestFirst = [...waiters].reverse();
		waiters.clear();
		for (const [index, waiter] of newestFirst.entries()) clock.after((index * staggerMs) / newestFirst.length, waiter.wake);
	};
	const probeUntilUp = async (problem: Problem, signal: AbortSignal) => {
		let waitMs = doubtful ? 0 : firstProbeMs;
		doubtful = false;
		let found: Problem | undefined = problem;
		while (found !== undefined) {
			outage = {problem: found, nextTryAt: clock.now() + waitMs};
			tell(outage);
			if (waitMs > 0) await pause({clock, wake: bell}, waitMs, signal);
			if (signal.aborted) return;
			found = await probe(options, signal);
			if (signal.aborted) return;
			waitMs = Math.min(longestProbeMs, Math.max(firstProbeMs, 2 * waitMs));
		}
		prober = undefined;
		outage = undefined;
		release();
	};
	const leave = (waiter: Waiter) => {
		waiters.delete(waiter);
		if (waiters.size > 0 || prober === undefined) return;
		prober.abort();
		prober = undefined;
		outage = undefined;
	};

	return {
		untilUp(problem, notify, signal) {
			if (signal.aborted) return Promise.resolve();
			return new Promise(resolve => {
				const waiter: Waiter = {
					notify,
					wake() {
						signal.removeEventListener('abort', waiter.wake);
						leave(waiter);
						resolve();
					},
				};
				signal.addEventListener('abort', waiter.wake, {once: true});
				waiters.add(waiter);
				if (prober !== undefined && outage !== undefined) return notify(outage.problem, outage.nextTryAt);
				prober = new AbortController();
				void probeUntilUp(problem, prober.signal);
			});
		},
		doubt() {
			doubtful = true;
		},
		retryNow: bell.ring,
	};
}

/** Any answer below 500 proves the server is there, a refusal too; undefined then. */
async function probe(options: Readonly<{transport: KubeTransport; clock: Clock}>, signal: AbortSignal): Promise<Problem | undefined> {
	const own = new AbortController();
	using _limit = options.clock.after(probeTimeoutMs, () => own.abort());
	try {
		await options.transport.request(
			{path: '/version', accept: 'application/json', pool: 'short', timeoutMs: probeTimeoutMs},
			AbortSignal.any([signal, own.signal]),
		);
		return undefined;
	} catch (error) {
		const problem = problemOf(error, what);
		if (own.signal.aborted) return {code: 'timeout', what, cause: `no answer within ${probeTimeoutMs / 1000} s`};
		// What was asked to find out is of no interest to those who wait.
		return problem.status !== undefined && problem.status < 500 ? undefined : {...problem, what};
	}
}
