import {addMetricsApi} from '../aggregated-apis.ts';
import type {DemoCluster} from '../cluster.ts';
import {settle} from '../control-plane/settle.ts';
import {recordAt, recordsAt, textAt} from '../json.ts';
import {addApplication} from './application.ts';
import {certificate} from './certificate.ts';
import {flannelData, kubeadmData, kubeletData} from './cluster-configuration.ts';
import {container} from './containers.ts';
import {add, addNamespace} from './foundation.ts';
import {addService} from './services.ts';

const dayMs = 24 * 3_600_000;

function addConfiguration(cluster: DemoCluster, createdAt: number): void {
	const configMap = (name: string, namespace: string, data: Readonly<Record<string, string>>): void =>
		add(cluster, {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace}, data}, createdAt);
	configMap('kubelet-config', 'kube-system', kubeletData);
	configMap('kubeadm-config', 'kube-system', kubeadmData);
}

/** Carries NetworkPolicies out beside flannel, which does not: the agent that flannel's chart adds with `netpol.enabled`. */
const policyAgent = container('kube-network-policies', {
	image: 'registry.k8s.io/networking/kube-network-policies:v0.9.2',
	command: ['/bin/netpol', '--v=2'],
	requests: {cpu: '20m', memory: '48Mi'},
});

/** The overlay between the nodes, and what it notes on them. */
function addFlannel(cluster: DemoCluster, createdAt: number): void {
	addNamespace(cluster, 'kube-flannel', createdAt, {'pod-security.kubernetes.io/enforce': 'privileged'});
	addApplication(cluster, {
		namespace: 'kube-flannel',
		name: 'kube-flannel-ds',
		as: 'DaemonSet',
		image: 'ghcr.io/flannel-io/flannel:v0.27.4',
		container: 'kube-flannel',
		port: 0,
		createdAt,
		isHostNetwork: true,
		beside: [policyAgent],
		podLabels: {'k8s-app': 'flannel', tier: 'node'},
		configMap: {name: 'kube-flannel-cfg', data: flannelData},
	});
	for (const node of cluster.list('nodes')) {
		const annotations = {
			'flannel.alpha.coreos.com/backend-data': JSON.stringify({VNI: 1, VtepMAC: `7a:12:9e:00:00:${node.metadata.name.slice(-2)}`}),
			'flannel.alpha.coreos.com/backend-type': 'vxlan',
			'flannel.alpha.coreos.com/kube-subnet-manager': 'true',
			'flannel.alpha.coreos.com/public-ip': textAt(recordsAt(node, 'status', 'addresses')[0], 'address'),
		};
		cluster.patch('nodes', undefined, node.metadata.name, {metadata: {annotations}});
	}
}

function addMetricsServer(cluster: DemoCluster, createdAt: number): void {
	addApplication(cluster, {
		namespace: 'kube-system',
		name: 'metrics-server',
		image: 'registry.k8s.io/metrics-server/metrics-server:v0.8.0',
		container: 'metrics-server',
		port: 0,
		createdAt,
		hasProxy: false,
		podLabels: {'k8s-app': 'metrics-server'},
		requests: {cpu: '100m', memory: '200Mi'},
	});
	const selector = {'k8s-app': 'metrics-server'};
	addService(cluster, {namespace: 'kube-system', name: 'metrics-server', selector, port: 443, targetPort: 10_250, createdAt});
	addMetricsApi(cluster, createdAt);
}

/** Where the Service `kubernetes` leads: the API server writes this itself. */
function addApiEndpoints(cluster: DemoCluster, createdAt: number): void {
	const metadata = {name: 'kubernetes', namespace: 'default', labels: {'kubernetes.io/service-name': 'kubernetes'}};
	const endpoints = [{addresses: ['10.0.0.10'], conditions: {ready: true}}];
	const ports = [{name: 'https', protocol: 'TCP', port: 6443}];
	add(cluster, {apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, addressType: 'IPv4', endpoints, ports}, createdAt);
	const subsets = [{addresses: [{ip: '10.0.0.10'}], ports}];
	add(cluster, {apiVersion: 'v1', kind: 'Endpoints', metadata: {name: 'kubernetes', namespace: 'default'}, subsets}, createdAt);
	const spec = recordAt(cluster.get('services', 'default', 'kubernetes'), 'spec');
	const [port] = recordsAt(spec, 'ports');
	cluster.patch('services', 'default', 'kubernetes', {spec: {ports: [{...port, name: 'https'}]}});
}

/** The pods of the shop may talk to each other; from elsewhere only the gateway comes in. */
function addShopPolicy(cluster: DemoCluster, createdAt: number): void {
	const spec = {podSelector: {}, policyTypes: ['Ingress'], ingress: [{from: [{podSelector: {}}]}]};
	add(cluster, {apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: {name: 'same-namespace', namespace: 'shop'}, spec}, createdAt);
}

function addShopCertificate(cluster: DemoCluster): void {
	const now = cluster.now();
	const span = {notBefore: now - 22 * dayMs, notAfter: now + 68 * dayMs};
	const {cert, key} = certificate({hosts: ['shop.example.test'], issuer: 'Example Test CA', ...span, seed: cluster.random.hex(64)});
	const data = {'tls.crt': Buffer.from(cert).toString('base64'), 'tls.key': Buffer.from(key).toString('base64')};
	cluster.patch('secrets', 'shop', 'web-tls', {data});
}

/**
 * Adds to a settled cluster what every one has for its network and its metrics: ConfigMaps, overlay, metrics-server. They come last so that what was
 * there before keeps its names.
 */
export function addClusterServices(cluster: DemoCluster): void {
	const installedAt = cluster.now() - 212 * dayMs;
	addConfiguration(cluster, installedAt);
	addFlannel(cluster, installedAt);
	addMetricsServer(cluster, installedAt);
	addApiEndpoints(cluster, installedAt);
	addShopPolicy(cluster, cluster.now() - 21 * dayMs);
	addShopCertificate(cluster);
	settle(cluster);
}
