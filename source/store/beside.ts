import type {Scope} from '../core/feed.ts';
import {type Item, itemKey} from '../core/kubernetes.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import type {Beside} from '../core/table.ts';
import type {ScopeHandle, Scopes} from './scope-handle.ts';

/** The kinds a table looks at beside its own (Service -> EndpointSlices), opened while it is on screen. */
export class BesideScopes implements Beside, Disposable {
	readonly #scopes: Scopes;
	readonly #scopeOf: (plural: string) => Scope | undefined;
	readonly #changed: () => void;
	readonly #handles = new Map<string, ScopeHandle>();
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
	want({beside = [], besideFacts = {}}: Pick<ResourceKind, 'beside' | 'besideFacts'>): void {
		for (const plural of beside) {
			const scope = this.#handles.has(plural) ? undefined : this.#scopeOf(plural);
			if (!scope) continue;
			const fact = besideFacts[plural];
			const handle: ScopeHandle = this.#scopes.open(
				scope,
				() => {
					this.#grouped.delete(plural);
					if (!fact || this.#factsChanged(plural, handle, fact)) this.#changed();
				},
				'background',
			);
			this.#handles.set(plural, handle);
		}
	}

	ready(plural: string): boolean {
		const state = this.#handles.get(plural)?.state();
		return state?.data === 'ready' && state.partial === undefined;
	}

	find(plural: string, namespace: string | undefined, name: string): Item | undefined {
		return this.#handles.get(plural)?.find(namespace, name);
	}

	list(plural: string, namespace: string | undefined): readonly Item[] {
		const handle = this.#handles.get(plural);
		if (!handle) return [];
		if (namespace === undefined) return [...handle.items()];
		const grouped = this.#grouped.get(plural) ?? Map.groupBy(handle.items(), item => item.meta.namespace ?? '');
		this.#grouped.set(plural, grouped);
		return grouped.get(namespace) ?? [];
	}

	#factsChanged(plural: string, handle: ScopeHandle, fact: (item: Item) => string | undefined): boolean {
		const facts = this.#facts.get(plural) ?? new Map<string, string>();
		this.#facts.set(plural, facts);
		const {changed, removed} = handle.changes();
		let differs = false;
		const set = (key: string, value: string | undefined): void => {
			if (facts.get(key) === value) return;
			differs = true;
			if (value === undefined) facts.delete(key);
			else facts.set(key, value);
		};
		for (const item of changed) set(itemKey(item), fact(item));
		for (const key of removed) set(key, undefined);
		return differs;
	}

	[Symbol.dispose](): void {
		for (const handle of this.#handles.values()) handle[Symbol.dispose]();
		this.#handles.clear();
		this.#facts.clear();
		this.#grouped.clear();
	}
}
