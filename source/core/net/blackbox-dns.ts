import {hostPort} from '../host-port.ts';
import type {ClusterView} from '../check.ts';
import {serviceNameLabel} from '../endpoints.ts';
import {type BlackboxExporter, type BlackboxQuestion, blackboxTarget, blackboxText, findBlackbox} from './blackbox.ts';
import type {CellTransport, ProbeCell, ProbeDestination, ProbeSource} from './cell.ts';
import {dnsCluster} from './dns/dns-cluster.ts';
import type {BlackboxFacts} from './dns/dns-observations.ts';
import type {NetSlice} from './net-objects.ts';

const dnsPort = 53;
/** CoreDNS pods beyond these are not asked one by one. */
const mostPods = 4;
/** What takes longer failed because nothing came: a refusal and an error of the server are there at once. */
const silenceMs = 2000;

type Asked = Readonly<{question: BlackboxQuestion; to: ProbeDestination; row: ProbeCell['row']}>;

/** What the cluster's own blackbox exporter is to ask about DNS: the Service by UDP and TCP, each CoreDNS pod by UDP. */
export function blackboxDnsQuestions(view: ClusterView): readonly BlackboxQuestion[] {
	return askedOf(view).map(({question}) => question);
}

function askedOf(view: ClusterView): readonly Asked[] {
	const {service, ips, endpoints} = dnsCluster(view);
	const title = service?.metadata.name ?? 'DNS Service';
	const services = ips.slice(0, 1).flatMap((address): readonly Asked[] => {
		const to: ProbeDestination = {kind: 'dns-service', title, address, port: dnsPort};
		return [
			{question: {kind: 'dns', target: hostPort(address, dnsPort)}, to, row: 'R2'},
			{question: {kind: 'tcp', target: hostPort(address, dnsPort)}, to, row: 'R3'},
		];
	});
	const pods = endpoints
		.filter(({ready}) => ready)
		.slice(0, mostPods)
		.map(({address, podName, node}): Asked => {
			const to: ProbeDestination = {
				kind: 'dns-pod',
				title: podName ?? address,
				address,
				port: dnsPort,
				...(node === undefined ? {} : {node}),
				...(podName === undefined ? {} : {pod: podName}),
			};
			return {question: {kind: 'dns', target: hostPort(address, dnsPort)}, to, row: 'R4'};
		});
	return [...services, ...pods];
}

/**
 * What the exporter found, as cells from where it runs. They are no part of the verdict: it asks the name of its own module, once, and
 * tells no more than that it failed.
 */
export function blackboxDnsCells(view: ClusterView): readonly ProbeCell[] {
	const exporter = findBlackbox(view);
	if (!exporter) return [];
	const observed = new Map(view.observed<BlackboxFacts>('blackbox').map(one => [one.target, one]));
	const from = sourceOf(view, exporter);
	return askedOf(view).flatMap(({question, to, row}): readonly ProbeCell[] => {
		const one = observed.get(blackboxTarget(question));
		if (!one) return [];
		const of = {row, from, to, protocol: question.kind === 'tcp' ? 'tcp' : 'udp', tried: 1, tool: toolOf(exporter), at: one.at} as const;
		if (one.outcome !== 'ok') return [{...of, transport: 'not-run', failed: 0, detail: one.outcome === 'failed' ? one.problem.cause : 'no answer in time'}];
		const ms = one.facts.seconds === undefined ? undefined : one.facts.seconds * 1000;
		return [
			{
				...of,
				transport: transportOf(question, one.facts),
				...(ms === undefined ? {} : {ms}),
				failed: one.facts.success ? 0 : 1,
				detail: blackboxText(one.facts),
			},
		];
	});
}

function transportOf({kind}: BlackboxQuestion, {success, seconds = 0}: BlackboxFacts): CellTransport {
	if (success) return 'ok';
	if (seconds * 1000 >= silenceMs) return 'timeout';
	return kind === 'tcp' ? 'refused' : 'inconclusive';
}

function toolOf({namespace, service}: BlackboxExporter): string {
	return `blackbox exporter ${namespace}/${service}`;
}

/** Where it runs, as far as one place is known: with several pods behind its Service any of them may have asked. */
function sourceOf(view: ClusterView, {namespace, service}: BlackboxExporter): ProbeSource {
	const endpoints = view
		.all<NetSlice>('endpointslices.discovery.k8s.io')
		.filter(({metadata}) => metadata.namespace === namespace && metadata.labels?.[serviceNameLabel] === service)
		.flatMap(slice => slice.endpoints ?? []);
	const [only] = endpoints.length === 1 ? endpoints : [];
	const dnsNodes = new Set(dnsCluster(view).endpoints.flatMap(({node}) => node ?? []));
	const node = only?.nodeName ?? '';
	return {
		role: 'D',
		namespace,
		pod: only?.targetRef?.name ?? service,
		container: '',
		node,
		podIp: only?.addresses?.[0] ?? '',
		hasDns: dnsNodes.has(node),
	};
}
