import assert from 'node:assert/strict';
import {test} from 'node:test';
import {servicePartialEndpoints} from '../../source/checks/service-partial-endpoints.ts';
import {object, podObject, serviceObject, sliceObject} from '../tools/cluster-view.ts';
import {judged, told, withoutKind} from '../tools/run-check.ts';

const web = serviceObject('shop/web', {selector: {app: 'web'}, ports: [{port: 80}]});
const pods = [podObject('shop/web-1', {labels: {app: 'web'}}), podObject('shop/web-2', {labels: {app: 'web'}, ready: false})];
const slice = sliceObject('shop/web', [{address: '10.0.0.1'}, {address: '10.0.0.2', ready: false}]);
const deployment = (status: object) =>
	object('apps/v1', 'Deployment', 'shop/web', {metadata: {generation: 3}, spec: {replicas: 2, template: {metadata: {labels: {app: 'web'}}}}, status});

test('some are ready, for five minutes', () => {
	assert.deepEqual(told(servicePartialEndpoints, [web, ...pods, slice]), ['SVC_PARTIAL_READY warning proven: Service shop/web has 1 of 2 endpoints ready']);
	assert.deepEqual(judged(servicePartialEndpoints, [web, ...pods, slice]), ['SVC_PARTIAL_READY proven']);
	assert.deepEqual(judged(servicePartialEndpoints, [web, ...pods, slice], {now: Date.parse('2026-01-01T00:04:00Z')}), []);
});

test('false positives: a rollout, a controller that has not looked, pods that are going, all ready, none ready', () => {
	assert.deepEqual(told(servicePartialEndpoints, [web, ...pods, slice, deployment({observedGeneration: 3, updatedReplicas: 1})]), []);
	assert.deepEqual(told(servicePartialEndpoints, [web, ...pods, slice, deployment({observedGeneration: 2, updatedReplicas: 2})]), []);
	assert.equal(told(servicePartialEndpoints, [web, ...pods, slice, deployment({observedGeneration: 3, updatedReplicas: 2})]).length, 1);
	const going = podObject('shop/web-2', {labels: {app: 'web'}, ready: false, metadata: {deletionTimestamp: '2026-01-02T14:02:00Z'}});
	const goingSlice = sliceObject('shop/web', [{address: '10.0.0.1'}, {address: '10.0.0.2', ready: false, terminating: true}]);
	assert.deepEqual(told(servicePartialEndpoints, [web, ...pods.slice(0, 1), going, goingSlice]), []);
	assert.deepEqual(told(servicePartialEndpoints, [web, ...pods.slice(1), sliceObject('shop/web', [{address: '10.0.0.2', ready: false}])]), []);
});

test('unread is not checked', () => assert.deepEqual(withoutKind(servicePartialEndpoints, [web], 'pods'), ['NOT_CHECKED coverage']));
