import assert from 'node:assert/strict';
import {test} from 'node:test';
import {certificate} from '../../source/demo/build/certificate.ts';
import {tlsSecretFacts} from '../../source/kube/tls-secret.ts';
import {object} from '../tools/cluster-view.ts';

const day = 86_400_000;
const notBefore = Date.UTC(2026, 0, 1);
const {cert, key} = certificate({
	hosts: ['shop.example.test', '*.shop.example.test'],
	issuer: 'Example CA',
	notBefore,
	notAfter: notBefore + 90 * day,
	seed: '1'.repeat(64),
});
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const secret = (data: object, type = 'kubernetes.io/tls') => object('v1', 'Secret', 'shop/tls', {type, data});

test('subject, hosts and days of the first certificate; of the key only that it is there', () => {
	const facts = tlsSecretFacts(secret({'tls.crt': base64(cert), 'tls.key': base64(key)}));
	assert.deepEqual(facts.keys, ['tls.crt', 'tls.key']);
	assert.deepEqual(facts.certificate?.sans, ['shop.example.test', '*.shop.example.test']);
	assert.deepEqual([facts.certificate?.notBefore, facts.certificate?.notAfter], [notBefore, notBefore + 90 * day]);
	assert.match(facts.certificate?.issuer ?? '', /Example CA/);
	assert.doesNotMatch(JSON.stringify(facts), /PRIVATE|BEGIN/);
});

test('no certificate, half a Secret, another type', () => {
	assert.deepEqual(tlsSecretFacts(secret({'tls.crt': base64('no certificate'), 'tls.key': base64('x')})), {
		type: 'kubernetes.io/tls',
		keys: ['tls.crt', 'tls.key'],
	});
	assert.deepEqual(tlsSecretFacts(secret({'tls.key': base64('x')})).keys, ['tls.key']);
	assert.deepEqual(tlsSecretFacts(object('v1', 'Secret', 'shop/x', {type: 'Opaque'})), {type: 'Opaque', keys: []});
});
