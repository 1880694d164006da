import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nodeNotReady} from '../../source/checks/node-not-ready.ts';
import {nodeObject, object, podObject, viewNow} from '../tools/cluster-view.ts';
import {findings, told, withoutKind} from '../tools/run-check.ts';

function node(status: string, more: Readonly<{message?: string; spec?: object; created?: string}> = {}) {
	const {message = 'x', spec = {}, created = '2026-01-01T00:00:00Z'} = more;
	const made = nodeObject('n1', {
		spec,
		status: {conditions: [{type: 'Ready', status, reason: 'R', message, lastTransitionTime: new Date(viewNow - 60_000).toISOString()}]},
	});
	return {...made, metadata: {...made.metadata, creationTimestamp: created}};
}

function lease(secondsAgo: number) {
	return object('coordination.k8s.io/v1', 'Lease', 'kube-node-lease/n1', {
		spec: {holderIdentity: 'n1', renewTime: new Date(viewNow - secondsAgo * 1000).toISOString()},
	});
}

test('no heartbeat, with how long', () => {
	const [found] = findings(nodeNotReady, [node('Unknown'), lease(70), podObject('shop/a', {node: 'n1'})]);
	assert.equal(`${found?.id} ${found?.severity} ${found?.title}`, 'NODE_NOT_READY critical Node n1 is not ready: no heartbeat for 70s');
	assert.ok(found?.evidence.some(({path, value}) => path === 'pods on it' && value === '1'));
	assert.equal(found?.since, viewNow - 60_000);
});

test('what the kubelet says of itself; a lease that gets old while the node still counts as ready', () => {
	assert.match(told(nodeNotReady, [node('False', {message: 'container runtime is down'})])[0] ?? '', /container runtime is down$/);
	assert.deepEqual(told(nodeNotReady, [node('True'), lease(30)]), ['NODE_LEASE_STALE warning proven: Node n1: its kubelet has been silent for 30s']);
});

test('a node that joins, one that an autoscaler removes, one without a lease', () => {
	assert.deepEqual(told(nodeNotReady, [node('False', {created: new Date(viewNow - 30_000).toISOString()})]), []);
	assert.match(
		told(nodeNotReady, [node('Unknown', {spec: {taints: [{key: 'ToBeDeletedByClusterAutoscaler', effect: 'NoSchedule'}]}})])[0] ?? '',
		/^NODE_NOT_READY info/,
	);
	assert.deepEqual(told(nodeNotReady, [node('True')]), []);
	assert.deepEqual(told(nodeNotReady, [node('True'), lease(9)]), []);
});

test('nodes that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(nodeNotReady, [node('Unknown')], 'nodes'), ['NOT_CHECKED coverage']);
});
