import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import {maskSecret} from '../../source/core/mask-secret.ts';
import {fuzzPlan, seededRandom} from '../tools/random.ts';

function secret(fields: Readonly<Record<string, unknown>>, metadata: Readonly<Partial<KubeObject['metadata']>> = {}): KubeObject {
	const base: KubeObject = {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'db', namespace: 'shop', ...metadata}};
	return {...base, ...fields};
}

test('values become their size, in data and stringData', () => {
	const masked = maskSecret(secret({type: 'Opaque', data: {password: btoa('hunter2'), empty: '', one: btoa('x')}, stringData: {plain: 'añb'}}), []);
	assert.deepEqual(masked, {
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: {name: 'db', namespace: 'shop'},
		type: 'Opaque',
		data: {password: '(masked, 7 bytes)', empty: '(masked, 0 bytes)', one: '(masked, 1 byte)'},
		stringData: {plain: '(masked, 4 bytes)'},
	});
});

test('revealed keys are decoded, binary ones are not', () => {
	const bytes = btoa(String.fromCharCode(0xff, 0xfe, 0x00));
	const masked = maskSecret(
		secret({data: {password: btoa('héllo'.normalize().replace('é', '\u00c3\u00a9')), blob: bytes, broken: '%%%', other: btoa('still hidden')}}),
		['password', 'blob', 'broken'],
	);
	assert.deepEqual('data' in masked ? masked.data : undefined, {
		password: 'héllo',
		blob: '(binary, 3 bytes)',
		broken: '(not base64)',
		other: '(masked, 12 bytes)',
	});
});

test('a star reveals all of them', () => {
	const masked = maskSecret(secret({data: {a: btoa('one'), b: btoa('two')}, stringData: {c: 'three'}}), ['*']);
	assert.deepEqual([('data' in masked && masked.data) || {}, ('stringData' in masked && masked.stringData) || {}], [{a: 'one', b: 'two'}, {c: 'three'}]);
});

test('annotations that hold a copy of the object or of a value are masked, others stay', () => {
	const value = btoa('planted-value');
	const {metadata} = maskSecret(
		secret(
			{data: {password: value}},
			{
				annotations: {
					'kubectl.kubernetes.io/last-applied-configuration': '{"kind":"Secret"}',
					'objectset.rio.cattle.io/applied': 'H4sIAAAA',
					'tool/encoded': `x${value}y`,
					'tool/decoded': 'password=planted-value',
					note: 'for the shop',
				},
			},
		),
		['password'],
	);
	assert.deepEqual(metadata.annotations, {
		'kubectl.kubernetes.io/last-applied-configuration': '(masked, 17 chars)',
		'objectset.rio.cattle.io/applied': '(masked, 8 chars)',
		'tool/encoded': `(masked, ${value.length + 2} chars)`,
		'tool/decoded': '(masked, 22 chars)',
		note: 'for the shop',
	});
});

test('other kinds come back as they are, also a custom kind called Secret', () => {
	const config: KubeObject = {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {name: 'c', annotations: {'kubectl.kubernetes.io/last-applied-configuration': 'x'}},
	};
	assert.equal(maskSecret(config, []), config);
	const custom: KubeObject = {apiVersion: 'example.com/v1', kind: 'Secret', metadata: {name: 'c'}};
	assert.equal(maskSecret(custom, []), custom);
});

test('no planted value is left anywhere, whatever its shape', () => {
	const {runs, seed} = fuzzPlan(500);
	const random = seededRandom(seed);
	for (let run = 0; run < runs; run++) {
		const value = `planted-${Array.from({length: 4 + random.below(20)}, () => String.fromCharCode(33 + random.below(94))).join('')}`;
		const served = random.below(5) === 0 ? value : btoa(value);
		const annotation = JSON.stringify({data: {k: random.below(2) === 0 ? served : 'none'}}) + (random.below(2) === 0 ? value : '');
		const text = JSON.stringify(maskSecret(secret({data: {[`key-${run}`]: served}, stringData: {s: value}}, {annotations: {tool: annotation}}), ['another']));
		assert.equal(text.includes(served) || text.includes(JSON.stringify(value).slice(1, -1)), false, `seed ${seed} run ${run}: ${text}`);
	}
});

test('a Secret without data, and with data of another type, does not throw', () => {
	assert.deepEqual(maskSecret(secret({}), ['a']), secret({}));
	assert.doesNotThrow(() => maskSecret(secret({data: null, stringData: 7}), []));
	const odd = maskSecret(secret({data: {n: 12345}}), []);
	assert.doesNotMatch(JSON.stringify(odd), /12345/);
});
