import type {ClusterView} from '../../core/check.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import {type KubeProxyLogFacts, kubeProxyLogMatches} from '../../core/net/kube-proxy-log.ts';
import type {NetPod} from '../../core/net/net-objects.ts';
import type {Observation} from '../../core/observation.ts';
import {problemOf} from '../../core/problem.ts';

/** Logs of more would cost more than they tell. */
const mostPods = 8;
const tailLines = 200;
const logBytes = 128 * 1024;
const readMs = 2500;

type Reads = Pick<ClusterClient, 'logs' | 'skewMs'>;

/** What kube-proxy says in its logs; those on the nodes named come first. Sends GETs only. Never rejects but by its signal. */
export async function observeProxies(
	client: Reads,
	{view, nodes, clock}: Readonly<{view: ClusterView; nodes: readonly string[]; clock: Clock}>,
	signal: AbortSignal,
): Promise<readonly Observation[]> {
	const proxies = view.all<NetPod>('pods').filter(({metadata, status}) => metadata.labels?.['k8s-app'] === 'kube-proxy' && status?.phase === 'Running');
	const first = proxies.toSorted((a, b) => Number(nodes.includes(b.spec?.nodeName ?? '')) - Number(nodes.includes(a.spec?.nodeName ?? '')));
	const read = await Promise.all(first.slice(0, mostPods).map(async pod => await observe({client, clock}, pod, signal)));
	signal.throwIfAborted();
	return read;
}

async function observe(
	{client, clock}: Readonly<{client: Reads; clock: Clock}>,
	{metadata, spec}: NetPod,
	signal: AbortSignal,
): Promise<Observation<KubeProxyLogFacts>> {
	const {namespace = 'kube-system', name} = metadata;
	const startedAt = clock.now();
	const limit = new AbortController();
	using _timer = clock.after(readMs, () => limit.abort());
	const measured = () => ({
		probe: 'kube-proxy-log',
		target: `${namespace}/${name}`,
		at: Math.round(clock.now() + client.skewMs()),
		tookMs: Math.round(clock.now() - startedAt),
	});
	try {
		const decoder = new TextDecoder();
		let text = '';
		const question = {
			namespace,
			pod: name,
			container: spec?.containers?.[0]?.name ?? 'kube-proxy',
			follow: false,
			previous: false,
			tailLines,
			limitBytes: logBytes,
		};
		for await (const chunk of client.logs(question, AbortSignal.any([signal, limit.signal]))) text += decoder.decode(chunk, {stream: true});
		return {...measured(), outcome: 'ok', facts: {matches: kubeProxyLogMatches(text), lines: text.split('\n').length - 1}};
	} catch (error) {
		if (limit.signal.aborted && !signal.aborted) return {...measured(), outcome: 'timed-out'};
		return {...measured(), outcome: 'failed', problem: problemOf(error, `Could not read the log of ${namespace}/${name}`)};
	}
}
