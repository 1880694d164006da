import type {ClusterView} from '../../check.ts';
import type {ProbeDestination, ProbeSource} from '../cell.ts';
import {dnsCluster, type DnsCluster} from '../dns/dns-cluster.ts';
import type {NetNode, NetPod, NetSlice} from '../net-objects.ts';
import {chooseSources, hostColumns} from './choose-sources.ts';
import {controlQuestions, corednsPorts, dnsPodOf, factQuestion, mtuQuestions} from './common-questions.ts';
import {type DraftQuestion, plannedQuestions} from './draft-plan.ts';
import {isNodeSource, type ProbePlan, type ProbeWay} from './probe-plan.ts';
import {isAskedBy, wayNote} from './sources-for-way.ts';

/** A matrix of more is no longer read, and has more than 60 questions. */
const mostNodes = 6;
/** The kubelet listens there on every node. */
const kubeletPort = 10_250;

export type NodesPlanWish = Readonly<{view: ClusterView; from?: string; namespace?: string; way?: ProbeWay}>;

/** Node by node and pod by pod: TCP, DNS over UDP, small and large answers, facts of the nodes. */
export function planNodes({view, from, namespace, way = 'exec'}: NodesPlanWish): ProbePlan {
	const dns = dnsCluster(view);
	const chosen = chooseSources({
		view,
		...(from === undefined ? {} : {from}),
		...(namespace === undefined ? {} : {namespace}),
		dnsNodes: new Set(dns.endpoints.flatMap(({node}) => node ?? [])),
		otherNodes: mostNodes - 1,
		nodeNetwork: way !== 'pod',
	});
	if (chosen.client === undefined) return {title: 'nodes and pods', sources: [], questions: [], notes: chosen.notes};
	// One pod a node is enough: the neighbour of the client is for DNS.
	const inPods = chosen.sources.filter(source => source.role !== 'B' && isAskedBy(way, source));
	const sources = way === 'pod' ? [...inPods, ...hostColumns(inPods)] : inPods;
	const nodes = [...new Set(inPods.map(({node}) => node))];
	const targets = podTargets(view, dns, nodes);
	const drafts = sources.flatMap(source =>
		isNodeSource(source) ? [factQuestion(source, 1), ...nodeTargets(view, nodes, source, 2)] : matrixQuestions({view, dns, nodes, targets}, source),
	);
	const hosts = sources.filter(isNodeSource).map(({node}) => node);
	const missing = nodes.filter(node => !hosts.includes(node));
	return plannedQuestions('nodes and pods', sources, drafts, [
		...chosen.notes,
		...wayNote(way),
		...(missing.length === 0 ? [] : [`No pod in the network of ${missing.join(', ')} can be asked from: the settings of these nodes are not read.`]),
	]);
}

type Matrix = Readonly<{view: ClusterView; dns: DnsCluster; nodes: readonly string[]; targets: readonly ProbeDestination[]}>;

function matrixQuestions({view, dns, nodes, targets}: Matrix, from: ProbeSource): readonly DraftQuestion[] {
	const name = `kubernetes.default.svc.${view.clusterDomain}.`;
	const far = dns.endpoints.filter(({node, ready}) => ready && node !== from.node).map(endpoint => ({endpoint, ports: corednsPorts(endpoint)}));
	return [
		...targets.map((to): DraftQuestion => ({probe: 'tcp-connect', row: 'R11', from, to, protocol: 'tcp', weight: 1})),
		...dns.endpoints.map((endpoint): DraftQuestion => ({probe: 'dns-query', row: 'R4', from, to: dnsPodOf(endpoint, 53), protocol: 'udp', name, weight: 2})),
		...nodeTargets(view, nodes, from, 3),
		...mtuQuestions(far.slice(0, 1), from, 4),
		factQuestion(from, 5),
		...controlQuestions(view, dns, from, 3),
	];
}

function nodeTargets(view: ClusterView, nodes: readonly string[], from: ProbeSource, weight: number): readonly DraftQuestion[] {
	return view.all<NetNode>('nodes').flatMap(({metadata, status}): DraftQuestion[] => {
		const address = status?.addresses?.find(({type}) => type === 'InternalIP')?.address;
		if (address === undefined || !nodes.includes(metadata.name)) return [];
		return [
			{
				probe: 'tcp-connect',
				row: 'R11',
				from,
				to: {kind: 'node', title: metadata.name, address, port: kubeletPort, node: metadata.name},
				protocol: 'tcp',
				weight,
			},
		];
	});
}

/** On each node one pod behind a Service, so that something listens: CoreDNS where there is one. */
function podTargets(view: ClusterView, dns: DnsCluster, nodes: readonly string[]): readonly ProbeDestination[] {
	const onHost = new Set(
		view
			.all<NetPod>('pods')
			.filter(({spec}) => spec?.hostNetwork === true)
			.map(({metadata}) => `${metadata.namespace}/${metadata.name}`),
	);
	const listening = view.all<NetSlice>('endpointslices.discovery.k8s.io').flatMap(({metadata, ports, endpoints, addressType}) => {
		const port = (ports ?? []).find(({protocol = 'TCP'}) => protocol === 'TCP')?.port;
		if (port === undefined || addressType === 'FQDN') return [];
		return (endpoints ?? []).flatMap(({addresses, conditions, nodeName, targetRef}) => {
			const [address] = addresses ?? [];
			const {namespace = metadata.namespace, name} = targetRef ?? {};
			const isPod = targetRef?.kind === 'Pod' && name !== undefined && !onHost.has(`${namespace}/${name}`);
			return address !== undefined && conditions?.ready !== false && nodeName !== undefined && isPod ? [{address, port, node: nodeName, namespace, name}] : [];
		});
	});
	return nodes.flatMap((node): ProbeDestination[] => {
		const own = dns.endpoints.find(endpoint => endpoint.node === node && endpoint.ready);
		if (own !== undefined) return [dnsPodOf(own, 53)];
		const found = listening.find(one => one.node === node);
		if (found === undefined) return [];
		const {address, port, namespace, name} = found;
		return [
			{
				kind: 'endpoint',
				title: name ?? address,
				address,
				port,
				node,
				...(namespace === undefined ? {} : {namespace}),
				...(name === undefined ? {} : {pod: name}),
			},
		];
	});
}
