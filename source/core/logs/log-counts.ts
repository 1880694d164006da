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

const hour = 60;
const day = 24 * hour;
const year = 365 * day;
/** Minutes that one bar may stand for: what people count in. */
const barMinutes = [1, 2, 3, 5, 10, 15, 20, 30, hour, 2 * hour, 3 * hour, 4 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 30 * day, 90 * day, year];

/** Errors over the time from the first row to the last, in at most `columns` parts of `minutesPerBar`, which begin on the clock's own. */
export function errorHistogram(counts: LogCounts, columns: number): readonly number[] {
	const {from, to, errorMinutes} = counts;
	if (from === undefined || to === undefined || columns <= 0) return [];
	const perBar = minutesPerBar(counts, columns);
	const first = barOf(from / minuteMs, perBar);
	const bars = Array.from({length: Math.max(1, barOf(to / minuteMs, perBar) - first + 1)}, () => 0);
	for (const [minute, errors] of errorMinutes) {
		const index = barOf(minute, perBar) - first;
		if (index >= 0 && index < bars.length) bars[index] = (bars[index] ?? 0) + errors;
	}
	return bars;
}

/** Minutes that one bar of `errorHistogram` stands for: as few as fit. */
export function minutesPerBar({from, to}: LogCounts, columns: number): number {
	if (from === undefined || to === undefined || columns <= 0) return 1;
	const fits = (perBar: number): boolean => barOf(to / minuteMs, perBar) - barOf(from / minuteMs, perBar) < columns;
	const known = barMinutes.find(fits);
	if (known !== undefined) return known;
	let years = 2;
	while (!fits(years * year)) years *= 2;
	return years * year;
}

function barOf(minute: number, perBar: number): number {
	return Math.floor(minute / perBar);
}

/** `min`, `5 min`, `h`, `6 h`, `day`, `30 days`, `year`. */
export function barText(minutes: number): string {
	if (minutes < hour) return minutes === 1 ? 'min' : `${minutes} min`;
	if (minutes < day) return minutes === hour ? 'h' : `${minutes / hour} h`;
	if (minutes < year) return minutes === day ? 'day' : `${minutes / day} days`;
	return minutes === year ? 'year' : `${minutes / year} years`;
}
