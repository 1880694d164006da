import type {KubeObject} from '../../source/core/kubernetes.ts';

export type PodWish = Readonly<{
	namespace?: string;
	name: string;
	node: string;
	ip: string;
	image?: string;
	labels?: Readonly<Record<string, string>>;
	owner?: string;
	ownerKind?: string;
	hostNetwork?: boolean;
	phase?: string;
	containers?: readonly string[];
}>;

/** A running pod as the network screens read it. */
export function runningPod(wish: PodWish): KubeObject {
	const {
		namespace = 'demo',
		name,
		node,
		ip,
		image = 'busybox:1',
		labels = {},
		owner,
		ownerKind = 'ReplicaSet',
		hostNetwork,
		phase = 'Running',
		containers = ['app'],
	} = wish;
	const pod = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			namespace,
			name,
			uid: `uid-${namespace}-${name}`,
			labels,
			...(owner === undefined ? {} : {ownerReferences: [{apiVersion: 'apps/v1', kind: ownerKind, name: owner, uid: `uid-${owner}`}]}),
		},
		spec: {nodeName: node, ...(hostNetwork === undefined ? {} : {hostNetwork}), containers: containers.map(container => ({name: container, image}))},
		status: {
			phase,
			podIP: ip,
			conditions: [{type: 'Ready', status: 'True'}],
			containerStatuses: containers.map(container => ({name: container, state: {running: {startedAt: '2026-01-01T00:00:00Z'}}})),
		},
	};
	return pod;
}

/** Three nodes, CoreDNS on n1 and n2, a shell on each, `web` on n1 and n2, and the API's own Service. */
export function smallCluster(): readonly KubeObject[] {
	const nodes = ['n1', 'n2', 'n3'];
	return [
		...nodes.map((name, index) => object('v1', 'Node', undefined, name, {status: {addresses: [{type: 'InternalIP', address: `10.90.0.1${index + 1}`}]}})),
		...nodes.map((node, index) => runningPod({name: `shell-${index + 1}`, node, ip: `10.244.${index + 1}.2`, owner: 'shell'})),
		...nodes.slice(0, 2).map((node, index) => runningPod({name: `web-${index + 1}`, node, ip: `10.244.${index + 1}.3`, owner: 'web', image: 'shop/web:1'})),
		...nodes.slice(0, 2).map((node, index) =>
			runningPod({
				namespace: 'kube-system',
				name: `coredns-${index + 1}`,
				node,
				ip: `10.244.${index + 1}.5`,
				image: 'coredns/coredns:1.12.4',
				labels: {'k8s-app': 'kube-dns'},
				owner: 'coredns',
			}),
		),
		service(
			'kube-system',
			'kube-dns',
			'10.96.0.10',
			[
				{name: 'dns', protocol: 'UDP', port: 53},
				{name: 'dns-tcp', protocol: 'TCP', port: 53},
			],
			{'k8s-app': 'kube-dns'},
		),
		slice(
			'kube-system',
			'kube-dns',
			[
				{name: 'dns', protocol: 'UDP', port: 53},
				{name: 'dns-tcp', protocol: 'TCP', port: 53},
			],
			['n1', 'n2'].map((node, index) => ({address: `10.244.${index + 1}.5`, node, pod: `coredns-${index + 1}`})),
		),
		service('default', 'kubernetes', '10.96.0.1', [{name: 'https', protocol: 'TCP', port: 443}]),
		slice('default', 'kubernetes', [{name: 'https', protocol: 'TCP', port: 6443}], [{address: '10.90.0.10'}]),
		service('demo', 'web', '10.96.0.50', [{protocol: 'TCP', port: 80}]),
		slice(
			'demo',
			'web',
			[{name: '', protocol: 'TCP', port: 8080}],
			['n1', 'n2'].map((node, index) => ({address: `10.244.${index + 1}.3`, node, pod: `web-${index + 1}`})),
		),
		object('v1', 'ConfigMap', 'kube-system', 'coredns', {data: {Corefile: '.:53 {\n  kubernetes cluster.local\n  forward . 10.0.0.2 /etc/resolv.conf\n}\n'}}),
	];
}

type Port = Readonly<{name?: string; protocol: string; port: number}>;

export function service(namespace: string, name: string, clusterIP: string, ports: readonly Port[], labels: Readonly<Record<string, string>> = {}): KubeObject {
	const made = object('v1', 'Service', namespace, name, {spec: {clusterIP, clusterIPs: [clusterIP], selector: {app: name, ...labels}, ports}});
	return {...made, metadata: {...made.metadata, labels}};
}

export function slice(
	namespace: string,
	name: string,
	ports: readonly Port[],
	endpoints: ReadonlyArray<Readonly<{address: string; node?: string; pod?: string; ready?: boolean}>>,
): KubeObject {
	const made = object('discovery.k8s.io/v1', 'EndpointSlice', namespace, `${name}-x`, {
		addressType: 'IPv4',
		ports,
		endpoints: endpoints.map(({address, node, pod, ready = true}) => ({
			addresses: [address],
			conditions: {ready},
			...(node === undefined ? {} : {nodeName: node}),
			...(pod === undefined ? {} : {targetRef: {kind: 'Pod', namespace, name: pod}}),
		})),
	});
	return {...made, metadata: {...made.metadata, labels: {'kubernetes.io/service-name': name}}};
}

export function object(apiVersion: string, kind: string, namespace: string | undefined, name: string, rest: Readonly<Record<string, unknown>>): KubeObject {
	return {apiVersion, kind, metadata: {...(namespace === undefined ? {} : {namespace}), name, uid: `uid-${kind}-${namespace}-${name}`}, ...rest};
}
