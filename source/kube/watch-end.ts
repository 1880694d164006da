import {type Problem, ProblemError, problemOf} from '../core/problem.ts';
import type {ServedStatus} from './table.ts';

/** Why a watch ended: each has its own next step. */
export type WatchEnd = Readonly<
	/** The server ended the stream in order. `seen`: events and bookmarks. */
	| {type: 'closed'; seen: number; openMs: number}
	/** Our resourceVersion is too old: list again (HTTP 410, or 200 and an ERROR event). */
	| {type: 'expired'; problem: Problem}
	/** This API server lags behind the one we listed from. */
	| {type: 'too-new'; retryAfterMs: number; problem: Problem}
	/** No byte for too long: the way may be dead though nobody says so. */
	| {type: 'silent'; problem: Problem}
	| {type: 'failed'; problem: Problem}
	/** An ERROR event of a kind we know nothing about: list again. */
	| {type: 'refused'; problem: Problem}
	| {type: 'aborted'}
>;

const what = 'Could not watch';
const tooLargeCause = 'ResourceVersionTooLarge';

/** What an ERROR event or a Status body means for the watch (kube-api.md 4.2). */
export function endOfStatus(status: ServedStatus): WatchEnd {
	const served = {
		cause: status.message ?? status.reason ?? 'the server gave no reason',
		...(status.message === undefined ? {} : {serverMessage: status.message}),
		...(status.code === undefined ? {} : {status: status.code}),
	};
	const afterSeconds = status.details?.retryAfterSeconds;
	const waiting = afterSeconds === undefined ? {} : {retryAfterMs: afterSeconds * 1000};
	if (status.code === 410 || status.reason === 'Expired' || status.reason === 'Gone') {
		return {type: 'expired', problem: {code: 'expired', what, ...served}};
	}
	if (isTooLarge(status)) {
		return {type: 'too-new', retryAfterMs: (afterSeconds ?? 1) * 1000, problem: {code: 'timeout', what, ...served}};
	}
	if (status.code === 429) return {type: 'failed', problem: {code: 'throttled', what, ...served, ...waiting}};
	if (status.code !== undefined && status.code >= 500) return {type: 'failed', problem: {code: 'server', what, ...served, ...waiting}};
	return {type: 'refused', problem: {code: 'server', what, ...served}};
}

/** The same for a request that was refused before a stream came of it. */
export function endOfError(error: unknown): WatchEnd {
	const problem = problemOf(error, what);
	if (problem.code === 'expired' || problem.status === 410) return {type: 'expired', problem};
	if (problem.status === 504 && /too large resource version/i.test(problem.serverMessage ?? problem.cause)) {
		return {type: 'too-new', retryAfterMs: problem.retryAfterMs ?? 1000, problem};
	}
	return {type: 'failed', problem};
}

/** client-go tools/cache/reflector.go isTooLargeResourceVersionError: the cause, or the message of servers before 1.19. */
function isTooLarge(status: ServedStatus): boolean {
	if (status.code !== 504 && status.reason !== 'Timeout') return false;
	return status.details?.causes?.some(cause => cause.reason === tooLargeCause) === true || /too large resource version/i.test(status.message ?? '');
}

export function silentProblem(silentMs: number): Problem {
	return {code: 'timeout', what, cause: `the server sent nothing for ${Math.round(silentMs / 1000)} s`};
}

export function brokenEnd(): WatchEnd {
	return {type: 'failed', problem: {code: 'protocol', what, cause: 'the connection broke in the middle of an object'}};
}

/** Is it the failure of a line that is not JSON, or of one that is too long? */
export function isProtocolError(error: unknown): error is ProblemError {
	return error instanceof ProblemError && error.problem.code === 'protocol';
}
