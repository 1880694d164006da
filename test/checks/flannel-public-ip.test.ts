import assert from 'node:assert/strict';
import {test} from 'node:test';
import {flannelPublicIp} from '../../source/checks/flannel-public-ip.ts';
import {nodeObject} from '../tools/cluster-view.ts';
import {remedies, told, withoutKind} from '../tools/run-check.ts';

const prefix = 'flannel.alpha.coreos.com';
const node = (annotations: Readonly<Record<string, string>>) => nodeObject('n1', {address: '10.0.0.11', annotations});

test('flannel announces another address than the node has: possible until a probe fails', () => {
	const wrong = node({[`${prefix}/public-ip`]: '192.168.7.2'});
	assert.deepEqual(told(flannelPublicIp, [wrong]), [
		"FLANNEL_PUBLIC_IP_MISMATCH warning possible: Node n1: flannel announces 192.168.7.2, the node's address is 10.0.0.11",
	]);
	assert.equal(remedies(flannelPublicIp, [wrong])[0], `kubectl annotate node n1 ${prefix}/public-ip-overwrite=10.0.0.11 --overwrite`);
});

test('the right one, one that is meant so, no flannel, no address', () => {
	assert.deepEqual(told(flannelPublicIp, [node({[`${prefix}/public-ip`]: '10.0.0.11'})]), []);
	assert.deepEqual(told(flannelPublicIp, [node({[`${prefix}/public-ip`]: '192.168.7.2', [`${prefix}/public-ip-overwrite`]: '192.168.7.2'})]), []);
	assert.deepEqual(told(flannelPublicIp, [node({}), nodeObject('n2', {annotations: {[`${prefix}/public-ip`]: '192.168.7.2'}})]), []);
});

test('nodes that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(flannelPublicIp, [node({})], 'nodes'), ['NOT_CHECKED coverage']);
});
