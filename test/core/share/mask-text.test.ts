import assert from 'node:assert/strict';
import {test} from 'node:test';
import {countMasks, maskText, plainMask} from '../../../source/core/share/mask-text.ts';
import {plantedSecrets} from './planted-secrets.ts';

test('no planted secret is left in its text, nor behind or before other text', () => {
	assert.ok(plantedSecrets.length >= 50);
	for (const {name, secret, text} of plantedSecrets) {
		for (const around of [text, `14:01:50 xw8pl app INFO ${text}`, `${text} and more`, `{"msg":${JSON.stringify(text)}}`]) {
			const masked = maskText(around, plainMask);
			assert.ok(!masked.includes(secret), `${name}: ${masked}`);
			assert.ok(countMasks(masked) > 0, `${name} says that it was masked: ${masked}`);
			assert.equal(maskText(masked, plainMask), masked, `${name}: masking again changes nothing`);
		}
	}
});

test('what is around a secret stays', () => {
	const cases: ReadonlyArray<readonly [string, string]> = [
		['postgres://app:hunter2@pg.shop:5432/app', 'postgres://app:(masked password, 7 chars)@pg.shop:5432/app'],
		['DB_PASSWORD=hunter2 ./run', 'DB_PASSWORD=(masked, 7 chars) ./run'],
		['{"token":"abc","n":1}', '{"token":"(masked, 3 chars)","n":1}'],
		['level=info refresh_token=abc user=x', 'level=info refresh_token=(masked, 3 chars) user=x'],
		['Authorization: Bearer abcdefgh next', 'Authorization: (masked header, 15 chars) next'],
	];
	for (const [text, masked] of cases) assert.equal(maskText(text, plainMask), masked);
});

test('ordinary texts stay as they are', () => {
	const texts = [
		'checkout-5b8c9f7d66-xw8pl',
		'0/3 nodes are available: 3 Insufficient cpu.',
		'Back-off restarting failed container app in pod checkout-5b8c9f7d66-xw8pl_shop(0e4f)',
		'Successfully pulled image "registry.corp/shop/web:4.11.0" in 1.2s',
		'secretName: web-tls',
		'automountServiceAccountToken: false',
		'serviceAccountToken:',
		'valueFrom: secretKeyRef checkout-db/DATABASE_URL',
		'kind: Secret',
		'https://10.0.0.1:6443/api/v1/namespaces/shop/secrets?limit=500',
		'time=14:02:31Z level=info msg="cluster pg health check failed"',
		'lookup pg.shop.svc.cluster.local on 10.96.0.10:53: read udp 10.244.1.9:41822: i/o timeout',
		'node-role.kubernetes.io/control-plane:NoSchedule',
		'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
		'0e4f7a52-0c1d-4b6e-9a7e-2f5a1c3d4e5f',
		'Basic authentication is switched off',
	];
	for (const text of texts) assert.equal(maskText(text, plainMask), text);
});

test('addresses lose their last two octets where asked for', () => {
	const addresses = {...plainMask, addresses: true};
	assert.equal(maskText('podIP: 10.244.2.37, node 10.0.1.22:10250, 127.0.0.1', addresses), 'podIP: 10.244.x.x, node 10.0.x.x:10250, 127.0.0.1');
	assert.equal(maskText('fd00:10:244::5 at 14:02:31', addresses), 'fd00:10:x at 14:02:31');
	assert.equal(maskText('v1.34.2 and 1.2.3', addresses), 'v1.34.2 and 1.2.3');
});

test('names become what stands for them, own patterns are masked', () => {
	const options = {patterns: [/CUST-\d+/g], addresses: false, pseudonym: (name: string) => (name === 'checkout' ? 'pod-1' : undefined)};
	assert.equal(maskText('checkout serves CUST-4711', options), 'pod-1 serves (masked, 9 chars)');
});
