import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsService} from '../../source/checks/dns-service.ts';
import {object, serviceObject} from '../tools/cluster-view.ts';
import {judged, told, withoutKind} from '../tools/run-check.ts';
import {dnsObjects, kubeletOf} from '../core/net/dns/dns-fixture.ts';

const bare = dnsObjects().filter(({kind, metadata}) => kind !== 'Service' || metadata.name === 'kubernetes');

test('no Service by label, by name or by the address that kubelets give', () => {
	assert.match(told(dnsService, bare)[0] ?? '', /^DNS_SVC_MISSING critical proven: There is no DNS Service/);
});

test('each of the three look-ups finds one', () => {
	assert.deepEqual(told(dnsService, dnsObjects()), []);
	assert.deepEqual(told(dnsService, [...bare, serviceObject('kube-system/rke2-coredns-rke2-coredns', {clusterIP: '10.43.0.10'})]), []);
	const other = serviceObject('dns/resolver', {clusterIP: '10.96.0.53', clusterIPs: ['10.96.0.53']});
	assert.deepEqual(told(dnsService, [...bare, other], {observations: [kubeletOf('n1', ['10.96.0.53'])]}), []);
});

test('DNS elsewhere, or a cache on each node alone, is a choice', () => {
	const none = bare.filter(({metadata}) => !metadata.name.startsWith('coredns'));
	assert.match(told(dnsService, none, {observations: [kubeletOf('n1', ['169.254.169.254'])]})[0] ?? '', /^DNS_SVC_MISSING info possible/);
	const local = object('apps/v1', 'DaemonSet', 'kube-system/node-local-dns', {metadata: {labels: {'k8s-app': 'node-local-dns'}}});
	assert.match(told(dnsService, [...bare, local])[0] ?? '', /info/);
});

test('Services that may not be listed are not checked; one look tells at once, as likely', () => {
	assert.deepEqual(withoutKind(dnsService, bare, 'services'), ['NOT_CHECKED coverage']);
	assert.deepEqual(judged(dnsService, bare), ['DNS_SVC_MISSING likely']);
});
