import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ingressClass} from '../../source/checks/ingress-class.ts';
import {object} from '../tools/cluster-view.ts';
import {judged, remedies, told, withoutKind} from '../tools/run-check.ts';

const ingress = (spec: object, rest: object = {}) => object('networking.k8s.io/v1', 'Ingress', 'shop/public', {spec, ...rest});
const classOf = (name: string, isDefault = false) =>
	object('networking.k8s.io/v1', 'IngressClass', name, {metadata: isDefault ? {annotations: {'ingressclass.kubernetes.io/is-default-class': 'true'}} : {}});

test('a class that is not there, and none where none is the default', () => {
	assert.deepEqual(told(ingressClass, [ingress({ingressClassName: 'ngnix'}), classOf('nginx'), classOf('traefik')]), [
		'ING_CLASS_MISSING critical proven: Ingress shop/public: there is no IngressClass ngnix. Did you mean nginx?',
	]);
	assert.deepEqual(remedies(ingressClass, [ingress({ingressClassName: 'ngnix'}), classOf('nginx'), classOf('traefik')]), [
		`kubectl -n shop patch ingress public -p '{"spec":{"ingressClassName":"nginx"}}'`,
	]);
	assert.deepEqual(told(ingressClass, [ingress({}), classOf('nginx')]), [
		'ING_CLASS_MISSING critical proven: Ingress shop/public names no class, and none is the default',
	]);
	assert.deepEqual(remedies(ingressClass, [ingress({})]), ['kubectl get ingressclasses']);
});

test('false positives: it has an address, the old annotation, a default class, the class is there', () => {
	const served = ingress({}, {status: {loadBalancer: {ingress: [{ip: '203.0.113.1'}]}}});
	assert.deepEqual(told(ingressClass, [served]), []);
	assert.deepEqual(told(ingressClass, [ingress({}, {metadata: {annotations: {'kubernetes.io/ingress.class': 'nginx'}}})]), []);
	assert.deepEqual(told(ingressClass, [ingress({}), classOf('nginx', true)]), []);
	assert.deepEqual(told(ingressClass, [ingress({ingressClassName: 'nginx'}), classOf('nginx')]), []);
});

test('two minutes are given; unread is not checked', () => {
	assert.deepEqual(judged(ingressClass, [ingress({})], {now: Date.parse('2026-01-01T00:01:00Z')}), []);
	assert.deepEqual(withoutKind(ingressClass, [ingress({})], 'ingressclasses.networking.k8s.io'), ['NOT_CHECKED coverage']);
});
