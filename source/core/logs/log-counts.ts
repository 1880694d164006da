import {entryLevel, entryTime, type LogEntry} from './log-entry.ts';
import {levelRank} from './levels.ts';

/** What the rows of a log view amount to. Records are counted as the engine counts them. */
export type LogCounts = Readonly<{
	/** Records held that are shown, and those that are not. */
	shownRecords: number;
	hiddenRecords: number;
	/** Lines shown of level error or graver, repeats included. */
	errors: number;
	firstErrorAt?: number;
	/** Of the first and the last row; ms since the epoch. */
	from?: number;
	to?: number;
	/** Errors by the minute (minutes since the epoch). */
	errorMinutes: ReadonlyMap<number, number>;
}>;

const minuteMs = 60_000;
const error = levelRank('error');

/** Counts the rows shown out of that many records held. */
export function countRows(shown: readonly LogEntry[], held: number): LogCounts {
	const errorMinutes = new Map<number, number>();
	let shownRecords = 0;
	let errors = 0;
	let firstErrorAt: number | undefined;
	for (const entry of shown) {
		shownRecords += entry.held;
		const level = entry.type === 'line' ? entryLevel(entry) : undefined;
		if (entry.type !== 'line' || level === undefined || levelRank(level) < error) continue;
		firstErrorAt ??= entry.line.at;
		errors += 1 + entry.repeats;
		const minute = Math.floor(entry.line.at / minuteMs);
		errorMinutes.set(minute, (errorMinutes.get(minute) ?? 0) + 1 + entry.repeats);
	}
	const [first] = shown;
	const last = shown.at(-1);
	return {
		shownRecords,
		hiddenRecords: held - shownRecords,
		errors,
		...(firstErrorAt === undefined ? {} : {firstErrorAt}),
		...(first === undefined || last === undefined ? {} : {from: entryTime(first), to: entryTime(last)}),
		errorMinutes,
	};
}

/** Errors over the time from the first row to the last, in at most `columns` equal parts of whole minutes. */
export function errorHistogram(counts: LogCounts, columns: number): readonly number[] {
	const {from, to, errorMinutes} = counts;
	if (from === undefined || to === undefined || columns <= 0) return [];
	const first = Math.floor(from / minuteMs);
	const minutes = Math.max(1, Math.floor(to / minuteMs) - first + 1);
	const perColumn = Math.ceil(minutes / columns);
	const bars = Array.from({length: Math.ceil(minutes / perColumn)}, () => 0);
	for (const [minute, errors] of errorMinutes) {
		const index = Math.floor((minute - first) / perColumn);
		if (index >= 0 && index < bars.length) bars[index] = (bars[index] ?? 0) + errors;
	}
	return bars;
}

/** Minutes that one bar of `errorHistogram` stands for. */
export function minutesPerBar({from, to}: LogCounts, columns: number): number {
	if (from === undefined || to === undefined || columns <= 0) return 1;
	return Math.max(1, Math.ceil((Math.floor(to / minuteMs) - Math.floor(from / minuteMs) + 1) / columns));
}
