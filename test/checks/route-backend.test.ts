import assert from 'node:assert/strict';
import {test} from 'node:test';
import {routeBackend} from '../../source/checks/route-backend.ts';
import {object, serviceObject} from '../tools/cluster-view.ts';
import {remedies, told, withoutKind} from '../tools/run-check.ts';

const route = (backend: object, status: object = {}) =>
	object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop/web', {
		metadata: {generation: 1},
		spec: {hostnames: ['shop.test'], rules: [{backendRefs: [backend]}]},
		status,
	});
const web = serviceObject('shop/web', {ports: [{port: 80}]});
const data = serviceObject('data/pg', {ports: [{port: 5432}]});
const grant = (name?: string) =>
	object('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', 'data/g', {
		spec: {
			from: [{group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop'}],
			to: [{group: '', kind: 'Service', ...(name === undefined ? {} : {name})}],
		},
	});
const refused = {
	parents: [{parentRef: {name: 'main'}, conditions: [{type: 'ResolvedRefs', status: 'False', reason: 'InvalidKind', message: '', observedGeneration: 1}]}],
};

test('no such Service, no such port', () => {
	assert.deepEqual(told(routeBackend, [route({name: 'wbe', port: 80}), web]), [
		'ROUTE_BACKEND_UNRESOLVED critical proven: HTTPRoute shop/web: shop.test/ leads to Service wbe, which does not exist in shop; nearest: web.shop',
	]);
	assert.match(told(routeBackend, [route({name: 'web', port: 81}), web])[0] ?? '', /leads to port 81 of Service web, which has 80\/TCP$/);
});

test('another namespace needs a grant, which is written out', () => {
	const objects = [route({name: 'pg', namespace: 'data', port: 5432}), data];
	assert.match(told(routeBackend, objects)[0] ?? '', /no ReferenceGrant there lets shop do so$/);
	assert.match(remedies(routeBackend, objects)[0] ?? '', /"kind":"ReferenceGrant","metadata":\{"name":"from-shop","namespace":"data"\}/);
	assert.deepEqual(told(routeBackend, [...objects, grant()]), []);
	assert.deepEqual(told(routeBackend, [...objects, grant('pg')]), []);
	assert.equal(told(routeBackend, [...objects, grant('other')]).length, 1);
	assert.deepEqual(told(routeBackend, objects, {unread: {'referencegrants.gateway.networking.k8s.io': {state: 'loading'}}}), []);
});

test('what only the controller sees, once', () => {
	assert.deepEqual(told(routeBackend, [route({name: 'web', port: 80}, refused), web]), [
		'ROUTE_BACKEND_UNRESOLVED critical proven: HTTPRoute shop/web: what it leads to is not resolved: InvalidKind',
	]);
	assert.equal(told(routeBackend, [route({name: 'wbe', port: 80}, refused), web]).length, 1);
});

test('false positives: all is there, other kinds of backends, a resolved condition', () => {
	assert.deepEqual(told(routeBackend, [route({name: 'web', port: 80}), web]), []);
	assert.deepEqual(told(routeBackend, [route({group: 'example.test', kind: 'Bucket', name: 'x'})]), []);
});

test('unread is not checked', () => assert.deepEqual(withoutKind(routeBackend, [], 'services'), ['NOT_CHECKED coverage']));
