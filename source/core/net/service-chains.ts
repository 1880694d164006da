import {hostPort} from '../host-port.ts';
import type {NetService, NetSlice, ServicePort} from './net-objects.ts';
import {addressesOf, nameOf} from './dns/dns-cluster.ts';
import {sha256} from './sha256.ts';

/** A chain of the nat table that kube-proxy makes for a Service, and what it does. `depth`: how far below KUBE-SERVICES. */
export type ServiceChain = Readonly<{name: string; depth: number; what: string}>;

/** The chains of one port of a Service. */
export type PortChains = Readonly<{port: string; chains: readonly ServiceChain[]}>;

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The first 16 letters of the base32 of a SHA-256, as pkg/proxy/iptables/proxier.go names its chains. */
function chainHash(text: string): string {
	const bits = [...sha256(text).slice(0, 10)].map(byte => byte.toString(2).padStart(8, '0')).join('');
	return Array.from({length: 16}, (_, index) => base32[Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)] ?? '').join('');
}

/** `KUBE-SVC-TCOU7JCQXEZGVUNU` of `kube-system/kube-dns:dns` and udp. `kind`: SVC all endpoints, SVL those of the node, EXT from outside, FW allowed sources. */
export function serviceChainName(kind: 'SVC' | 'SVL' | 'EXT' | 'FW', servicePort: string, protocol: string): string {
	return `KUBE-${kind}-${chainHash(servicePort + protocol)}`;
}

/** `KUBE-SEP-…` of one endpoint, `10.244.1.23:53`. */
export function endpointChainName(servicePort: string, protocol: string, endpoint: string): string {
	return `KUBE-SEP-${chainHash(servicePort + protocol + endpoint)}`;
}

/** The chains through which a packet to this Service goes in kube-proxy's iptables mode, each explained. */
export function serviceChains(service: NetService, slices: readonly NetSlice[]): readonly PortChains[] {
	const own = slices.filter(
		({metadata}) => metadata.namespace === service.metadata.namespace && metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name,
	);
	return (service.spec?.ports ?? []).map(port =>
		portChains(
			service,
			port,
			own.flatMap(slice => endpointsOf(slice, port.name)),
		),
	);
}

function portChains(service: NetService, {name, port, protocol = 'TCP', nodePort}: ServicePort, endpoints: readonly string[]): PortChains {
	const {spec} = service;
	const [ip = ''] = addressesOf(service);
	const lower = protocol.toLowerCase();
	const servicePort = name === undefined || name === '' ? nameOf(service) : `${nameOf(service)}:${name}`;
	const isExternal = nodePort !== undefined || spec?.type === 'LoadBalancer' || (spec?.externalIPs ?? []).length > 0;
	const outside = `from outside${nodePort === undefined ? '' : `, node port ${nodePort}`}`;
	return {
		port: `${name ?? port} ${port}/${lower}`,
		chains: [
			{
				name: 'KUBE-SERVICES',
				depth: 0,
				what: endpoints.length === 0 ? `${ip}:${port}/${lower} has no endpoint: REJECT in the filter table` : `destination ${ip}:${port}/${lower} jumps on`,
			},
			...(isExternal
				? [
						{
							name: serviceChainName('EXT', servicePort, lower),
							depth: 1,
							what: `${outside}: ${spec?.externalTrafficPolicy === 'Local' ? 'endpoints of the node only, the source stays' : 'the source is masqueraded'}`,
						},
					]
				: []),
			...(endpoints.length === 0 ? [] : choiceChains(service, servicePort, lower, endpoints)),
			{name: 'KUBE-POSTROUTING', depth: 0, what: 'masquerades what carries the mark 0x4000'},
		],
	};
}

/** The chain that chooses, and one for each that can be chosen. */
function choiceChains({spec}: NetService, servicePort: string, protocol: string, endpoints: readonly string[]): readonly ServiceChain[] {
	const isLocal = spec?.internalTrafficPolicy === 'Local';
	const how = spec?.sessionAffinity === 'ClientIP' ? ', the same for a client' : ' at random';
	return [
		{
			name: serviceChainName(isLocal ? 'SVL' : 'SVC', servicePort, protocol),
			depth: 1,
			what: `${isLocal ? 'endpoints of the node only; ' : ''}a source outside of the pod range is marked (KUBE-MARK-MASQ); one of ${endpoints.length} is chosen${how}`,
		},
		...endpoints.map(endpoint => ({
			name: endpointChainName(servicePort, protocol, endpoint),
			depth: 2,
			what: `DNAT to ${endpoint}; from that pod itself the source is marked (hairpin)`,
		})),
	];
}

/** Addresses with the port of that name: what stands in the chain's name. */
function endpointsOf({endpoints, ports}: NetSlice, name: string | undefined): readonly string[] {
	const found = ports?.find(one => (one.name ?? '') === (name ?? ''))?.port;
	if (found === undefined) return [];
	return (endpoints ?? [])
		.filter(({conditions}) => conditions?.ready !== false)
		.flatMap(({addresses = []}) => addresses.slice(0, 1).map(address => hostPort(address, found)));
}
