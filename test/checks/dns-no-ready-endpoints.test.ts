import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsNoReadyEndpoints} from '../../source/checks/dns-no-ready-endpoints.ts';
import {sliceObject} from '../tools/cluster-view.ts';
import {findings, judged, told, withoutKind} from '../tools/run-check.ts';
import {dnsObjects} from '../core/net/dns/dns-fixture.ts';

const scaled = dnsObjects({nodes: [], replicas: 0});

test('scaled to 0: the owner and the command that runs it again', () => {
	assert.deepEqual(told(dnsNoReadyEndpoints, scaled), [
		'DNS_NO_READY_ENDPOINTS critical proven: Service kube-system/kube-dns has no ready endpoint: Deployment coredns is scaled to 0',
	]);
	assert.equal(findings(dnsNoReadyEndpoints, scaled)[0]?.remedy[0]?.command, 'kubectl -n kube-system scale deployment coredns --replicas=2');
	// One look cannot wait, and nothing tells since when.
	assert.deepEqual(judged(dnsNoReadyEndpoints, scaled), ['DNS_NO_READY_ENDPOINTS likely']);
});

test('pods that are not ready stand in the evidence, with why', () => {
	const [found] = findings(dnsNoReadyEndpoints, dnsObjects({crashing: true}));
	assert.match(found?.title ?? '', /2 not ready, 0 terminating$/);
	assert.ok(found?.evidence.some(({value}) => value === 'kube-system/coredns-5d7c6cdd6-aaaa0 CrashLoopBackOff, 3 restarts, on n1'));
	assert.equal(found?.since, Date.parse('2026-01-01T00:00:10Z'));
});

test('terminating endpoints that still serve are only a warning; one ready endpoint is enough', () => {
	const without = dnsObjects().filter(({kind}) => kind !== 'EndpointSlice');
	const leaving = sliceObject('kube-system/kube-dns', [{address: '10.244.1.50', ready: false, terminating: true, serving: true}]);
	assert.match(told(dnsNoReadyEndpoints, [...without, leaving])[0] ?? '', /^DNS_NO_READY_ENDPOINTS warning/);
	assert.deepEqual(told(dnsNoReadyEndpoints, dnsObjects()), []);
});

test('scaled to 0: pods that are on their way out are no help, whatever their slice still says', () => {
	const leaving = dnsObjects({replicas: 0}).map(object =>
		object.kind === 'Pod' && object.metadata.namespace === 'kube-system'
			? {...object, metadata: {...object.metadata, deletionTimestamp: '2026-01-02T14:02:30Z'}}
			: object,
	);
	const [found] = findings(dnsNoReadyEndpoints, leaving);
	assert.deepEqual([found?.severity, found?.title], ['critical', 'Service kube-system/kube-dns has no ready endpoint: Deployment coredns is scaled to 0']);
	assert.ok(
		found?.evidence.some(({value}) => value === '0 ready, 0 not ready, 2 terminating'),
		JSON.stringify(found?.evidence),
	);
});

test('without a Service, or slices that may not be read, it says nothing of endpoints', () => {
	assert.deepEqual(
		told(
			dnsNoReadyEndpoints,
			scaled.filter(({kind}) => kind !== 'Service'),
		),
		[],
	);
	assert.deepEqual(withoutKind(dnsNoReadyEndpoints, scaled, 'endpointslices.discovery.k8s.io'), ['NOT_CHECKED coverage']);
});
