import type {StreamState} from '../feed.ts';
import type {Problem} from '../problem.ts';
import type {LogCounters, LogOrigin, LogRecord} from './log-record.ts';
import type {LogTarget} from './log-target.ts';

export type LogSourceState = 'opening' | 'live' | 'polled' | 'waiting' | 'reconnecting' | 'ended' | 'deleted' | 'denied' | 'failed';

/** One container that is read. */
export type LogSource = Readonly<{
	origin: LogOrigin;
	kind: 'container' | 'init' | 'sidecar' | 'ephemeral' | 'node';
	state: LogSourceState;
	/** Why it is not live, as the reader reads it. */
	problem?: Problem;
	/** A run before this one exists and can be read. */
	hasPrevious: boolean;
	/** Restarts again and again: its previous run is offered. */
	crashing: boolean;
	lines: number;
}>;

/** How much of the past is asked for: k9s's ranges 0 to 6. */
export const logRanges = ['tail', 'head', '1m', '5m', '15m', '30m', '1h'] as const;
export type LogRange = (typeof logRanges)[number];

/** A log view's data. `records` is the same array object until something changed; oldest first, in the order shown. */
export type LogsModel = Readonly<{
	target: LogTarget;
	records: readonly LogRecord[];
	/** Rises with every change of `records`. */
	version: number;
	counters: LogCounters;
	/** Lines that arrived in the last whole second. */
	perSecond: number;
	sources: readonly LogSource[];
	/** Containers read live, of those there are: `24 of 61 live`. */
	live: number;
	/** Of the watch that tells which pods there are; a line that came counts as its newest event. */
	stream: StreamState;
	/** The target does not exist, or its pods cannot be known. */
	problem?: Problem;
}>;
