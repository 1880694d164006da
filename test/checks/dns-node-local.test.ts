import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsNodeLocal} from '../../source/checks/dns-node-local.ts';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import {object, podObject} from '../tools/cluster-view.ts';
import {told, withoutKind} from '../tools/run-check.ts';
import {dnsObjects, kubeletOf} from '../core/net/dns/dns-fixture.ts';

const labels = {'k8s-app': 'node-local-dns'};

function nodeLocal(localip: string, ready: boolean): readonly KubeObject[] {
	return [
		...dnsObjects(),
		object('apps/v1', 'DaemonSet', 'kube-system/node-local-dns', {
			metadata: {labels},
			spec: {template: {spec: {containers: [{name: 'node-cache', args: ['-localip', localip, '-conf', '/etc/Corefile']}]}}},
		}),
		podObject('kube-system/node-local-dns-a', {node: 'n1', labels, hostNetwork: true}),
		podObject('kube-system/node-local-dns-b', {node: 'n2', labels, hostNetwork: true, ready}),
	];
}

const asked = {observations: [kubeletOf('n1', ['169.254.20.10']), kubeletOf('n2', ['169.254.20.10'])]};

test('not ready on a node whose pods ask it', () => {
	assert.deepEqual(told(dnsNodeLocal, nodeLocal('169.254.20.10', false), asked), [
		'DNS_NODELOCAL_DOWN critical proven: node-local-dns is not ready on n2: pods there resolve through it',
	]);
	// It listens on the Service's address as well: everybody goes through it, whatever the kubelet says.
	assert.equal(told(dnsNodeLocal, nodeLocal('169.254.20.10,10.96.0.10', false)).length, 1);
});

test('ready, or asked by nobody, or not there', () => {
	assert.deepEqual(told(dnsNodeLocal, nodeLocal('169.254.20.10', true), asked), []);
	assert.deepEqual(told(dnsNodeLocal, nodeLocal('169.254.20.10', false), {observations: [kubeletOf('n2', ['10.96.0.10'])]}), []);
	assert.deepEqual(told(dnsNodeLocal, dnsObjects(), asked), []);
});

test('DaemonSets that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(dnsNodeLocal, nodeLocal('169.254.20.10', false), 'daemonsets.apps'), ['NOT_CHECKED coverage']);
});
