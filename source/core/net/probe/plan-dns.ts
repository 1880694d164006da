import type {ClusterView} from '../../check.ts';
import {serviceNameLabel} from '../../endpoints.ts';
import type {ProbeDestination, ProbeSource} from '../cell.ts';
import {type DnsCluster, dnsCluster, type DnsEndpoint} from '../dns/dns-cluster.ts';
import type {NetService, NetSlice} from '../net-objects.ts';
import {chooseSources, hostColumns} from './choose-sources.ts';
import {apiQuestions, controlQuestions, corednsPorts, dnsPodOf, factQuestion, mtuQuestions} from './common-questions.ts';
import {final, headlessName, kubernetesName, wholeName} from './dns-names.ts';
import {type DraftQuestion, plannedQuestions} from './draft-plan.ts';
import {isNodeSource, type ProbePlan, type ProbeWay} from './probe-plan.ts';
import {samplesFor} from './samples.ts';
import {isAskedBy, wayNote} from './sources-for-way.ts';
import {upstreamsOf} from './upstreams.ts';

export type DnsPlanWish = Readonly<{
	view: ClusterView;
	/** The client, `namespace/pod`; undefined: one is chosen. */
	from?: string;
	/** Where a client is looked for first. */
	namespace?: string;
	/** A name that is asked for as well, as it was typed. */
	name?: string;
	/** Of outside; empty: not asked for. Default `example.com`. */
	external?: string;
	/** `10.0.0.2:53`; default: those of the Corefile and of CoreDNS' metrics. */
	upstreams?: readonly string[];
	way?: ProbeWay;
}>;

/** Other nodes than the client's that are asked from. */
const otherNodes = 4;
/** CoreDNS pods that are asked one by one: with many of them a few tell as much. */
const mostPods = {client: 8, others: 4} as const;

/** The DNS matrix of diagnosis.md 4.3: rows R1-R10, R13-R16 from the client and from one pod a node. */
export function planDns(wish: DnsPlanWish): ProbePlan {
	const {view, from, namespace, way = 'exec'} = wish;
	const dns = dnsCluster(view);
	const dnsNodes = new Set(dns.endpoints.flatMap(({node}) => node ?? []));
	const chosen = chooseSources({
		view,
		...(from === undefined ? {} : {from}),
		...(namespace === undefined ? {} : {namespace}),
		dnsNodes,
		otherNodes,
		nodeNetwork: false,
	});
	const {client} = chosen;
	if (client === undefined) return {title: 'DNS', sources: [], questions: [], notes: chosen.notes};
	const columns = chosen.sources.filter(source => isAskedBy(way, source));
	const sources = way === 'pod' ? [...columns, ...hostColumns(columns)] : columns;
	const drafts = sources.flatMap(source => (isNodeSource(source) ? nodeQuestions(wish, dns, source) : podQuestions(wish, dns, source)));
	const notes = [...chosen.notes, ...wayNote(way)];
	if (dns.ips.length === 0) notes.push('No DNS Service was found, so its address cannot be asked.');
	if (dns.endpoints.length > mostPods.client) notes.push(`${dns.endpoints.length - mostPods.client} more CoreDNS pods are not asked one by one.`);
	if (dns.endpoints.length === 0) notes.push('The DNS Service has no endpoints: no CoreDNS pod can be asked directly.');
	if (upstreams(wish).length === 0) notes.push('The upstreams of CoreDNS are not known (its Corefile names a file of the node): they are not asked directly.');
	return plannedQuestions(`DNS from ${client.namespace}/${client.pod}`, sources, drafts, notes);
}

function upstreams({view, upstreams: given}: DnsPlanWish): readonly string[] {
	return given ?? upstreamsOf(view);
}

function podQuestions(wish: DnsPlanWish, dns: DnsCluster, from: ProbeSource): readonly DraftQuestion[] {
	const {view} = wish;
	const isClient = from.role === 'A';
	const extra = isClient ? 0 : from.role === 'B' ? 20 : 10;
	const {clusterDomain: domain} = view;
	const address = kubernetesName(domain);
	const api = apiService(view);
	const expects = api?.spec?.clusterIP === undefined ? {} : {expects: [api.spec.clusterIP]};
	const samples = samplesFor(dns.endpoints.filter(({ready}) => ready).length);
	const services = dns.ips.slice(0, 1).map((ip): ProbeDestination => serviceOf(dns, ip));
	const port = podPort(view, dns);
	const pods = nearest(dns, from, isClient ? mostPods.client : mostPods.others).map(endpoint => dnsPodOf(endpoint, port));
	const drafts: DraftQuestion[] = [
		{probe: 'resolv-conf', row: 'R1', from, to: local('/etc/resolv.conf'), protocol: 'udp', weight: extra + 1},
		...services.flatMap((to): DraftQuestion[] => [
			{probe: 'dns-query', row: 'R2', from, to, protocol: 'udp', name: address, samples, ...expects, weight: extra},
			{probe: 'dns-query', row: 'R3', from, to, protocol: 'tcp', name: address, samples, ...expects, weight: extra + 2},
		]),
		...pods.flatMap((to): DraftQuestion[] => [
			{probe: 'dns-query', row: 'R4', from, to, protocol: 'udp', name: address, ...expects, weight: extra},
			{probe: 'dns-query', row: 'R4', from, to, protocol: 'tcp', name: address, ...expects, weight: extra + 3},
		]),
	];
	if (from.role === 'B') return drafts.filter(({row}) => row !== 'R1');
	drafts.push(...controlQuestions(view, dns, from, extra + 2), ...mtuQuestions(farFrom(dns, from), from, extra + (isClient ? 4 : 8)));
	if (from.hasDns) drafts.push(...upstreamQuestions(wish, from, extra + 3));
	if (!isClient) return drafts;
	return [
		...drafts,
		...services.flatMap(to => nameQuestions(wish, from, to)),
		...apiQuestions(view, from),
		factQuestion(from, 8),
		...clientQuestions(from, expects),
	];
}

/** Names that only the client asks for: one that must not exist, one of outside, a headless one, the one that was typed. */
function nameQuestions({view, name, external = 'example.com'}: DnsPlanWish, from: ProbeSource, to: ProbeDestination): readonly DraftQuestion[] {
	const {clusterDomain: domain, now} = view;
	const ask = (row: 'R2' | 'R5' | 'R6' | 'R8', asked: string, more: Partial<DraftQuestion> = {}): DraftQuestion => ({
		probe: 'dns-query',
		row,
		from,
		to,
		protocol: 'udp',
		name: asked,
		weight: 1,
		...more,
	});
	const headless = headlessName(view);
	return [
		...(name === undefined ? [] : [ask('R2', wholeName(name, from.namespace, domain))]),
		...(external === '' ? [] : [ask('R6', final(external))]),
		ask('R8', `k8tui-nx-${(now % 2_176_782_336).toString(36)}.default.svc.${domain}.`, {control: true}),
		...(headless === undefined ? [] : [ask('R5', headless.name, {expects: headless.addresses, weight: 5})]),
	];
}

function clientQuestions(from: ProbeSource, expects: Pick<DraftQuestion, 'expects'>): readonly DraftQuestion[] {
	return [
		{
			probe: 'libc-lookup',
			row: 'R9',
			from,
			to: {...local('the search list'), kind: 'name'},
			protocol: 'udp',
			name: 'kubernetes.default',
			...expects,
			weight: 3,
		},
		{probe: 'proxy-env', row: 'R15', from, to: local('proxy variables'), protocol: 'tcp', weight: 9},
	];
}

function nodeQuestions(wish: DnsPlanWish, dns: DnsCluster, from: ProbeSource): readonly DraftQuestion[] {
	return [factQuestion(from, 2), ...(from.hasDns || dns.endpoints.length === 0 ? upstreamQuestions(wish, from, 2) : [])];
}

function upstreamQuestions(wish: DnsPlanWish, from: ProbeSource, weight: number): readonly DraftQuestion[] {
	const {external = 'example.com'} = wish;
	return upstreams(wish)
		.slice(0, 3)
		.flatMap((upstream): DraftQuestion[] => {
			const [, bracketed, plain, port = '53'] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(upstream) ?? [];
			const address = bracketed ?? plain;
			if (address === undefined) return [];
			const name = final(external === '' ? 'example.com' : external);
			return [{probe: 'dns-query', row: 'R7', from, to: {kind: 'upstream', title: upstream, address, port: Number(port)}, protocol: 'udp', name, weight}];
		});
}

/** The CoreDNS pods beside the source first; one on its way out would be gone before it can answer. */
function nearest({endpoints}: DnsCluster, {node}: ProbeSource, most: number): readonly DnsEndpoint[] {
	return endpoints
		.filter(({terminating}) => !terminating)
		.toSorted((a, b) => Number(b.node === node) - Number(a.node === node))
		.slice(0, most);
}

/** CoreDNS pods on other nodes than the source: large answers are in danger between nodes alone. */
function farFrom(dns: DnsCluster, from: ProbeSource): ReadonlyArray<Readonly<{endpoint: DnsEndpoint; ports: Readonly<{health: number; metrics: number}>}>> {
	return dns.endpoints
		.filter(({node, ready}) => ready && node !== undefined && node !== from.node)
		.map(endpoint => ({endpoint, ports: corednsPorts(endpoint)}));
}

function serviceOf({service}: DnsCluster, ip: string): ProbeDestination {
	const name = service?.metadata.name ?? 'DNS';
	const port = service?.spec?.ports?.find(({protocol}) => protocol === 'UDP')?.port ?? 53;
	return {kind: 'dns-service', title: name, address: ip, port, ...(service?.metadata.namespace === undefined ? {} : {namespace: service.metadata.namespace})};
}

/** The port of the pods, which is not the Service's on OpenShift (5353). */
function podPort(view: ClusterView, {service}: DnsCluster): number {
	const slices = view
		.all<NetSlice>('endpointslices.discovery.k8s.io')
		.filter(({metadata}) => metadata.namespace === service?.metadata.namespace && metadata.labels?.[serviceNameLabel] === service?.metadata.name);
	return slices.flatMap(({ports}) => ports ?? []).find(({protocol}) => protocol === 'UDP')?.port ?? 53;
}

function apiService(view: ClusterView): NetService | undefined {
	return view.all<NetService>('services').find(({metadata}) => metadata.namespace === 'default' && metadata.name === 'kubernetes');
}

function local(title: string): ProbeDestination {
	return {kind: 'control', title, address: '', port: 0};
}
