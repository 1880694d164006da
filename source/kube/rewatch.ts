import type {Clock} from '../core/clock.ts';
import type {Scope} from '../core/feed.ts';
import {never} from '../core/never.ts';
import type {Problem} from '../core/problem.ts';
import type {KubeTransport} from './kube-transport.ts';
import type {Accepted} from './list-pages.ts';
import {plainAccept, watchRequest} from './list-request.ts';
import type {Outcome} from './outcome.ts';
import type {Reachability} from './reachability.ts';
import {reactionTo} from './reaction.ts';
import type {Recovery} from './recovery.ts';
import type {StreamReport} from './stream-report.ts';
import type {TableDecoder, TableEvent} from './table.ts';
import {pause, type Wake} from './wake.ts';
import {runWatch} from './watch.ts';
import type {WatchEnd} from './watch-end.ts';

/** client-go asks for 5 to 10 minutes; shorter where no bookmark proves in between that the stream lives (kube-api.md 4.4). */
const provenTimeoutMs = {least: 300_000, more: 300_000};
const unprovenTimeoutMs = {least: 180_000, more: 60_000};
/** Cells alone are only looked at beside something else, once a second. */
const cellsGatherMs = 1000;
/** A watch that ends sooner and empty is a fault, not an end (client-go, VeryShortWatchError). */
const veryShortMs = 1_000;
const reopenWithinMs = 1_000;
/** Tries against a server that lags before listing anew. */
const lagTries = 2;

const slept: Problem = {code: 'timeout', what: 'Could not watch', cause: 'the computer slept'};
const tooShort: Problem = {code: 'server', what: 'Could not watch', cause: 'the server ended the watch at once'};

export type RewatchOptions = Readonly<{
	transport: KubeTransport;
	clock: Clock;
	random: () => number;
	scope: Scope;
	decoder: TableDecoder;
	accept: Accepted;
	/** Outlives the round: has this kind ever sent a bookmark? */
	seen: {bookmark: boolean};
	reachability: Reachability;
	recovery: Recovery;
	report: StreamReport;
	/** Rings after the computer slept: no open stream can be trusted. */
	resumed: Wake;
	/** Where the list stood. */
	resourceVersion: string;
	/** Applies events in order; an outcome when the watch must not go on. */
	apply(events: readonly TableEvent[]): Outcome | undefined;
}>;

/** Keeps a watch open, each one going on where the last one ended, until only a new list (or nothing) helps. Never rejects. */
export async function rewatch(options: RewatchOptions, signal: AbortSignal): Promise<Outcome> {
	const place = {resourceVersion: options.resourceVersion, lagged: 0, opened: false};
	while (!signal.aborted) {
		place.opened = false;
		const attempt = await watchOnce(options, place, signal);
		if (signal.aborted) break;
		if (attempt.outcome !== undefined) return attempt.outcome;
		const outcome = attempt.resumed ? await afterSleep(options, signal) : await afterEnd(options, attempt.end, {place, signal});
		if (outcome !== undefined) return outcome;
	}
	return {next: 'end'};
}

type Place = {resourceVersion: string; lagged: number; opened: boolean};

async function watchOnce(options: RewatchOptions, place: Place, signal: AbortSignal) {
	const {seen, report, random} = options;
	const own = new AbortController();
	let outcome: Outcome | undefined;
	let resumed = false;
	using _bell = options.resumed.onRing(() => {
		resumed = true;
		own.abort();
	});
	const span = seen.bookmark ? provenTimeoutMs : unprovenTimeoutMs;
	const timeoutMs = span.least + Math.floor(random() * span.more);
	const request = watchRequest(options.scope, options.accept.value, {resourceVersion: place.resourceVersion, timeoutMs});
	const watch = {
		transport: options.transport,
		clock: options.clock,
		request: options.scope.mode === 'cells' ? {...request, gatherMs: cellsGatherMs} : request,
		timeoutMs,
		bookmarked: seen.bookmark,
		decode: options.decoder.event,
		queued: report.queued,
		opened() {
			place.opened = true;
			report.live();
		},
		events(events: readonly TableEvent[]) {
			if (outcome !== undefined || own.signal.aborted || signal.aborted) return;
			outcome = options.apply(events);
			advance(place, seen, events);
			report.live();
			if (outcome !== undefined) own.abort();
		},
		quiet: report.quiet,
		awake: report.live,
	};
	const end = await runWatch(watch, AbortSignal.any([signal, own.signal]));
	return {end, outcome, resumed};
}

/** The version goes on only after the rows were applied: a reconnect repeats events rather than losing one. */
function advance(place: Place, seen: {bookmark: boolean}, events: readonly TableEvent[]): void {
	for (const event of events) {
		if (event.type === 'bookmark') seen.bookmark = true;
		if ((event.type === 'upsert' || event.type === 'delete' || event.type === 'bookmark') && event.resourceVersion !== undefined) {
			place.resourceVersion = event.resourceVersion;
			place.lagged = 0;
		}
	}
}

async function afterSleep(options: RewatchOptions, signal: AbortSignal): Promise<undefined> {
	await options.reachability.untilUp(slept, options.report.rewatching, signal);
}

type After = Readonly<{place: Place; signal: AbortSignal}>;

async function afterEnd(options: RewatchOptions, end: WatchEnd, after: After): Promise<Outcome | undefined> {
	const {place, signal} = after;
	const recover = async (problem: Problem) => {
		await options.recovery.wait(problem, options.report.rewatching, signal);
		return undefined;
	};
	switch (end.type) {
		case 'closed':
			if (end.openMs < veryShortMs && end.seen === 0) return recover(tooShort);
			await pause(options, options.random() * reopenWithinMs, signal);
			return undefined;
		case 'expired':
		case 'refused':
			return {next: 'relist', while: 'watching', problem: end.problem};
		case 'too-new':
			place.lagged++;
			if (place.lagged > lagTries) return {next: 'relist', while: 'watching', problem: end.problem};
			await pause(options, end.retryAfterMs, signal);
			return undefined;
		case 'silent':
			if (!place.opened) return recover(end.problem);
			// It may be this one stream only: one new request tells, and costs less than a wait.
			options.report.rewatching(end.problem, options.clock.now());
			return undefined;
		case 'failed':
			return afterFailure(options, end.problem, recover);
		case 'aborted':
			return undefined;
		default:
			return never(end);
	}
}

async function afterFailure(options: RewatchOptions, problem: Problem, recover: (problem: Problem) => Promise<undefined>): Promise<Outcome | undefined> {
	switch (reactionTo(problem)) {
		case 'denied':
			return {next: 'unwatchable', problem};
		case 'login-needed':
			return {next: 'stop', state: 'login-needed', problem};
		case 'gone':
			// The list tells whether it is the kind or only its watch.
			return {next: 'relist', while: 'watching', problem};
		case 'not-acceptable':
			if (options.accept.value === plainAccept) return {next: 'unwatchable', problem};
			options.accept.value = plainAccept;
			return undefined;
		default:
			if (problem.status === 405) return {next: 'unwatchable', problem};
			return problem.status === 400 ? {next: 'relist', while: 'watching', problem} : recover(problem);
	}
}
