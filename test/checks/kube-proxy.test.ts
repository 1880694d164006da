import assert from 'node:assert/strict';
import {test} from 'node:test';
import {kubeProxy} from '../../source/checks/kube-proxy.ts';
import {nodeObject, object, podObject} from '../tools/cluster-view.ts';
import {judged, remedies, told, withoutKind} from '../tools/run-check.ts';

const labels = {'k8s-app': 'kube-proxy'};
const set = object('apps/v1', 'DaemonSet', 'kube-system/kube-proxy', {
	spec: {selector: {matchLabels: labels}, template: {spec: {nodeSelector: {'kubernetes.io/os': 'linux'}}}},
});
const nodes = [nodeObject('a'), nodeObject('b')];
const on = (node: string, ready = true) => podObject(`kube-system/kube-proxy-${node}`, {labels, node, ready});

test('a Ready node without a ready kube-proxy', () => {
	assert.deepEqual(told(kubeProxy, [set, ...nodes, on('a')]), [
		'KPROXY_NOT_RUNNING critical proven: kube-proxy is not ready on b: Service rules there grow old',
	]);
	assert.match(told(kubeProxy, [set, ...nodes, on('a', false), on('b', false)])[0] ?? '', /not ready on a, b/);
	assert.deepEqual(remedies(kubeProxy, [set, ...nodes, on('a'), on('b', false)]), [
		'kubectl -n kube-system logs kube-proxy-b',
		'kubectl -n kube-system rollout restart daemonset kube-proxy',
	]);
});

test('false positives: all run, a node that is not Ready, a node that it does not want', () => {
	const down = nodeObject('c', {status: {conditions: [{type: 'Ready', status: 'Unknown'}]}});
	const windows = nodeObject('w', {labels: {'kubernetes.io/os': 'windows'}});
	assert.deepEqual(told(kubeProxy, [set, ...nodes, down, windows, on('a'), on('b')]), []);
});

test('without its DaemonSet nothing is said to be well: what stands in for it is named', () => {
	assert.deepEqual(told(kubeProxy, nodes), [
		'NOT_CHECKED info proven: Not checked: kube-proxy runs on every node: there is no DaemonSet kube-proxy: it may run as a process of the hosts',
	]);
	assert.match(told(kubeProxy, [...nodes, object('apps/v1', 'DaemonSet', 'kube-system/cilium')])[0] ?? '', /cilium may replace it$/);
	const k3s = nodeObject('k', {status: {nodeInfo: {kubeletVersion: 'v1.34.2+k3s1'}}});
	assert.match(told(kubeProxy, [k3s])[0] ?? '', /k3s has it built in$/);
});

test('a pod that has just gone is given 90 s; unread is not checked', () => {
	assert.deepEqual(judged(kubeProxy, [set, ...nodes, on('a'), on('b', false)], {now: Date.parse('2026-01-01T00:01:00Z')}), []);
	assert.deepEqual(withoutKind(kubeProxy, [set], 'daemonsets.apps'), ['NOT_CHECKED coverage']);
});
