import type {ClusterView} from '../../check.ts';
import {serviceNameLabel} from '../../endpoints.ts';
import {numberAt} from '../../field.ts';
import type {ProbeDestination, ProbeSource} from '../cell.ts';
import {addressesOf, type DnsCluster, type DnsEndpoint} from '../dns/dns-cluster.ts';
import type {NetPod, NetService, NetSlice} from '../net-objects.ts';
import {parseIp} from '../policy/ip-address.ts';
import type {DraftQuestion} from './draft-plan.ts';
import {isNodeSource} from './probe-plan.ts';

/** Nothing should listen there: TCP 9 is `discard`. */
const closedPort = 9;

/** A CoreDNS pod as what is asked. */
export function dnsPodOf({address, podName, node, pod}: DnsEndpoint, port: number): ProbeDestination {
	const namespace = pod?.metadata.namespace;
	return {
		kind: 'dns-pod',
		title: podName ?? address,
		address,
		port,
		...(node === undefined ? {} : {node}),
		...(namespace === undefined ? {} : {namespace}),
		...(podName === undefined ? {} : {pod: podName}),
	};
}

/** R16: an address of the Service network that no Service has, and a closed port of an endpoint. Both must fail (trap 5). */
export function controlQuestions(view: ClusterView, dns: DnsCluster, from: ProbeSource, weight: number): readonly DraftQuestion[] {
	const free = freeAddress(view, dns.ips[0]);
	const endpoint = dns.endpoints.find(({node, ready}) => ready && node === from.node) ?? dns.endpoints.find(({ready}) => ready);
	const control = (title: string, address: string): DraftQuestion => ({
		probe: 'tcp-connect',
		row: 'R16',
		from,
		to: {kind: 'control', title, address, port: closedPort},
		protocol: 'tcp',
		control: true,
		weight,
	});
	return [
		...(free === undefined ? [] : [control('an address without a Service', free)]),
		...(endpoint === undefined || from.role !== 'A' ? [] : [control(`a closed port of ${endpoint.podName ?? endpoint.address}`, endpoint.address)]),
	];
}

/** The last address of the DNS Service's /24 that no Service has; none in IPv6, where nothing tells how large the range is. */
function freeAddress(view: ClusterView, dnsIp: string | undefined): string | undefined {
	if (dnsIp === undefined || parseIp(dnsIp)?.family !== 4) return undefined;
	const taken = new Set(view.all<NetService>('services').flatMap(addressesOf));
	const network = dnsIp.split('.').slice(0, 3).join('.');
	for (let last = 251; last > 100; last -= 1) if (!taken.has(`${network}.${last}`)) return `${network}.${last}`;
	return undefined;
}

/** R10: the API server by its Service and by each address behind it. */
export function apiQuestions(view: ClusterView, from: ProbeSource): readonly DraftQuestion[] {
	const service = view.all<NetService>('services').find(({metadata}) => metadata.namespace === 'default' && metadata.name === 'kubernetes');
	const slices = view
		.all<NetSlice>('endpointslices.discovery.k8s.io')
		.filter(({metadata}) => metadata.namespace === 'default' && (metadata.labels?.[serviceNameLabel] ?? metadata.name) === 'kubernetes');
	const ask = (to: ProbeDestination, weight: number): DraftQuestion => ({probe: 'tcp-connect', row: 'R10', from, to, protocol: 'tcp', weight});
	const endpoints = slices.flatMap(({endpoints: list, ports}) =>
		(list ?? []).flatMap(({addresses = []}) => addresses.flatMap(address => (ports ?? []).flatMap(({port}) => (port === undefined ? [] : [{address, port}])))),
	);
	return [
		...(service === undefined ? [] : addressesOf(service).slice(0, 1)).map(address =>
			ask({kind: 'api-service', title: 'kubernetes', address, port: service?.spec?.ports?.[0]?.port ?? 443, namespace: 'default'}, 3),
		),
		...endpoints.slice(0, 3).map(({address, port}) => ask({kind: 'api-endpoint', title: `API server ${address}`, address, port}, 4)),
	];
}

/** R14: of the node where the source is in its network, else the interfaces of the pod alone. */
export function factQuestion(from: ProbeSource, weight: number): DraftQuestion {
	const to: ProbeDestination = isNodeSource(from)
		? {kind: 'node', title: from.node, address: '', port: 0, node: from.node}
		: {kind: 'control', title: 'interfaces of the pod', address: '', port: 0, node: from.node};
	return {probe: 'node-facts', row: 'R14', from, to, protocol: 'udp', weight};
}

/** Where CoreDNS serves its two web pages: the plugins' own ports, unless its pod declares or is asked on others. */
export function corednsPorts({pod}: DnsEndpoint): Readonly<{health: number; metrics: number}> {
	const containers = pod?.spec?.containers ?? [];
	const declared = containers.flatMap(({ports}) => ports ?? []).find(({name}) => name === 'metrics');
	return {health: healthPort(pod) ?? 8080, metrics: declared?.containerPort ?? 9153};
}

function healthPort(pod: NetPod | undefined): number | undefined {
	return (pod?.spec?.containers ?? []).map(container => numberAt(container, 'livenessProbe', 'httpGet', 'port')).find(port => port !== undefined);
}

/** R13: the same way with a small and with a large answer; small alone coming back is a black hole. */
export function mtuQuestions(
	targets: ReadonlyArray<Readonly<{endpoint: DnsEndpoint; ports: Readonly<{health: number; metrics: number}>}>>,
	from: ProbeSource,
	weight: number,
): readonly DraftQuestion[] {
	return targets.slice(0, 2).flatMap(({endpoint, ports}): DraftQuestion[] => [
		{probe: 'mtu', row: 'R13', from, to: dnsPodOf(endpoint, ports.health), protocol: 'tcp', name: '/health', size: 'small', weight},
		{probe: 'mtu', row: 'R13', from, to: dnsPodOf(endpoint, ports.metrics), protocol: 'tcp', name: '/metrics', size: 'large', weight},
	]);
}
