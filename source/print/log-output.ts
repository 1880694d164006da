import type {LogEvent, LogLine, LogRecord} from '../core/logs/log-record.ts';
import type {LogLevel} from '../core/logs/levels.ts';
import {terminalText} from '../core/logs/terminal-text.ts';
import {jsonText} from './json-text.ts';
import {LogFilter} from './log-filter.ts';
import type {LogsWish} from '../core/invocation.ts';

export type LogOutputOptions = Readonly<{
	filter: Pick<LogsWish, 'include' | 'exclude' | 'level'>;
	format: 'text' | 'json';
	/** What stands before each line of text: nothing, `pod container `, or the namespace as well. */
	prefix: 'none' | 'pod' | 'namespace';
	/** Standard output is a terminal: nothing in a line may act on it. */
	isTerminal: boolean;
	/** What a record's texts are replaced by before they are written: the one place every record goes through (`--share`). */
	shown(text: string): string;
	/** Texts are left as they are, so that bytes that are no UTF-8 can be written as well. */
	isPlain: boolean;
}>;

/** A line of output; bytes where the container wrote no valid UTF-8. */
export type Output = string | Uint8Array;

/** Turns records into what is written, line by line: those that pass the filters, marks aside. */
export class LogOutput {
	readonly #options: LogOutputOptions;
	readonly #filter: LogFilter;

	constructor(options: LogOutputOptions) {
		this.#options = options;
		this.#filter = new LogFilter(options.filter);
	}

	/** Nothing for what is filtered away, and for marks: those are sentences of their own. */
	lines(record: LogRecord): readonly Output[] {
		if (record.type === 'mark') return [];
		const isJson = this.#options.format === 'json';
		const {isKept, level} = record.type === 'line' ? this.#filter.line(record, isJson) : this.#filter.event(record);
		if (!isKept) return [];
		if (isJson) return [`${jsonText(this.#fields(record, level))}\n`];
		return record.type === 'line' ? this.#text(record) : [`${this.#prefixOf({...record.origin, container: 'event'})}${this.#eventText(record)}\n`];
	}

	#fields(record: LogLine | LogEvent, level: LogLevel | undefined): Readonly<Record<string, unknown>> {
		const {shown} = this.#options;
		const {namespace, pod} = record.origin;
		const time = (record.type === 'line' && record.stamp) || new Date(record.at).toISOString();
		const place = {time, namespace: shown(namespace), pod: shown(pod)};
		if (record.type === 'event') return {type: 'event', ...place, level, reason: record.reason, count: record.count, message: shown(record.message)};
		const {container, restart} = record.origin;
		return {type: 'line', ...place, container, restart, level: level ?? null, message: shown(record.text)};
	}

	#text(record: LogLine): readonly Output[] {
		const {isTerminal, isPlain, shown} = this.#options;
		const prefix = this.#prefixOf(record.origin);
		if (record.raw !== undefined && isPlain && !isTerminal) return [prefix, record.raw, '\n'];
		const text = shown(record.text);
		return [`${prefix}${isTerminal ? terminalText(text) : text}\n`];
	}

	#prefixOf({namespace, pod, container}: Readonly<{namespace: string; pod: string; container: string}>): string {
		const {prefix, shown} = this.#options;
		if (prefix === 'none') return '';
		return `${prefix === 'namespace' ? `${shown(namespace)} ` : ''}${shown(pod)} ${container} `;
	}

	#eventText({warning, reason, message, count}: LogEvent): string {
		const {isTerminal, shown} = this.#options;
		const text = `${warning ? 'Warning' : 'Normal'} ${reason}: ${shown(message)}${count > 1 ? ` (${count} times)` : ''}`;
		return isTerminal ? terminalText(text) : text;
	}
}

/** What a mark says on stderr, one sentence; undefined where it needs no saying: a container that ended well, or had nothing to say. */
export function markSentence(record: LogRecord): string | undefined {
	if (record.type !== 'mark' || record.kind === 'started') return undefined;
	if ((record.kind === 'ended' || record.kind === 'waiting') && record.tone === 'muted') return undefined;
	// Only that there is no such run is worth a sentence: one that wrote nothing shows that by itself.
	if (record.kind === 'empty' && record.text.startsWith('ended')) return undefined;
	const {origin, text, from, to} = record;
	const place = origin === undefined ? '' : `${[origin.namespace, origin.pod].filter(part => part !== '').join('/')} ${origin.container}: `;
	const span = record.kind === 'gap' && from !== undefined && to !== undefined ? ` (${utc(from)} to ${utc(to)})` : '';
	const sentence = `${place}${text}${span}`;
	return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function utc(at: number): string {
	return new Date(at).toISOString();
}
