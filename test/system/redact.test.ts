import assert from 'node:assert/strict';
import {test} from 'node:test';
import {redact, redactText} from '../../source/system/redact.ts';
import {logLine} from '../../source/system/log.ts';
import {plantedSecrets} from '../core/share/planted-secrets.ts';
import {fuzzPlan, type Random, seededRandom} from '../tools/random.ts';

const secret = 'hunter2-s3cr3t';

test('fields that sound secret lose their value, whatever the case and dashes', () => {
	for (const name of ['Authorization', 'token', 'id-token', 'refresh_token', 'accessToken', 'PASSWORD', 'client-key-data', 'clientSecret', 'stringData']) {
		assert.deepEqual(redact({[name]: secret}), {[name]: '[redacted]'}, name);
	}
	assert.deepEqual(redact({namespace: 'shop', continue: 'abc', secretName: 'tls'}), {namespace: 'shop', continue: 'abc', secretName: 'tls'});
});

test('data of a Secret and values of environment variables go, their names stay', () => {
	assert.deepEqual(redact({kind: 'Secret', metadata: {name: 'db'}, data: {password: secret}}), {kind: 'Secret', metadata: {name: 'db'}, data: '[redacted]'});
	assert.deepEqual(redact({kind: 'ConfigMap', data: {colour: 'red'}}), {kind: 'ConfigMap', data: {colour: 'red'}});
	assert.deepEqual(
		redact({
			env: [
				{name: 'DB', value: secret},
				{name: 'POD', valueFrom: {fieldRef: {fieldPath: 'metadata.name'}}},
			],
		}),
		{env: [{name: 'DB', value: '[redacted]'}, {name: 'POD'}]},
	);
	assert.deepEqual(redact({env: {DB: secret}}), {env: {DB: '[redacted]'}});
});

test('texts lose tokens, keys and passwords', () => {
	const cases = [
		`Authorization: Bearer ${secret}`,
		`authorization=Basic ${secret}`,
		`curl -H "Authorization: Bearer ${secret}"`,
		`https://eve:${secret}@proxy.example:3128/x`,
		`--token=${secret} --server=x`,
		`password: "${secret}"`,
		`{"refresh_token":"${secret}"}`,
		`eyJhbGciOiJSUzI1NiJ9.${secret.replaceAll('-', '_')}.signature`,
		`-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`,
	];
	for (const text of cases) assert.doesNotMatch(redactText(text), /hunter2/, text);
	assert.equal(redactText('GET /api/v1/namespaces/shop/secrets 403'), 'GET /api/v1/namespaces/shop/secrets 403');
	assert.equal(redactText('https://10.0.0.1:6443/api'), 'https://10.0.0.1:6443/api');
});

test('no planted secret reaches the log', () => {
	for (const {name, secret, text} of plantedSecrets) assert.ok(!redactText(text).includes(secret), name);
});

test('errors keep their stack and cause; long, deep and circular values are cut', () => {
	const error = new Error(`Bearer ${secret}`, {cause: new TypeError('inner')});
	const clean = JSON.stringify(redact(error));
	assert.doesNotMatch(clean, /hunter2/);
	assert.match(clean, /"name":"Error".*redact\.test.*"cause":\{"name":"TypeError"/);
	const circle: {self?: unknown} = {};
	circle.self = circle;
	assert.match(JSON.stringify(redact(circle)), /\[deeper\]/);
	assert.ok(redactText('x'.repeat(100_000)).length < 4100);
	assert.deepEqual(redact({bytes: new Uint8Array(3), big: 1n}), {bytes: '[3 bytes]', big: '[bigint]'});
});

test('fuzz: a secret put anywhere never reaches a log line', () => {
	const {runs, seed} = fuzzPlan(500);
	for (let run = 0; run < runs; run++) {
		const random = seededRandom(seed + run);
		const line = logLine(0, 'info', random.pick(['got', `token=${secret}`]), {detail: hide(random, 0)});
		assert.doesNotMatch(line, /hunter2/, `FUZZ_SEED=${seed + run}`);
		assert.equal(line.split('\n').length, 2);
		JSON.parse(line);
	}
});

/** A random value with the secret somewhere in a place where redaction promises to find it. */
function hide(random: Random, depth: number): unknown {
	const places: ReadonlyArray<() => unknown> = [
		() => ({kind: 'Secret', data: {[random.pick(['a', 'tls.key'])]: secret}}),
		() => ({name: 'c', env: [{name: 'A', value: secret}]}),
		() => ({headers: {Authorization: `Bearer ${secret}`}}),
		() => ({[random.pick(['token', 'Password', 'client_secret', 'Set-Cookie'])]: secret}),
		() => `${random.pick(['', 'x ', '\n'])}${random.pick(['Bearer ', 'token: ', 'https://u:', 'PASSWORD='])}${secret}${random.pick(['@h/x', '@x', '@'])}`,
		() => new Error(`${random.pick(['bearer ', 'password="'])}${secret}"`),
		() => ({annotations: {'kubectl.kubernetes.io/last-applied-configuration': `{"password":"${secret}"}`}}),
	];
	if (depth < 4 && random.next() < 0.6) {
		const inner = hide(random, depth + 1);
		return random.pick<() => unknown>([
			() => [1, inner, 'x'],
			() => ({spec: {items: [inner]}}),
			() => ({user: inner, other: null}),
			() => new Error('outer', {cause: inner}),
		])();
	}
	return random.pick(places)();
}
