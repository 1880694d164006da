import type {ClusterView} from '../../core/check.ts';
import type {Clock} from '../../core/clock.ts';
import type {Observation} from '../../core/observation.ts';

/** The objects are not there yet: soon again. */
const soonMs = 1000;
/** Scrapes kept of one pod: two intervals and one to spare. */
const keptScrapes = 4;

export type ViewObserverOptions = Readonly<{
	clock: Clock;
	/** The cluster as it is when the next look begins; undefined while it is not known yet. */
	view(): ClusterView | undefined;
	changed(): void;
	observe(view: ClusterView, signal: AbortSignal): Promise<readonly Observation[]>;
	everyMs: number;
}>;

/** Reads again and again what stands beside the objects, until it is disposed. Of metrics the last few scrapes stay, of everything else the newest. */
export class ViewObserver implements Disposable {
	readonly #options: ViewObserverOptions;
	readonly #stop = new AbortController();
	#timer: Disposable | undefined;
	#running = false;
	#observations: readonly Observation[] = [];

	constructor(options: ViewObserverOptions) {
		this.#options = options;
		this.#look();
	}

	/** Newest first. */
	observations = (): readonly Observation[] => this.#observations;

	/** Looks now instead of when it is due. */
	refresh(): void {
		this.#timer?.[Symbol.dispose]();
		this.#look();
	}

	[Symbol.dispose](): void {
		this.#timer?.[Symbol.dispose]();
		this.#stop.abort();
	}

	#look(): void {
		if (this.#running || this.#stop.signal.aborted) return;
		const {view, changed, everyMs, observe} = this.#options;
		const now = view();
		if (!now || now.readable('pods').state === 'loading' || now.readable('services').state === 'loading') {
			this.#later(soonMs);
			return;
		}
		this.#running = true;
		void observe(now, this.#stop.signal).then(
			read => {
				this.#running = false;
				this.#observations = merged(this.#observations, read);
				changed();
				this.#later(everyMs);
			},
			() => {
				this.#running = false;
			},
		);
	}

	#later(ms: number): void {
		this.#timer = this.#options.clock.after(ms, () => this.#look());
	}
}

/** What was read now in the place of what was read before of the same; scrapes beside the last few. What is no longer asked (a pod that went) goes. */
function merged(before: readonly Observation[], read: readonly Observation[]): readonly Observation[] {
	const now = new Set(read.map(keyOf));
	const scrapes = before.filter(one => one.probe.endsWith('-metrics') && one.outcome === 'ok' && now.has(keyOf(one)));
	const kept = [...Map.groupBy([...read, ...scrapes], keyOf).values()].flatMap(group => group.slice(0, group[0]?.probe.endsWith('-metrics') ? keptScrapes : 1));
	return kept.toSorted((a, b) => b.at - a.at);
}

function keyOf({probe, target}: Observation): string {
	return `${probe} ${target}`;
}
