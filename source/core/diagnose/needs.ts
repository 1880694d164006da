import type {ClusterView} from '../check.ts';
import {serviceNameLabel} from '../endpoints.ts';
import {fieldAt, listAt, textAt} from '../field.ts';
import type {KubeObject, Ref} from '../kubernetes.ts';
import {labelsMatch, selectorMatches} from '../label-selector.ts';
import type {NetIngress, NetPod, NetService, NetSlice} from '../net/net-objects.ts';
import {refKey} from './graph-key.ts';

/** No path longer than this is looked for (diagnosis.md 3.2). */
const longestPath = 6;

type Needed = Pick<Ref, 'kind' | 'namespace' | 'name'>;
type Indexes = Readonly<{
	/** Objects of a kind, by refKey. */
	byKey: ReadonlyMap<string, KubeObject>;
	podsByNamespace: ReadonlyMap<string, readonly NetPod[]>;
	slicesByService: ReadonlyMap<string, readonly NetSlice[]>;
	policiesByNamespace: ReadonlyMap<string, readonly KubeObject[]>;
	proxies: readonly NetPod[];
}>;

/**
 * How many steps of "A needs B" (diagnosis.md 3.1, the edges of the network) lie between two objects: 0 for the same,
 * Infinity where there are more than six or none. Neighbours are looked up when first asked for, so that thousands of objects
 * without a finding cost nothing.
 */
export function needs(view: ClusterView): (from: Ref, to: Ref) => number {
	let indexes: Indexes | undefined;
	const reached = new Map<string, ReadonlyMap<string, number>>();
	return (from, to) => {
		const key = refKey(from);
		let distances = reached.get(key);
		if (!distances) {
			indexes ??= indexesOf(view);
			distances = walk(from, indexes);
			reached.set(key, distances);
		}
		return distances.get(refKey(to)) ?? Number.POSITIVE_INFINITY;
	};
}

function walk(from: Needed, indexes: Indexes): ReadonlyMap<string, number> {
	const distances = new Map([[refKey(from), 0]]);
	let edge: readonly Needed[] = [from];
	for (let step = 1; step <= longestPath && edge.length > 0; step++) {
		const next: Needed[] = [];
		for (const needed of edge.flatMap(one => neighbours(one, indexes))) {
			const key = refKey(needed);
			if (distances.has(key)) continue;
			distances.set(key, step);
			next.push(needed);
		}
		edge = next;
	}
	return distances;
}

function neighbours(ref: Needed, indexes: Indexes): readonly Needed[] {
	const object = indexes.byKey.get(refKey(ref));
	if (!object) return [];
	switch (ref.kind) {
		case 'Service':
			return serviceNeeds(object, indexes);
		case 'Pod':
			return podNeeds(object, indexes);
		case 'Node':
			return indexes.proxies.filter(pod => pod.spec?.nodeName === ref.name).map(refOf);
		case 'Ingress':
			return ingressNeeds(object);
		case 'HTTPRoute':
		case 'GRPCRoute':
			return routeNeeds(object);
		case 'Gateway':
			return named('GatewayClass', undefined, textAt(object, 'spec', 'gatewayClassName'));
		case 'Deployment':
		case 'DaemonSet':
		case 'StatefulSet':
			return podsIn(indexes, object.metadata.namespace)
				.filter(pod => selectorMatches(fieldAt(object, 'spec', 'selector'), pod.metadata.labels ?? {}))
				.map(refOf);
		default:
			return [];
	}
}

/** A Service needs its endpoints' pods, else the pods its selector means; the cluster's DNS also its Corefile. */
function serviceNeeds(object: NetService, indexes: Indexes): readonly Needed[] {
	const {namespace = '', name, labels = {}} = object.metadata;
	const targets = (indexes.slicesByService.get(`${namespace}/${name}`) ?? [])
		.flatMap(slice => slice.endpoints ?? [])
		.flatMap(({targetRef}) => (targetRef?.kind === 'Pod' ? named('Pod', targetRef.namespace ?? namespace, targetRef.name) : []));
	const {selector} = object.spec ?? {};
	const selected = selector ? podsIn(indexes, namespace).filter(pod => labelsMatch(selector, pod.metadata.labels ?? {})) : [];
	const owners = [...indexes.byKey.values()].filter(
		one => one.kind === 'Deployment' && one.metadata.namespace === namespace && selector && labelsMatch(selector, templateLabels(one)),
	);
	const isDns = labels['k8s-app'] === 'kube-dns';
	const corefile = isDns ? named('ConfigMap', namespace, 'coredns') : [];
	return [...targets, ...selected.map(refOf), ...owners.map(refOf), ...corefile];
}

function templateLabels(owner: KubeObject): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(fieldAt(owner, 'spec', 'template', 'metadata', 'labels') ?? {}).map(([key, value]) => [key, String(value)]));
}

/** A pod needs its node, the cluster's DNS, and what the policies that select it allow. */
function podNeeds(object: NetPod, {byKey, policiesByNamespace}: Indexes): readonly Needed[] {
	const {namespace = '', labels = {}} = object.metadata;
	const node = named('Node', undefined, object.spec?.nodeName);
	const policies = (policiesByNamespace.get(namespace) ?? []).filter(policy => selectorMatches(fieldAt(policy, 'spec', 'podSelector'), labels)).map(refOf);
	const dns = [...byKey.values()].filter(one => one.kind === 'Service' && one.metadata.labels?.['k8s-app'] === 'kube-dns').map(refOf);
	const corefile = labels['k8s-app'] === 'kube-dns' ? named('ConfigMap', namespace, 'coredns') : [];
	return [...node, ...policies, ...corefile, ...(labels['k8s-app'] === 'kube-dns' ? [] : dns)];
}

function ingressNeeds(object: NetIngress): readonly Needed[] {
	const {namespace} = object.metadata;
	const backends = [object.spec?.defaultBackend, ...(object.spec?.rules ?? []).flatMap(({http}) => (http?.paths ?? []).map(({backend}) => backend))];
	return [
		...named('IngressClass', undefined, object.spec?.ingressClassName),
		...backends.flatMap(backend => named('Service', namespace, backend?.service?.name)),
	];
}

function routeNeeds(object: KubeObject): readonly Needed[] {
	const {namespace} = object.metadata;
	const parents = listAt(object, 'spec', 'parentRefs').flatMap(parent => named('Gateway', textAt(parent, 'namespace') ?? namespace, textAt(parent, 'name')));
	const backends = listAt(object, 'spec', 'rules')
		.flatMap(rule => listAt(rule, 'backendRefs'))
		.flatMap(backend => named('Service', textAt(backend, 'namespace') ?? namespace, textAt(backend, 'name')));
	return [...parents, ...backends];
}

function indexesOf(view: ClusterView): Indexes {
	const kinds = [
		'services',
		'pods',
		'nodes',
		'ingresses.networking.k8s.io',
		'httproutes.gateway.networking.k8s.io',
		'grpcroutes.gateway.networking.k8s.io',
		'gateways.gateway.networking.k8s.io',
		'deployments.apps',
		'daemonsets.apps',
	];
	const byKey = new Map(kinds.flatMap(kind => view.all(kind)).map(object => [refKey(refOf(object)), object]));
	const pods = view.all<NetPod>('pods');
	return {
		byKey,
		podsByNamespace: Map.groupBy(pods, pod => pod.metadata.namespace ?? ''),
		slicesByService: Map.groupBy(
			view.all<NetSlice>('endpointslices.discovery.k8s.io'),
			slice => `${slice.metadata.namespace ?? ''}/${slice.metadata.labels?.[serviceNameLabel] ?? ''}`,
		),
		policiesByNamespace: Map.groupBy(view.all('networkpolicies.networking.k8s.io'), policy => policy.metadata.namespace ?? ''),
		proxies: pods.filter(pod => pod.metadata.labels?.['k8s-app'] === 'kube-proxy'),
	};
}

function podsIn({podsByNamespace}: Indexes, namespace: string | undefined): readonly NetPod[] {
	return podsByNamespace.get(namespace ?? '') ?? [];
}

function refOf({kind, metadata: {namespace, name}}: KubeObject): Needed {
	return {kind, ...(namespace === undefined ? {} : {namespace}), name};
}

function named(kind: string, namespace: string | undefined, name: string | undefined): readonly Needed[] {
	return name === undefined || name === '' ? [] : [{kind, ...(namespace === undefined ? {} : {namespace}), name}];
}
