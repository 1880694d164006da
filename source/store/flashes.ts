import type {Clock} from '../core/clock.ts';

/** A changed value stands out for this long (screens.md 7). */
const flashMs = 1000;

/** Which cells of a row stand out, by their place; all of a row that is new. */
export type Flash = readonly number[] | 'new';

/** The values of a table that have just changed. `faded` is told when one of them is to be drawn as the others are. */
export class Flashes implements Disposable {
	readonly #clock: Clock;
	readonly #faded: () => void;
	readonly #marked = new Map<string, Readonly<{cells: Flash; until: number}>>();
	#fading: Disposable | undefined;

	constructor(clock: Clock, faded: () => void) {
		this.#clock = clock;
		this.#faded = faded;
	}

	mark(row: string, cells: Flash): void {
		this.#marked.set(row, {cells, until: this.#clock.now() + flashMs});
	}

	/** Those that stand out now, of rows that are still there. */
	current(rows: Pick<ReadonlyMap<string, unknown>, 'has'>): ReadonlyMap<string, Flash> {
		const now = this.#clock.now();
		let next = Number.POSITIVE_INFINITY;
		const current = new Map<string, Flash>();
		for (const [row, {cells, until}] of this.#marked) {
			if (until <= now || !rows.has(row)) this.#marked.delete(row);
			else {
				current.set(row, cells);
				next = Math.min(next, until);
			}
		}
		if (current.size > 0) {
			this.#fading ??= this.#clock.after(next - now + 1, () => {
				this.#fading = undefined;
				this.#faded();
			});
		}
		return current;
	}

	[Symbol.dispose](): void {
		this.#fading?.[Symbol.dispose]();
		this.#fading = undefined;
	}
}
