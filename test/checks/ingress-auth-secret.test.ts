import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ingressAuthSecret} from '../../source/checks/ingress-auth-secret.ts';
import {deniedKind, object} from '../tools/cluster-view.ts';
import {told, withoutKind} from '../tools/run-check.ts';

const ingress = (annotation: string, value: string) =>
	object('networking.k8s.io/v1', 'Ingress', 'shop/public', {metadata: {annotations: {[`nginx.ingress.kubernetes.io/${annotation}`]: value}}, spec: {}});

test('a login Secret that is not there, in its own namespace or another', () => {
	assert.deepEqual(told(ingressAuthSecret, [ingress('auth-secret', 'users')]), [
		'INGRESS_AUTH_SECRET_MISSING critical proven: Ingress shop/public: Secret shop/users of nginx.ingress.kubernetes.io/auth-secret does not exist, so its hosts answer 503',
	]);
	assert.match(told(ingressAuthSecret, [ingress('auth-tls-secret', 'edge/ca')])[0] ?? '', /Secret edge\/ca of/);
});

test('false positives: it is there, no annotation', () => {
	assert.deepEqual(told(ingressAuthSecret, [ingress('auth-secret', 'users'), object('v1', 'Secret', 'shop/users')]), []);
	assert.deepEqual(told(ingressAuthSecret, [ingress('auth-tls-secret', 'edge/ca'), object('v1', 'Secret', 'edge/ca')]), []);
	assert.deepEqual(told(ingressAuthSecret, [ingress('rewrite-target', '/')]), []);
});

test('Secrets that may not be read are not missing', () => {
	assert.match(told(ingressAuthSecret, [ingress('auth-secret', 'users')], {unread: {secrets: deniedKind('secrets')}})[0] ?? '', /^NOT_CHECKED/);
	assert.deepEqual(withoutKind(ingressAuthSecret, [], 'ingresses.networking.k8s.io'), ['NOT_CHECKED coverage']);
});
