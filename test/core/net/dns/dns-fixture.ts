import type {KubeObject} from '../../../../source/core/kubernetes.ts';
import type {Observation} from '../../../../source/core/observation.ts';
import type {MatrixRow, ProbeCell, ProbeDestination, ProbeSource} from '../../../../source/core/net/cell.ts';
import type {CorednsLogFacts, KubeletFacts} from '../../../../source/core/net/dns/dns-observations.ts';
import {corednsLogMatches} from '../../../../source/core/net/dns/coredns-log.ts';
import {corednsMetrics} from '../../../../source/core/net/dns/coredns-metrics.ts';
import {nodeObject, object, podObject, serviceObject, sliceObject, viewNow} from '../../../tools/cluster-view.ts';

export const usualCorefile = `.:53 {
    errors
    health {
        lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 30
    }
    prometheus :9153
    forward . 10.0.0.2 {
        max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`;

export type CorednsOptions = Readonly<{
	corefile?: string;
	/** Node of each CoreDNS pod. */
	nodes?: readonly string[];
	ready?: boolean;
	/** Of the pods: waiting in CrashLoopBackOff. */
	crashing?: boolean;
	replicas?: number;
	allNodes?: readonly string[];
}>;

/** A cluster with CoreDNS on these nodes, as kubeadm sets it up, and a pod `shop/client-<node>` on every node. */
export function dnsObjects(options: CorednsOptions = {}): readonly KubeObject[] {
	const {corefile = usualCorefile, nodes = ['n1', 'n2'], ready = true, crashing = false, allNodes = ['n1', 'n2', 'n3']} = options;
	const pods = nodes.map((node, index) => corednsPod(index, node, {ready: ready && !crashing, crashing}));
	return [
		...['default', 'kube-system', 'shop'].map(name => object('v1', 'Namespace', name)),
		...allNodes.map((name, index) =>
			nodeObject(name, {address: `10.0.0.1${index + 1}`, spec: {podCIDR: `10.244.${index + 1}.0/24`, podCIDRs: [`10.244.${index + 1}.0/24`]}}),
		),
		serviceObject(
			'kube-system/kube-dns',
			{
				clusterIP: '10.96.0.10',
				clusterIPs: ['10.96.0.10'],
				selector: {'k8s-app': 'kube-dns'},
				ports: [
					{name: 'dns', port: 53, protocol: 'UDP'},
					{name: 'dns-tcp', port: 53, protocol: 'TCP'},
				],
			},
			{metadata: {labels: {'k8s-app': 'kube-dns'}}},
		),
		serviceObject('default/kubernetes', {clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1'], ports: [{name: 'https', port: 443}]}),
		sliceObject(
			'kube-system/kube-dns',
			nodes.map((node, index) => ({
				address: `10.244.${Number(node.slice(1))}.5${index}`,
				pod: `coredns-5d7c6cdd6-aaaa${index}`,
				node,
				ready: ready && !crashing,
			})),
			[
				{name: 'dns', port: 53, protocol: 'UDP'},
				{name: 'dns-tcp', port: 53, protocol: 'TCP'},
			],
		),
		...pods,
		object('apps/v1', 'Deployment', 'kube-system/coredns', {
			spec: {
				replicas: options.replicas ?? nodes.length,
				selector: {matchLabels: {'k8s-app': 'kube-dns'}},
				template: {metadata: {labels: {'k8s-app': 'kube-dns'}}},
			},
			status: {replicas: nodes.length, readyReplicas: ready && !crashing ? nodes.length : 0},
		}),
		configMap('kube-system/coredns', {Corefile: corefile}),
		configMap('kube-system/kube-proxy', {'config.conf': 'mode: iptables\nclusterCIDR: 10.244.0.0/16\niptables: {masqueradeAll: false}\n'}),
		configMap('kube-system/kubelet-config', {kubelet: 'clusterDNS:\n- 10.96.0.10\nclusterDomain: cluster.local\n'}),
		configMap('kube-flannel/kube-flannel-cfg', {'net-conf.json': '{"Network": "10.244.0.0/16", "Backend": {"Type": "vxlan", "Port": 8472}}'}),
		...allNodes.map(node => podObject(`shop/client-${node}`, {node, ip: `10.244.${Number(node.slice(1))}.20`, labels: {app: 'client'}})),
	];
}

export function configMap(path: string, data: Readonly<Record<string, string>>): KubeObject {
	return object('v1', 'ConfigMap', path, {data, metadata: {resourceVersion: '312'}});
}

function corednsPod(index: number, node: string, {ready, crashing}: Readonly<{ready: boolean; crashing: boolean}>): KubeObject {
	const state = crashing ? {waiting: {reason: 'CrashLoopBackOff'}} : {running: {startedAt: '2026-01-02T13:00:00Z'}};
	return podObject(`kube-system/coredns-5d7c6cdd6-aaaa${index}`, {
		node,
		ip: `10.244.${Number(node.slice(1))}.5${index}`,
		labels: {'k8s-app': 'kube-dns', 'pod-template-hash': '5d7c6cdd6'},
		ready,
		spec: {
			dnsPolicy: 'Default',
			containers: [{name: 'coredns', image: 'registry.test/coredns/coredns:v1.12.4', ports: [{name: 'metrics', containerPort: 9153}]}],
		},
		status: {
			containerStatuses: [{name: 'coredns', ready, restartCount: crashing ? 3 : 0, state, ...(crashing ? {lastState: {terminated: {exitCode: 1}}} : {})}],
		},
	});
}

/** What the log of a CoreDNS pod says; `secondsAgo` before each line. */
export function logOf(
	index: number,
	lines: ReadonlyArray<readonly [secondsAgo: number, text: string]>,
	previous: typeof lines = [],
): Observation<CorednsLogFacts> {
	const text = (some: typeof lines) => some.map(([ago, line]) => `${new Date(viewNow - ago * 1000).toISOString()} ${line}`).join('\n');
	const facts = {current: corednsLogMatches(text(lines)), previous: corednsLogMatches(text(previous)), lines: lines.length};
	return {probe: 'coredns-log', target: `kube-system/coredns-5d7c6cdd6-aaaa${index}`, at: viewNow, tookMs: 3, outcome: 'ok', facts};
}

/** A scrape of a CoreDNS pod, so many seconds ago. */
export function scrapeOf(index: number, secondsAgo: number, text: string): Observation {
	const facts = corednsMetrics(text);
	return {probe: 'coredns-metrics', target: `kube-system/coredns-5d7c6cdd6-aaaa${index}`, at: viewNow - secondsAgo * 1000, tookMs: 9, outcome: 'ok', facts};
}

export function kubeletOf(node: string, clusterDns: readonly string[]): Observation<KubeletFacts> {
	return {
		probe: 'kubelet-configz',
		target: node,
		at: viewNow,
		tookMs: 5,
		outcome: 'ok',
		facts: {clusterDns, clusterDomain: 'cluster.local', resolvConf: '/etc/resolv.conf'},
	};
}

/** The client pod of a node as what is asked from. */
export function clientOn(node: string, role: ProbeSource['role'] = 'A', dnsNodes: readonly string[] = ['n1', 'n2']): ProbeSource {
	return {role, namespace: 'shop', pod: `client-${node}`, container: 'main', node, podIp: `10.244.${node.slice(1)}.20`, hasDns: dnsNodes.includes(node)};
}

export const kubernetesName = 'kubernetes.default.svc.cluster.local.';
export const dnsService: ProbeDestination = {kind: 'dns-service', title: 'kube-dns', address: '10.96.0.10', port: 53, namespace: 'kube-system'};

/** CoreDNS pod number `index` on its node. */
export function dnsPod(index: number, node: string): ProbeDestination {
	return {
		kind: 'dns-pod',
		title: `coredns-5d7c6cdd6-aaaa${index}`,
		address: `10.244.${node.slice(1)}.5${index}`,
		port: 53,
		node,
		namespace: 'kube-system',
		pod: `coredns-5d7c6cdd6-aaaa${index}`,
	};
}

/** A cell that arrived, with what is different about it. */
export function cell(row: MatrixRow, from: ProbeSource, to: ProbeDestination, more: Partial<ProbeCell> = {}): ProbeCell {
	const isDns = ['R2', 'R3', 'R4'].includes(row);
	return {
		row,
		from,
		to,
		protocol: 'udp',
		...(isDns ? {name: kubernetesName, answer: 'NOERROR' as const} : {}),
		transport: 'ok',
		tried: 1,
		failed: 0,
		tool: 'nslookup (busybox)',
		detail: '',
		at: viewNow,
		...more,
	};
}

/** Lost: every one of the tries. */
export const lost = {transport: 'timeout', failed: 1} as const;

/** The usual matrix: from the clients of these nodes to the Service and both CoreDNS pods, UDP and TCP, all well but what `change` says. */
export function matrix(
	change: (cell: ProbeCell) => Partial<ProbeCell> | undefined = () => undefined,
	nodes: readonly string[] = ['n3', 'n1', 'n2'],
): readonly ProbeCell[] {
	const pods = [dnsPod(0, 'n1'), dnsPod(1, 'n2')];
	return nodes.flatMap((node, index) => {
		const from = clientOn(node, index === 0 ? 'A' : 'F');
		const own = (['udp', 'tcp'] as const).flatMap(protocol => [
			cell(protocol === 'udp' ? 'R2' : 'R3', from, dnsService, {protocol, tried: 7, ms: 0.7}),
			...pods.map(to => cell('R4', from, to, {protocol, ms: 0.5})),
		]);
		return own.map((one): ProbeCell => {
			const {answer, ...changed} = {...one, ...change(one)};
			// What did not arrive has no answer.
			return changed.transport === 'ok' || changed.transport === 'wrong-source' ? {...changed, ...(answer === undefined ? {} : {answer})} : changed;
		});
	});
}
