import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ingressBackend} from '../../source/checks/ingress-backend.ts';
import {object, serviceObject, sliceObject} from '../tools/cluster-view.ts';
import {findings, remedies, told, withoutKind} from '../tools/run-check.ts';

const to = (name: string, port: object) => ({service: {name, port}});
const ingress = (backend: unknown, more: object = {}) =>
	object('networking.k8s.io/v1', 'Ingress', 'shop/public', {
		spec: {rules: [{host: 'shop.test', http: {paths: [{path: '/', pathType: 'Prefix', backend}]}}], ...more},
	});
const web = serviceObject('shop/web', {selector: {app: 'web'}, ports: [{name: 'http', port: 80}]});
const ready = sliceObject('shop/web', [{address: '10.0.0.1'}]);

test('no such Service: the nearest names, and the line that leads there', () => {
	const objects = [ingress(to('wbe', {number: 80})), web, ready];
	assert.deepEqual(told(ingressBackend, objects), [
		'ING_BACKEND_MISSING critical proven: Ingress shop/public: shop.test/ leads to Service wbe, which does not exist in shop; nearest: web.shop',
	]);
	assert.equal(
		remedies(ingressBackend, objects)[0],
		`kubectl -n shop patch ingress public --type json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/name","value":"web"}]'`,
	);
	assert.equal(findings(ingressBackend, objects)[0]?.key, 'ING_BACKEND_MISSING Ingress shop/public shop.test/');
	assert.match(told(ingressBackend, [ingress(to('pg', {number: 1})), serviceObject('data/pg', {})])[0] ?? '', /nearest: pg\.data$/);
});

test('no such port, by number and by name', () => {
	assert.deepEqual(told(ingressBackend, [ingress(to('web', {number: 8081})), web, ready]), [
		'ING_BACKEND_MISSING critical proven: Ingress shop/public: shop.test/ leads to port 8081 of Service web, which has http 80/TCP',
	]);
	assert.equal(
		remedies(ingressBackend, [ingress(to('web', {number: 8081})), web, ready])[0],
		`kubectl -n shop patch ingress public --type json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/port","value":{"number":80}}]'`,
	);
	assert.match(told(ingressBackend, [ingress(to('web', {name: 'https'})), web, ready])[0] ?? '', /leads to port https of Service web/);
});

test('nobody ready behind it: 503', () => {
	assert.deepEqual(told(ingressBackend, [ingress(to('web', {number: 80})), web]), [
		'ING_BACKEND_EMPTY critical likely: Ingress shop/public: shop.test/ answers 503: Service web has no ready endpoint',
	]);
	assert.match(told(ingressBackend, [ingress(undefined, {rules: [], defaultBackend: to('web', {number: 80})}), web])[0] ?? '', /default backend answers 503/);
});

test('false positives: all is there, by the name of the port, ExternalName, a resource backend, endpoints that drain', () => {
	assert.deepEqual(told(ingressBackend, [ingress(to('web', {name: 'http'})), web, ready]), []);
	assert.deepEqual(told(ingressBackend, [ingress(to('ext', {number: 443})), serviceObject('shop/ext', {type: 'ExternalName', externalName: 'x.test'})]), []);
	assert.deepEqual(told(ingressBackend, [ingress({resource: {kind: 'StorageBucket', name: 'x'}})]), []);
	const draining = sliceObject('shop/web', [{address: '10.0.0.1', ready: false, serving: true, terminating: true}]);
	assert.deepEqual(told(ingressBackend, [ingress(to('web', {number: 80})), web, draining]), []);
});

test('unread is not checked', () => assert.deepEqual(withoutKind(ingressBackend, [ingress(to('web', {number: 80}))], 'services'), ['NOT_CHECKED coverage']));
