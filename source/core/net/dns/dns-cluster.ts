import type {ClusterView} from '../../check.ts';
import {serviceNameLabel} from '../../endpoints.ts';
import {fieldAt, listAt, numberAt, textAt} from '../../field.ts';
import type {KubeObject, Ref} from '../../kubernetes.ts';
import {labelsMatch, selectorMatches} from '../../label-selector.ts';
import type {NetPod, NetService, NetSlice} from '../net-objects.ts';
import type {KubeletFacts} from './dns-observations.ts';

/** A Pod with what DNS reads of it. */
export type DnsPod = NetPod &
	Readonly<{
		spec?: Readonly<{
			dnsPolicy?: string;
			dnsConfig?: Readonly<{
				nameservers?: readonly string[];
				searches?: readonly string[];
				options?: ReadonlyArray<Readonly<{name?: string; value?: string}>>;
			}>;
			hostAliases?: ReadonlyArray<Readonly<{ip: string; hostnames?: readonly string[]}>>;
			hostname?: string;
			subdomain?: string;
		}>;
	}>;

/** An address behind the DNS Service. */
export type DnsEndpoint = Readonly<{
	address: string;
	pod?: DnsPod;
	podName?: string;
	node?: string;
	zone?: string;
	ready: boolean;
	serving: boolean;
	terminating: boolean;
}>;

/** node-local-dns: a cache on every node. */
export type NodeLocal = Readonly<{ref: Ref; pods: readonly DnsPod[]; addresses: readonly string[]; nodes: ReadonlyMap<string, boolean>}>;

/** The cluster's DNS as its objects show it. */
export type DnsCluster = Readonly<{
	service?: NetService;
	/** Its addresses; without a Service none. */
	ips: readonly string[];
	endpoints: readonly DnsEndpoint[];
	/** CoreDNS pods, those that are finished left out. */
	pods: readonly DnsPod[];
	/** What runs them. */
	owner?: Readonly<{ref: Ref; wanted: number; ready: number; daemon: boolean}>;
	nodeLocal?: NodeLocal;
	/** By node, from the kubelets' own answer. */
	kubelets: ReadonlyMap<string, KubeletFacts>;
}>;

const serviceNames = ['kube-dns', 'coredns', 'rke2-coredns-rke2-coredns', 'rke2-coredns', 'dns-default'];
/** Of node-local-dns: the way past the cache, not the Service that pods use. */
const besides = new Set(['kube-dns-upstream']);

/** Finds the DNS Service (its label, its usual names, the address that kubelets give to pods) and what belongs to it. */
export function dnsCluster(view: ClusterView): DnsCluster {
	const kubelets = new Map(view.observed<KubeletFacts>('kubelet-configz').flatMap(one => (one.outcome === 'ok' ? [[one.target, one.facts] as const] : [])));
	const service = findService(
		view,
		[...kubelets.values()].flatMap(({clusterDns}) => clusterDns),
	);
	const pods = podsOf(view, service);
	const nodeLocal = findNodeLocal(view);
	const owner = ownerOf(view, service, pods);
	return {
		...(service ? {service} : {}),
		ips: service ? addressesOf(service) : [],
		endpoints: service ? endpointsOf(view, service, pods) : [],
		pods,
		...(owner ? {owner} : {}),
		...(nodeLocal ? {nodeLocal} : {}),
		kubelets,
	};
}

/** The cluster addresses of a Service: none of a headless one. */
export function addressesOf({spec}: NetService): readonly string[] {
	const all = spec?.clusterIPs ?? (spec?.clusterIP === undefined ? [] : [spec.clusterIP]);
	return all.filter(ip => ip !== '' && ip !== 'None');
}

export function refTo({apiVersion, kind, metadata: {namespace, name, uid}}: KubeObject): Ref {
	return {apiVersion, kind, ...(namespace === undefined ? {} : {namespace}), name, ...(uid === undefined ? {} : {uid})};
}

/** `kube-system/coredns-abc`. */
export function nameOf({metadata: {namespace, name}}: KubeObject): string {
	return namespace === undefined ? name : `${namespace}/${name}`;
}

function findService(view: ClusterView, clusterDns: readonly string[]): NetService | undefined {
	const services = view.all<NetService>('services').filter(({metadata: {name}}) => !besides.has(name));
	const labelled = services.filter(({metadata: {labels}}) => labels?.['k8s-app'] === 'kube-dns');
	const named = services.filter(
		({metadata: {namespace, name}}) => (namespace === 'kube-system' || namespace === 'openshift-dns') && serviceNames.includes(name),
	);
	const asked = services.filter(service => addressesOf(service).some(ip => clusterDns.includes(ip)));
	const candidates = [...labelled, ...named, ...asked].filter(service => addressesOf(service).length > 0);
	return candidates.find(service => asked.includes(service)) ?? candidates.find(({metadata: {name}}) => serviceNames.includes(name)) ?? candidates[0];
}

function podsOf(view: ClusterView, service: NetService | undefined): readonly DnsPod[] {
	const selector = service?.spec?.selector;
	const namespace = service?.metadata.namespace ?? 'kube-system';
	return view.all<DnsPod>('pods').filter(({metadata, status}) => {
		if (metadata.namespace !== namespace || status?.phase === 'Succeeded' || status?.phase === 'Failed') return false;
		return selector && Object.keys(selector).length > 0 ? labelsMatch(selector, metadata.labels ?? {}) : metadata.labels?.['k8s-app'] === 'kube-dns';
	});
}

function endpointsOf(view: ClusterView, {metadata}: NetService, pods: readonly DnsPod[]): readonly DnsEndpoint[] {
	const byName = new Map(pods.map(pod => [pod.metadata.name, pod]));
	return view
		.all<NetSlice>('endpointslices.discovery.k8s.io')
		.filter(slice => slice.metadata.namespace === metadata.namespace && slice.metadata.labels?.[serviceNameLabel] === metadata.name)
		.flatMap(slice => slice.endpoints ?? [])
		.flatMap(({addresses = [], conditions = {}, nodeName, zone, targetRef}) =>
			addresses.map((address): DnsEndpoint => {
				const podName = targetRef?.kind === 'Pod' ? targetRef.name : undefined;
				const pod = podName === undefined ? undefined : byName.get(podName);
				// Its slice follows a moment after the pod.
				const leaving = pod?.metadata.deletionTimestamp !== undefined;
				return {
					address,
					...(pod ? {pod} : {}),
					...(podName === undefined ? {} : {podName}),
					...(nodeName === undefined ? {} : {node: nodeName}),
					...(zone === undefined ? {} : {zone}),
					// nil counts as true (API reference, EndpointConditions).
					ready: conditions.ready !== false && !leaving,
					serving: conditions.serving ?? conditions.ready !== false,
					terminating: conditions.terminating === true || leaving,
				};
			}),
		);
}

function ownerOf(view: ClusterView, service: NetService | undefined, pods: readonly DnsPod[]): DnsCluster['owner'] {
	const namespace = service?.metadata.namespace ?? 'kube-system';
	const owners = [...view.all('deployments.apps'), ...view.all('daemonsets.apps')].filter(({metadata}) => metadata.namespace === namespace);
	const selector = service?.spec?.selector ?? {'k8s-app': 'kube-dns'};
	const templateLabels = (owner: KubeObject): Record<string, string> =>
		Object.fromEntries(Object.entries(fieldAt(owner, 'spec', 'template', 'metadata', 'labels') ?? {}).map(([key, value]) => [key, String(value)]));
	const found =
		owners.find(owner => pods.some(({metadata}) => selectorMatches(fieldAt(owner, 'spec', 'selector'), metadata.labels ?? {}))) ??
		owners.find(owner => Object.keys(selector).length > 0 && labelsMatch(selector, templateLabels(owner)));
	if (!found) return undefined;
	const daemon = found.kind === 'DaemonSet';
	return {
		ref: refTo(found),
		wanted: (daemon ? numberAt(found, 'status', 'desiredNumberScheduled') : numberAt(found, 'spec', 'replicas')) ?? (daemon ? 0 : 1),
		ready: (daemon ? numberAt(found, 'status', 'numberReady') : numberAt(found, 'status', 'readyReplicas')) ?? 0,
		daemon,
	};
}

function findNodeLocal(view: ClusterView): NodeLocal | undefined {
	const set = view.all('daemonsets.apps').find(({metadata: {name, labels}}) => labels?.['k8s-app'] === 'node-local-dns' || name === 'node-local-dns');
	if (!set) return undefined;
	const pods = view
		.all<DnsPod>('pods')
		.filter(({metadata: {namespace, labels}}) => namespace === set.metadata.namespace && labels?.['k8s-app'] === 'node-local-dns');
	const args = listAt(set, 'spec', 'template', 'spec', 'containers').flatMap(container =>
		[...listAt(container, 'command'), ...listAt(container, 'args')].map(String),
	);
	return {
		ref: refTo(set),
		pods,
		addresses: localIps(args),
		nodes: new Map(pods.flatMap(pod => (pod.spec?.nodeName === undefined ? [] : [[pod.spec.nodeName, isReady(pod)] as const]))),
	};
}

/** `-localip 169.254.20.10,10.96.0.10`; the default of the add-on where it is not among the arguments. */
function localIps(args: readonly string[]): readonly string[] {
	const at = args.findIndex(arg => /^--?localip(?:=|$)/.test(arg));
	const value = at === -1 ? '' : (args[at]?.split('=')[1] ?? args[at + 1] ?? '');
	const ips = value.split(',').filter(ip => ip !== '');
	return ips.length === 0 ? ['169.254.20.10'] : ips;
}

/** Its condition Ready is True. */
export function isReady(pod: NetPod): boolean {
	return pod.status?.conditions?.some(({type, status}) => type === 'Ready' && status === 'True') === true;
}

/** `1.12.4` of `registry.k8s.io/coredns/coredns:v1.12.4`; undefined where the image does not tell. */
export function corednsVersion(pods: readonly DnsPod[]): string | undefined {
	const images = pods.flatMap(pod => (pod.spec?.containers ?? []).map(container => textAt(container, 'image') ?? ''));
	return images.map(image => /coredns[^:@]*:v?(\d+\.\d+[^@]*)/.exec(image)?.[1]).find(version => version !== undefined);
}
