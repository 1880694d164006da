import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ingressTls} from '../../source/checks/ingress-tls.ts';
import type {TlsSecretFacts} from '../../source/core/net/tls-secrets.ts';
import {deniedKind, object, viewNow} from '../tools/cluster-view.ts';
import {findings, told, withoutKind} from '../tools/run-check.ts';

const day = 86_400_000;
const ingress = (metadata: object = {}, hosts: readonly string[] = ['shop.test']) =>
	object('networking.k8s.io/v1', 'Ingress', 'shop/public', {metadata, spec: {tls: [{hosts, secretName: 'shop-tls'}]}});
const secret = (type?: string) => object('v1', 'Secret', 'shop/shop-tls', type === undefined ? {} : {type});
const good = {subject: 'CN=shop.test', issuer: 'CN=CA', sans: ['shop.test', '*.shop.test'], notBefore: viewNow - day, notAfter: viewNow + 90 * day};
const observed = (facts: Partial<TlsSecretFacts>) => ({
	observations: [
		{
			probe: 'tls-secret',
			target: 'shop/shop-tls',
			at: viewNow,
			tookMs: 1,
			outcome: 'ok' as const,
			facts: {type: 'kubernetes.io/tls', keys: ['tls.crt', 'tls.key'], certificate: good, ...facts},
		},
	],
});
const about = (facts: Partial<TlsSecretFacts>, hosts?: readonly string[]) =>
	told(ingressTls, [ingress({}, hosts), secret('kubernetes.io/tls')], observed(facts));

test('missing, and of the wrong type', () => {
	assert.deepEqual(told(ingressTls, [ingress()]), [
		"ING_TLS_SECRET critical proven: Ingress shop/public: TLS Secret shop-tls does not exist in shop, so shop.test gets the controller's own certificate or none",
	]);
	assert.match(findings(ingressTls, [ingress()])[0]?.remedy[0]?.command ?? '', /^kubectl -n shop create secret tls shop-tls --cert=/);
	assert.deepEqual(told(ingressTls, [ingress(), secret('Opaque')]), [
		'ING_TLS_SECRET critical proven: Ingress shop/public: TLS Secret shop-tls is of type Opaque, and kubernetes.io/tls is needed',
	]);
});

test('a certificate that does not fit: keys, expiry, hosts', () => {
	assert.match(about({keys: ['tls.crt']})[0] ?? '', /critical proven: .* has no tls\.key$/);
	assert.match(
		told(ingressTls, [ingress()], {
			observations: observed({}).observations.map(({facts, ...one}) => ({...one, facts: {type: facts.type, keys: facts.keys}})),
		})[0] ?? '',
		/holds no certificate that can be read$/,
	);
	assert.match(about({certificate: {...good, notAfter: viewNow - 2 * day}})[0] ?? '', /critical proven: .* expired 2d ago$/);
	assert.match(about({certificate: {...good, notAfter: viewNow + 9 * day}})[0] ?? '', /warning proven: .* expires in 9d$/);
	assert.match(about({certificate: {...good, notBefore: viewNow + day}})[0] ?? '', /critical proven: .* is not valid for another 24h$/);
	assert.match(about({}, ['shop.test', 'other.test'])[0] ?? '', /critical proven: .* does not name other\.test: it is for shop\.test, \*\.shop\.test$/);
});

test('a wildcard stands for one label, and is covered by itself only', () => {
	assert.deepEqual(about({}, ['a.shop.test', '*.shop.test', 'SHOP.test']), []);
	assert.equal(about({}, ['a.b.shop.test']).length, 1);
	assert.equal(about({certificate: {...good, sans: ['a.shop.test']}}, ['*.shop.test']).length, 1);
});

test('cert-manager is given ten minutes', () => {
	const annotations = {'cert-manager.io/cluster-issuer': 'letsencrypt'};
	const young = ingress({annotations, creationTimestamp: new Date(viewNow - 60_000).toISOString()});
	assert.match(
		told(ingressTls, [young])[0] ?? '',
		/^ING_TLS_SECRET info proven: .* is not there yet: cert-manager\.io\/cluster-issuer asks for a certificate$/,
	);
	assert.match(findings(ingressTls, [ingress({annotations})])[0]?.remedy[0]?.command ?? '', /describe certificates/);
});

test("a Gateway's listeners too", () => {
	const gateway = object('gateway.networking.k8s.io/v1', 'Gateway', 'edge/main', {
		spec: {listeners: [{name: 'https', hostname: 'shop.test', tls: {certificateRefs: [{name: 'shop-tls', namespace: 'shop'}]}}]},
	});
	assert.match(told(ingressTls, [gateway])[0] ?? '', /Gateway edge\/main: TLS Secret shop-tls does not exist in shop/);
	assert.deepEqual(told(ingressTls, [gateway, secret('kubernetes.io/tls')], observed({})), []);
});

test('false positives: it exists and is not read, no Secret is named, all fits', () => {
	assert.deepEqual(told(ingressTls, [ingress(), secret()]), []);
	assert.deepEqual(told(ingressTls, [object('networking.k8s.io/v1', 'Ingress', 'shop/x', {spec: {tls: [{hosts: ['a']}]}})]), []);
	assert.deepEqual(about({}), []);
});

test('Secrets that may not be read are not checked, and no key is ever quoted', () => {
	const [text] = told(ingressTls, [ingress()], {unread: {secrets: deniedKind('secrets')}});
	assert.match(text ?? '', /^NOT_CHECKED info proven: .*secrets may not be read$/);
	assert.deepEqual(withoutKind(ingressTls, [ingress()], 'ingresses.networking.k8s.io'), ['NOT_CHECKED coverage']);
	assert.doesNotMatch(JSON.stringify(findings(ingressTls, [ingress()], observed({keys: ['tls.crt']}))), /BEGIN|PRIVATE/);
});
