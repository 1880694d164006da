import type {Change, FeedSink, ServerColumn, StreamState} from '../core/feed.ts';
import {type Item, itemKey} from '../core/kubernetes.ts';
import {compareResourceVersions} from '../core/resource-version.ts';
import type {ScopeState} from './scope-handle.ts';

/** Server time, and how far it is from ours. Feeds report in local time; everything on screen is in the server's. */
export type StoreTime = Readonly<{now(): number; skewMs(): number}>;

function inServerTime(state: StreamState, skewMs: number): StreamState {
	switch (state.state) {
		case 'live':
		case 'polling':
			return {...state, lastEventAt: state.lastEventAt + skewMs};
		case 'reconnecting':
			return {...state, since: state.since + skewMs, nextTryAt: state.nextTryAt + skewMs};
		case 'loading':
			return state;
		default:
			return {...state, since: state.since + skewMs};
	}
}

/** What one subscriber has not seen yet. */
type Backlog = {changed: Set<string>; removed: Set<string>};

/**
 * The items of one scope, kept by uid: the sink of a feed and the source of every table over it.
 * A relist replaces by difference (mark and sweep), so rows never blank; an item that an event brought or
 * deleted while pages came in wins over the page (kube-api.md 4.3).
 */
export class ItemStore implements FeedSink {
	readonly #items = new Map<string, Item>();
	readonly #names = new Map<string, string>();
	readonly #backlogs = new Set<Backlog>();
	readonly #changed: () => void;
	readonly #time: StoreTime;
	/** While a list comes in: keys its pages brought, keys events touched, keys events deleted. */
	#list: {seen: Set<string>; touched: Set<string>; deleted: Set<string>} | undefined;
	#columns: readonly ServerColumn[] = [];
	#state: ScopeState = {data: 'none', stream: {state: 'loading', rows: 0}};

	// The sink's functions are fields, not methods: feeds take them apart.
	/** `changed` is called after every delivery; whoever hands it in coalesces. */
	constructor(changed: () => void, time: StoreTime) {
		this.#changed = changed;
		this.#time = time;
	}

	columns = (columns: readonly ServerColumn[]): void => {
		this.#columns = columns;
		// Cells are printed by column: every row is drawn anew.
		for (const backlog of this.#backlogs) for (const key of this.#items.keys()) backlog.changed.add(key);
		this.#changed();
	};

	beginList = (): void => {
		this.#list = {seen: new Set(), touched: new Set(), deleted: new Set()};
	};

	page = (items: readonly Item[]): void => {
		for (const item of items) {
			const key = itemKey(item);
			this.#list?.seen.add(key);
			if (this.#list?.touched.has(key) || this.#list?.deleted.has(key)) continue;
			this.#put(key, item);
		}
		this.#touch(this.#state.data === 'ready' ? 'ready' : 'partial');
	};

	endList = (): void => {
		const list = this.#list;
		this.#list = undefined;
		if (list) for (const key of [...this.#items.keys()]) if (!list.seen.has(key) && !list.touched.has(key)) this.#remove(key);
		this.#touch('ready');
	};

	apply = (changes: readonly Change[]): void => {
		for (const {type, item} of changes) {
			const key = itemKey(item);
			if (type === 'delete') {
				this.#list?.deleted.add(key);
				this.#list?.touched.delete(key);
				this.#remove(key);
			} else if (this.#put(key, item)) {
				this.#list?.touched.add(key);
				this.#list?.deleted.delete(key);
			}
		}
		this.#touch(this.#state.data);
	};

	stream = (reported: StreamState): void => {
		const stream = inServerTime(reported, this.#time.skewMs());
		this.#state = {...this.#state, stream};
		if (stream.state === 'live' || stream.state === 'polling') this.#state = {...this.#state, asOf: Math.max(this.#state.asOf ?? 0, stream.lastEventAt)};
		if (stream.state === 'gone') for (const key of [...this.#items.keys()]) this.#remove(key);
		this.#changed();
	};

	partial = (namespaces: readonly string[] | undefined): void => {
		const {partial: _before, ...state} = this.#state;
		this.#state = namespaces === undefined ? state : {...state, partial: namespaces};
		this.#changed();
	};

	/** A subscriber's own list of what it has not seen; starts with everything. */
	follow(): Readonly<{changes(): {changed: Item[]; removed: string[]}; stop(): void}> {
		const backlog: Backlog = {changed: new Set(this.#items.keys()), removed: new Set()};
		this.#backlogs.add(backlog);
		return {
			changes: () => {
				const changed: Item[] = [];
				for (const key of backlog.changed) {
					const item = this.#items.get(key);
					if (item) changed.push(item);
				}
				const removed = [...backlog.removed];
				backlog.changed.clear();
				backlog.removed.clear();
				return {changed, removed};
			},
			stop: () => this.#backlogs.delete(backlog),
		};
	}

	state(): ScopeState {
		return this.#state;
	}
	serverColumns(): readonly ServerColumn[] {
		return this.#columns;
	}
	values(): Iterable<Item> {
		return this.#items.values();
	}
	get size(): number {
		return this.#items.size;
	}
	get(key: string): Item | undefined {
		return this.#items.get(key);
	}
	find(namespace: string | undefined, name: string): Item | undefined {
		const key = this.#names.get(`${namespace ?? ''}/${name}`);
		return key === undefined ? undefined : this.#items.get(key);
	}

	/** false when the event is older than what is held. */
	#put(key: string, item: Item): boolean {
		const held = this.#items.get(key);
		const order = held && compareResourceVersions(item.meta.resourceVersion, held.meta.resourceVersion);
		if (order !== undefined && order < 0) return false;
		const name = `${item.meta.namespace ?? ''}/${item.meta.name}`;
		const namesake = this.#names.get(name);
		// Deleted and made again under the same name: another object, even when its DELETED was lost.
		if (namesake !== undefined && namesake !== key) this.#remove(namesake);
		this.#items.set(key, item);
		this.#names.set(name, key);
		for (const backlog of this.#backlogs) {
			backlog.changed.add(key);
			backlog.removed.delete(key);
		}
		return true;
	}

	#remove(key: string): void {
		const held = this.#items.get(key);
		if (!held) return;
		this.#items.delete(key);
		const name = `${held.meta.namespace ?? ''}/${held.meta.name}`;
		if (this.#names.get(name) === key) this.#names.delete(name);
		for (const backlog of this.#backlogs) {
			backlog.changed.delete(key);
			backlog.removed.add(key);
		}
	}

	#touch(data: ScopeState['data']): void {
		this.#state = {...this.#state, data, asOf: this.#time.now()};
		this.#changed();
	}
}
