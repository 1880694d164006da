import assert from 'node:assert/strict';
import {test} from 'node:test';
import {netCidrOverlap} from '../../source/checks/net-cidr-overlap.ts';
import {nodeObject} from '../tools/cluster-view.ts';
import {told, withoutKind} from '../tools/run-check.ts';
import {configMap, dnsObjects} from '../core/net/dns/dns-fixture.ts';

const objects = dnsObjects({allNodes: ['n1', 'n2']});
const node = (name: string, cidr: string, address: string) => nodeObject(name, {address, spec: {podCIDR: cidr, podCIDRs: [cidr]}});
const kubeadm = (networking: string) => configMap('kube-system/kubeadm-config', {ClusterConfiguration: `networking: {${networking}}\n`});

test('two nodes with the same pods, a node in the range of pods', () => {
	assert.deepEqual(told(netCidrOverlap, [...objects, node('n4', '10.244.1.0/25', '10.0.0.14')]), [
		'NET_CIDR_OVERLAP critical proven: Address ranges contradict each other: nodes n1 and n4 have the pod ranges 10.244.1.0/24 and 10.244.1.0/25',
	]);
	assert.match(
		told(netCidrOverlap, [...objects, node('n4', '10.244.4.0/24', '10.244.1.77')])[0] ?? '',
		/node n4 has the address 10\.244\.1\.77, which is in 10\.244\.1\.0\/24/,
	);
});

test('pods and Services share a range: by kubeadm, else by an address that a Service has', () => {
	assert.equal(told(netCidrOverlap, [...objects, kubeadm('serviceSubnet: 10.244.0.0/16')]).filter(text => text.includes('Service range')).length, 2);
	assert.match(
		told(netCidrOverlap, [...objects, node('n4', '10.96.0.0/24', '10.0.0.14')])[0] ?? '',
		/pod range 10\.96\.0\.0\/24 and Service range 10\.96\.0\.1/,
	);
});

test('flannel serves another range than the nodes have', () => {
	const other = [
		...objects.filter(({metadata}) => metadata.name !== 'kube-flannel-cfg'),
		configMap('kube-flannel/kube-flannel-cfg', {'net-conf.json': '{"Network": "10.42.0.0/16"}'}),
	];
	assert.equal(told(netCidrOverlap, other).filter(text => text.includes('flannel serves 10.42.0.0/16')).length, 2);
});

test('as it should be, also in dual stack; without ranges nothing is guessed', () => {
	assert.deepEqual(told(netCidrOverlap, [...objects, kubeadm('podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16')]), []);
	const dual = nodeObject('n5', {address: '10.0.0.15', spec: {podCIDR: '10.244.5.0/24', podCIDRs: ['10.244.5.0/24', 'fd00:5::/64']}});
	assert.deepEqual(told(netCidrOverlap, [...objects, dual]), []);
	assert.deepEqual(told(netCidrOverlap, [nodeObject('a', {address: '10.0.0.1'}), nodeObject('b', {address: '10.0.0.2'})]), []);
});

test('nodes that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(netCidrOverlap, objects, 'nodes'), ['NOT_CHECKED coverage']);
});
