import {parseHumanDuration} from './age.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const macros: Readonly<Record<string, string>> = {
	'@yearly': '0 0 1 1 *',
	'@annually': '0 0 1 1 *',
	'@monthly': '0 0 1 * *',
	'@weekly': '0 0 * * 0',
	'@daily': '0 0 * * *',
	'@midnight': '0 0 * * *',
	'@hourly': '0 * * * *',
};
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

type Field = Readonly<{values: ReadonlySet<number>; any: boolean}>;

/**
 * The longest pause in ms between two activations of a CronJob's schedule after `from` (ms since the epoch); undefined when it
 * cannot be read. A pause is the same in every time zone, and the controller's own zone is not in the API. Syntax: robfig/cron
 * v3 `ParseStandard`, which the CronJob controller uses.
 */
export function longestPauseMs(schedule: string, from: number): number | undefined {
	const text = schedule.trim().replace(/^(?:CRON_)?TZ=\S+\s+/, '');
	const every = /^@every (\S+)$/.exec(text)?.[1];
	if (every !== undefined) return parseHumanDuration(every);
	const fields = (macros[text.toLowerCase()] ?? text).split(/\s+/);
	const [minute, hour, day, month, weekday] = [
		parseField(fields[0], 0, 59, []),
		parseField(fields[1], 0, 23, []),
		parseField(fields[2], 1, 31, []),
		parseField(fields[3], 1, 12, months),
		parseField(fields[4], 0, 7, weekdays),
	];
	if (fields.length !== 5 || !minute || !hour || !day || !month || !weekday) return undefined;
	const times = [...hour.values].flatMap(h => [...minute.values].map(m => h * hourMs + m * minuteMs)).sort((a, b) => a - b);
	const first = times[0];
	const last = times[times.length - 1];
	const between = longestGapDays(from, {day, month, weekday});
	if (first === undefined || last === undefined || between === undefined) return undefined;
	const within = times.reduce((longest, time, index) => Math.max(longest, time - (times[index - 1] ?? time)), 0);
	return Math.max(within, between * dayMs - last + first);
}

/** The most days from one day of the schedule to the next, within a leap cycle from `from`. */
function longestGapDays(from: number, fields: Readonly<Record<'day' | 'month' | 'weekday', Field>>): number | undefined {
	let longest: number | undefined;
	let before: number | undefined;
	const start = Math.floor(from / dayMs);
	for (let offset = 0; offset <= 4 * 366; offset++) {
		if (!isDue(new Date((start + offset) * dayMs), fields)) continue;
		if (before !== undefined) longest = Math.max(longest ?? 0, offset - before);
		before = offset;
	}
	return longest;
}

/** With both a day of the month and a weekday given, either is enough (crontab(5)). */
function isDue(date: Date, {day, month, weekday}: Readonly<Record<'day' | 'month' | 'weekday', Field>>): boolean {
	if (!month.values.has(date.getUTCMonth() + 1)) return false;
	const byDay = day.values.has(date.getUTCDate());
	const byWeekday = weekday.values.has(date.getUTCDay()) || (date.getUTCDay() === 0 && weekday.values.has(7));
	return day.any || weekday.any ? byDay && byWeekday : byDay || byWeekday;
}

/** `*` by 15, `mon,wed` -> the values; undefined when it cannot be read. */
function parseField(text: string | undefined, least: number, most: number, names: readonly string[]): Field | undefined {
	const values = new Set<number>();
	for (const part of (text ?? '').split(',')) {
		const parts = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part);
		if (!parts) return undefined;
		const [, begin = '', end, step] = parts;
		const any = begin === '*' || begin === '?';
		const from = any ? least : numberOf(begin, least, names);
		const until = any || (end === undefined && step !== undefined) ? most : numberOf(end ?? begin, least, names);
		if (!(from >= least && until <= most && from <= until) || step === '0') return undefined;
		for (let value = from; value <= until; value += Number(step ?? 1)) values.add(value);
	}
	return {values, any: /^[*?](?:\/1)?$/.test(text ?? '')};
}

function numberOf(word: string, least: number, names: readonly string[]): number {
	const named = names.indexOf(word.toLowerCase());
	return named === -1 ? Number(word) : named + least;
}
