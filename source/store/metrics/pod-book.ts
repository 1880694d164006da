import type {Change, FeedSink, StreamState} from '../../core/feed.ts';
import type {Item} from '../../core/kubernetes.ts';
import type {Pod} from '../../core/pod.ts';
import {printedText} from '../../core/printed.ts';
import {type PodNumbers, podNumbers} from '../../core/top/pod-numbers.ts';
import {podKey} from '../../core/top/usage.ts';

/** A pod of which only its row was served: there are too many to stream whole objects. */
export type RowOnly = Readonly<{key: string; namespace: string; name: string; uid: string; status: string; node: string}>;

/**
 * The numbers of pods, out of a stream of whole objects of which nothing else is kept. Where a server has more than the stream carries
 * whole, `lacking` says which are to be read by themselves; `take` brings them.
 */
export class PodBook implements FeedSink {
	readonly #numbers = new Map<string, PodNumbers>();
	readonly #rows = new Map<string, RowOnly>();
	readonly #lacking = new Map<string, RowOnly>();
	readonly #changed: () => void;
	#seen: Set<string> | undefined;
	#state: Readonly<{ready: boolean; stream: StreamState; partial?: readonly string[]}> = {ready: false, stream: {state: 'loading', rows: 0}};
	#version = 0;

	constructor(changed: () => void) {
		this.#changed = changed;
	}

	/** By `namespace/name`. */
	get numbers(): ReadonlyMap<string, PodNumbers> {
		return this.#numbers;
	}
	/** Another with every change of the numbers. */
	get version(): number {
		return this.#version;
	}
	/** Pods of which no numbers are known, or old ones. */
	get lacking(): ReadonlyMap<string, RowOnly> {
		return this.#lacking;
	}
	/** `ready`: a list came through, and no numbers are lacking for most of it. */
	state(): Readonly<{ready: boolean; stream: StreamState; partial?: readonly string[]}> {
		return this.#state.ready && this.#lacking.size > this.#rows.size / 2 ? {...this.#state, ready: false} : this.#state;
	}

	/** Numbers of pods that were read by themselves; those that are gone meanwhile are left out. */
	take(pods: readonly Pod[]): void {
		for (const pod of pods) {
			const numbers = podNumbers(pod);
			if (this.#rows.get(numbers.key)?.uid !== numbers.uid) continue;
			this.#lacking.delete(numbers.key);
			this.#numbers.set(numbers.key, numbers);
		}
		this.#touch();
	}

	/** It was asked for and is not there: whatever it was, it needs no numbers. */
	give(key: string): void {
		this.#lacking.delete(key);
	}

	columns = (): void => {};

	beginList = (): void => {
		this.#seen = new Set();
	};

	page = (items: readonly Item[]): void => {
		for (const item of items) this.#put(item);
		this.#touch();
	};

	endList = (): void => {
		const seen = this.#seen;
		this.#seen = undefined;
		if (seen) for (const key of [...this.#numbers.keys(), ...this.#rows.keys()]) if (!seen.has(key)) this.#remove(key);
		this.#state = {...this.#state, ready: true};
		this.#touch();
	};

	apply = (changes: readonly Change[]): void => {
		for (const {type, item} of changes) {
			if (type === 'upsert') this.#put(item);
			else this.#remove(podKey(item.meta.namespace, item.meta.name));
		}
		this.#touch();
	};

	stream = (stream: StreamState): void => {
		this.#state = {...this.#state, stream};
		this.#changed();
	};

	partial = (namespaces: readonly string[] | undefined): void => {
		const {partial: _before, ...state} = this.#state;
		this.#state = namespaces === undefined ? state : {...state, partial: namespaces};
		this.#changed();
	};

	#put(item: Item): void {
		const key = podKey(item.meta.namespace, item.meta.name);
		this.#seen?.add(key);
		if (item.object !== undefined) {
			// The feed of pods brings Pods.
			this.#numbers.set(key, podNumbers(item.object as Pod));
			return;
		}
		const row = {
			key,
			namespace: item.meta.namespace ?? '',
			name: item.meta.name,
			uid: item.meta.uid ?? '',
			status: printedText(item, 'Status'),
			node: printedText(item, 'Node'),
		};
		const before = this.#rows.get(key);
		this.#rows.set(key, row);
		const known = this.#numbers.get(key);
		const isSame = before !== undefined && before.uid === row.uid && before.status === row.status && before.node === row.node;
		if (known?.uid !== row.uid || !isSame) this.#lacking.set(key, row);
	}

	#remove(key: string): void {
		this.#numbers.delete(key);
		this.#rows.delete(key);
		this.#lacking.delete(key);
	}

	#touch(): void {
		this.#version++;
		this.#changed();
	}
}
