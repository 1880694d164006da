type Keyed = {key: number; order: number};

/** The one that is due first among many, each with a time that changes: a binary heap. Equal times go by the order given. */
export class Earliest<T> {
	readonly #heap: Array<Keyed & {value: T}> = [];

	get size(): number {
		return this.#heap.length;
	}

	add(value: T, key: number, order: number): void {
		this.#heap.push({value, key, order});
		this.#up(this.#heap.length - 1);
	}

	/** Takes the first one out. */
	take(): T | undefined {
		const first = this.#heap[0];
		const last = this.#heap.pop();
		if (first === undefined || last === undefined) return undefined;
		if (first !== last) {
			this.#heap[0] = last;
			this.#down(0);
		}
		return first.value;
	}

	#up(from: number): void {
		for (let index = from; index > 0; ) {
			const above = (index - 1) >> 1;
			if (!this.#swapIfBefore(index, above)) return;
			index = above;
		}
	}

	#down(from: number): void {
		for (let index = from; ; ) {
			const left = 2 * index + 1;
			const next = this.#isBefore(left + 1, left) ? left + 1 : left;
			if (!this.#swapIfBefore(next, index)) return;
			index = next;
		}
	}

	#swapIfBefore(lower: number, upper: number): boolean {
		if (!this.#isBefore(lower, upper)) return false;
		const one = this.#heap[lower];
		const other = this.#heap[upper];
		if (one === undefined || other === undefined) return false;
		this.#heap[lower] = other;
		this.#heap[upper] = one;
		return true;
	}

	#isBefore(one: number, other: number): boolean {
		const a = this.#heap[one];
		const b = this.#heap[other];
		return a !== undefined && b !== undefined && (a.key < b.key || (a.key === b.key && a.order < b.order));
	}
}
