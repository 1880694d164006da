import type {ClusterView} from '../../core/check.ts';
import type {Clock} from '../../core/clock.ts';
import type {Observation} from '../../core/observation.ts';
import {type DnsReads, observeDns} from './observe-dns.ts';

/** diagnosis.md 4.1: every 15 s while the panel is open. */
const usualMs = 15_000;
/** Scrapes kept of one pod: two intervals and one to spare. */
const keptScrapes = 4;

export type DnsObserverOptions = Readonly<{
	client: DnsReads;
	clock: Clock;
	/** The cluster as it is when the next look begins; undefined while it is not known yet. */
	view(): ClusterView | undefined;
	changed(): void;
	/** What is looked at, in the place of DNS: certificates. */
	observe?(view: ClusterView, signal: AbortSignal): Promise<readonly Observation[]>;
	everyMs?: number;
}>;

/** Looks at DNS again and again until it is disposed: logs, metrics, kubelets. Of metrics the last few scrapes stay, of everything else the newest. */
export class DnsObserver implements Disposable {
	readonly #options: DnsObserverOptions;
	readonly #stop = new AbortController();
	#timer: Disposable | undefined;
	#running = false;
	#observations: readonly Observation[] = [];

	constructor(options: DnsObserverOptions) {
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
		const {client, clock, view, changed, everyMs = usualMs} = this.#options;
		const {observe = (seen: ClusterView, signal: AbortSignal) => observeDns(client, seen, clock, signal)} = this.#options;
		const now = view();
		if (!now || now.readable('pods').state === 'loading' || now.readable('services').state === 'loading') {
			this.#later(1000);
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
