import assert from 'node:assert/strict';
import {test} from 'node:test';
import {networkPolicyEnforcer} from '../../source/checks/network-policy-enforcer.ts';
import {nodeObject, object, policyObject} from '../tools/cluster-view.ts';
import {told, withoutKind} from '../tools/run-check.ts';

const policy = policyObject('shop/p', {podSelector: {}});
const set = (name: string, args: readonly string[] = []) =>
	object('apps/v1', 'DaemonSet', `kube-system/${name}`, {spec: {template: {spec: {containers: [{name: 'x', args}]}}}, status: {}});

test('policies, and a plugin that is known not to enforce them', () => {
	assert.deepEqual(told(networkPolicyEnforcer, [policy, set('kube-flannel-ds')]), [
		'NP_NO_ENFORCER warning likely: NetworkPolicy shop/p is there, but flannel does not enforce them: DaemonSet kube-flannel-ds carries the pod network, and no policy agent runs beside it',
	]);
	assert.match(told(networkPolicyEnforcer, [policy, set('aws-node')])[0] ?? '', /aws-node does not enforce them/);
	assert.match(
		told(networkPolicyEnforcer, [policy, nodeObject('n', {annotations: {'flannel.alpha.coreos.com/backend-type': 'vxlan'}})])[0] ?? '',
		/node n carries flannel's annotations/,
	);
	const k3s = nodeObject('k', {
		status: {nodeInfo: {kubeletVersion: 'v1.34.2+k3s1'}},
		annotations: {'k3s.io/node-args': '["server","--disable-network-policy"]'},
	});
	assert.match(told(networkPolicyEnforcer, [policy, k3s])[0] ?? '', /k3s flannel does not enforce them: k3s on k was started with --disable-network-policy/);
});

test('false positives: every engine that enforces, also beside flannel; k3s; no policies', () => {
	for (const name of ['calico-node', 'rke2-canal', 'cilium', 'kube-router', 'antrea-agent', 'weave-net', 'ovnkube-node', 'kube-network-policies'])
		assert.deepEqual(told(networkPolicyEnforcer, [policy, set(name), set('kube-flannel-ds')]), [], name);
	const flannel = object('apps/v1', 'DaemonSet', 'kube-flannel/kube-flannel-ds', {
		spec: {template: {spec: {containers: [{name: 'netpol', image: 'registry.test/kube-network-policies:1'}]}}},
	});
	assert.deepEqual(told(networkPolicyEnforcer, [policy, flannel]), []);
	assert.deepEqual(told(networkPolicyEnforcer, [policy, set('aws-node', ['--enable-network-policy=true'])]), []);
	assert.deepEqual(told(networkPolicyEnforcer, [policy, nodeObject('k', {status: {nodeInfo: {kubeletVersion: 'v1.34.2+k3s1'}}})]), []);
	assert.deepEqual(told(networkPolicyEnforcer, [set('kube-flannel-ds')]), []);
});

test('what is not known is not checked; a probe that a policy stopped contradicts', () => {
	assert.match(told(networkPolicyEnforcer, [policy])[0] ?? '', /^NOT_CHECKED info proven: .*no network plugin that is known was found$/);
	assert.match(told(networkPolicyEnforcer, [policy, set('kindnet')])[0] ?? '', /kindnet enforces policies in its newer versions only$/);
	const facts = {transport: 'timeout', from: {namespace: 'shop', pod: 'a'}, to: {}};
	const observations = [{probe: 'dns-query', target: 'x', at: 0, tookMs: 1, outcome: 'ok' as const, facts}];
	assert.deepEqual(told(networkPolicyEnforcer, [policy, set('kube-flannel-ds')], {observations}), []);
	assert.deepEqual(withoutKind(networkPolicyEnforcer, [policy], 'daemonsets.apps'), ['NOT_CHECKED coverage']);
});
