import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsEndpointsPartial} from '../../source/checks/dns-endpoints-partial.ts';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import {object, podObject} from '../tools/cluster-view.ts';
import {told, withoutKind} from '../tools/run-check.ts';
import {dnsObjects} from '../core/net/dns/dns-fixture.ts';

/** One of two CoreDNS pods is ready. */
function partly(ready: number): readonly KubeObject[] {
	const rest = dnsObjects().filter(({kind, metadata}) => kind !== 'Deployment' && metadata.name !== 'coredns-5d7c6cdd6-aaaa1');
	const sick = podObject('kube-system/coredns-5d7c6cdd6-aaaa1', {node: 'n2', ready: false, labels: {'k8s-app': 'kube-dns'}});
	const owner = object('apps/v1', 'Deployment', 'kube-system/coredns', {
		spec: {replicas: 2, selector: {matchLabels: {'k8s-app': 'kube-dns'}}, template: {metadata: {labels: {'k8s-app': 'kube-dns'}}}},
		status: {readyReplicas: ready},
	});
	return [...rest, sick, owner];
}

test('some, but not all, are ready', () => {
	assert.deepEqual(told(dnsEndpointsPartial, partly(1)), ['DNS_ENDPOINTS_PARTIAL warning proven: Deployment kube-system/coredns: 1 of 2 CoreDNS pods ready']);
});

test('none and all are not partial; rollouts are shorter than the grace time', () => {
	assert.deepEqual(told(dnsEndpointsPartial, partly(0)), []);
	assert.deepEqual(told(dnsEndpointsPartial, dnsObjects()), []);
	assert.equal(dnsEndpointsPartial.graceMs, 120_000);
});

test('Deployments that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(dnsEndpointsPartial, partly(1), 'deployments.apps'), ['NOT_CHECKED coverage']);
});
