import type {RawLine} from '../../core/logs/line-splitter.ts';
import type {LogEvent, LogLine, LogMark, LogOrigin, LogRecord} from '../../core/logs/log-record.ts';

/** A record before it has its place in the view. `source`: what keeps its own order. */
export type Arrival = Readonly<{at: number; source: string; weight: number}> &
	Readonly<{type: 'line'; origin: LogOrigin; line: RawLine} | {type: 'other'; record: Omit<LogMark, 'id'> | Omit<LogEvent, 'id'>}>;

/** The record in its place. */
export function numbered(arrival: Arrival, id: number): LogRecord {
	if (arrival.type === 'other') return {...arrival.record, id};
	const {origin, line, at} = arrival;
	const {raw, cutBytes} = line;
	const record: LogLine = {type: 'line', id, origin, stamp: line.stamp, at, text: line.text};
	if (raw === undefined && cutBytes === undefined) return record;
	return {...record, ...(raw === undefined ? {} : {raw}), ...(cutBytes === undefined ? {} : {cutBytes})};
}
