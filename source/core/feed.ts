import type {Item} from './kubernetes.ts';
import type {Problem} from './problem.ts';
import type {ResourceType} from './resource-type.ts';

/** How much of each object comes: what the server prints and a name, its metadata as well, or all of it. */
export type ItemDetail = 'cells' | 'metadata' | 'object';

/** What is watched: one kind, in one namespace or all, narrowed by selectors. */
export type Scope = Readonly<{
	type: ResourceType;
	namespace?: string;
	labelSelector?: string;
	fieldSelector?: string;
	mode: ItemDetail;
}>;

/** A column of the server's Table (`columnDefinitions`). priority > 0: only in wide output. */
export type ServerColumn = Readonly<{name: string; type: string; format: string; description: string; priority: number}>;

export type Change = Readonly<{type: 'upsert'; item: Item} | {type: 'delete'; item: Item}>;

/** Is the stream up? Never says anything about whether there is data. Times are ms since the epoch. */
export type StreamState = Readonly<
	| {state: 'loading'; rows: number; remaining?: number}
	| {state: 'live'; lastEventAt: number}
	/** Up, but no byte for longer than the server's heartbeat. */
	| {state: 'quiet'; since: number}
	/** Asked to wait for a free connection. */
	| {state: 'queued'; since: number}
	| {state: 'polling'; everyMs: number; lastEventAt: number}
	| {state: 'reconnecting'; since: number; problem: Problem; nextTryAt: number}
	| {state: 'denied' | 'login-needed'; since: number; problem: Problem}
	/** The kind was removed from the server. */
	| {state: 'gone'; since: number}
>;

/** Where a feed delivers. Called synchronously, in slices; the sink never throws. Its functions may be called on their own, without `this`. */
export type FeedSink = Readonly<{
	/** Columns of the Table, again whenever they change. */
	columns(columns: readonly ServerColumn[]): void;
	/** A list begins: what the sink holds stays until `endList` (mark and sweep by key). */
	beginList(): void;
	/** A page of that list. An item that a watch event brought or deleted meanwhile wins over the page. */
	page(items: readonly Item[]): void;
	/** All pages are there: items neither in a page nor changed since beginList are swept. */
	endList(): void;
	/** Changes seen by the watch, in order. */
	apply(changes: readonly Change[]): void;
	stream(state: StreamState): void;
	/** Namespaces the feed covers when the cluster-wide list is denied; undefined: everything asked for. */
	partial(namespaces: readonly string[] | undefined): void;
}>;

/** What store/ knows of kube/: runs until the signal aborts, then resolves. Never rejects. */
export type Feed = (sink: FeedSink, signal: AbortSignal) => Promise<void>;
/** Opens the feed of a scope. */
export type FeedOf = (scope: Scope) => Feed;
/** Asks a running feed to try again now instead of waiting for its backoff. */
export type RetryNow = () => void;
