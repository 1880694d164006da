import assert from 'node:assert/strict';
import {test} from 'node:test';
import {serviceReadyEndpoints} from '../../source/checks/service-ready-endpoints.ts';
import {podObject, serviceObject, sliceObject, viewNow} from '../tools/cluster-view.ts';
import {findings, judged, remedies, told, withoutKind} from '../tools/run-check.ts';

const web = serviceObject('shop/web', {selector: {app: 'web'}, ports: [{name: 'http', port: 80, targetPort: 8080}]});
const crashing = podObject('shop/web-1', {
	labels: {app: 'web'},
	ready: false,
	status: {containerStatuses: [{name: 'main', ready: false, restartCount: 12, state: {waiting: {reason: 'CrashLoopBackOff'}}}]},
});
const slice = sliceObject('shop/web', [{address: '10.0.0.1', ready: false}]);

test('pods that are there and not ready: the reason of the first', () => {
	assert.deepEqual(told(serviceReadyEndpoints, [web, crashing, slice]), [
		'SVC_NO_READY_ENDPOINTS critical proven: Service shop/web has 0 ready of 1 endpoint: CrashLoopBackOff, 12 restarts',
	]);
	assert.deepEqual(remedies(serviceReadyEndpoints, [web, crashing, slice]), ['kubectl -n shop describe pod web-1']);
	const [finding] = findings(serviceReadyEndpoints, [web, crashing, slice]);
	assert.deepEqual([finding?.key, finding?.since], ['SVC_NO_READY_ENDPOINTS Service shop/web http', Date.parse('2026-01-01T00:00:10Z')]);
});

test('endpoints that are going but serve make it a warning', () => {
	const going = sliceObject('shop/web', [{address: '10.0.0.1', ready: false, terminating: true, serving: true}]);
	assert.match(told(serviceReadyEndpoints, [web, crashing, going])[0] ?? '', /^SVC_NO_READY_ENDPOINTS warning/);
});

test('false positives: one is ready in any slice, not-ready addresses are published, the first start, a port name that no pod has', () => {
	const ready = sliceObject('shop/web', [{address: '10.0.0.1', ready: false}, {address: '10.0.0.2'}]);
	assert.deepEqual(told(serviceReadyEndpoints, [web, crashing, ready]), []);
	const published = serviceObject('shop/web', {selector: {app: 'web'}, publishNotReadyAddresses: true});
	assert.deepEqual(told(serviceReadyEndpoints, [published, crashing, slice]), []);
	const containers = [{name: 'main', readinessProbe: {initialDelaySeconds: 30, periodSeconds: 10, failureThreshold: 6}}];
	const starting = podObject('shop/web-1', {
		labels: {app: 'web'},
		ready: false,
		spec: {containers},
		metadata: {creationTimestamp: new Date(viewNow - 80_000).toISOString()},
	});
	assert.deepEqual(told(serviceReadyEndpoints, [web, starting, slice]), []);
	const named = serviceObject('shop/web', {selector: {app: 'web'}, ports: [{port: 80, targetPort: 'nope'}]});
	assert.deepEqual(told(serviceReadyEndpoints, [named, podObject('shop/web-1', {labels: {app: 'web'}}), sliceObject('shop/web', [])]), []);
	assert.deepEqual(told(serviceReadyEndpoints, [web]), [], 'no pod is another finding');
});

test('it must have been so for 30 s, and slices that may not be read are no empty slices', () => {
	assert.deepEqual(judged(serviceReadyEndpoints, [web, crashing, slice]), ['SVC_NO_READY_ENDPOINTS proven']);
	assert.deepEqual(judged(serviceReadyEndpoints, [web, crashing, slice], {now: Date.parse('2026-01-01T00:00:20Z')}), []);
	assert.deepEqual(withoutKind(serviceReadyEndpoints, [web, crashing], 'endpointslices.discovery.k8s.io'), ['NOT_CHECKED coverage']);
});
