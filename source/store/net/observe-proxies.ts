import type {ClusterView} from '../../core/check.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import {type KubeProxyLogFacts, kubeProxyLogMatches} from '../../core/net/kube-proxy-log.ts';
import type {NetPod} from '../../core/net/net-objects.ts';
import type {Observation} from '../../core/observation.ts';
import {observe} from './observe.ts';

/** Logs of more would cost more than they tell. */
const mostPods = 8;
const tailLines = 200;
const logBytes = 128 * 1024;

type Reads = Pick<ClusterClient, 'logs' | 'skewMs'>;

/** What kube-proxy says in its logs; those on the nodes named come first. Sends GETs only. Never rejects but by its signal. */
export async function observeProxies(
	client: Reads,
	{view, nodes, clock}: Readonly<{view: ClusterView; nodes: readonly string[]; clock: Clock}>,
	signal: AbortSignal,
): Promise<readonly Observation[]> {
	const proxies = view.all<NetPod>('pods').filter(({metadata, status}) => metadata.labels?.['k8s-app'] === 'kube-proxy' && status?.phase === 'Running');
	const first = proxies.toSorted((a, b) => Number(nodes.includes(b.spec?.nodeName ?? '')) - Number(nodes.includes(a.spec?.nodeName ?? '')));
	const read = await Promise.all(
		first.slice(0, mostPods).map(pod => {
			const target = `${pod.metadata.namespace ?? 'kube-system'}/${pod.metadata.name}`;
			const about = {probe: 'kube-proxy-log', target, what: `Could not read the log of ${target}`};
			return observe<KubeProxyLogFacts>({client, clock, signal}, about, async limited => await proxyLog(client, pod, limited));
		}),
	);
	signal.throwIfAborted();
	return read;
}

async function proxyLog(client: Reads, {metadata, spec}: NetPod, signal: AbortSignal): Promise<KubeProxyLogFacts> {
	const {namespace = 'kube-system', name} = metadata;
	const container = spec?.containers?.[0]?.name ?? 'kube-proxy';
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of client.logs({namespace, pod: name, container, follow: false, previous: false, tailLines, limitBytes: logBytes}, signal))
		text += decoder.decode(chunk, {stream: true});
	return {matches: kubeProxyLogMatches(text), lines: text.split('\n').length - 1};
}
