import type {Change, FeedSink, Scope, ServerColumn, StreamState} from '../core/feed.ts';
import {type Item, itemKey} from '../core/kubernetes.ts';
import type {Problem} from '../core/problem.ts';
import type {ResourceType} from '../core/resource-type.ts';
import type {Row} from '../core/table.ts';
import {plural} from '../core/text.ts';
import {changeLine, type RowChange, utcTime} from './change-line.ts';
import {type ExitCode, type Failure, failureOf, type PrintJob, reportFailures, serverNow} from './print-job.ts';
import {noBeside} from './read-beside.ts';
import {type MadePlan, planRows, type RowPlan, typedMode} from './typed-table.ts';
import {namespaceOf, type Wanted} from './wanted.ts';

/**
 * `--watch`: a line for every change that can be seen in a row, until the signal. The rows there are at the start are
 * counted on stderr, not printed. Lost and regained streams are told on stderr; what was missed meanwhile is caught up.
 */
export async function watchLines(job: PrintJob, wanted: readonly Wanted[], signal: AbortSignal): Promise<ExitCode> {
	const ending = new AbortController();
	const until = AbortSignal.any([signal, ending.signal]);
	const failures: Failure[] = [];
	const fail = (failure: Failure) => {
		failures.push(failure);
		ending.abort();
	};
	await Promise.all(wanted.map(one => job.client.feedOf(scopeOf(job, one))(new WatchPrinter(job, one.type, fail).sink, until)));
	return reportFailures(job, failures);
}

function scopeOf(job: PrintJob, {type, name}: Wanted): Scope {
	const {selection} = job.invocation;
	const namespace = namespaceOf(type, selection, job.client.context.namespace);
	// One object is watched by its name on the collection: that is what a resourceNames grant allows.
	const fields = name === undefined ? selection.fieldSelector : `metadata.name=${name}`;
	return {
		type,
		mode: typedMode(job)(type),
		...(namespace === undefined ? {} : {namespace}),
		...(selection.labelSelector === undefined ? {} : {labelSelector: selection.labelSelector}),
		...(fields === undefined ? {} : {fieldSelector: fields}),
	};
}

/** One watched kind: keeps the last row of every object and prints what differs. */
class WatchPrinter {
	readonly sink: FeedSink = {
		columns: columns => this.#columns(columns),
		beginList: () => this.#beginList(),
		page: items => this.#page(items),
		endList: () => this.#endList(),
		apply: changes => this.#apply(changes),
		stream: state => this.#stream(state),
		partial: namespaces => this.#partial(namespaces),
	};

	readonly #job: PrintJob;
	readonly #type: ResourceType;
	readonly #fail: (failure: Failure) => void;
	readonly #rows = new Map<string, Row>();
	#made: MadePlan;
	/** Keys seen since the list began; undefined while no list is under way. */
	#listed: Set<string> | undefined;
	/** Keys that the watch brought or deleted meanwhile: newer than the list's pages. */
	readonly #touched = new Set<string>();
	#isComplete = false;
	#isDown = false;

	constructor(job: PrintJob, type: ResourceType, fail: (failure: Failure) => void) {
		this.#job = job;
		this.#type = type;
		this.#fail = fail;
		this.#made = planRows(job, type, []);
	}

	#columns(columns: readonly ServerColumn[]): void {
		this.#made = planRows(this.#job, this.#type, columns);
		if (!this.#made.ok) this.#fail({code: 2, sentence: this.#made.refusal});
	}

	#beginList(): void {
		this.#listed = new Set();
		this.#touched.clear();
	}

	#page(items: readonly Item[]): void {
		for (const item of items) {
			const key = itemKey(item);
			this.#listed?.add(key);
			if (!this.#touched.has(key)) this.#upsert(key, item);
		}
	}

	#endList(): void {
		for (const key of this.#rows.keys()) if (!this.#listed?.has(key) && !this.#touched.has(key)) this.#remove(key);
		this.#listed = undefined;
		if (this.#isComplete) return;
		this.#isComplete = true;
		const {singular, plural: many} = this.#type;
		this.#job.warn(`Watching ${plural(this.#rows.size, singular || many, many)}; a line for each change follows.`);
	}

	#apply(changes: readonly Change[]): void {
		for (const change of changes) {
			const key = itemKey(change.item);
			this.#touched.add(key);
			if (change.type === 'delete') this.#remove(key);
			else this.#upsert(key, change.item);
		}
		if (this.#listed === undefined) this.#touched.clear();
	}

	#stream(state: StreamState): void {
		if (state.state === 'denied' || state.state === 'login-needed') this.#fail(failureOf(state.problem));
		else if (state.state === 'gone') this.#fail({code: 2, sentence: `The kind ${this.#type.plural} was removed from the server.`});
		else if (state.state === 'reconnecting') this.#lost(state.problem);
		else if (state.state === 'live' && this.#isDown) {
			this.#isDown = false;
			this.#job.warn(`${this.#time()} Watching ${this.#type.plural} again.`);
		}
	}

	#partial(namespaces: readonly string[] | undefined): void {
		if (namespaces) this.#job.warn(`You may not list ${this.#type.plural} in all namespaces; watching ${namespaces.join(', ')}.`);
	}

	/** Before the first list is complete there is nothing to go on from: then it is a failure like any other. */
	#lost(problem: Problem): void {
		if (!this.#isComplete) this.#fail(failureOf(problem));
		else if (!this.#isDown) this.#job.warn(`${this.#time()} Lost the watch of ${this.#type.plural}: ${problem.cause}. Trying again.`);
		this.#isDown = true;
	}

	#upsert(key: string, item: Item): void {
		if (!this.#made.ok) return;
		const before = this.#rows.get(key);
		const after = this.#made.plan.row(item, {now: serverNow(this.#job), beside: noBeside});
		this.#rows.set(key, after);
		if (this.#isComplete) this.#print(this.#made.plan, {...(before === undefined ? {} : {before}), after});
	}

	#remove(key: string): void {
		const before = this.#rows.get(key);
		if (before === undefined || !this.#made.ok) return;
		this.#rows.delete(key);
		if (this.#isComplete) this.#print(this.#made.plan, {before});
	}

	/** A row that matched before is still told about when it stops matching: otherwise nobody would see why it left. */
	#print(plan: RowPlan, change: RowChange): void {
		const now = serverNow(this.#job);
		const isWanted = [change.before, change.after].some(row => row !== undefined && plan.matches(row, now));
		const {format} = this.#job.invocation;
		const line = isWanted
			? changeLine(change, {columns: plan.columns, type: this.#type, now, format: format === 'jsonl' ? 'jsonl' : format === 'wide' ? 'wide' : 'text'})
			: undefined;
		if (line !== undefined) this.#job.write(`${line}\n`);
	}

	#time(): string {
		return utcTime(serverNow(this.#job));
	}
}
