import assert from 'node:assert/strict';
import {test} from 'node:test';
import {serviceEnvironment} from '../../source/checks/service-environment.ts';
import {podObject, serviceObject} from '../tools/cluster-view.ts';
import {findings, remedies, told, withoutKind} from '../tools/run-check.ts';

const redis = serviceObject('shop/redis-main', {}, {metadata: {creationTimestamp: '2026-01-02T00:00:00Z'}});
const pod = (container: object, more: object = {}) =>
	podObject('shop/web-7d9-x', {
		spec: {containers: [{name: 'main', ...container}], ...more},
		status: {startTime: '2026-01-01T00:00:00Z'},
		metadata: {
			labels: {'pod-template-hash': '7d9'},
			ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-7d9', uid: 'x', controller: true}],
		},
	});
const mentioning = pod({args: ['--redis=$(REDIS_MAIN_SERVICE_HOST)']});

test('a pod that asks for a variable and is older than the Service', () => {
	assert.deepEqual(told(serviceEnvironment, [redis, mentioning]), [
		'SVC_ENV_STALE info likely: Pod shop/web-7d9-x asks for REDIS_MAIN_SERVICE_HOST, which is missing or old: it started before Service redis-main was made',
	]);
	assert.deepEqual(remedies(serviceEnvironment, [redis, mentioning]), ['kubectl -n shop rollout restart deployment web']);
	assert.match(
		told(serviceEnvironment, [redis, pod({env: [{name: 'X', value: 'tcp://$(REDIS_MAIN_SERVICE_PORT)'}]}, {enableServiceLinks: false})])[0] ?? '',
		/enableServiceLinks is false$/,
	);
});

test('the value of a variable is never shown', () => {
	const secret = pod({env: [{name: 'URL', value: 'redis://user:hunter2@$(REDIS_MAIN_SERVICE_HOST)'}]});
	assert.doesNotMatch(JSON.stringify(findings(serviceEnvironment, [redis, secret])), /hunter2/);
});

test('false positives: no mention, an older Service, another namespace, no such Service', () => {
	const older = serviceObject('shop/redis-main', {}, {metadata: {creationTimestamp: '2025-12-01T00:00:00Z'}});
	assert.deepEqual(told(serviceEnvironment, [redis, pod({args: ['redis-main']})]), []);
	assert.deepEqual(told(serviceEnvironment, [older, mentioning]), []);
	assert.deepEqual(told(serviceEnvironment, [serviceObject('data/redis-main', {}), mentioning]), []);
	assert.deepEqual(told(serviceEnvironment, [mentioning]), []);
});

test('unread is not checked', () => assert.deepEqual(withoutKind(serviceEnvironment, [], 'pods'), ['NOT_CHECKED coverage']));
