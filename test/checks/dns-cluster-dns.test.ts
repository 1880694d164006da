import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsClusterDns} from '../../source/checks/dns-cluster-dns.ts';
import {object} from '../tools/cluster-view.ts';
import {told, withoutKind} from '../tools/run-check.ts';
import {configMap, dnsObjects, kubeletOf} from '../core/net/dns/dns-fixture.ts';

const objects = dnsObjects();

test('a kubelet that gives pods another address', () => {
	assert.deepEqual(told(dnsClusterDns, objects, {observations: [kubeletOf('n1', ['10.96.0.10']), kubeletOf('n2', ['10.96.0.99'])]}), [
		"DNS_CLUSTERDNS_MISMATCH critical proven: Node n2: kubelet clusterDNS 10.96.0.99 is not the DNS Service's address 10.96.0.10",
	]);
});

test('one of several addresses is enough; node-local-dns is the right one too', () => {
	assert.deepEqual(told(dnsClusterDns, objects, {observations: [kubeletOf('n1', ['1.1.1.1', '10.96.0.10'])]}), []);
	const local = object('apps/v1', 'DaemonSet', 'kube-system/node-local-dns', {
		metadata: {labels: {'k8s-app': 'node-local-dns'}},
		spec: {template: {spec: {containers: [{name: 'node-cache', args: ['-localip', '169.254.20.10,10.96.0.10']}]}}},
	});
	assert.deepEqual(told(dnsClusterDns, [...objects, local], {observations: [kubeletOf('n1', ['169.254.20.10'])]}), []);
});

test("without a kubelet's answer its ConfigMap is a hint; with one it is not looked at", () => {
	const other = [
		...objects.filter(({metadata}) => metadata.name !== 'kubelet-config'),
		configMap('kube-system/kubelet-config', {kubelet: 'clusterDNS: [10.96.0.77]\n'}),
	];
	assert.match(told(dnsClusterDns, other)[0] ?? '', /^DNS_CLUSTERDNS_MISMATCH warning possible: ConfigMap kubelet-config/);
	assert.deepEqual(told(dnsClusterDns, other, {observations: [kubeletOf('n1', ['10.96.0.10'])]}), []);
	assert.deepEqual(told(dnsClusterDns, objects), []);
});

test('Services that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(dnsClusterDns, objects, 'services'), ['NOT_CHECKED coverage']);
});
