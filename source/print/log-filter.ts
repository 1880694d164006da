import {readRegex} from '../core/logs/read-regex.ts';
import type {LogsWish} from '../core/invocation.ts';
import {type LogLevel, levelRank, logLevels} from '../core/logs/levels.ts';
import type {LogEvent, LogLine} from '../core/logs/log-record.ts';
import {type TraceState, traceNext, traceStart} from '../core/logs/stack-traces.ts';
import {styledText} from '../core/logs/styled-text.ts';
import {understandLine} from '../core/logs/understand-line.ts';

/** Where a source stands: whether the record its lines belong to is printed, and its level. */
type Record = {trace: TraceState; isKept: boolean; level: LogLevel | undefined};

/** `isKept`: it passes every filter. `level`: as the line says it; undefined where it does not. */
export type Judged = Readonly<{isKept: boolean; level: LogLevel | undefined}>;

/** The filters of a command line: one of those that include is enough, none that excludes may match. A stack trace passes or goes with its first line. */
export class LogFilter {
	readonly #include: readonly RegExp[];
	readonly #exclude: readonly RegExp[];
	readonly #least: number | undefined;
	readonly #sources = new Map<string, Record>();

	constructor({include, exclude, level}: Pick<LogsWish, 'include' | 'exclude' | 'level'>) {
		this.#include = include.map(regexOf);
		this.#exclude = exclude.map(regexOf);
		const least = logLevels.find(one => one === level);
		this.#least = least === undefined ? undefined : levelRank(least);
	}

	/** Lines of one source have to be asked in their order. `needsLevel`: tell it even where no filter asks for it. */
	line({origin, text}: LogLine, needsLevel: boolean): Judged {
		if (this.#least === undefined && !needsLevel) return {isKept: this.#keepsAll() || this.#passes(plainText(text)), level: undefined};
		const key = `${origin.namespace}/${origin.pod}/${origin.container}`;
		const plain = plainText(text);
		const before = this.#sources.get(key);
		const next = before && traceNext(before.trace, plain);
		if (before !== undefined && next !== undefined) {
			before.trace = next;
			return {isKept: before.isKept && this.#passes(plain), level: before.level};
		}
		const {level} = understandLine(text);
		const isKept = this.#isGrave(level);
		this.#sources.set(key, {trace: traceStart(plain), isKept, level});
		return {isKept: isKept && this.#passes(plain), level};
	}

	event({reason, message, warning}: Pick<LogEvent, 'reason' | 'message' | 'warning'>): Judged {
		const level = warning ? 'warn' : 'info';
		return {isKept: this.#isGrave(level) && this.#passes(`${reason} ${message}`), level};
	}

	#passes(text: string): boolean {
		return (this.#include.length === 0 || this.#include.some(regex => regex.test(text))) && !this.#exclude.some(regex => regex.test(text));
	}

	#keepsAll(): boolean {
		return this.#include.length + this.#exclude.length === 0;
	}

	/** A line that names no level is worth as much as most lines are. */
	#isGrave(level: LogLevel | undefined): boolean {
		return this.#least === undefined || levelRank(level ?? 'info') >= this.#least;
	}
}

/** Colours do not stand between the letters of what is looked for. */
function plainText(text: string): string {
	return text.includes('\x1b') ? styledText(text).text : text;
}

/** As grep reads it: capitals count. The command line was checked already. Throws for what is no regular expression. */
function regexOf(pattern: string): RegExp {
	const read = readRegex(pattern);
	if (!read.ok) throw new Error(`${pattern} is no regular expression: ${read.problem}`);
	return read.regex;
}
