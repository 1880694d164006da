import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nodePodCidr} from '../../source/checks/node-pod-cidr.ts';
import {nodeObject, object, podObject} from '../tools/cluster-view.ts';
import {told, withoutKind} from '../tools/run-check.ts';

const given = nodeObject('n1', {spec: {podCIDR: '10.244.1.0/28'}});
const flannel = {'flannel.alpha.coreos.com/kube-subnet-manager': 'true'};
const refused = object('v1', 'Event', 'default/n2.1', {
	reason: 'CIDRNotAvailable',
	message: 'Node n2 status is now: CIDRNotAvailable',
	involvedObject: {kind: 'Node', name: 'n2'},
});

test('no podCIDR while another node has one: proven by the event, likely under flannel', () => {
	assert.deepEqual(told(nodePodCidr, [given, nodeObject('n2'), refused]), [
		'NODE_NO_PODCIDR critical proven: Node n2 has no podCIDR, other nodes have one: pods on it get no address',
	]);
	assert.match(told(nodePodCidr, [given, nodeObject('n2', {annotations: flannel})])[0] ?? '', /^NODE_NO_PODCIDR critical likely/);
});

test('network plugins that do not use it: nobody has one, or nothing speaks of it', () => {
	assert.deepEqual(told(nodePodCidr, [nodeObject('n1'), nodeObject('n2')]), []);
	assert.deepEqual(told(nodePodCidr, [given, nodeObject('n2')]), []);
});

test('a range that is full; pods on the host network and finished ones do not count', () => {
	const pods = (count: number, more: object = {}) =>
		Array.from({length: count}, (_, index) => podObject(`shop/p${index}`, {node: 'n1', ip: `10.244.1.${index + 2}`, ...more}));
	assert.deepEqual(told(nodePodCidr, [given, ...pods(12)]), [
		'NODE_POD_IPS_EXHAUSTED critical proven: Node n1 has no pod addresses left: 12 of 14 in 10.244.1.0/28',
	]);
	assert.deepEqual(told(nodePodCidr, [given, ...pods(10)]), []);
	assert.deepEqual(told(nodePodCidr, [given, ...pods(12, {hostNetwork: true})]), []);
	assert.deepEqual(told(nodePodCidr, [given, ...pods(12, {phase: 'Succeeded'})]), []);
});

test('pods that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(nodePodCidr, [given], 'pods'), ['NOT_CHECKED coverage']);
});
