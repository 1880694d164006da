/** A sample every 15 s for 15 minutes. */
export const ringLength = 60;
export const slotMs = 15_000;

/** The last quarter of an hour of one object: CPU in millicores, memory in bytes; a gap is NaN, never zero. */
export class Ring {
	readonly #cpu = new Float64Array(ringLength).fill(Number.NaN);
	readonly #memory = new Float64Array(ringLength).fill(Number.NaN);
	/** The slot of the newest sample: time divided by the slot's length. */
	#last = Number.NEGATIVE_INFINITY;

	/** Takes a sample of that time; one older than the ring reaches is left out, an older gap is filled. */
	put(at: number, cpu: number | undefined, memory: number | undefined): void {
		const slot = Math.floor(at / slotMs);
		if (slot <= this.#last - ringLength) return;
		if (slot > this.#last) {
			// Samples are not quite as regular as slots: one that fell between two of them is no gap.
			if (slot === this.#last + 2) this.#set(slot - 1, cpu ?? Number.NaN, memory ?? Number.NaN);
			else for (let passed = Math.max(this.#last + 1, slot - ringLength + 1); passed < slot; passed++) this.#set(passed, Number.NaN, Number.NaN);
			this.#last = slot;
			this.#set(slot, cpu ?? Number.NaN, memory ?? Number.NaN);
			return;
		}
		this.#set(slot, cpu ?? Number.NaN, memory ?? Number.NaN);
	}

	/** Fills a gap with what another source remembers; what was measured by ourselves stays. */
	fill(at: number, cpu: number | undefined, memory: number | undefined): void {
		const slot = Math.floor(at / slotMs);
		if (slot > this.#last || slot <= this.#last - ringLength) return;
		const index = slot % ringLength;
		if (cpu !== undefined && Number.isNaN(this.#cpu[index])) this.#cpu[index] = cpu;
		if (memory !== undefined && Number.isNaN(this.#memory[index])) this.#memory[index] = memory;
	}

	/** The newest `count` slots up to `now`, oldest first. */
	values(of: 'cpu' | 'memory', now: number, count = ringLength): readonly number[] {
		const newest = Math.floor(now / slotMs);
		const from = of === 'cpu' ? this.#cpu : this.#memory;
		return Array.from({length: count}, (_none, index) => {
			const slot = newest - count + 1 + index;
			return slot > this.#last || slot <= this.#last - ringLength ? Number.NaN : (from[slot % ringLength] ?? Number.NaN);
		});
	}

	#set(slot: number, cpu: number, memory: number): void {
		this.#cpu[slot % ringLength] = cpu;
		this.#memory[slot % ringLength] = memory;
	}
}
