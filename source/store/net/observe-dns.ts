import type {ClusterView} from '../../core/check.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import {listAt, textAt} from '../../core/field.ts';
import {corednsLogMatches} from '../../core/net/dns/coredns-log.ts';
import {corednsMetrics} from '../../core/net/dns/coredns-metrics.ts';
import {pluginsNamed} from '../../core/net/dns/corefile.ts';
import {type DnsCluster, dnsCluster, type DnsPod, isReady, nameOf} from '../../core/net/dns/dns-cluster.ts';
import type {CorednsLogFacts, CorednsMetricsFacts, KubeletFacts} from '../../core/net/dns/dns-observations.ts';
import {isRunning} from '../../core/net/dns/log-state.ts';
import {systemConfig} from '../../core/net/dns/system-config.ts';
import type {NetNode} from '../../core/net/net-objects.ts';
import type {Observation} from '../../core/observation.ts';
import {ProblemError} from '../../core/problem.ts';
import {observe, type ObservingTools} from './observe.ts';

export type DnsReads = Pick<ClusterClient, 'text' | 'logs' | 'skewMs'>;

/** diagnosis.md 4.1: at most so many pods; of nodes, so many that one look costs no more than a moment. */
const mostPods = 8;
const mostNodes = 20;
/** In a one-shot run metrics are read twice: CoreDNS asks a dead upstream again every 0.5 s, so its failures grow meanwhile. */
const againMs = 1200;
const tailLines = 200;
const logBytes = 256 * 1024;
const usualMetricsPort = 9153;
const nodeLocalPort = 9253;

/**
 * What beside the objects tells of the cluster's DNS: CoreDNS logs and metrics, node-local-dns metrics, kubelet configurations.
 * Sends GETs only. Never rejects but by its signal: what could not be read is an observation that failed.
 */
export async function observeDns(client: DnsReads, view: ClusterView, clock: Clock, signal: AbortSignal): Promise<readonly Observation[]> {
	const dns = dnsCluster(view);
	const reader = {client, clock, signal};
	const read = await Promise.all([...logReads(reader, dns), ...metricsReads(reader, view, dns), ...nodesOf(view, dns).map(node => kubeletRead(reader, node))]);
	signal.throwIfAborted();
	return read.flat();
}

type Reader = ObservingTools & Readonly<{client: DnsReads}>;
type Reads = ReadonlyArray<Promise<Observation | readonly Observation[]>>;

function logReads(reader: Reader, {pods}: DnsCluster): Reads {
	return pods
		.filter(({status}) =>
			(status?.containerStatuses ?? []).some(
				({state, restartCount = 0}) => state?.running !== undefined || state?.terminated !== undefined || restartCount > 0,
			),
		)
		.slice(0, mostPods)
		.map(pod =>
			observe<CorednsLogFacts>(reader, {probe: 'coredns-log', target: nameOf(pod), what: `Could not read the log of ${nameOf(pod)}`}, async signal => {
				const [current, previous] = await Promise.all([
					logOf(reader, pod, false, signal),
					hasRunBefore(pod) ? logOf(reader, pod, true, signal).catch(ignored) : '',
				]);
				return {current: corednsLogMatches(current), previous: corednsLogMatches(previous), lines: current.split('\n').length - 1};
			}),
		);
}

/** The log of the run before may be gone already; that is no failure of this one. */
function ignored(error: unknown): string {
	if (error instanceof ProblemError && error.problem.code === 'cancelled') throw error;
	return '';
}

function hasRunBefore({status}: DnsPod): boolean {
	return (status?.containerStatuses ?? []).some(({lastState, restartCount = 0}) => restartCount > 0 || lastState?.terminated !== undefined);
}

async function logOf({client}: Reader, pod: DnsPod, previous: boolean, signal: AbortSignal): Promise<string> {
	const container = containerOf(pod);
	const {namespace = 'kube-system', name} = pod.metadata;
	const chunks: Uint8Array[] = [];
	for await (const chunk of client.logs({namespace, pod: name, container, follow: false, previous, tailLines, limitBytes: logBytes}, signal))
		chunks.push(chunk);
	const decoder = new TextDecoder();
	return chunks.map(chunk => decoder.decode(chunk, {stream: true})).join('') + decoder.decode();
}

function containerOf({spec}: DnsPod): string {
	const containers = spec?.containers ?? [];
	return (containers.find(({name, image = ''}) => name === 'coredns' || image.includes('coredns')) ?? containers[0])?.name ?? 'coredns';
}

function metricsReads(reader: Reader, view: ClusterView, {pods, nodeLocal, service}: DnsCluster): Reads {
	const {corefile} = systemConfig(view, service?.metadata.namespace);
	const listen = corefile && pluginsNamed(corefile.parsed, 'prometheus')[0]?.args[0];
	const port = Number(listen?.split(':').at(-1) ?? usualMetricsPort) || usualMetricsPort;
	const own = pods.filter(isRunning).slice(0, mostPods);
	const local = (nodeLocal?.pods ?? []).filter(isReady).slice(0, mostPods);
	return [
		...own.map(async pod => {
			const first = await scrape(reader, 'coredns-metrics', pod, port);
			if (!view.oneShot || first.outcome !== 'ok') return first;
			await pause(reader.clock, againMs, reader.signal);
			return [await scrape(reader, 'coredns-metrics', pod, port), first];
		}),
		...local.map(pod => scrape(reader, 'node-local-metrics', pod, nodeLocalPort)),
	];
}

async function scrape(reader: Reader, probe: string, pod: DnsPod, port: number): Promise<Observation> {
	const {namespace = 'kube-system', name} = pod.metadata;
	const what = `Could not read the metrics of ${nameOf(pod)}`;
	return await observe<CorednsMetricsFacts>(reader, {probe, target: nameOf(pod), what}, async signal => {
		const {status, body} = await reader.client.text(
			`/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}:${port}/proxy/metrics`,
			signal,
		);
		const metrics = status === 200 ? corednsMetrics(body) : undefined;
		if (!metrics)
			throw new ProblemError({code: 'server', what, cause: status === 200 ? 'they are not those of a CoreDNS' : `port ${port} of the pod answered ${status}`});
		return metrics;
	});
}

/** The nodes of CoreDNS first: they matter to everybody. */
function nodesOf(view: ClusterView, {pods}: DnsCluster): readonly string[] {
	const nodes = view
		.all<NetNode>('nodes')
		.filter(({status}) => status?.conditions?.some(({type, status: is}) => type === 'Ready' && is === 'True') === true)
		.map(({metadata}) => metadata.name);
	const first = new Set(pods.flatMap(({spec}) => spec?.nodeName ?? []));
	return nodes.toSorted((a, b) => Number(first.has(b)) - Number(first.has(a))).slice(0, mostNodes);
}

async function kubeletRead(reader: Reader, node: string): Promise<Observation> {
	const what = `Could not read the kubelet configuration of ${node}`;
	return await observe<KubeletFacts>(reader, {probe: 'kubelet-configz', target: node, what}, async signal => {
		const {status, body} = await reader.client.text(`/api/v1/nodes/${encodeURIComponent(node)}/proxy/configz`, signal);
		if (status !== 200) throw new ProblemError({code: 'server', what, cause: `the kubelet answered ${status}`});
		return kubeletFacts(parsedJson(body, what));
	});
}

function parsedJson(body: string, what: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		throw new ProblemError({code: 'protocol', what, cause: 'the answer is no JSON'});
	}
}

function kubeletFacts(config: unknown): KubeletFacts {
	const text = (key: string): string | undefined => textAt(config, 'kubeletconfig', key);
	const [clusterDomain, resolvConf, hairpinMode] = [text('clusterDomain'), text('resolvConf'), text('hairpinMode')];
	return {
		clusterDns: listAt(config, 'kubeletconfig', 'clusterDNS').map(String),
		...(clusterDomain === undefined ? {} : {clusterDomain}),
		...(resolvConf === undefined ? {} : {resolvConf}),
		...(hairpinMode === undefined ? {} : {hairpinMode}),
	};
}

/** Waits; ends at once when the signal does. */
function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
	return new Promise(resolve => {
		if (signal.aborted) return resolve();
		const timer = clock.after(ms, resolve);
		signal.addEventListener(
			'abort',
			() => {
				timer[Symbol.dispose]();
				resolve();
			},
			{once: true},
		);
	});
}
