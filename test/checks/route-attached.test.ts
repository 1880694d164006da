import assert from 'node:assert/strict';
import {test} from 'node:test';
import {routeAttached} from '../../source/checks/route-attached.ts';
import {object} from '../tools/cluster-view.ts';
import {judged, remedies, told, withoutKind} from '../tools/run-check.ts';

const parent = (status: string, reason: string, observedGeneration = 1) => ({
	parentRef: {name: 'main', namespace: 'edge'},
	conditions: [{type: 'Accepted', status, reason, message: 'm', lastTransitionTime: '2026-01-01T00:00:10Z', observedGeneration}],
});
const route = (parents: readonly unknown[], kind = 'HTTPRoute') =>
	object('gateway.networking.k8s.io/v1', kind, 'shop/web', {
		metadata: {generation: 1},
		spec: {parentRefs: [{name: 'main', namespace: 'edge'}]},
		status: {parents},
	});

test('refused, with what the reason asks for', () => {
	assert.deepEqual(told(routeAttached, [route([parent('False', 'NotAllowedByListeners')])]), [
		'ROUTE_NOT_ATTACHED critical proven: HTTPRoute shop/web is not accepted by Gateway edge/main: NotAllowedByListeners: m',
	]);
	assert.match(remedies(routeAttached, [route([parent('False', 'NotAllowedByListeners')])])[0] ?? '', /^kubectl -n edge patch gateway main .*"from":"All"/);
	assert.match(remedies(routeAttached, [route([parent('False', 'NoMatchingListenerHostname')])])[0] ?? '', /jsonpath='\{\.spec\.listeners\}'$/);
	assert.match(remedies(routeAttached, [route([parent('False', 'UnsupportedValue')])])[0] ?? '', /get httproute web -o yaml$/);
	assert.match(told(routeAttached, [route([parent('False', 'NoMatchingParent')], 'GRPCRoute')])[0] ?? '', /GRPCRoute shop\/web/);
});

test('nobody has acted on it, after a minute', () => {
	assert.deepEqual(told(routeAttached, [route([])]), [
		'ROUTE_NOT_ATTACHED critical likely: HTTPRoute shop/web: no controller has acted on it for Gateway edge/main',
	]);
	assert.deepEqual(judged(routeAttached, [route([])], {now: Date.parse('2026-01-01T00:00:59Z')}), []);
});

test('false positives: accepted, an older generation, no parents', () => {
	assert.deepEqual(told(routeAttached, [route([parent('True', 'Accepted')])]), []);
	assert.deepEqual(told(routeAttached, [route([parent('False', 'NoMatchingParent', 0)])]), []);
	assert.deepEqual(told(routeAttached, [object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop/x', {spec: {}})]), []);
});

test('unread is not checked', () => assert.deepEqual(withoutKind(routeAttached, [], 'httproutes.gateway.networking.k8s.io'), ['NOT_CHECKED coverage']));
