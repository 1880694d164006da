import type {StreamState} from './feed.ts';
import type {Item, KubeObject, Ref} from './kubernetes.ts';
import type {Tone} from './tone.ts';
import type {CellMetrics} from './top/cell-metrics.ts';

/** One typed value of a row; its text is made when drawn (core/cell-text.ts), its order follows from the type (core/order.ts). */
export type Cell = Readonly<{tone?: Tone}> &
	Readonly<
		/** `since`: when this state began, drawn behind it as `Terminating 6m`. An empty text is a missing value. */
		| {type: 'text'; text: string; since?: number}
		/** `since`: when it last changed, drawn as `31 (48s)`. `sample`: not measured yet (`..`), or measured long ago (`38m?`). */
		| {type: 'number'; value?: number; unit: 'count' | 'millicores' | 'bytes' | 'percent'; since?: number; sample?: 'pending' | 'stale'}
		| {type: 'ratio'; have: number; want: number}
		/** ms since the epoch. */
		| {type: 'age'; since?: number}
		/** A time span: a number of ms, or one that still runs since `from`. */
		| {type: 'duration'; ms?: number; from?: number}
	>;

/** Other kinds a column or tone looks at: Service -> EndpointSlices. Complete or not at all. */
export type Beside = Readonly<{
	/** Has the kind been read completely for where this table looks? Without it, judge nothing. */
	ready(plural: string): boolean;
	find(plural: string, namespace: string | undefined, name: string): Item | undefined;
	/** All items of the kind in a namespace (undefined: cluster-scoped or all). */
	list(plural: string, namespace: string | undefined): readonly Item[];
}>;

/** `now`: server time, ms since the epoch. `serverVersion`: of the API server (`v1.34.2`), once known. `metrics`: where a column of the table is sampled. */
export type CellContext = Readonly<{now: number; beside: Beside; serverVersion?: string; metrics?: CellMetrics}>;

export type Column<O extends KubeObject = KubeObject> = Readonly<{
	/** Lower case, no blanks: used in filters, sorts and settings. */
	id: string;
	/** Upper case, as kubectl prints it. */
	title: string;
	align?: 'start' | 'end';
	/** Only in wide view. */
	wide?: boolean;
	/** 1 stays longest when the terminal is narrow; 1 is never dropped. Default 5. */
	priority?: number;
	width?: Readonly<{min: number; ideal?: number; max?: number}>;
	/** How a text too long is cut: names keep head and tail, paths and images lose the front, messages the end (default). */
	cut?: 'middle' | 'front' | 'end';
	/** Its cells come from samples of what is used (`usage`), or from those and what pods request (`amounts`). */
	sampled?: 'usage' | 'amounts';
	/** Pure. Whatever it throws becomes an `!` cell and a log line. */
	cell(item: Item<O>, context: CellContext): Cell;
}>;

/** A row's identity is kept while its cells are equal, so that it need not be drawn again. */
export type Row = Readonly<{id: string; ref: Ref; meta: Item['meta']; cells: readonly Cell[]; tone: Tone}>;

export type SortOrder = Readonly<{by: string; descending: boolean}>;

export type TableSnapshot = Readonly<{
	version: number;
	columns: readonly Column[];
	/** Filtered and ordered. */
	rows: readonly Row[];
	/** Before the filter. */
	total: number;
	/** Rows by tone, before the filter: for the counts line. */
	tones: Readonly<Partial<Record<Tone, number>>>;
	/** none: nothing was ever read. partial: a first list is still coming. */
	data: 'none' | 'partial' | 'ready';
	stream: StreamState;
	/** Namespaces covered when not all could be read. */
	partial?: readonly string[];
	/** Server time of the last event, page or bookmark; what "as of" says. */
	asOf?: number;
	/** For an empty result: how many rows each term of the filter matches by itself. */
	terms?: ReadonlyArray<Readonly<{text: string; matches: number; extreme?: Readonly<{which: 'highest' | 'lowest'; value: string; name: string}>}>>;
	/** Rows that have no value for a column the filter compares. */
	withoutValue?: ReadonlyArray<Readonly<{column: string; rows: number}>>;
	/** Words of the filter that are neither a column nor a label of any row, with the column that may have been meant and where the word stands. */
	mistyped?: ReadonlyArray<Readonly<{word: string; column: string; from: number}>>;
	/** Rows changed in the last second, by row id: column indexes, or 'new'. */
	flashes: ReadonlyMap<string, readonly number[] | 'new'>;
}>;
