import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nodeCni} from '../../source/checks/node-cni.ts';
import {nodeObject, podObject, viewNow} from '../tools/cluster-view.ts';
import {findings, told, withoutKind} from '../tools/run-check.ts';

const message =
	'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

function node(conditions: readonly unknown[], created = '2026-01-01T00:00:00Z') {
	const made = nodeObject('n1', {status: {conditions}});
	return {...made, metadata: {...made.metadata, creationTimestamp: created}};
}

const noPlugin = [{type: 'Ready', status: 'False', reason: 'KubeletNotReady', message, lastTransitionTime: '2026-01-02T14:00:00Z'}];

test('the kubelet has no network plugin: its pod on the node is linked', () => {
	const [found] = findings(nodeCni, [node(noPlugin), podObject('kube-flannel/kube-flannel-ds-x', {node: 'n1', phase: 'Pending'})]);
	assert.equal(`${found?.id} ${found?.severity}`, 'NODE_CNI_NOT_READY critical');
	assert.equal(found?.remedy[0]?.command, 'kubectl -n kube-flannel logs kube-flannel-ds-x --all-containers --tail=50');
	assert.equal(findings(nodeCni, [node(noPlugin)])[0]?.remedy[0]?.command, 'kubectl get daemonsets -A');
});

test('NetworkUnavailable', () => {
	assert.match(
		told(nodeCni, [
			node([
				{type: 'Ready', status: 'True'},
				{type: 'NetworkUnavailable', status: 'True', reason: 'NoRouteCreated'},
			]),
		])[0] ?? '',
		/has no pod network: NoRouteCreated/,
	);
});

test('not ready for another reason, a network that is there, a node that joins', () => {
	assert.deepEqual(told(nodeCni, [node([{type: 'Ready', status: 'False', message: 'PLEG is not healthy'}])]), []);
	assert.deepEqual(
		told(nodeCni, [
			node([
				{type: 'Ready', status: 'True'},
				{type: 'NetworkUnavailable', status: 'False'},
			]),
		]),
		[],
	);
	assert.deepEqual(told(nodeCni, [node(noPlugin, new Date(viewNow - 20_000).toISOString())]), []);
});

test('nodes that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(nodeCni, [node(noPlugin)], 'nodes'), ['NOT_CHECKED coverage']);
});
