import type {Ref} from '../../core/kubernetes.ts';
import type {ObjectMetrics} from '../../core/top/object-metrics.ts';
import {nodeHistoryKey, podHistoryKey} from '../../core/top/history-key.ts';
import {podKey} from '../../core/top/usage.ts';
import type {ClusterUsage} from './cluster-usage.ts';
import type {MetricsHandle} from './metrics-store.ts';
import type {PodBookHandle} from './pod-books.ts';

export type ObjectMetricsOptions = Readonly<{
	usage: ClusterUsage;
	ref: Ref;
	/** Server time. */
	now(): number;
	changed(): void;
}>;

/** What a pod or a node uses, for its page. The kubelet, the pods of a node and the past are asked for only once all of it is shown. */
export class ObjectMetricsFeed implements Disposable {
	readonly #options: ObjectMetricsOptions;
	readonly #handle: MetricsHandle;
	#book: PodBookHandle | undefined;
	#isWhole = false;

	constructor(options: ObjectMetricsOptions) {
		this.#options = options;
		const {usage, ref, changed} = options;
		this.#handle = usage.metrics.open(isNode(ref) ? {nodes: true} : {nodes: false, pods: inNamespace(ref)}, changed);
	}

	/** The Metrics tab is on screen; `node`: where the pod runs. */
	showAll(node: string | undefined): void {
		const {usage, ref, changed} = this.#options;
		const nodes = node === undefined ? [] : [node];
		this.#handle.want({nodes: isNode(ref), pods: isNode(ref) ? {} : inNamespace(ref), kubelets: nodes, details: nodes});
		if (isNode(ref)) this.#book ??= usage.books.open({fieldSelector: `spec.nodeName=${ref.name}`}, changed);
		if (this.#isWhole) return;
		this.#isWhole = true;
		const key = historyKey(ref);
		const of = isNode(ref) ? ({type: 'node', name: ref.name} as const) : ({type: 'pod', namespace: ref.namespace ?? '', name: ref.name} as const);
		const ring = usage.metrics.ring(key);
		void usage.prometheus.fill(of, ring, usage.signal).then(filled => {
			if (filled) changed();
		});
	}

	value(): ObjectMetrics {
		const {usage, ref, changed, now} = this.#options;
		const state = this.#book?.book.state();
		return {
			reading: this.#handle.reading(),
			...(this.#book && state?.ready ? {numbers: this.#book.book.numbers} : {}),
			...(this.#isWhole && isNode(ref) ? {eviction: usage.thresholds.of(ref.name, changed, usage.signal)} : {}),
			history: (key, of) => usage.metrics.ring(key).values(of, now()),
		};
	}

	[Symbol.dispose](): void {
		this.#handle[Symbol.dispose]();
		this.#book?.[Symbol.dispose]();
	}
}

function isNode({kind}: Pick<Ref, 'kind'>): boolean {
	return kind === 'Node';
}

function historyKey(ref: Ref): string {
	return isNode(ref) ? nodeHistoryKey(ref.name) : podHistoryKey(podKey(ref.namespace, ref.name));
}

function inNamespace({namespace}: Ref): Readonly<{namespace?: string}> {
	return namespace === undefined ? {} : {namespace};
}
