import {conditionIs} from '../../conditions.ts';
import {parseIp} from '../policy/ip-address.ts';
import type {NetNode, NetPod, NetService, NetSlice, ServicePort, SliceEndpoint} from '../net-objects.ts';
import {type ClusterIndex, isHeadless, podAddresses} from './cluster-index.ts';
import type {ServiceEntry} from './locate.ts';
import {declaredPorts, protocolOf} from './service-port.ts';
import type {TraceEndpoint} from './trace.ts';

const zoneLabel = 'topology.kubernetes.io/zone';
const sidecars = /^(?:istio-proxy|linkerd-proxy|envoy|envoy-sidecar|consul-dataplane|kuma-sidecar|osm-envoy)$/;

export type Candidates = Readonly<{
	endpoints: readonly TraceEndpoint[];
	/** Slices of the Service, and of them those that carry its port. */
	slices: number;
	slicesWithPort: number;
	/** What was decided on the way and is worth saying. */
	notes: readonly string[];
	/** All usable ones were taken away by a traffic policy `Local`. */
	droppedBy?: 'internalTrafficPolicy' | 'externalTrafficPolicy';
	/** The Service and the client have no address family in common. */
	family?: string;
}>;

type Place = Readonly<{service: NetService; port: ServicePort; entry: ServiceEntry; from: NetPod | undefined; index: ClusterIndex}>;

/** Where kube-proxy may send a connection of this client (diagnosis.md 5.1, steps 3 to 6). */
export function candidateEndpoints(place: Place): Candidates {
	const {service, port, index, from} = place;
	const all = index.slices(service.metadata.namespace ?? '', service.metadata.name);
	const families = familiesOf(from);
	const own = all.filter(slice => slice.addressType !== 'FQDN' && (families === undefined || families.has(slice.addressType ?? 'IPv4')));
	const withPort = own.filter(slice => portOf(slice, port) !== undefined);
	const found = onceEach(withPort.flatMap(slice => (slice.endpoints ?? []).flatMap(endpoint => candidate(endpoint, slice, place))));
	const ready = found.filter(one => one.ready);
	const draining = found.filter(one => !one.ready && one.serving && one.terminating);
	const usable = new Set(ready.length > 0 ? ready : draining);
	const marked = found.map(one => (usable.has(one) ? {...one, used: true, ...(ready.length > 0 ? {} : {note: 'draining'})} : {...one, note: whyUnused(one)}));
	const local = byPolicy(marked, place);
	const zoned = local.droppedBy === undefined ? byZone(local.endpoints, place) : local;
	return {
		endpoints: zoned.endpoints,
		slices: all.length,
		slicesWithPort: withPort.length,
		notes: [...local.notes, ...(zoned === local ? [] : zoned.notes)],
		...(local.droppedBy === undefined ? {} : {droppedBy: local.droppedBy}),
		...(all.length > 0 && own.length === 0 && families !== undefined ? {family: `the client has ${[...families].join(' and ')} only`} : {}),
	};
}

/** undefined: not known, then every family counts. */
function familiesOf(from: NetPod | undefined): ReadonlySet<string> | undefined {
	const families = (from ? podAddresses(from) : []).flatMap(address => parseIp(address)?.family ?? []).map(family => `IPv${family}`);
	return families.length === 0 ? undefined : new Set(families);
}

function portOf(slice: NetSlice, {name = ''}: ServicePort): Readonly<{port?: number; protocol?: string}> | undefined {
	return slice.ports?.find(one => (one.name ?? '') === name);
}

function candidate(endpoint: SliceEndpoint, slice: NetSlice, {port, index, service}: Place): readonly TraceEndpoint[] {
	const [address] = endpoint.addresses ?? [];
	const number = portOf(slice, port)?.port;
	if (address === undefined) return [];
	const {ready = true, terminating = false} = endpoint.conditions ?? {};
	const {targetRef} = endpoint;
	const pod =
		targetRef?.kind === 'Pod' ? index.pod(targetRef.namespace ?? service.metadata.namespace ?? '', targetRef.name ?? '') : index.podOfAddress(address);
	const nodeName = endpoint.nodeName ?? pod?.spec?.nodeName;
	const zone = endpoint.zone ?? zoneOf(index.node(nodeName));
	const sidecar = pod?.spec?.containers?.concat(pod.spec.initContainers ?? []).find(({name}) => sidecars.test(name))?.name;
	const declared = pod ? declares(pod, number, protocolOf(port)) : undefined;
	return [
		{
			address,
			...(number === undefined ? {} : {port: number}),
			protocol: protocolOf(port),
			ready,
			serving: endpoint.conditions?.serving ?? ready,
			terminating,
			used: false,
			...(pod ? {pod} : {}),
			...(nodeName === undefined ? {} : {node: nodeName}),
			...(zone === undefined ? {} : {zone}),
			...(declared === undefined ? {} : {declared}),
			...(sidecar === undefined ? {} : {sidecar}),
		},
	];
}

/** undefined where the pod declares no port of that protocol at all: then its silence says nothing. */
export function declares(pod: NetPod, port: number | undefined, protocol: string): boolean | undefined {
	const declared = declaredPorts(pod).filter(one => protocolOf(one) === protocol);
	return declared.length === 0 || port === undefined ? undefined : declared.some(({containerPort}) => containerPort === port);
}

/** By address and port: slices of several controllers may name an endpoint twice (EndpointSlice mirroring); a ready one wins. */
function onceEach(endpoints: readonly TraceEndpoint[]): readonly TraceEndpoint[] {
	const found = new Map<string, TraceEndpoint>();
	for (const endpoint of endpoints) {
		const key = `${endpoint.address} ${endpoint.port ?? ''}`;
		if (!found.has(key) || (endpoint.ready && found.get(key)?.ready === false)) found.set(key, endpoint);
	}
	return [...found.values()];
}

function whyUnused({terminating, pod}: TraceEndpoint): string {
	if (terminating) return 'terminating';
	const gate = pod?.spec?.readinessGates?.find(({conditionType}) => !conditionIs(pod.status?.conditions, conditionType, 'True'));
	return gate ? `not ready: readiness gate ${gate.conditionType}` : 'not ready';
}

type Narrowed = Readonly<{endpoints: readonly TraceEndpoint[]; notes: readonly string[]; droppedBy?: Candidates['droppedBy']}>;

/** internalTrafficPolicy for clients of the cluster, externalTrafficPolicy for those of outside; a headless Service has neither. */
function byPolicy(endpoints: readonly TraceEndpoint[], {service, entry, from, index}: Place): Narrowed {
	const {externalTrafficPolicy, internalTrafficPolicy} = service.spec ?? {};
	if (isHeadless(service)) return {endpoints, notes: []};
	if (entry.type === 'cluster-ip') {
		if (internalTrafficPolicy !== 'Local') return {endpoints, notes: []};
		if (!from) return {endpoints, notes: ["internalTrafficPolicy Local: only endpoints on the client's own node are used"]};
		return localOnly(endpoints, {node: from.spec?.nodeName, policy: 'internalTrafficPolicy', whose: "the client's node"});
	}
	if (from) {
		const isLocal = externalTrafficPolicy === 'Local';
		return {endpoints, notes: isLocal ? ['externalTrafficPolicy Local does not hold for clients inside the cluster: kube-proxy treats it as Cluster'] : []};
	}
	if (externalTrafficPolicy !== 'Local') return {endpoints, notes: ["externalTrafficPolicy Cluster: the pod sees the address of a node, not the client's"]};
	if (entry.type === 'node-port' && entry.node)
		return localOnly(endpoints, {node: entry.node.metadata.name, policy: 'externalTrafficPolicy', whose: 'the node that was asked'});
	const without = index.nodes.filter(node => !endpoints.some(one => one.used && one.node === node.metadata.name)).map(({metadata}) => metadata.name);
	const health =
		service.spec?.healthCheckNodePort === undefined
			? ''
			: `; the load balancer should leave those out by healthCheckNodePort ${service.spec.healthCheckNodePort}`;
	return {endpoints, notes: without.length === 0 ? [] : [`externalTrafficPolicy Local: traffic that arrives at ${without.join(', ')} is dropped${health}`]};
}

function localOnly(
	endpoints: readonly TraceEndpoint[],
	place: Readonly<{node: string | undefined; policy: 'internalTrafficPolicy' | 'externalTrafficPolicy'; whose: string}>,
): Narrowed {
	const {node, policy, whose} = place;
	if (node === undefined) return {endpoints, notes: [`${policy} Local, and the node is not known`]};
	const kept = endpoints.map(one => (one.used && one.node !== node ? {...one, used: false, note: `on ${one.node ?? 'no node'}: ${policy} Local`} : one));
	const isDropped = endpoints.some(one => one.used) && !kept.some(one => one.used);
	return {endpoints: kept, notes: [`${policy} Local: only endpoints on ${node}, ${whose}`], ...(isDropped ? {droppedBy: policy} : {})};
}

/** Hints count only where every usable endpoint has one and the client's zone (or node) gets at least one; else kube-proxy ignores them. */
function byZone(endpoints: readonly TraceEndpoint[], {service, port, from, index}: Place): Narrowed {
	const {trafficDistribution} = service.spec ?? {};
	const said = trafficDistribution === undefined ? [] : [`trafficDistribution ${trafficDistribution}`];
	const hints = new Map<string, NonNullable<SliceEndpoint['hints']>>();
	for (const slice of index.slices(service.metadata.namespace ?? '', service.metadata.name)) {
		if (portOf(slice, port) === undefined) continue;
		for (const {addresses = [], hints: given} of slice.endpoints ?? []) if (given && addresses[0] !== undefined) hints.set(addresses[0], given);
	}
	const node = from?.spec?.nodeName;
	const used = endpoints.filter(one => one.used);
	if (hints.size === 0 || isHeadless(service) || node === undefined) return {endpoints, notes: said};
	const zone = zoneOf(index.node(node));
	const isMine = ({address}: TraceEndpoint): boolean => {
		const given = hints.get(address);
		return (given?.forNodes ?? []).some(({name}) => name === node) || (given?.forZones ?? []).some(({name}) => name === zone);
	};
	if (!used.every(({address}) => hints.has(address))) return {endpoints, notes: [...said, 'topology hints are ignored: not every endpoint has one']};
	if (!used.some(isMine))
		return {endpoints, notes: [...said, `topology hints are ignored: none is for ${zone === undefined ? "the client's zone" : `zone ${zone}`}`]};
	return {
		endpoints: endpoints.map(one =>
			one.used && !isMine(one) ? {...one, used: false, note: `for another zone${one.zone === undefined ? '' : ` (${one.zone})`}`} : one,
		),
		notes: [...said, `topology hints: only endpoints for ${zone === undefined ? node : `zone ${zone}`}`],
	};
}

function zoneOf(node: NetNode | undefined): string | undefined {
	return node?.metadata.labels?.[zoneLabel];
}
