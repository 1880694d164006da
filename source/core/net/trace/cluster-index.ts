import type {ClusterView, Readability} from '../../check.ts';
import {serviceNameLabel} from '../../endpoints.ts';
import type {KubeObject, Ref} from '../../kubernetes.ts';
import type {NetIngress, NetNode, NetPod, NetService, NetSlice} from '../net-objects.ts';

/** One moment of the cluster, by name and by address; made once for a trace. */
export type ClusterIndex = Readonly<{
	view: ClusterView;
	services: readonly NetService[];
	service(namespace: string, name: string): NetService | undefined;
	pods(namespace: string): readonly NetPod[];
	pod(namespace: string, name: string): NetPod | undefined;
	/** Of its own address, not its node's: pods in the network of their node are not found by it. */
	podOfAddress(address: string): NetPod | undefined;
	slices(namespace: string, service: string): readonly NetSlice[];
	nodes: readonly NetNode[];
	node(name: string | undefined): NetNode | undefined;
	nodeOfAddress(address: string): NetNode | undefined;
	/** undefined: they could not be read. */
	namespaces: readonly string[] | undefined;
	ingresses: readonly NetIngress[];
	/** Could this kind be read in this namespace? */
	readable(kind: string, namespace: string): Readability['state'];
}>;

export const serviceKind = 'services';
export const sliceKind = 'endpointslices.discovery.k8s.io';
export const ingressKind = 'ingresses.networking.k8s.io';

export function clusterIndex(view: ClusterView): ClusterIndex {
	const services = view.all<NetService>(serviceKind);
	const byName = new Map(services.map(service => [nameKey(service), service]));
	const pods = view.all<NetPod>('pods');
	const podsByNamespace = Map.groupBy(pods, ({metadata}) => metadata.namespace ?? '');
	const podsByName = new Map(pods.map(pod => [nameKey(pod), pod]));
	const slices = Map.groupBy(view.all<NetSlice>(sliceKind), slice => `${slice.metadata.namespace ?? ''}/${slice.metadata.labels?.[serviceNameLabel] ?? ''}`);
	const nodes = view.all<NetNode>('nodes');
	const nodesByName = new Map(nodes.map(node => [node.metadata.name, node]));
	const byAddress = new Map(pods.filter(hasOwnAddress).flatMap(pod => podAddresses(pod).map(address => [address, pod] as const)));
	const nodesByAddress = new Map(nodes.flatMap(node => (node.status?.addresses ?? []).map(({address}) => [address, node] as const)));
	const readNamespaces = view.readable('namespaces').state === 'ready';
	return {
		view,
		services,
		service: (namespace, name) => byName.get(`${namespace}/${name}`),
		pods: namespace => podsByNamespace.get(namespace) ?? [],
		pod: (namespace, name) => podsByName.get(`${namespace}/${name}`),
		podOfAddress: address => byAddress.get(address),
		slices: (namespace, service) => slices.get(`${namespace}/${service}`) ?? [],
		nodes,
		node: name => (name === undefined ? undefined : nodesByName.get(name)),
		nodeOfAddress: address => nodesByAddress.get(address),
		namespaces: readNamespaces ? view.all('namespaces').map(({metadata}) => metadata.name) : undefined,
		ingresses: view.all<NetIngress>(ingressKind),
		readable: (kind, namespace) => (view.readIn?.(kind, namespace) ?? view.readable(kind)).state,
	};
}

function nameKey({metadata}: KubeObject): string {
	return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** A pod that has ended keeps its last address, which another one may have by now. */
function hasOwnAddress(pod: NetPod): boolean {
	return pod.spec?.hostNetwork !== true && !hasEnded(pod);
}

export function hasEnded({status}: NetPod): boolean {
	return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** Every address of the pod, the first being its own. */
export function podAddresses({status}: NetPod): readonly string[] {
	const many = (status?.podIPs ?? []).map(({ip}) => ip);
	if (many.length > 0) return many;
	return status?.podIP === undefined || status.podIP === '' ? [] : [status.podIP];
}

export function refOf({apiVersion, kind, metadata}: KubeObject): Ref {
	return {
		apiVersion,
		kind,
		...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
		name: metadata.name,
		...(metadata.uid === undefined ? {} : {uid: metadata.uid}),
	};
}

/** `shop/web`. */
export function titleOf({metadata}: KubeObject): string {
	return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

/** Addresses of the Service that are its own; none of a headless one. */
export function serviceAddresses({spec}: NetService): readonly string[] {
	const many = spec?.clusterIPs ?? (spec?.clusterIP === undefined ? [] : [spec.clusterIP]);
	return many.filter(address => address !== '' && address !== 'None');
}

export function isHeadless({spec}: NetService): boolean {
	return spec?.clusterIP === 'None';
}
