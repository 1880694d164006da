import type {LogQuestion} from './log-question.ts';
import {wholeSecond} from './stamp.ts';
import type {LogRange} from './logs-model.ts';

/** What a command line asks for beside the ranges of the screen; empty: everything. `fromTime`: ms since the epoch. */
export type LogPast = Readonly<{tailLines?: number; sinceMs?: number; fromTime?: number}>;

const tailLines = 1000;
const minute = 60_000;
const spans: Readonly<Record<LogRange, LogPast>> = {
	tail: {tailLines},
	head: {},
	'1m': {sinceMs: minute},
	'5m': {sinceMs: 5 * minute},
	'15m': {sinceMs: 15 * minute},
	'30m': {sinceMs: 30 * minute},
	'1h': {sinceMs: 60 * minute},
};

/** How far back a range reaches, or a past as it is. */
export function pastOf(range: LogRange | LogPast): LogPast {
	return typeof range === 'string' ? spans[range] : range;
}

/** Where it begins, ms since the epoch; undefined: at the first line, or counted in lines. `now`: server time. */
export function pastStart(past: LogPast, now: number): number | undefined {
	return past.fromTime ?? (past.sinceMs === undefined ? undefined : now - past.sinceMs);
}

/** The parameters of a request for it. */
export function pastQuestion(past: LogPast, startedAt: number): Pick<LogQuestion, 'tailLines' | 'sinceTime'> {
	const from = pastStart(past, startedAt);
	return {...(past.tailLines === undefined ? {} : {tailLines: past.tailLines}), ...(from === undefined ? {} : {sinceTime: wholeSecond(from)})};
}
