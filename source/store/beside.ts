import type {Scope} from '../core/feed.ts';
import {type Item, itemKey} from '../core/kubernetes.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import type {Beside} from '../core/table.ts';
import {LightScope} from './light-scope.ts';
import type {ScopeHandle, Scopes} from './scope-handle.ts';

/** One kind beside, whole or by its cells. */
type Source = Disposable & Pick<ScopeHandle, 'items' | 'state' | 'find'> & Pick<LightScope, 'changes'>;

/** The kinds a table looks at beside its own (Service -> EndpointSlices), opened while it is on screen. */
export class BesideScopes implements Beside, Disposable {
	readonly #scopes: Scopes;
	readonly #scopeOf: (plural: string) => Scope | undefined;
	readonly #changed: () => void;
	readonly #sources = new Map<string, Source>();
	/** The facts that matter, by kind and item key; only kinds whose watcher named some. */
	readonly #facts = new Map<string, Map<string, string>>();
	/** Items by kind and namespace, made at the first question after a change. */
	readonly #grouped = new Map<string, ReadonlyMap<string, readonly Item[]>>();

	constructor(scopes: Scopes, scopeOf: (plural: string) => Scope | undefined, changed: () => void) {
		this.#scopes = scopes;
		this.#scopeOf = scopeOf;
		this.#changed = changed;
	}

	/** Opens what is wanted and not open yet. */
	want({beside = [], besideFacts = {}, besideDoubts = {}}: Pick<ResourceKind, 'beside' | 'besideFacts' | 'besideDoubts'>): void {
		for (const plural of beside) {
			const scope = this.#sources.has(plural) ? undefined : this.#scopeOf(plural);
			if (!scope) continue;
			const fact = besideFacts[plural];
			const source = this.#open(scope, besideDoubts[plural], () => {
				this.#grouped.delete(plural);
				if (!fact || this.#factsChanged(plural, source, fact)) this.#changed();
			});
			this.#sources.set(plural, source);
		}
	}

	ready(plural: string): boolean {
		const state = this.#sources.get(plural)?.state();
		return state?.data === 'ready' && state.partial === undefined;
	}

	find(plural: string, namespace: string | undefined, name: string): Item | undefined {
		return this.#sources.get(plural)?.find(namespace, name);
	}

	list(plural: string, namespace: string | undefined): readonly Item[] {
		const source = this.#sources.get(plural);
		if (!source) return [];
		if (namespace === undefined) return [...source.items()];
		const grouped = this.#grouped.get(plural) ?? Map.groupBy(source.items(), item => item.meta.namespace ?? '');
		this.#grouped.set(plural, grouped);
		return grouped.get(namespace) ?? [];
	}

	#open(scope: Scope, inDoubt: ((item: Item) => boolean) | undefined, changed: () => void): Source {
		if (inDoubt) return new LightScope({scopes: this.#scopes, scope, inDoubt, changed});
		const handle = this.#scopes.open(scope, changed, 'background');
		return {
			...handle,
			changes: () => {
				const {changed: items, removed} = handle.changes();
				return {changed: new Map(items.map(item => [itemKey(item), item])), removed};
			},
		};
	}

	#factsChanged(plural: string, source: Source, fact: (item: Item) => string | undefined): boolean {
		const facts = this.#facts.get(plural) ?? new Map<string, string>();
		this.#facts.set(plural, facts);
		const {changed, removed} = source.changes();
		let differs = false;
		const set = (key: string, value: string | undefined): void => {
			if (facts.get(key) === value) return;
			differs = true;
			if (value === undefined) facts.delete(key);
			else facts.set(key, value);
		};
		for (const [key, item] of changed) set(key, fact(item));
		for (const key of removed) set(key, undefined);
		return differs;
	}

	[Symbol.dispose](): void {
		for (const source of this.#sources.values()) source[Symbol.dispose]();
		this.#sources.clear();
		this.#facts.clear();
		this.#grouped.clear();
	}
}
