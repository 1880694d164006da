import type {Scope, ServerColumn, StreamState} from '../core/feed.ts';
import type {Item} from '../core/kubernetes.ts';

/** How much of a scope is known, and how its stream is: two facts, never one. */
export type ScopeState = Readonly<{
	data: 'none' | 'partial' | 'ready';
	stream: StreamState;
	/** Namespaces covered when the cluster-wide list is denied. */
	partial?: readonly string[];
	/** ms since the epoch of the last page, event or bookmark. */
	asOf?: number;
}>;

/** One subscriber's view of a scope. Disposing it ends the subscription; the scope lingers for a while. */
export type ScopeHandle = Disposable &
	Readonly<{
		scope: Scope;
		/** In no order. */
		items(): Iterable<Item>;
		size(): number;
		state(): ScopeState;
		/** Columns of the server's Table; empty until known. */
		columns(): readonly ServerColumn[];
		find(namespace: string | undefined, name: string): Item | undefined;
		get(key: string): Item | undefined;
		/** Of one namespace (undefined: all). */
		list(namespace: string | undefined): readonly Item[];
		/** What came and went since this subscriber's last call; at first everything. `removed` holds item keys (core/kubernetes itemKey). */
		changes(): Readonly<{changed: readonly Item[]; removed: readonly string[]}>;
	}>;

/** Opens scopes; the same scope is watched once however many look at it. `changed` is called at most once a frame. */
export type Scopes = Readonly<{
	/** `background`: what is only looked at beside something else; told once a second, so that it never delays a frame. */
	open(scope: Scope, changed: () => void, pace?: 'frame' | 'background'): ScopeHandle;
	/** Watches that run now, lingering ones included. */
	watching(): number;
}>;
