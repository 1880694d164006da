import {isRepeat} from './fold-repeats.ts';
import {levelRank} from './levels.ts';
import type {LineEntry, LogEntry, OtherEntry} from './log-entry.ts';
import type {LogLine, LogMark, LogRecord} from './log-record.ts';
import {isTrace, type TraceState, traceNext, traceStart} from './stack-traces.ts';
import {styledText} from './styled-text.ts';
import {understandLine} from './understand-line.ts';

/** Lines of a trace are written in one go: what comes later than this begins a record of its own. */
const traceMs = 1000;
const longestTrace = 1000;
/** Loggers of these write the trace into a field: one that follows is another's. */
const structured: ReadonlySet<string> = new Set(['json', 'logfmt', 'klog', 'access']);

/** The newest entry of a container's run. */
type Tail = {
	entry: LineEntry;
	state: TraceState;
	lastAt: number;
	/** How many lines of the trace have been met again, while a repeat of it is read. */
	met: number;
};

/** Makes entries of records: lines with their stack traces, and repeats counted. */
export class EntryBuilder {
	readonly #isFolding: boolean;
	readonly #tails = new Map<string, Tail>();
	readonly #pods = new Set<string>();
	readonly #containers = new Set<string>();
	#order = 0;
	/** The newest entry, where it is a mark. */
	#lastMark: OtherEntry | undefined;

	constructor(isFolding: boolean) {
		this.#isFolding = isFolding;
	}

	/** Pods that have written, in the order in which they did first: `namespace/name`. */
	get pods(): readonly string[] {
		return [...this.#pods];
	}

	get containers(): readonly string[] {
		return [...this.#containers];
	}

	/** The entry that the record belongs to, and whether it begins with it. */
	add(record: LogRecord): Readonly<{entry: LogEntry; isNew: boolean}> {
		if (record.type !== 'line') return this.#addOther(record);
		this.#lastMark = undefined;
		const {namespace, pod, container, restart} = record.origin;
		const name = `${namespace}/${pod}`;
		this.#pods.add(name);
		this.#containers.add(container);
		const source = `${name}/${container}/${restart}`;
		// An entry that has left the buffer is not on screen any more: nothing is added to it.
		const tail = this.#tails.get(source);
		const alive = tail !== undefined && tail.entry.held > 0 ? tail : undefined;
		if (alive !== undefined && this.#continues(alive, record)) return {entry: alive.entry, isNew: false};
		return this.#begin(source, alive, record);
	}

	/** Marks that say the same of one container after the other are one row: they begin and end together. */
	#addOther(record: Exclude<LogRecord, LogLine>): Readonly<{entry: LogEntry; isNew: boolean}> {
		if (record.origin !== undefined) this.#pods.add(`${record.origin.namespace}/${record.origin.pod}`);
		const last = this.#lastMark;
		if (this.#isFolding && record.type === 'mark' && last?.record.type === 'mark' && last.held > 0 && sameWords(last.record, record)) {
			last.others++;
			last.held++;
			return {entry: last, isNew: false};
		}
		const entry: OtherEntry = {type: record.type, id: record.id, order: this.#order++, record, others: 0, held: 1, passes: undefined};
		this.#lastMark = record.type === 'mark' ? entry : undefined;
		return {entry, isNew: true};
	}

	/** Adds a line to the trace that its container is in the middle of. */
	#continues(tail: Tail, line: LogLine): boolean {
		const {entry} = tail;
		if (line.at - tail.lastAt > traceMs || entry.more.length >= longestTrace) return false;
		const next = traceNext(tail.state, styledText(line.text).text);
		if (next === undefined) return false;
		tail.state = next;
		tail.lastAt = line.at;
		if (entry.repeats > 0 && entry.more[tail.met]?.text === line.text) tail.met++;
		else entry.more.push(line);
		if (entry.level === undefined && isTrace(next)) entry.level = 'error';
		entry.held++;
		entry.passes = undefined;
		return true;
	}

	#begin(source: string, tail: Tail | undefined, line: LogLine): Readonly<{entry: LogEntry; isNew: boolean}> {
		const understood = understandLine(line.text);
		const begun = traceStart(understood.message);
		const fails = begun === 'usual' && !structured.has(understood.format) && levelRank(understood.level ?? 'info') >= levelRank('warn');
		const state = fails ? 'failing' : begun;
		if (tail !== undefined && this.#isFolding && isRepeat(tail.entry, understood, this.#order)) {
			const {entry} = tail;
			entry.repeats++;
			entry.lastAt = line.at;
			entry.held++;
			Object.assign(tail, {state, lastAt: line.at, met: 0});
			return {entry, isNew: false};
		}
		const entry: LineEntry = {
			type: 'line',
			id: line.id,
			order: this.#order++,
			line,
			understood,
			level: understood.level ?? (state === 'go-panic' ? 'fatal' : isTrace(state) ? 'error' : undefined),
			more: [],
			repeats: 0,
			lastAt: line.at,
			held: 1,
			passes: undefined,
		};
		this.#tails.set(source, {entry, state, lastAt: line.at, met: 0});
		return {entry, isNew: true};
	}
}

function sameWords(one: LogMark, other: LogMark): boolean {
	return one.kind === other.kind && one.text === other.text && one.origin !== undefined && other.origin !== undefined;
}
