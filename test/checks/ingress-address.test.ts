import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ingressAddress} from '../../source/checks/ingress-address.ts';
import {object, podObject} from '../tools/cluster-view.ts';
import {judged, told, withoutKind} from '../tools/run-check.ts';

const nginx = object('networking.k8s.io/v1', 'IngressClass', 'nginx', {spec: {controller: 'k8s.io/ingress-nginx'}});
const controller = podObject('edge/nginx-1', {labels: {'app.kubernetes.io/name': 'ingress-nginx'}});
const ingress = (name: string, ip?: string, metadata: object = {}) =>
	object('networking.k8s.io/v1', 'Ingress', `shop/${name}`, {
		metadata,
		spec: {ingressClassName: 'nginx'},
		status: {loadBalancer: ip === undefined ? {} : {ingress: [{ip}]}},
	});

test('one without an address, while its controller runs and others have one', () => {
	assert.deepEqual(told(ingressAddress, [nginx, controller, ingress('a'), ingress('b', '203.0.113.1')]), [
		'ING_NO_ADDRESS warning proven: Ingress shop/a has no address after 38h, though its controller runs',
	]);
	assert.equal(told(ingressAddress, [nginx, controller, ingress('a')]).length, 1);
});

test('false positives: none of the class has one (told once, as a remark), the controller is down, an Ingress that goes', () => {
	assert.deepEqual(told(ingressAddress, [nginx, controller, ingress('a'), ingress('b')]), [
		'ING_NO_ADDRESS info likely: None of 2 Ingresses of class nginx has an address: its controller may not publish any',
	]);
	assert.deepEqual(told(ingressAddress, [nginx, ingress('a')]), []);
	assert.deepEqual(told(ingressAddress, [nginx, controller, ingress('a', undefined, {deletionTimestamp: '2026-01-02T00:00:00Z'})]), []);
});

test('five minutes are given; unread is not checked', () => {
	assert.deepEqual(judged(ingressAddress, [nginx, controller, ingress('a')], {now: Date.parse('2026-01-01T00:04:00Z')}), []);
	assert.deepEqual(withoutKind(ingressAddress, [], 'pods'), ['NOT_CHECKED coverage']);
});
