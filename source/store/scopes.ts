import type {Clock} from '../core/clock.ts';
import type {FeedOf, Scope} from '../core/feed.ts';
import {qualifiedName} from '../core/resource-type.ts';
import {ItemStore} from './items.ts';
import {Pulse} from './pulse.ts';
import type {ScopeHandle, Scopes} from './scope-handle.ts';

/** How long a scope nobody looks at keeps its watch: going back is instant. Shorter when many run (kube-api.md 5). */
const lingerMs = 60_000;
const crowdedLingerMs = 10_000;
const crowd = 16;
/** The most watches at once; beyond, those that linger longest are closed first. */
const mostWatches = 32;

type Entry = {
	store: ItemStore;
	stop: AbortController;
	/** Each with the pulse it is told by. */
	subscribers: Map<() => void, Pulse>;
	lingering: Disposable | undefined;
};

export type ScopesOptions = Readonly<{feedOf: FeedOf; clock: Clock; pulse: Pulse; skewMs(): number}>;

/** The key under which a scope is shared. */
export function scopeKey(scope: Scope): string {
	return [qualifiedName(scope.type), scope.type.version, scope.namespace ?? '*', scope.labelSelector ?? '', scope.fieldSelector ?? '', scope.mode].join('|');
}

/** Opens a feed at the first subscriber and closes it a while after the last one left. */
export class WatchedScopes implements Scopes, Disposable {
	readonly #options: ScopesOptions;
	readonly #entries = new Map<string, Entry>();
	readonly #background: Pulse;
	#isOver = false;

	constructor(options: ScopesOptions) {
		this.#options = options;
		this.#background = new Pulse({clock: options.clock, tier: () => 'slow', blocked: () => false});
	}

	open(scope: Scope, changed: () => void, pace: 'frame' | 'background' = 'frame'): ScopeHandle {
		const key = scopeKey(scope);
		const entry = this.#entries.get(key) ?? this.#start(key, scope);
		entry.lingering?.[Symbol.dispose]();
		entry.lingering = undefined;
		// A wrapper of its own, so that one listener may subscribe twice.
		const notify = (): void => changed();
		const pulse = pace === 'frame' ? this.#options.pulse : this.#background;
		entry.subscribers.set(notify, pulse);
		const {store} = entry;
		const backlog = store.follow();
		let open = true;
		return {
			scope,
			items: () => store.values(),
			size: () => store.size,
			state: () => store.state(),
			columns: () => store.serverColumns(),
			find: (namespace, name) => store.find(namespace, name),
			get: itemKey => store.get(itemKey),
			list: namespace => (namespace === undefined ? [...store.values()] : [...store.values()].filter(item => item.meta.namespace === namespace)),
			changes: backlog.changes,
			[Symbol.dispose]: () => {
				if (!open) return;
				open = false;
				backlog.stop();
				entry.subscribers.delete(notify);
				pulse.cancel(notify);
				if (entry.subscribers.size === 0) this.#linger(key, entry);
			},
		};
	}

	watching(): number {
		return this.#entries.size;
	}

	/** Ends every feed at once: the cluster was left. What is opened afterwards, by a frame that was on its way, stays empty. */
	[Symbol.dispose](): void {
		this.#isOver = true;
		for (const [key, entry] of this.#entries) this.#end(key, entry);
	}

	#start(key: string, scope: Scope): Entry {
		if (this.#entries.size >= mostWatches) this.#evict();
		const {clock, feedOf, skewMs} = this.#options;
		const subscribers: Entry['subscribers'] = new Map();
		const store = new ItemStore(
			() => {
				for (const [subscriber, pulse] of subscribers) pulse.request(subscriber);
			},
			{now: () => clock.now() + skewMs(), skewMs},
		);
		const stop = new AbortController();
		const entry: Entry = {store, stop, subscribers, lingering: undefined};
		this.#entries.set(key, entry);
		if (!this.#isOver) void feedOf(scope)(store, stop.signal);
		return entry;
	}

	#linger(key: string, entry: Entry): void {
		const ms = this.#entries.size > crowd ? crowdedLingerMs : lingerMs;
		entry.lingering = this.#options.clock.after(ms, () => this.#end(key, entry));
	}

	#evict(): void {
		for (const [key, entry] of this.#entries) {
			if (entry.subscribers.size > 0) continue;
			this.#end(key, entry);
			return;
		}
	}

	#end(key: string, entry: Entry): void {
		entry.lingering?.[Symbol.dispose]();
		entry.stop.abort();
		if (this.#entries.get(key) === entry) this.#entries.delete(key);
	}
}
