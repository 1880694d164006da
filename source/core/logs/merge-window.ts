/** What waits to be put in order: `at` decides, of the same source the order of arrival. */
export type Mergeable = Readonly<{at: number; source: string}>;

type Waiting<T> = {key: number; arrivedAt: number; record: T};

/**
 * Puts what comes from several sources in the order of time, as far as that can be known within a window; what was released
 * is never put behind anything again. Lines of one source keep their order, whatever their stamps say.
 */
export class MergeWindow<T extends Mergeable> {
	readonly #windowMs: number;
	/** The key of each source's newest record: the next one may not get before it. */
	readonly #keys = new Map<string, number>();
	#waiting: Waiting<T>[] = [];
	#isSorted = true;

	constructor(windowMs = 500) {
		this.#windowMs = windowMs;
	}

	get size(): number {
		return this.#waiting.length;
	}

	push(record: T, now: number): void {
		const key = Math.max(record.at, this.#keys.get(record.source) ?? Number.NEGATIVE_INFINITY);
		this.#keys.set(record.source, key);
		const before = this.#waiting[this.#waiting.length - 1];
		if (before !== undefined && before.key > key) this.#isSorted = false;
		this.#waiting.push({key, arrivedAt: now, record});
	}

	/** What has waited long enough, and what stands before it. */
	release(now: number): readonly T[] {
		this.#sort();
		const due = now - this.#windowMs;
		const count = this.#waiting.findLastIndex(({arrivedAt}) => arrivedAt <= due) + 1;
		if (count === 0) return [];
		const released = this.#waiting.slice(0, count);
		this.#waiting = this.#waiting.slice(count);
		return released.map(({record}) => record);
	}

	/** Everything, in order. */
	flush(): readonly T[] {
		return this.release(Number.POSITIVE_INFINITY);
	}

	/** Stable: equal keys stay in the order of arrival. */
	#sort(): void {
		if (this.#isSorted) return;
		this.#waiting.sort((a, b) => a.key - b.key);
		this.#isSorted = true;
	}
}
