import assert from 'node:assert/strict';
import {test} from 'node:test';
import {distributionOf} from '../../../../source/core/net/distribution.ts';
import {corednsVersion, dnsCluster, type DnsPod} from '../../../../source/core/net/dns/dns-cluster.ts';
import {systemConfig} from '../../../../source/core/net/dns/system-config.ts';
import {unreadObservations} from '../../../../source/core/net/dns/unread.ts';
import {clusterView, nodeObject, object, podObject, serviceObject, sliceObject} from '../../../tools/cluster-view.ts';
import {configMap, dnsObjects, kubeletOf} from './dns-fixture.ts';

test('kubeadm: Service, endpoints with their pods, the Deployment', () => {
	const dns = dnsCluster(clusterView(dnsObjects(), {observations: [kubeletOf('n1', ['10.96.0.10'])]}));
	assert.deepEqual([dns.service?.metadata.name, dns.ips], ['kube-dns', ['10.96.0.10']]);
	assert.deepEqual(
		dns.endpoints.map(({address, node, ready, pod}) => [address, node, ready, pod?.metadata.name]),
		[
			['10.244.1.50', 'n1', true, 'coredns-5d7c6cdd6-aaaa0'],
			['10.244.2.51', 'n2', true, 'coredns-5d7c6cdd6-aaaa1'],
		],
	);
	assert.deepEqual([dns.owner?.ref.kind, dns.owner?.wanted, dns.owner?.ready, dns.owner?.daemon], ['Deployment', 2, 2, false]);
	assert.deepEqual(dns.kubelets.get('n1')?.clusterDns, ['10.96.0.10']);
	assert.equal(corednsVersion(dns.pods), '1.12.4');
});

test('DNS under another name: rke2, a DaemonSet, an address that kubelets give; the way past node-local-dns is not it', () => {
	const rke2 = [
		serviceObject(
			'kube-system/rke2-coredns-rke2-coredns',
			{clusterIP: '10.43.0.10', selector: {app: 'rke2-coredns'}},
			{metadata: {labels: {'k8s-app': 'kube-dns'}}},
		),
		object('apps/v1', 'DaemonSet', 'kube-system/rke2-coredns', {
			spec: {selector: {matchLabels: {app: 'rke2-coredns'}}},
			status: {desiredNumberScheduled: 3, numberReady: 2},
		}),
		podObject('kube-system/rke2-coredns-a', {labels: {app: 'rke2-coredns'}}),
	];
	const dns = dnsCluster(clusterView(rke2));
	assert.deepEqual(
		[dns.service?.metadata.name, dns.owner?.wanted, dns.owner?.ready, dns.owner?.daemon, dns.pods.length],
		['rke2-coredns-rke2-coredns', 3, 2, true, 1],
	);
	const upstream = serviceObject(
		'kube-system/kube-dns-upstream',
		{clusterIP: '10.96.0.77', clusterIPs: ['10.96.0.77']},
		{metadata: {labels: {'k8s-app': 'kube-dns'}}},
	);
	assert.deepEqual(dnsCluster(clusterView([upstream, ...dnsObjects()])).ips, ['10.96.0.10']);
	const own = serviceObject('dns/resolver', {clusterIP: '10.96.0.53', clusterIPs: ['10.96.0.53'], selector: {app: 'unbound'}});
	assert.equal(dnsCluster(clusterView([own], {observations: [kubeletOf('n1', ['10.96.0.53'])]})).service?.metadata.name, 'resolver');
	assert.equal(dnsCluster(clusterView([])).service, undefined);
});

test('endpoints: nothing said is ready, terminating ones are told, IPv6 beside IPv4', () => {
	const slice = {
		...sliceObject('kube-system/kube-dns', []),
		endpoints: [{addresses: ['10.244.1.50']}, {addresses: ['fd00::5'], conditions: {ready: false, serving: true, terminating: true}}],
	};
	const without = dnsObjects().filter(({kind}) => kind !== 'EndpointSlice');
	assert.deepEqual(
		dnsCluster(clusterView([...without, slice])).endpoints.map(({address, ready, serving, terminating}) => [address, ready, serving, terminating]),
		[
			['10.244.1.50', true, true, false],
			['fd00::5', false, true, true],
		],
	);
});

test('node-local-dns: its addresses by the arguments, else the usual one', () => {
	const local = (containers: readonly unknown[]) =>
		object('apps/v1', 'DaemonSet', 'kube-system/node-local-dns', {metadata: {labels: {'k8s-app': 'node-local-dns'}}, spec: {template: {spec: {containers}}}});
	const addresses = (containers: readonly unknown[]) => dnsCluster(clusterView([local(containers)])).nodeLocal?.addresses;
	assert.deepEqual(addresses([{args: ['-localip', '169.254.20.10,10.96.0.10']}]), ['169.254.20.10', '10.96.0.10']);
	assert.deepEqual(addresses([{command: ['/node-cache', '--localip=169.254.25.10']}]), ['169.254.25.10']);
	assert.deepEqual(addresses([{args: []}]), ['169.254.20.10']);
});

test('the system ConfigMaps: kube-proxy, kubelet, kubeadm, flannel, CoreDNS with its imports', () => {
	const config = systemConfig(
		clusterView([
			configMap('kube-system/coredns', {Corefile: '. {\n import custom/*.override\n}\n'}),
			configMap('kube-system/coredns-custom', {'log.override': 'log\n'}),
			configMap('kube-system/kube-proxy', {'config.conf': 'mode: nftables\nclusterCIDR: 10.244.0.0/16,fd00::/56\nnftables:\n  masqueradeAll: true\n'}),
			configMap('kube-system/kubelet-config-1.9', {kubelet: 'clusterDNS: [10.96.0.9]\n'}),
			configMap('kube-system/kubelet-config-1.23', {kubelet: 'clusterDNS: [10.96.0.10]\nclusterDomain: corp.local\nhairpinMode: hairpin-veth\n'}),
			configMap('kube-system/kubeadm-config', {
				ClusterConfiguration: 'networking:\n  dnsDomain: corp.local\n  podSubnet: 10.244.0.0/16\n  serviceSubnet: 10.96.0.0/12\n',
			}),
			configMap('kube-flannel/kube-flannel-cfg', {'net-conf.json': '{"Network": "10.244.0.0/16", "Backend": {"Type": "wireguard"}}'}),
		]),
	);
	assert.deepEqual(
		config.corefile?.parsed.blocks[0]?.plugins.map(({name}) => name),
		['log'],
	);
	assert.deepEqual(
		[config.kubeProxy?.mode, config.kubeProxy?.masqueradeAll, config.kubeProxy?.clusterCidr],
		['nftables', true, ['10.244.0.0/16', 'fd00::/56']],
	);
	assert.deepEqual(
		[config.kubelet?.ref.name, config.kubelet?.clusterDns, config.kubelet?.clusterDomain, config.kubelet?.hairpinMode],
		['kubelet-config-1.23', ['10.96.0.10'], 'corp.local', 'hairpin-veth'],
	);
	assert.deepEqual([config.kubeadm?.dnsDomain, config.kubeadm?.podSubnet, config.kubeadm?.serviceSubnet], ['corp.local', ['10.244.0.0/16'], ['10.96.0.0/12']]);
	assert.deepEqual([config.flannel?.backend, config.flannel?.port, config.flannel?.network], ['wireguard', 51_820, ['10.244.0.0/16']]);
	assert.deepEqual(systemConfig(clusterView([])), {});
});

test('CoreDNS under another name is found by its Corefile; what is no configuration gives defaults', () => {
	assert.equal(systemConfig(clusterView([configMap('dns/my-dns', {Corefile: '. {\n errors\n}\n'})]), 'dns').corefile?.ref.name, 'my-dns');
	const config = systemConfig(
		clusterView([configMap('kube-system/kube-proxy', {'config.conf': '\u0000{{{'}), configMap('kube-flannel/kube-flannel-cfg', {'net-conf.json': 'no'})]),
	);
	assert.deepEqual([config.kubeProxy?.mode, config.kubeProxy?.masqueradeAll, config.flannel?.backend], ['iptables', false, 'udp']);
});

test('k3s is recognised, with its flannel, klipper and traefik', () => {
	const node = nodeObject('k1', {annotations: {'flannel.alpha.coreos.com/backend-type': 'vxlan'}, status: {nodeInfo: {kubeletVersion: 'v1.34.2+k3s1'}}});
	const found = distributionOf(clusterView([node, podObject('kube-system/svclb-traefik-1-x'), serviceObject('kube-system/traefik', {type: 'LoadBalancer'})]));
	assert.equal(found.name, 'k3s');
	assert.deepEqual(found.facts, [
		'k3s: kube-proxy and flannel run inside of it (restart k3s or k3s-agent)',
		'flannel vxlan UDP 8472 by node annotations',
		'ServiceLB (klipper) 1 pods: iptables, nothing listens on the ports',
		'traefik LoadBalancer',
	]);
	assert.deepEqual(distributionOf(clusterView(dnsObjects())), {name: 'other', facts: []});
});

test('readings that failed are told once a reason; one that worked later is no gap', () => {
	const failed = (target: string, at: number) =>
		({probe: 'coredns-log', target, at, tookMs: 1, outcome: 'failed', problem: {code: 'forbidden', what: 'x', cause: 'you may not get pods/log'}}) as const;
	const read = {probe: 'coredns-log', target: 'c', at: 9, tookMs: 1, outcome: 'ok', facts: {}} as const;
	assert.deepEqual(
		unreadObservations(
			clusterView([], {
				observations: [read, failed('a', 5), failed('b', 5), failed('c', 5), {probe: 'kubelet-configz', target: 'n1', at: 5, tookMs: 1, outcome: 'timed-out'}],
			}),
		),
		[
			{what: 'the log of a, b', why: 'you may not get pods/log'},
			{what: 'the kubelet configuration of n1', why: 'no answer in time'},
		],
	);
});

test('a version is read only where the image tells it', () => {
	const image = (name: string) =>
		corednsVersion([{apiVersion: 'v1', kind: 'Pod', metadata: {name: 'x'}, spec: {containers: [{name: 'c', image: name}]}} satisfies DnsPod]);
	assert.equal(image('registry.k8s.io/coredns/coredns:v1.11.1'), '1.11.1');
	assert.equal(image('localhost:5000/k3s/mirrored-coredns-coredns:1.10.1'), '1.10.1');
	assert.equal(image('registry.test/coredns@sha256:abcdef'), undefined);
});
