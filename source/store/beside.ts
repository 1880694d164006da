import type {Scope} from '../core/feed.ts';
import type {Item} from '../core/kubernetes.ts';
import type {Beside} from '../core/table.ts';
import type {ScopeHandle, Scopes} from './scope-handle.ts';

/** The kinds a table looks at beside its own (Service -> EndpointSlices), opened while it is on screen. */
export class BesideScopes implements Beside, Disposable {
	readonly #scopes: Scopes;
	readonly #scopeOf: (plural: string) => Scope | undefined;
	readonly #changed: () => void;
	readonly #handles = new Map<string, ScopeHandle>();
	/** Items by kind and namespace, made at the first question after a change. */
	readonly #grouped = new Map<string, ReadonlyMap<string, readonly Item[]>>();

	constructor(scopes: Scopes, scopeOf: (plural: string) => Scope | undefined, changed: () => void) {
		this.#scopes = scopes;
		this.#scopeOf = scopeOf;
		this.#changed = changed;
	}

	/** Opens what is wanted and not open yet. */
	want(plurals: readonly string[]): void {
		for (const plural of plurals) {
			const scope = this.#handles.has(plural) ? undefined : this.#scopeOf(plural);
			if (!scope) continue;
			const handle = this.#scopes.open(scope, () => {
				this.#grouped.delete(plural);
				this.#changed();
			});
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

	[Symbol.dispose](): void {
		for (const handle of this.#handles.values()) handle[Symbol.dispose]();
		this.#handles.clear();
		this.#grouped.clear();
	}
}
