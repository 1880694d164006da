import type {Scope} from '../core/feed.ts';
import {type Item, itemKey} from '../core/kubernetes.ts';
import type {ScopeHandle, Scopes, ScopeState} from './scope-handle.ts';

export type LightScopeOptions = Readonly<{
	scopes: Scopes;
	/** Of whole objects. */
	scope: Scope;
	/** Do the printed cells of this item leave open what matters? */
	inDoubt(item: Item): boolean;
	/** Told as a background scope is: once a second at most. */
	changed(): void;
}>;

/**
 * Watches a kind by the cells that the server prints and, while those of some item leave a doubt, by its whole objects as well: of
 * 1,000 nodes that report every few seconds a tenth of the bytes is left. An item in doubt comes whole as soon as it is read.
 */
export class LightScope implements Disposable {
	readonly #options: LightScopeOptions;
	readonly #cells: ScopeHandle;
	#whole: ScopeHandle | undefined;
	readonly #doubted = new Set<string>();
	/** Keys that the subscriber was not given yet. */
	readonly #changed = new Set<string>();
	readonly #removed = new Set<string>();

	constructor(options: LightScopeOptions) {
		this.#options = options;
		this.#cells = options.scopes.open({...options.scope, mode: 'cells'}, () => this.#cellsCame(), 'background');
	}

	items(): Iterable<Item> {
		return [...this.#cells.items()].map(item => this.#best(item));
	}

	/** Of the cells: what is in doubt may still be on its way. */
	state(): ScopeState {
		return this.#cells.state();
	}

	find(namespace: string | undefined, name: string): Item | undefined {
		const item = this.#cells.find(namespace, name);
		return item && this.#best(item);
	}

	/** What came and went since the last call, by the key of the printed item: a whole one has another. */
	changes(): Readonly<{changed: ReadonlyMap<string, Item>; removed: readonly string[]}> {
		const changed = new Map<string, Item>();
		for (const key of this.#changed) {
			const item = this.#cells.get(key);
			if (item) changed.set(key, this.#best(item));
		}
		const removed = [...this.#removed];
		this.#changed.clear();
		this.#removed.clear();
		return {changed, removed};
	}

	#cellsCame(): void {
		const {changed, removed} = this.#cells.changes();
		for (const item of changed) {
			const key = itemKey(item);
			if (this.#options.inDoubt(item)) this.#doubted.add(key);
			else this.#doubted.delete(key);
			this.#changed.add(key);
			this.#removed.delete(key);
		}
		for (const key of removed) {
			this.#doubted.delete(key);
			this.#changed.delete(key);
			this.#removed.add(key);
		}
		if (this.#doubted.size > 0) this.#whole ??= this.#options.scopes.open(this.#options.scope, () => this.#wholeCame(), 'background');
		else this.#leaveWhole();
		this.#options.changed();
	}

	#wholeCame(): void {
		for (const key of this.#doubted) this.#changed.add(key);
		this.#options.changed();
	}

	#leaveWhole(): void {
		this.#whole?.[Symbol.dispose]();
		this.#whole = undefined;
	}

	#best(item: Item): Item {
		const whole = this.#doubted.has(itemKey(item)) ? this.#whole?.find(item.meta.namespace, item.meta.name) : undefined;
		return whole ?? item;
	}

	[Symbol.dispose](): void {
		this.#cells[Symbol.dispose]();
		this.#leaveWhole();
	}
}
