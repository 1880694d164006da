import type {DemoKind} from './kind.ts';
import {keyOf, type StoredObject} from './stored-object.ts';

/** Text that was made of an object and stays true for a while; see rendering.ts. Kept here because weak maps of 100,000 objects cost the collector too much. */
export type KeptText = {meta: string | undefined; cells: string; cellsFrom: number; cellsUntil: number};

/** One object in its place; a write replaces the whole entry, and with it what was kept of the old object. */
export type Entry = Readonly<{key: string; object: StoredObject; kept: KeptText}>;

/** An entry that nothing was kept for yet. */
export function entryOf(object: StoredObject): Entry {
	const {namespace, name} = object.metadata;
	return {key: keyOf(namespace, name), object, kept: {meta: undefined, cells: '', cellsFrom: 0, cellsUntil: 0}};
}

/** What happened to one object, with its state before: selectors need both. */
export type Change = Readonly<{type: 'ADDED' | 'MODIFIED' | 'DELETED'; resourceVersion: number; entry: Entry; previous: Entry | undefined}>;

/** The entries at one moment, in the order of their keys; later writes do not reach it. */
export type Snapshot = readonly Entry[];

/** How many changes a watch can look back, as the watch cache's event buffer. */
const historyLimit = 1000;

/** The index of the first entry whose key is not below `key`. */
export function lowerBound(entries: Snapshot, key: string): number {
	let low = 0;
	let high = entries.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((entries[middle]?.key ?? '') < key) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** All objects of one kind, the changes a watch may still replay, and who listens. */
export class ResourceStore {
	readonly kind: DemoKind;
	#entries: Entry[] = [];
	readonly #byKey = new Map<string, Entry>();
	#isShared = false;
	#isSorted = true;
	#history: Change[] = [];
	#floor: number;
	readonly #listeners = new Set<(change: Change) => void>();
	readonly #closers = new Set<() => void>();

	/** `floor`: watches from below this resourceVersion are too old. */
	constructor(kind: DemoKind, floor: number) {
		this.kind = kind;
		this.#floor = floor;
	}

	get size(): number {
		return this.#byKey.size;
	}

	/** The oldest resourceVersion a watch can start from. */
	get floor(): number {
		return this.#floor;
	}

	get(namespace: string | undefined, name: string): StoredObject | undefined {
		return this.#byKey.get(keyOf(namespace, name))?.object;
	}

	entry(namespace: string | undefined, name: string): Entry | undefined {
		return this.#byKey.get(keyOf(namespace, name));
	}

	/** Everything, in the order of the keys. Costs nothing; the next write copies. */
	snapshot(): Snapshot {
		this.#sort();
		this.#isShared = true;
		return this.#entries;
	}

	/** The objects of one namespace, or all. */
	list(namespace?: string): readonly StoredObject[] {
		this.#sort();
		if (namespace === undefined) return this.#entries.map(({object}) => object);
		const [from, to] = namespaceRange(this.#entries, namespace);
		return this.#entries.slice(from, to).map(({object}) => object);
	}

	/** Puts an object in its place and tells the listeners. */
	put(object: StoredObject): void {
		const entry = entryOf(object);
		const previous = this.#byKey.get(entry.key);
		this.#byKey.set(entry.key, entry);
		this.#own();
		if (previous !== undefined) this.#sort();
		const last = this.#entries.at(-1);
		if (previous !== undefined) this.#entries[lowerBound(this.#entries, entry.key)] = entry;
		else if (!this.#isSorted || last === undefined || last.key < entry.key) this.#entries.push(entry);
		else this.#insert(entry);
		this.#tell({type: previous === undefined ? 'ADDED' : 'MODIFIED', resourceVersion: Number(object.metadata.resourceVersion), entry, previous});
	}

	/** Adds objects at once, without history: how a cluster is built before anybody can watch it. */
	load(objects: Iterable<StoredObject>): void {
		this.#own();
		for (const object of objects) {
			const entry = entryOf(object);
			this.#byKey.set(entry.key, entry);
			this.#entries.push(entry);
		}
		this.#isSorted = false;
	}

	/** Takes an object out; `last` is its final state, with the resourceVersion of the deletion. */
	remove(last: StoredObject): void {
		const key = keyOf(last.metadata.namespace, last.metadata.name);
		const previous = this.#byKey.get(key);
		if (previous === undefined) return;
		this.#byKey.delete(key);
		this.#sort();
		this.#own();
		this.#entries.splice(lowerBound(this.#entries, key), 1);
		this.#tell({type: 'DELETED', resourceVersion: Number(last.metadata.resourceVersion), entry: entryOf(last), previous});
	}

	/** The changes after a resourceVersion; undefined when they are no longer kept. */
	since(resourceVersion: number): readonly Change[] | undefined {
		if (resourceVersion < this.#floor) return undefined;
		return this.#history.filter(change => change.resourceVersion > resourceVersion);
	}

	/** Forgets the changes up to a resourceVersion. */
	compact(resourceVersion: number): void {
		this.#floor = Math.max(this.#floor, resourceVersion);
		this.#history = this.#history.filter(change => change.resourceVersion > resourceVersion);
	}

	/** Calls `changed` at each change and `closed` when the kind is removed. */
	listen(changed: (change: Change) => void, closed: () => void): Disposable {
		this.#listeners.add(changed);
		this.#closers.add(closed);
		return {
			[Symbol.dispose]: () => {
				this.#listeners.delete(changed);
				this.#closers.delete(closed);
			},
		};
	}

	/** Ends all watches: the kind is gone. */
	close(): void {
		for (const closed of [...this.#closers]) closed();
	}

	#tell(change: Change): void {
		this.#history.push(change);
		// Cut in one go: shifting one by one would cost a copy of the buffer a write.
		if (this.#history.length > 2 * historyLimit) {
			const dropped = this.#history.splice(0, this.#history.length - historyLimit);
			this.#floor = Math.max(this.#floor, dropped.at(-1)?.resourceVersion ?? 0);
		}
		for (const listener of [...this.#listeners]) listener(change);
	}

	#own(): void {
		if (!this.#isShared) return;
		this.#entries = [...this.#entries];
		this.#isShared = false;
	}

	#insert(entry: Entry): void {
		this.#entries.splice(lowerBound(this.#entries, entry.key), 0, entry);
	}

	#sort(): void {
		if (this.#isSorted) return;
		this.#own();
		this.#entries.sort((one, other) => (one.key < other.key ? -1 : 1));
		this.#isSorted = true;
	}
}

/** From and to (excluded) of a namespace's entries: their keys start with `namespace/`, and '0' follows '/'. */
export function namespaceRange(entries: Snapshot, namespace: string): readonly [number, number] {
	return [lowerBound(entries, `${namespace}/`), lowerBound(entries, `${namespace}0`)];
}
