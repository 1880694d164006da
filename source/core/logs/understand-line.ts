import {group} from '../text.ts';
import {jsonFields, type LogField} from './json-fields.ts';
import {klogLine} from './klog.ts';
import {type LogLevel, levelOfNumber, levelOfWord} from './levels.ts';
import {logfmtFields} from './logfmt.ts';
import {type StyleRun, styledText} from './styled-text.ts';
import {textLine} from './text-formats.ts';

export type LogFormat = 'json' | 'logfmt' | 'klog' | 'zap' | 'java' | 'nginx' | 'access' | 'text';

/** What a line says, told apart from how its application writes. All texts are free of escape, control and bidi bytes. */
export type UnderstoodLine = Readonly<{
	format: LogFormat;
	/** undefined: the line does not say. */
	level?: LogLevel;
	/** Without the line's own time and level; of a structured line its message alone. */
	message: string;
	/** Looks of the message, where the application gave some. */
	runs: readonly StyleRun[];
	/** What stands beside the message, without time, level and message themselves. */
	fields: readonly LogField[];
	/** The line as written. */
	whole: string;
	wholeRuns: readonly StyleRun[];
}>;

/** A line is shown up to here; all of it is kept for saving (kube-api.md 7). */
export const shownLength = 16 * 1024;
const noRuns: readonly StyleRun[] = [];

/** Reads one line of a container's log: level, message, fields. Never throws; costs a few microseconds for usual lines. */
export function understandLine(raw: string): UnderstoodLine {
	const {text, runs} = styledText(raw.length > shownLength ? raw.slice(0, shownLength) : raw);
	const cut = raw.length > shownLength ? `... ${group(raw.length - shownLength)} characters more, S saves them` : '';
	const whole = text + cut;
	const fields = text.charCodeAt(0) === 0x7b || text.startsWith(' ') ? jsonFields(cut === '' ? text : raw) : undefined;
	if (fields !== undefined) return structured('json', fields, whole, runs);
	const klog = klogLine(text);
	if (klog !== undefined) return {format: 'klog', level: klog.level, message: klog.message + cut, runs: noRuns, fields: klog.fields, whole, wholeRuns: runs};
	const pairs = logfmtFields(text);
	if (pairs?.some(([name]) => messageNames.has(name) || levelNames.has(name) || timeNames.has(name))) return structured('logfmt', pairs, whole, runs);
	const read = textLine(raw.length > shownLength ? text : raw, text);
	return {
		format: read.format,
		...(read.level === undefined ? {} : {level: read.level}),
		message: (read.start === undefined ? styledText(read.message).text : read.message) + cut,
		runs: read.start === undefined ? noRuns : runsFrom(runs, read.start),
		fields: read.fields,
		whole,
		wholeRuns: runs,
	};
}

const messageNames = new Set(['msg', 'message', 'Message', '@m', 'MESSAGE', 'short_message', 'event', 'text', '@message', 'body']);
const levelNames = new Set([
	'level',
	'lvl',
	'severity',
	'loglevel',
	'log.level',
	'levelname',
	'Level',
	'@l',
	'LogLevel',
	'level_name',
	's',
	'severity_text',
	'SeverityText',
]);
const timeNames = new Set(['ts', 'time', 'timestamp', '@timestamp', 't', 'Timestamp', '@t', 'datetime', 'date', 'asctime', 'eventTime', 't.$date']);
/** MongoDB and Rust's slog write one letter. */
const letters: Readonly<Record<string, LogLevel>> = {T: 'trace', D: 'debug', I: 'info', W: 'warn', E: 'error', F: 'fatal', C: 'fatal'};
const errorNames = new Set(['error', 'err', 'exception', 'error.message', 'err.message']);

/** Message and level are taken out of the fields, the line's own time is left out. */
function structured(format: 'json' | 'logfmt', all: readonly LogField[], whole: string, wholeRuns: readonly StyleRun[]): UnderstoodLine {
	const safe = all.map(([name, value]): LogField => [styledText(name).text, styledText(value.replaceAll('\n', ' ')).text]);
	const said = [...messageNames].flatMap(name => safe.filter(field => field[0] === name)).find(([, value]) => value !== '');
	const levelled = safe.find(([name, value]) => levelNames.has(name) && levelOf(value) !== undefined);
	const level = levelled === undefined ? undefined : levelOf(levelled[1]);
	const fields = safe.filter(field => field !== said && field !== levelled && !timeNames.has(field[0]));
	const failure = said === undefined ? fields.find(([name]) => errorNames.has(name)) : undefined;
	const message = said?.[1] ?? failure?.[1] ?? fields.map(([name, value]) => `${name}=${value}`).join(' ');
	return {
		format,
		...(level === undefined ? (failure === undefined ? {} : {level: 'error' as const}) : {level}),
		message: message.slice(0, shownLength),
		runs: noRuns,
		fields: fields.filter(field => field !== failure),
		whole,
		wholeRuns,
	};
}

function levelOf(value: string): LogLevel | undefined {
	if (/^\d+$/.test(value)) return levelOfNumber(Number(value));
	return value.length === 1 ? letters[value] : levelOfWord(value);
}

/** The looks of what begins at `start`. */
function runsFrom(runs: readonly StyleRun[], start: number): readonly StyleRun[] {
	if (runs.length === 0) return noRuns;
	const moved = runs.filter(({from}) => from > start).map(run => ({...run, from: run.from - start}));
	const before = runs.findLast(({from}) => from <= start);
	return before === undefined ? moved : [{...before, from: 0}, ...moved];
}
