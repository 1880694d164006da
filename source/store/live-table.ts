import type {Clock} from '../core/clock.ts';
import type {Scope, ServerColumn} from '../core/feed.ts';
import type {Item} from '../core/kubernetes.ts';
import type {Live} from '../core/live.ts';
import {type CompareRows, mergeSorted} from '../core/order.ts';
import {changedCells, keepRow, projectRow, withCells} from '../core/project.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import type {CellContext, Column, Row, TableSnapshot} from '../core/table.ts';
import type {Tone} from '../core/tone.ts';
import {BesideScopes} from './beside.ts';
import {Flashes} from './flashes.ts';
import type {TableMetrics} from './metrics/table-metrics.ts';
import {Paced} from './paced.ts';
import type {ScopeHandle, Scopes} from './scope-handle.ts';

/** States that time alone changes (Pending for over 60 s, restarted under 10 min ago) are judged again this often. */
const judgeAgainMs = 10_000;
/** A neighbouring kind may change many times a second (leases of 1,000 nodes) and any change may concern any row. */
const besideEveryMs = 1000;
/** How often a table is drawn while its first list comes in. */
const whileLoadingMs = 250;
/** How often samples are drawn at most; the first at once. */
const samplesEveryMs = 1000;
const settled: ReadonlySet<Tone> = new Set(['ok', 'muted', 'text']);

/** What of a table's rows is shown, and how; a new value whenever any of it changes. */
export type TableShape = Readonly<{
	columns(kind: ResourceKind): readonly Column[];
	/** Undefined: every row. */
	matches?: (row: Row, columns: readonly Column[], now: number) => boolean;
	/** For an empty result: what each part of the filter matches by itself. */
	terms?: (rows: readonly Row[], columns: readonly Column[], now: number) => NonNullable<TableSnapshot['terms']>;
	withoutValue?: (rows: readonly Row[], columns: readonly Column[]) => NonNullable<TableSnapshot['withoutValue']>;
	/** Words of the filter that look like mistyped columns. */
	mistyped?: (rows: readonly Row[]) => NonNullable<TableSnapshot['mistyped']>;
	faultsOnly: boolean;
	compare(kind: ResourceKind, columns: readonly Column[]): CompareRows;
	/** The column that orders the rows; where it is known, cells of others may change in place. */
	sortedBy?: string;
}>;

export type LiveTableOptions = Readonly<{
	scopes: Scopes;
	scope: Scope;
	kindOf(serverColumns: readonly ServerColumn[]): ResourceKind;
	/** The scope in which a neighbouring kind is read; undefined where the cluster lacks it. */
	besideScope(plural: string): Scope | undefined;
	clock: Clock;
	/** Server time. */
	now(): number;
	/** Of the API server, once known. */
	serverVersion?(): string | undefined;
	/** Samples for the columns that show what is used; opened when there is such a column. */
	metrics?(changed: () => void): TableMetrics;
}>;

/** One table on screen: items of a scope, projected, filtered, ordered; only what changed is projected again. */
export class LiveTable implements Live<TableSnapshot> {
	readonly #options: LiveTableOptions;
	readonly #listeners = new Set<() => void>();
	readonly #rows = new Map<string, Row>();
	#shape: TableShape;
	#ordered: readonly Row[] = [];
	#handle: ScopeHandle | undefined;
	#beside: BesideScopes;
	#columns: readonly Column[] = [];
	#serverColumns: readonly ServerColumn[] | undefined;
	#kind: ResourceKind;
	readonly #flashes: Flashes;
	readonly #besideChanged: Paced;
	#judging: Disposable | undefined;
	#loading: Disposable | undefined;
	#publishedAt = Number.NEGATIVE_INFINITY;
	#metrics: TableMetrics | undefined;
	#sampling: Disposable | undefined;
	#sampled = false;
	#snapshot: TableSnapshot;
	#version = 0;
	#changes = 0;

	constructor(options: LiveTableOptions, shape: TableShape) {
		this.#options = options;
		this.#shape = shape;
		this.#kind = options.kindOf([]);
		this.#beside = new BesideScopes(options.scopes, options.besideScope, () => this.#besideChanged.request());
		this.#besideChanged = new Paced(options.clock, besideEveryMs, () => this.#frame(true));
		this.#flashes = new Flashes(options.clock, () => {
			if (this.#handle) this.#publish(this.#handle);
		});
		this.#snapshot = {version: 0, columns: [], rows: [], total: 0, tones: {}, data: 'none', stream: {state: 'loading', rows: 0}, flashes: new Map()};
	}

	get kind(): ResourceKind {
		return this.#kind;
	}

	/** How many rows have come, changed or gone so far. New samples of what is used are none: they come whatever happens. */
	get changes(): number {
		return this.#changes;
	}

	snapshot = (): TableSnapshot => this.#snapshot;

	subscribe = (changed: () => void): (() => void) => {
		this.#listeners.add(changed);
		if (!this.#handle) this.#open();
		return () => {
			this.#listeners.delete(changed);
			if (this.#listeners.size === 0) this.#close();
		};
	};

	item(id: string): Item | undefined {
		return this.#handle?.get(id);
	}

	/** Another filter, order or set of columns: takes effect at once. */
	reshape(shape: TableShape): void {
		this.#shape = shape;
		const handle = this.#handle;
		if (!handle) return;
		const columns = shape.columns(this.#kind);
		const isSame = columns.length === this.#columns.length && columns.every((column, index) => column === this.#columns[index]);
		if (isSame && handle.columns() === this.#serverColumns) this.#reorder(handle);
		else this.#rebuild();
	}

	/** The rows as they are, in another order and by another filter: ten thousand of them are not made again while somebody types. */
	#reorder(handle: ScopeHandle): void {
		const now = this.#options.now();
		const shown = [...this.#rows.values()].filter(row => this.#shows(row, now));
		this.#ordered = shown.sort(this.#shape.compare(this.#kind, this.#columns));
		this.#publish(handle);
	}

	#open(): void {
		const {scopes, scope, clock} = this.#options;
		this.#handle = scopes.open(scope, () => this.#frame(false));
		this.#rebuild();
		const again = (): void => {
			this.#judging = clock.after(judgeAgainMs, again);
			this.#judgeAgain();
		};
		this.#judging = clock.after(judgeAgainMs, again);
	}

	#close(): void {
		this.#judging?.[Symbol.dispose]();
		this.#loading?.[Symbol.dispose]();
		this.#loading = undefined;
		this.#flashes[Symbol.dispose]();
		this.#besideChanged[Symbol.dispose]();
		this.#handle?.[Symbol.dispose]();
		this.#handle = undefined;
		this.#beside[Symbol.dispose]();
		this.#sampling?.[Symbol.dispose]();
		this.#sampling = undefined;
		this.#metrics?.[Symbol.dispose]();
		this.#metrics = undefined;
		this.#rows.clear();
	}

	/** Everything anew: the columns or the shape changed. */
	#rebuild(): void {
		const handle = this.#handle;
		if (!handle) return;
		handle.changes();
		this.#adoptColumns(handle);
		const context = this.#context();
		const fresh: Row[] = [];
		const before = new Map(this.#rows);
		this.#rows.clear();
		for (const item of handle.items()) {
			const row = projectRow(this.#kind, this.#columns, item, context);
			const known = before.get(row.id);
			const kept = keepRow(known, row);
			if (kept !== known) this.#count(known, kept);
			before.delete(row.id);
			this.#rows.set(row.id, kept);
			if (this.#shows(kept, context.now)) fresh.push(kept);
		}
		this.#changes += before.size;
		this.#ordered = fresh.sort(this.#shape.compare(this.#kind, this.#columns));
		this.#publish(handle);
	}

	/** A data frame: what changed since the last one. `all` when a neighbouring kind changed, which may change any row. */
	#frame(all: boolean): void {
		const handle = this.#handle;
		if (!handle) return;
		if (this.#loadsOn(handle)) return;
		if (all || handle.columns() !== this.#serverColumns) {
			this.#rebuild();
			return;
		}
		const {changed, removed} = handle.changes();
		const ready = this.#snapshot.data === 'ready';
		const context = this.#context();
		const touched = new Set(removed);
		const fresh: Row[] = [];
		for (const id of removed) this.#changes += Number(this.#rows.delete(id));
		for (const item of changed) this.#change(projectRow(this.#kind, this.#columns, item, context), ready, touched, fresh);
		this.#settle(touched, fresh, context.now);
		this.#publish(handle);
	}

	/** Between the first page and the last the rows below are only counted: a few frames a second leave the thread to the pages. */
	#loadsOn(handle: ScopeHandle): boolean {
		const {clock} = this.#options;
		if (this.#snapshot.data !== 'partial' || handle.state().data !== 'partial') return false;
		const waitMs = this.#publishedAt + whileLoadingMs - clock.now();
		if (waitMs <= 0) return false;
		this.#loading ??= clock.after(waitMs, () => {
			this.#loading = undefined;
			this.#frame(false);
		});
		return true;
	}

	#change(projected: Row, flash: boolean, touched: Set<string>, fresh: Row[]): void {
		const before = this.#rows.get(projected.id);
		const row = keepRow(before, projected);
		if (row === before) return;
		this.#count(before, row);
		this.#rows.set(row.id, row);
		touched.add(row.id);
		fresh.push(row);
		if (flash) this.#flashes.mark(row.id, before ? changedCells(before, row) : 'new');
	}

	#count(before: Row | undefined, row: Row): void {
		const isNews = before === undefined || before.tone !== row.tone || changedCells(before, row).some(index => this.#columns[index]?.sampled === undefined);
		if (isNews) this.#changes++;
	}

	#judgeAgain(): void {
		const handle = this.#handle;
		if (!handle) return;
		const context = this.#context();
		const touched = new Set<string>();
		const fresh: Row[] = [];
		for (const before of [...this.#rows.values()]) {
			const item = settled.has(before.tone) ? undefined : handle.get(before.id);
			if (item) this.#change(projectRow(this.#kind, this.#columns, item, context), false, touched, fresh);
		}
		if (touched.size === 0) return;
		this.#settle(touched, fresh, context.now);
		this.#publish(handle);
	}

	#settle(touched: ReadonlySet<string>, fresh: readonly Row[], now: number): void {
		if (touched.size === 0) return;
		const shown = fresh.filter(row => this.#shows(row, now));
		this.#ordered = mergeSorted(this.#ordered, touched, shown, this.#shape.compare(this.#kind, this.#columns));
	}

	#shows(row: Row, now: number): boolean {
		if (this.#shape.faultsOnly && row.tone !== 'error' && row.tone !== 'warning' && row.tone !== 'unknown') return false;
		return this.#shape.matches?.(row, this.#columns, now) ?? true;
	}

	#context(): CellContext {
		const version = this.#options.serverVersion?.();
		return {
			now: this.#options.now(),
			beside: this.#beside,
			...(version === undefined ? {} : {serverVersion: version}),
			...(this.#metrics === undefined ? {} : {metrics: this.#metrics.cells()}),
		};
	}

	/** Opens or closes what the sampled columns need. */
	#wantSamples(): void {
		const needs = new Set(this.#columns.map(({sampled}) => sampled));
		if (needs.has('usage') || needs.has('amounts')) this.#metrics ??= this.#options.metrics?.(() => this.#samplesChanged());
		this.#metrics?.withAmounts(needs.has('amounts'));
	}

	/** Samples of all rows come at once, and pods one by one: a second is soon enough for either. */
	#samplesChanged(): void {
		this.#sampling ??= this.#options.clock.after(this.#sampled ? samplesEveryMs : 0, () => {
			this.#sampling = undefined;
			this.#sampled = true;
			this.#resample();
		});
	}

	/** New cells in the sampled columns and nothing else: ten thousand rows are not judged again for them. */
	#resample(): void {
		const handle = this.#handle;
		if (!handle || this.#rows.size === 0) return;
		const context = this.#context();
		const sampled = this.#columns.flatMap(({sampled: needs}, index) => (needs === undefined ? [] : [index]));
		const changed = new Map<string, Row>();
		for (const [id, before] of this.#rows) {
			const item = handle.get(id);
			const row = item && withCells(before, this.#columns, sampled, item, context);
			if (row === undefined || row === before) continue;
			this.#rows.set(id, row);
			changed.set(id, row);
		}
		if (changed.size === 0) return;
		const isOrdered =
			this.#shape.matches === undefined && this.#shape.sortedBy !== undefined && !sampled.some(index => this.#columns[index]?.id === this.#shape.sortedBy);
		if (isOrdered) this.#ordered = this.#ordered.map(row => changed.get(row.id) ?? row);
		else this.#settle(new Set(changed.keys()), [...changed.values()], context.now);
		this.#publish(handle);
	}

	#adoptColumns(handle: ScopeHandle): void {
		this.#serverColumns = handle.columns();
		this.#kind = this.#options.kindOf(this.#serverColumns);
		this.#columns = this.#shape.columns(this.#kind);
		this.#beside.want(this.#kind);
		this.#wantSamples();
	}

	#publish(handle: ScopeHandle): void {
		const {data, stream, partial, asOf} = handle.state();
		const tones: Partial<Record<Tone, number>> = {};
		for (const row of this.#rows.values()) tones[row.tone] = (tones[row.tone] ?? 0) + 1;
		this.#version++;
		this.#publishedAt = this.#options.clock.now();
		this.#snapshot = {
			version: this.#version,
			columns: this.#columns,
			rows: this.#ordered,
			total: this.#rows.size,
			tones,
			data,
			stream,
			flashes: this.#flashes.current(this.#rows),
			...this.#explained(data),
			...(partial === undefined ? {} : {partial}),
			...(asOf === undefined ? {} : {asOf}),
		};
		for (const listener of this.#listeners) listener();
	}

	/** What the filter leaves out and why; only where there is a filter. */
	#explained(data: TableSnapshot['data']): Pick<TableSnapshot, 'terms' | 'withoutValue' | 'mistyped'> {
		const {terms, withoutValue, mistyped} = this.#shape;
		if (!terms || !withoutValue) return {};
		const rows = [...this.#rows.values()];
		return {
			withoutValue: withoutValue(rows, this.#columns),
			// Rows that are still to come may have the label.
			...(mistyped && data === 'ready' ? {mistyped: mistyped(rows)} : {}),
			...(this.#ordered.length === 0 && rows.length > 0 ? {terms: terms(rows, this.#columns, this.#options.now())} : {}),
		};
	}
}
