import type {LogTarget} from './log-target.ts';
import type {LogRange} from './logs-model.ts';

/** One filter of the stack; all must let a record pass. */
export type LogFilter = Readonly<
	| {type: 'include' | 'exclude'; pattern: string; regex: boolean}
	/** Regular expressions, one of which is enough: what `--include` says several times. */
	| {type: 'include-any'; patterns: readonly string[]}
	| {type: 'level'; least: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'}
	| {type: 'field'; name: string; value: string; negated: boolean}
>;

/** How a log view is read; what is read is `target`. */
export type LogsView = Readonly<{
	target: LogTarget;
	/** undefined: every container. */
	container?: string | undefined;
	previous: boolean;
	range: LogRange;
	/** Only lines from this time on (ms since the epoch): a jump in the histogram. */
	fromTime?: number | undefined;
	events: boolean;
	/** The newest line stays in sight. */
	follow: boolean;
	wrap: boolean;
	/** How the time of a line is shown. */
	stamps: 'time' | 'relative' | 'local' | 'none';
	/** JSON and logfmt lines: the message with the rest folded, all fields as columns, or as written. */
	fields: 'folded' | 'columns' | 'raw';
	filters: readonly LogFilter[];
	/** Lines shown around each that the filters let pass. */
	context: number;
	/** Ids of marked lines. */
	marks: readonly number[];
	/** Records before this id were cleared from the view. */
	clearedBefore: number;
	/** Lines that say the same are counted where the first of them stands. */
	fold: boolean;
	/** How many records had been received when the view stopped following: what came since waits. */
	pausedAt: number;
	/** The line that is shown in full, and its first line on screen. */
	detail?: Readonly<{id: number; top: number}> | undefined;
	/** Columns scrolled to the right. */
	left: number;
	fullScreen: boolean;
	podColours: boolean;
}>;
