import {addAmounts, type Amounts} from '../../core/top/amounts.ts';
import type {CellMetrics} from '../../core/top/cell-metrics.ts';
import type {ClusterUsage} from './cluster-usage.ts';
import type {MetricsHandle} from './metrics-store.ts';
import type {PodBookHandle} from './pod-books.ts';

export type TableMetricsOptions = Readonly<{usage: ClusterUsage; kind: 'nodes' | 'pods'; namespace?: string; changed(): void}>;

type Sums = ReadonlyMap<string, Readonly<{requests: Amounts; limits: Amounts}>>;

/** What the usage columns of a table need: samples of its kind, and requests and limits once a column asks for them. Kubelets are not asked. */
export class TableMetrics implements Disposable {
	readonly #options: TableMetricsOptions;
	readonly #handle: MetricsHandle;
	#book: PodBookHandle | undefined;
	#sums: Readonly<{version: number; byNode: Sums}> | undefined;

	constructor(options: TableMetricsOptions) {
		this.#options = options;
		const {usage, kind, namespace, changed} = options;
		const pods = namespace === undefined ? {} : {namespace};
		this.#handle = usage.metrics.open(kind === 'nodes' ? {nodes: true} : {nodes: false, pods}, changed);
	}

	/** Are requests and limits looked at? Whole pods are read for them. */
	withAmounts(wanted: boolean): void {
		const {usage, kind, namespace, changed} = this.#options;
		if (wanted) this.#book ??= usage.books.open(kind === 'nodes' || namespace === undefined ? {} : {namespace}, changed);
		else {
			this.#book?.[Symbol.dispose]();
			this.#book = undefined;
		}
	}

	cells(): CellMetrics {
		return {reading: this.#handle.reading(), pod: key => this.#book?.book.numbers.get(key), node: name => this.#byNode()?.get(name)};
	}

	[Symbol.dispose](): void {
		this.#handle[Symbol.dispose]();
		this.#book?.[Symbol.dispose]();
	}

	/** Sums of all pods of each node; nothing before all pods are known. */
	#byNode(): Sums | undefined {
		const book = this.#book?.book;
		if (!book?.state().ready) return undefined;
		if (this.#sums?.version === book.version) return this.#sums.byNode;
		const grouped = Map.groupBy(
			[...book.numbers.values()].filter(({ended}) => !ended),
			({node}) => node ?? '',
		);
		const byNode = new Map(
			[...grouped].map(
				([name, pods]) => [name, {requests: addAmounts(...pods.map(pod => pod.requests)), limits: addAmounts(...pods.map(pod => pod.limits))}] as const,
			),
		);
		this.#sums = {version: book.version, byNode};
		return byNode;
	}
}
