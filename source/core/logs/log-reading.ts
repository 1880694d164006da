import {type LogTest, testOf} from './filter-stack.ts';
import {EntryBuilder} from './entry-builder.ts';
import {countRows, type LogCounts} from './log-counts.ts';
import type {LogEntry} from './log-entry.ts';
import type {LogRecord} from './log-record.ts';
import type {LogsView} from './logs-screen.ts';

export type ReadingQuestion = Pick<LogsView, 'filters' | 'context' | 'clearedBefore' | 'fold' | 'events'>;

/** What a log view shows of the records held: a value that stays as it is, but for entries that grow with their stack trace and repeats. */
export type LogRows = LogCounts &
	Readonly<{
		/** In the order shown. */
		shown: readonly LogEntry[];
		/** Those that no filter lets pass: they stand around one that does. */
		around: ReadonlySet<LogEntry>;
		/** Pods that have written, in the order in which they did first: `namespace/name`. */
		pods: readonly string[];
		containers: readonly string[];
		/** Rises with every change. */
		version: number;
	}>;

/**
 * Understands each record once and keeps what the filters let pass, from one state of the buffer to the next: the cost of an update
 * is that of the new records, and of a walk over the rows.
 */
export class LogReading {
	#records: readonly LogRecord[] = [];
	#owners: LogEntry[] = [];
	#entries: LogEntry[] = [];
	#builder = new EntryBuilder(true);
	#test: LogTest = () => true;
	#question: ReadingQuestion = {filters: [], context: 0, clearedBefore: 0, fold: true, events: true};
	#rows: LogRows = {...countRows([], 0), shown: [], around: new Set(), pods: [], containers: [], version: 0};

	/** The rows for these records, which are the same array until something changed. */
	read(records: readonly LogRecord[], question: ReadingQuestion): LogRows {
		const isSame = sameQuestion(question, this.#question);
		if (records === this.#records && isSame) return this.#rows;
		const refolded = question.fold !== this.#question.fold;
		if (question.filters !== this.#question.filters) {
			this.#test = testOf(question.filters);
			for (const entry of this.#entries) entry.passes = undefined;
		}
		this.#question = question;
		if (refolded) this.#rebuild(records);
		else if (records !== this.#records) this.#advance(records);
		this.#show();
		return this.#rows;
	}

	/** The records behind the rows shown, repeats and stack traces included; marks and events too. */
	shownRecords(): readonly LogRecord[] {
		const shown = new Set(this.#rows.shown);
		return this.#records.filter((_record, index) => {
			const owner = this.#owners[index];
			return owner !== undefined && shown.has(owner);
		});
	}

	/** Takes away what was dropped in front and adds what came behind; anything else is read anew. */
	#advance(records: readonly LogRecord[]): void {
		const before = this.#records;
		const [first] = records;
		const dropped = first === undefined ? -1 : before.indexOf(first);
		const kept = before.length - dropped;
		const isContinued =
			dropped >= 0 && records.length >= kept && records[kept - 1] === before[before.length - 1] && records[kept >> 1] === before[dropped + (kept >> 1)];
		if (!isContinued && before.length > 0) {
			this.#rebuild(records);
			return;
		}
		if (dropped > 0) this.#drop(dropped);
		for (const record of before.length === 0 ? records : records.slice(kept)) this.#add(record);
		this.#records = records;
	}

	#rebuild(records: readonly LogRecord[]): void {
		this.#builder = new EntryBuilder(this.#question.fold);
		this.#owners = [];
		this.#entries = [];
		for (const record of records) this.#add(record);
		this.#records = records;
	}

	#drop(count: number): void {
		let isAnyGone = false;
		for (const entry of this.#owners.splice(0, count)) {
			entry.held--;
			isAnyGone ||= entry.held === 0;
		}
		if (isAnyGone) this.#entries = this.#entries.filter(entry => entry.held > 0);
	}

	#add(record: LogRecord): void {
		const {entry, isNew} = this.#builder.add(record);
		this.#owners.push(entry);
		if (isNew) this.#entries.push(entry);
	}

	#show(): void {
		const {filters, context, clearedBefore, events} = this.#question;
		const test = (entry: LogEntry): boolean => {
			entry.passes ??= this.#test(entry);
			return entry.passes;
		};
		const left = clearedBefore === 0 && events ? this.#entries : this.#entries.filter(entry => entry.id >= clearedBefore && (events || entry.type !== 'event'));
		const around = new Set<LogEntry>();
		const shown = filters.length === 0 ? left.slice() : context === 0 ? left.filter(test) : withContext(left, test, context, around);
		this.#rows = {
			...countRows(shown, this.#owners.length),
			shown,
			around,
			pods: this.#builder.pods,
			containers: this.#builder.containers,
			version: this.#rows.version + 1,
		};
	}
}

function withContext(entries: readonly LogEntry[], test: (entry: LogEntry) => boolean, context: number, around: Set<LogEntry>): LogEntry[] {
	const passes = entries.map(test);
	const shown: LogEntry[] = [];
	let next = passes.indexOf(true);
	let last = Number.NEGATIVE_INFINITY;
	for (const [index, entry] of entries.entries()) {
		if (next >= 0 && next < index) next = passes.indexOf(true, index);
		if (passes[index] === true) {
			last = index;
			shown.push(entry);
		} else if (index - last <= context || (next >= 0 && next - index <= context)) {
			shown.push(entry);
			around.add(entry);
		}
	}
	return shown;
}

function sameQuestion(one: ReadingQuestion, other: ReadingQuestion): boolean {
	return (
		one.filters === other.filters &&
		one.context === other.context &&
		one.clearedBefore === other.clearedBefore &&
		one.fold === other.fold &&
		one.events === other.events
	);
}

/** Where an entry stands among those shown; of one that is not there its neighbour: the next, else the last. -1 where there are none. */
export function indexOfRow(shown: readonly LogEntry[], id: number): number {
	const exact = shown.findIndex(entry => entry.id === id);
	if (exact >= 0) return exact;
	const next = shown.findIndex(entry => entry.id > id);
	return next >= 0 ? next : shown.length - 1;
}
