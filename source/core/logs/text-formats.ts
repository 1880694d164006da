import type {LogField} from './json-fields.ts';
import {type LogLevel, levelOfStatus, levelOfWord} from './levels.ts';
import {trailingFields} from './logfmt.ts';
import {ownStampLength} from './own-stamp.ts';

/** What was read of a line that is neither JSON, klog nor logfmt. `start`: where the message begins in the line. */
export type TextLine = Readonly<{
	format: 'zap' | 'java' | 'nginx' | 'access' | 'text';
	level?: LogLevel;
	message: string;
	/** Set where the message is the rest of the line as written: its colours are kept. */
	start?: number;
	fields: readonly LogField[];
}>;

/** Common and combined log format (Apache, nginx, envoy's and gunicorn's default are the same up to the status). */
const access = /^(\S+) (\S+) (\S+) \[([^\]]+)\] "([A-Z]+ [^"]*|[^"]*)" (\d{3}) (\d+|-)(?: "([^"]*)" "([^"]*)")?(.*)$/;
/** Envoy's default: `[stamp] "GET /x HTTP/1.1" 503 UF 0 91 12 - "-" "agent" "id" "authority" "upstream"`. */
const envoy =
	/^\[[\dT:.Z-]+\] "([A-Z-]+) ([^"]*?)(?: (HTTP\/[\d.]+|-))?" (\d+) (\S+) (?:(?:\S+|"[^"]*") )?(?:"[^"]*" )?(\d+) (\d+) (\d+) (\S+) "([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)"/;
/** `2026/01/14 14:01:50 [error] 29#29: *1 open() "/x" failed`. */
const nginxError = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[(debug|info|notice|warn|error|crit|alert|emerg)\] (\d+#\d+): (?:\*(\d+) )?/;
/** zap's console encoder: stamp, level, (logger,) (caller,) message, (fields as JSON), parted by tabs. */
const zap = /^(\S+)\t(?:\x1b\[[\d;]*m)?([A-Z]{4,6})(?:\x1b\[[\d;]*m)?\t(.*)$/s;
const caller = /^[\w./-]+\.go:\d+$/;
/** logback, log4j, Spring Boot: level, (process,) `[thread]`, logger, ` - ` or ` : `, message. */
const java = /^(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\s+(?:(\d+) --- )?(?:\[[^\]]*\] )?\[([^\]]+)\]\s+([\w.$/[\]-]+)\s+(?:-|:)\s+/;
/** The same with the thread before the level. */
const threadFirst = /^\[([^\]]+)\]\s+(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\s+([\w.$/[\]-]+)\s+(?:-|:)\s+/;
/** java.util.logging's second line, and Python's `LEVEL:logger:message`. */
const colonLevel = /^(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|SEVERE|FINE|CONFIG|PANIC)(?::([\w.-]+))?:\s*/;
/** `ERROR text`, `[warn] text`, `<info> text`, `level=error text`, `(notice) - text`. */
const leading = /^(?:[[(<]\s?([A-Za-z]{3,13})\s?[\])>]|([A-Z]{3,8}|[A-Z][a-z]{3,7}))(?:\s*[-|:]\s+|\s+|:(?=\s|$)|$)/;
const levelPair = /(?:^|\s)(?:level|lvl|severity)=("?)([A-Za-z]+)\1(?=\s|$)/;
/** spdlog, as envoy uses it: `[2026-01-14 14:02:31.189][1][info][upstream] [source/x.cc:32] text`. */
const spdlog = /^\[[\d: .-]+\](?:\[(\d+)\])?\[(trace|debug|info|warning|error|critical)\](?:\[([\w.-]+)\])? (?:\[([^\]\s]+:\d+)\] )?/;
/** A word in capitals in the first part of a line: `main: ERROR cannot open`. */
const inside = /(?:^|[\s[(|])(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE|PANIC)(?=[\])\s:|]|$)/;
const insideReach = 80;

/** A line of text; `raw` is as written (zap parts it by tabs), `text` is what can be shown of it. */
export function textLine(raw: string, text: string): TextLine {
	if (raw.includes('\t')) {
		const found = zapLine(raw);
		if (found !== undefined) return found;
	}
	const first = text.charCodeAt(0);
	// Only what begins with a digit can be an error of nginx; an access line has its date in brackets.
	if (first >= 0x30 && first <= 0x39) {
		const found = nginxLine(text);
		if (found !== undefined) return found;
	}
	if (first === 0x5b && text.includes('][')) {
		const found = spdlogLine(text);
		if (found !== undefined) return found;
	}
	return (text.includes('" ') && (first === 0x5b ? envoyLine(text) : accessLine(text))) || plainLine(text);
}

function accessLine(text: string): TextLine | undefined {
	const match = access.exec(text);
	if (match === null) return undefined;
	const [, client = '', , user = '', , request = '', status = '', bytes = '', referrer, agent, rest = ''] = match;
	const [method = '', path = ''] = request.split(' ');
	const optional: readonly LogField[] = [
		['user', user],
		['referrer', referrer ?? '-'],
		['agent', agent ?? '-'],
	];
	return {
		format: 'access',
		level: levelOfStatus(Number(status)),
		message: `${status} ${request}${rest === '' ? '' : ` ${rest.trim()}`}`,
		fields: [
			['status', status],
			['method', method],
			['path', path],
			['client', client],
			['bytes', bytes],
			...optional.filter(([, value]) => value !== '-' && value !== ''),
		],
	};
}

function envoyLine(text: string): TextLine | undefined {
	const match = envoy.exec(text);
	if (match === null) return undefined;
	const [
		,
		method = '',
		path = '',
		protocol = '',
		status = '',
		flags = '',
		,
		bytes = '',
		duration = '',
		,
		,
		agent = '',
		id = '',
		authority = '',
		upstream = '',
	] = match;
	const flagged = flags === '-' || flags === 'via_upstream' ? '' : ` ${flags}`;
	return {
		format: 'access',
		level: levelOfStatus(Number(status)),
		message: `${status}${flagged} ${method} ${path}${protocol === '' ? '' : ` ${protocol}`} ${duration}ms`,
		fields: [
			['status', status],
			['method', method],
			['path', path],
			['flags', flags],
			['bytes', bytes],
			['ms', duration],
			['authority', authority],
			['upstream', upstream],
			['agent', agent],
			['id', id],
		],
	};
}

function spdlogLine(text: string): TextLine | undefined {
	const match = spdlog.exec(text);
	const level = levelOfWord(match?.[2] ?? '');
	if (match === null || level === undefined) return undefined;
	const [all, thread, , logger, source] = match;
	const fields = Object.entries({thread, logger, source}).flatMap(([name, value]): readonly LogField[] => (value === undefined ? [] : [[name, value]]));
	return {format: 'text', level, message: text.slice(all.length), start: all.length, fields};
}

function nginxLine(text: string): TextLine | undefined {
	const match = nginxError.exec(text);
	if (match === null) return undefined;
	const [all, word = '', process = '', connection] = match;
	const level = levelOfWord(word);
	return {
		format: 'nginx',
		...(level === undefined ? {} : {level}),
		message: text.slice(all.length),
		start: all.length,
		fields: [['process', process], ...(connection === undefined ? [] : [['connection', connection] as const])],
	};
}

function zapLine(raw: string): TextLine | undefined {
	const match = zap.exec(raw);
	const level = match === null ? undefined : levelOfWord(match[2] ?? '');
	if (match === null || level === undefined) return undefined;
	const parts = (match[3] ?? '').split('\t');
	const fields: LogField[] = [];
	const called = parts.findIndex(part => caller.test(part));
	const before = called < 0 ? (parts.length > 1 && /^[\w./-]+$/.test(parts[0] ?? '') ? 1 : 0) : called + 1;
	if (before > 0 && (called > 0 || called < 0)) fields.push(['logger', parts[0] ?? '']);
	if (called >= 0) fields.push(['caller', parts[called] ?? '']);
	const [message = '', ...more] = parts.slice(before);
	const context = more.join(' ').trim();
	return {format: 'zap', level, message, fields: context === '' ? fields : [...fields, ['context', context]]};
}

function plainLine(text: string): TextLine {
	const stampLength = ownStampLength(text);
	const rest = stampLength === 0 ? text : text.slice(stampLength);
	return javaLine(text, rest, stampLength) ?? levelled(text, rest, stampLength);
}

function javaLine(text: string, rest: string, from: number): TextLine | undefined {
	const usual = java.exec(rest);
	const other = usual === null ? threadFirst.exec(rest) : null;
	const match = usual ?? other;
	if (match === null) return undefined;
	const [word, thread, logger] = usual === null ? [match[2], match[1], match[3]] : [match[1], match[3], match[4]];
	const level = levelOfWord(word ?? '');
	const start = from + match[0].length;
	return {
		format: 'java',
		...(level === undefined ? {} : {level}),
		message: text.slice(start),
		start,
		fields: [
			['logger', logger ?? ''],
			['thread', (thread ?? '').trim()],
		],
	};
}

/** The level where it stands first; else the first word in capitals that is one, and then the line stays whole. */
function levelled(text: string, rest: string, from: number): TextLine {
	const colon = colonLevel.exec(rest);
	const word = colon === null ? leading.exec(rest) : null;
	const level = levelOfWord(colon?.[1] ?? word?.[1] ?? word?.[2] ?? '');
	if (level !== undefined) {
		const start = from + (colon ?? word ?? [''])[0].length;
		const {fields} = trailingFields(text.slice(start));
		const logger: readonly LogField[] = colon?.[2] === undefined ? [] : [['logger', colon[2]]];
		return {format: 'text', level, message: text.slice(start), start, fields: [...logger, ...fields]};
	}
	const found = levelOfWord(levelPair.exec(rest)?.[2] ?? inside.exec(rest.slice(0, insideReach))?.[1] ?? '');
	return {format: 'text', ...(found === undefined ? {} : {level: found}), message: rest, start: from, fields: []};
}
