import type {ClusterView} from '../../core/check.ts';
import type {Clock} from '../../core/clock.ts';
import type {NetworkTab} from '../../core/net/network-view.ts';
import type {Observation} from '../../core/observation.ts';
import {observeTab, type TabReads} from './observe-tab.ts';

/** Logs of kube-proxy and certificates change slowly. */
const everyMs = 60_000;
/** The objects are not there yet: soon again. */
const soonMs = 1000;

export type TabObserverOptions = Readonly<{tab: NetworkTab; client: TabReads; clock: Clock; view(): ClusterView; changed(): void}>;

/** Reads again and again what stands beside the objects of a tab, until it is disposed; the newest reading counts. */
export class TabObserver implements Disposable {
	readonly #options: TabObserverOptions;
	readonly #stop = new AbortController();
	#timer: Disposable | undefined;
	#running = false;
	#observations: readonly Observation[] = [];

	constructor(options: TabObserverOptions) {
		this.#options = options;
		this.#look();
	}

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
		const {tab, client, clock, view, changed} = this.#options;
		const now = view();
		if (['pods', 'services'].some(kind => now.readable(kind).state === 'loading')) {
			this.#later(soonMs);
			return;
		}
		this.#running = true;
		void observeTab(tab, {client, view: now, clock}, this.#stop.signal).then(
			read => {
				this.#running = false;
				this.#observations = read;
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
