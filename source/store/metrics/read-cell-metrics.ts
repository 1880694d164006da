import type {Catalogue} from '../../core/catalogue.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {Pod} from '../../core/pod.ts';
import {addAmounts} from '../../core/top/amounts.ts';
import type {CellMetrics} from '../../core/top/cell-metrics.ts';
import {type MetricsReading, nothingRead, type UsageKind} from '../../core/top/metrics-reading.ts';
import {type PodNumbers, podNumbers} from '../../core/top/pod-numbers.ts';
import {podKey} from '../../core/top/usage.ts';
import {readMetricsApi} from './metrics-api.ts';

export type CellMetricsQuestion = Readonly<{
	kind: UsageKind;
	namespace?: string;
	/** Requests and limits too: whole pods are read for them. */
	amounts: boolean;
}>;

type Options = Readonly<{client: Pick<ClusterClient, 'context' | 'get' | 'list' | 'pages' | 'text'>; catalogue: Catalogue; clock: Clock}>;

/** What the cells of a table need, read once; kubelets are not asked. Pods that may not be read leave shares unknown. Rejects when the signal aborts. */
export async function readCellMetrics(options: Options, {kind, namespace, amounts}: CellMetricsQuestion, signal: AbortSignal): Promise<CellMetrics> {
	const where = namespace === undefined ? {} : {namespace};
	const [answer, numbers] = await Promise.all([
		readMetricsApi(options, {nodes: kind === 'nodes', pods: kind === 'pods', ...(kind === 'nodes' ? {} : where)}, signal),
		amounts ? readNumbers(options, kind === 'nodes' ? {} : where, signal) : new Map<string, PodNumbers>(),
	]);
	const reading: MetricsReading = {
		...nothingRead,
		nodes: answer.nodes ?? nothingRead.nodes,
		pods: answer.pods ?? nothingRead.pods,
		asked: {nodes: true, pods: true},
		missing: answer.missing,
		source: answer.missing[kind] === undefined ? {[kind]: 'metrics.k8s.io'} : {},
	};
	const byNode = Map.groupBy(
		[...numbers.values()].filter(({ended}) => !ended),
		({node}) => node ?? '',
	);
	return {
		reading,
		pod: key => numbers.get(key),
		node: name => {
			const pods = byNode.get(name);
			return pods && {requests: addAmounts(...pods.map(pod => pod.requests)), limits: addAmounts(...pods.map(pod => pod.limits))};
		},
	};
}

async function readNumbers({client, catalogue}: Options, where: Readonly<{namespace?: string}>, signal: AbortSignal): Promise<Map<string, PodNumbers>> {
	const numbers = new Map<string, PodNumbers>();
	const type = catalogue.find('pods');
	if (type === undefined) return numbers;
	try {
		// The kind asked for is that of Pods.
		for await (const page of client.pages(type, where, signal))
			for (const pod of page as readonly Pod[]) numbers.set(podKey(pod.metadata.namespace, pod.metadata.name), podNumbers(pod));
		return numbers;
	} catch {
		signal.throwIfAborted();
		return new Map();
	}
}
