import type {DemoCluster} from '../cluster.ts';
import {type JsonObject, recordsAt} from '../json.ts';

/** What the clusters of the demo are made with: the same in every ConfigMap that says it. */
export const clusterNumbers = {domain: 'cluster.local', dns: '10.96.0.10', pods: '10.244.0.0/16', services: '10.96.0.0/16', vxlanPort: 8472} as const;

const {domain, dns, pods, services, vxlanPort} = clusterNumbers;

export const corefile = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes ${domain} in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`;

export const coreDnsData = {Corefile: corefile};

export const kubeProxyData = {
	'config.conf': `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
bindAddress: 0.0.0.0
clusterCIDR: ${pods}
hostnameOverride: ""
iptables:
  masqueradeAll: false
  masqueradeBit: null
  minSyncPeriod: 1s
  syncPeriod: 30s
conntrack:
  maxPerCore: null
  min: null
`,
};

export const kubeletData = {
	kubelet: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: systemd
clusterDNS:
- ${dns}
clusterDomain: ${domain}
resolvConf: /run/systemd/resolve/resolv.conf
rotateCertificates: true
staticPodPath: /etc/kubernetes/manifests
featureGates:
  NodeLogQuery: true
enableSystemLogQuery: true
`,
};

export const kubeadmData = {
	ClusterConfiguration: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
clusterName: kubernetes
kubernetesVersion: v1.34.2
controlPlaneEndpoint: 10.0.0.10:6443
dns: {}
networking:
  dnsDomain: ${domain}
  podSubnet: ${pods}
  serviceSubnet: ${services}
`,
};

export const flannelData = {
	'cni-conf.json': JSON.stringify({
		name: 'cbr0',
		cniVersion: '0.3.1',
		plugins: [
			{type: 'flannel', delegate: {hairpinMode: true, isDefaultGateway: true}},
			{type: 'portmap', capabilities: {portMappings: true}},
		],
	}),
	'net-conf.json': JSON.stringify({Network: pods, EnableNFTables: false, Backend: {Type: 'vxlan', Port: vxlanPort}}),
};

function probe(path: string, port: number): JsonObject {
	return {httpGet: {path, port, scheme: 'HTTP'}, timeoutSeconds: 5, periodSeconds: 10, successThreshold: 1, failureThreshold: 5};
}

/** Gives CoreDNS its ports, probes and Corefile, as its own manifest has them. */
export function shapeCoreDns(cluster: DemoCluster): void {
	const deployment = cluster.get('deployments.apps', 'kube-system', 'coredns');
	const [container] = recordsAt(deployment, 'spec', 'template', 'spec', 'containers');
	if (container === undefined) return;
	const shaped = {
		...container,
		args: ['-conf', '/etc/coredns/Corefile'],
		ports: [
			{name: 'dns', containerPort: 53, protocol: 'UDP'},
			{name: 'dns-tcp', containerPort: 53, protocol: 'TCP'},
			{name: 'metrics', containerPort: 9153, protocol: 'TCP'},
		],
		resources: {limits: {memory: '170Mi'}, requests: {cpu: '100m', memory: '70Mi'}},
		livenessProbe: probe('/health', 8080),
		readinessProbe: probe('/ready', 8181),
		volumeMounts: [{name: 'config-volume', readOnly: true, mountPath: '/etc/coredns'}, ...recordsAt(container, 'volumeMounts')],
	};
	const config = {name: 'config-volume', configMap: {name: 'coredns', items: [{key: 'Corefile', path: 'Corefile'}], defaultMode: 420}};
	const volumes = [config, ...recordsAt(deployment, 'spec', 'template', 'spec', 'volumes')];
	cluster.patch('deployments.apps', 'kube-system', 'coredns', {spec: {template: {spec: {containers: [shaped], volumes}}}});
}
