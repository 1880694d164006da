import type {Amounts} from '../../core/top/amounts.ts';
import {milliOf, unitsOf} from '../../core/top/nano.ts';
import {Ring} from '../../core/top/ring.ts';

/** Each holds a quarter of an hour of one object (kube-api.md 6). */
const mostRings = 2000;

/** What was measured in this session, by object; those nobody looked at for the longest time go first. */
export class History {
	/** In the order in which they were last looked at or made. */
	readonly #rings = new Map<string, Ring>();

	/** Takes a sample. While there is room every object gets a ring; after that only those that are looked at. */
	note(key: string, at: number, amounts: Amounts): void {
		const ring = this.#rings.get(key) ?? (this.#rings.size < mostRings ? this.#make(key) : undefined);
		ring?.put(at, amounts.cpu === undefined ? undefined : milliOf(amounts.cpu), amounts.memory === undefined ? undefined : unitsOf(amounts.memory));
	}

	/** The ring of an object, made where there was none: from now on its samples are kept. */
	ring(key: string): Ring {
		const found = this.#rings.get(key);
		if (found === undefined) {
			if (this.#rings.size >= mostRings)
				for (const oldest of this.#rings.keys()) {
					this.#rings.delete(oldest);
					break;
				}
			return this.#make(key);
		}
		this.#rings.delete(key);
		this.#rings.set(key, found);
		return found;
	}

	has(key: string): boolean {
		return this.#rings.has(key);
	}

	get size(): number {
		return this.#rings.size;
	}

	#make(key: string): Ring {
		const ring = new Ring();
		this.#rings.set(key, ring);
		return ring;
	}
}
