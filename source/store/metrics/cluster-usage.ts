import type {Catalogue} from '../../core/catalogue.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import {EvictionThresholds} from './eviction-thresholds.ts';
import {MetricsStore} from './metrics-store.ts';
import {PodBooks} from './pod-books.ts';
import {Prometheus} from './prometheus.ts';

export type ClusterUsageOptions = Readonly<{
	client: Pick<ClusterClient, 'context' | 'feedOf' | 'get' | 'list' | 'pages' | 'text'>;
	catalogue(): Catalogue;
	clock: Clock;
	/** Server time. */
	now(): number;
	prometheus?: string;
}>;

/** All sources of what a cluster uses, shared by the screens that show it. Nothing is asked before one of them does. */
export class ClusterUsage implements Disposable {
	readonly metrics: MetricsStore;
	readonly books: PodBooks;
	readonly thresholds: EvictionThresholds;
	readonly prometheus: Prometheus;
	readonly #stop = new AbortController();

	constructor(options: ClusterUsageOptions) {
		const {prometheus, ...parts} = options;
		this.metrics = new MetricsStore(parts);
		this.books = new PodBooks(parts);
		this.thresholds = new EvictionThresholds(options.client, options.clock);
		this.prometheus = new Prometheus({...parts, ...(prometheus === undefined ? {} : {service: prometheus})});
	}

	/** Aborts when the cluster is left. */
	get signal(): AbortSignal {
		return this.#stop.signal;
	}

	[Symbol.dispose](): void {
		this.#stop.abort();
		this.metrics[Symbol.dispose]();
		this.books[Symbol.dispose]();
	}
}
