import {customKinds} from './custom-kind.ts';
import type {DemoKind} from './kind.ts';
import {builtInKinds} from './kinds/built-in-kinds.ts';
import {qualified} from './status-error.ts';
import type {StoredObject} from './stored-object.ts';

/** `v1`, `apps/v1`. */
export function apiVersionOf(kind: Pick<DemoKind, 'group' | 'version'>): string {
	return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

/** The kinds that the server has now. */
export class KindRegistry {
	#kinds: readonly DemoKind[] = builtInKinds;
	#revision = 0;
	readonly #byPath = new Map<string, DemoKind>();
	readonly #byKind = new Map<string, DemoKind>();

	constructor() {
		this.#index();
	}

	/** Grows with each change: what an ETag is made of. */
	get revision(): number {
		return this.#revision;
	}

	all(): readonly DemoKind[] {
		return this.#kinds;
	}

	/** By the path: group ('' for core), version, plural. */
	byPath(group: string, version: string, plural: string): DemoKind | undefined {
		return this.#byPath.get(`${group}/${version}/${plural}`);
	}

	/** By what stands in an object. */
	byKind(apiVersion: string, kind: string): DemoKind | undefined {
		return this.#byKind.get(`${apiVersion}/${kind}`);
	}

	/** By `pods` or `deployments.apps`; the kind that stores the objects. Throws when there is none: a caller's mistake. */
	byPlural(plural: string): DemoKind {
		const found = this.#kinds.find(kind => kind.sameAs === undefined && qualified(kind) === plural);
		if (found === undefined) throw new Error(`the demo server has no kind ${plural}`);
		return found;
	}

	/** Serves what a CustomResourceDefinition defines, instead of what its last state did; returns the storage kind. */
	define(definition: StoredObject): DemoKind | undefined {
		const kinds = customKinds(definition);
		this.#kinds = [...this.#kinds.filter(kind => kind.custom !== true || qualified(kind) !== definition.metadata.name), ...kinds];
		this.#index();
		return kinds[0];
	}

	/** Stops serving a custom kind, by its CustomResourceDefinition's name. */
	remove(name: string): void {
		this.#kinds = this.#kinds.filter(kind => kind.custom !== true || qualified(kind) !== name);
		this.#index();
	}

	#index(): void {
		this.#revision += 1;
		this.#byPath.clear();
		this.#byKind.clear();
		for (const kind of this.#kinds) {
			this.#byPath.set(`${kind.group}/${kind.version}/${kind.plural}`, kind);
			this.#byKind.set(`${apiVersionOf(kind)}/${kind.kind}`, kind);
		}
	}
}
