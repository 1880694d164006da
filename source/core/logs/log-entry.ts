import type {LogLevel} from './levels.ts';
import type {LogEvent, LogLine, LogMark} from './log-record.ts';
import type {UnderstoodLine} from './understand-line.ts';

/** Lines that are read as one: a line with its stack trace, and those that said the same after it. */
export type LineEntry = {
	readonly type: 'line';
	/** Of its first record; stays while the entry grows. */
	readonly id: number;
	/** Place in the view; later is higher. */
	readonly order: number;
	readonly line: LogLine;
	readonly understood: UnderstoodLine;
	level: LogLevel | undefined;
	/** The lines of its stack trace. */
	readonly more: LogLine[];
	/** How many times the same was said again, and when last. */
	repeats: number;
	lastAt: number;
	/** Records of it that are still held. */
	held: number;
	/** Do the filters in force let it pass? undefined: not asked since it has changed. */
	passes: boolean | undefined;
};

export type OtherEntry = {
	readonly type: 'mark' | 'event';
	readonly id: number;
	readonly order: number;
	readonly record: LogMark | LogEvent;
	/** Marks of other containers that said the same right after it. */
	others: number;
	held: number;
	passes: boolean | undefined;
};

/** What stands in the view as one row, be it over several lines of the screen. */
export type LogEntry = LineEntry | OtherEntry;

/** When it happened, ms since the epoch. */
export function entryTime(entry: LogEntry): number {
	return entry.type === 'line' ? entry.line.at : entry.record.at;
}

/** Where it comes from, as far as it does. */
export function entryOrigin(entry: LogEntry): Readonly<{namespace: string; pod: string; container?: string}> | undefined {
	return entry.type === 'line' ? entry.line.origin : entry.record.origin;
}

/** Its level for filters and `e`: a Warning event counts as a warning, what cannot be read as an error. */
export function entryLevel(entry: LogEntry): LogLevel | undefined {
	if (entry.type === 'line') return entry.level;
	if (entry.record.type === 'event') return entry.record.warning ? 'warn' : 'info';
	return entry.record.tone === 'error' ? 'error' : undefined;
}

/** All that a filter or a search looks at. */
export function entryText(entry: LogEntry): string {
	if (entry.type === 'line')
		return entry.more.length === 0 ? entry.understood.whole : `${entry.understood.whole}\n${entry.more.map(({text}) => text).join('\n')}`;
	return entry.record.type === 'event' ? `${entry.record.reason} ${entry.record.message}` : entry.record.text;
}
