import type {Clock} from '../core/clock.ts';
import type {PageSource} from './page-source.ts';

/** A background view keeps what it reads for so long (screens.md 2). */
const keptMs = 300_000;
/** Each may hold megabytes. */
const mostKept = 2;

type Kept = Readonly<{key: string; source: PageSource; timer: Disposable}>;

/** What fed pages that were left and could not be read again as it was: a log that was followed. It goes on unseen for a while. */
export class KeptSources implements Disposable {
	readonly #clock: Clock;
	#kept: readonly Kept[] = [];

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Keeps a source that can rest; ends any other. */
	leave(key: string, source: PageSource): void {
		if (!source.rest) {
			source[Symbol.dispose]();
			return;
		}
		source.rest(true);
		const timer = this.#clock.after(keptMs, () => this.#end(key));
		this.#kept = [...this.#kept, {key, source, timer}];
		const [oldest] = this.#kept;
		if (this.#kept.length > mostKept && oldest) this.#end(oldest.key);
	}

	/** The source of that key, if it is still kept; it is the caller's again. */
	take(key: string): PageSource | undefined {
		const found = this.#kept.find(kept => kept.key === key);
		if (!found) return undefined;
		found.timer[Symbol.dispose]();
		this.#kept = this.#kept.filter(kept => kept !== found);
		found.source.rest?.(false);
		return found.source;
	}

	[Symbol.dispose](): void {
		for (const {key} of this.#kept) this.#end(key);
	}

	#end(key: string): void {
		this.take(key)?.[Symbol.dispose]();
	}
}
