import assert from 'node:assert/strict';
import {test} from 'node:test';
import {networkPolicySelectsNothing} from '../../source/checks/network-policy-selects-nothing.ts';
import {object, podObject, policyObject} from '../tools/cluster-view.ts';
import {judged, told, withoutKind} from '../tools/run-check.ts';

const policy = policyObject('shop/p', {podSelector: {matchLabels: {app: 'wbe'}}});

test('a selector that no pod and no workload has', () => {
	assert.deepEqual(told(networkPolicySelectsNothing, [policy]), ['NP_SELECTS_NOTHING info proven: NetworkPolicy shop/p selects no pod (app=wbe)']);
	assert.match(told(networkPolicySelectsNothing, [policy, podObject('shop/w', {labels: {app: 'web'}})])[0] ?? '', /; nearest: pods with app=web$/);
});

test('false positives: an empty selector, a pod, a template that is scaled to 0; pods of other namespaces do not count', () => {
	assert.deepEqual(told(networkPolicySelectsNothing, [policyObject('shop/all', {podSelector: {}})]), []);
	assert.deepEqual(told(networkPolicySelectsNothing, [policy, podObject('shop/w', {labels: {app: 'wbe'}})]), []);
	const scaled = object('apps/v1', 'Deployment', 'shop/w', {spec: {replicas: 0, template: {metadata: {labels: {app: 'wbe'}}}}});
	assert.deepEqual(told(networkPolicySelectsNothing, [policy, scaled]), []);
	assert.equal(told(networkPolicySelectsNothing, [policy, podObject('data/w', {labels: {app: 'wbe'}})]).length, 1);
});

test('ten minutes are given; unread is not checked', () => {
	assert.deepEqual(judged(networkPolicySelectsNothing, [policy], {now: Date.parse('2026-01-01T00:05:00Z')}), []);
	assert.deepEqual(withoutKind(networkPolicySelectsNothing, [policy], 'pods'), ['NOT_CHECKED coverage']);
});
