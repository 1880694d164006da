import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {milliOf, nanoOf, parseNano, unitsOf} from '../../../source/core/top/nano.ts';
import {fixturePath} from '../../tools/repository.ts';

/** What `resource.ParseQuantity`, `MilliValue` and `Value` of k8s.io/apimachinery v0.34.2 make of each text; null: refused. */
type Known = Readonly<{text: string; nano: string | null; milli?: string; value?: string}>;
const known = JSON.parse(readFileSync(fixturePath('top', 'quantities.json'), 'utf8')) as readonly Known[];

test('T38: quantities are read as Kubernetes reads them, to the billionth', () => {
	assert.ok(known.length >= 200 && known.some(({nano}) => nano === null));
	for (const {text, nano} of known) assert.equal(parseNano(text)?.toString() ?? null, /\d/.test(text) ? nano : null, JSON.stringify(text));
});

test('without any digit there is no quantity, though Go takes a lone sign for zero: what is unknown is never zero', () => {
	for (const text of ['', '-', '+', '.', 'Mi', '-Mi']) assert.equal(parseNano(text), undefined, JSON.stringify(text));
});

test('T38: millicores and bytes are rounded up, as kubectl has them', () => {
	const largest = 2n ** 53n;
	for (const {text, nano, milli, value} of known) {
		if (nano === null || milli === undefined || value === undefined) continue;
		const exact = BigInt(nano);
		// Nothing uses less than nothing; Go rounds -0.9n to plus one thousandth.
		if (exact < 0n) continue;
		// Beyond 64 bits Kubernetes itself overflows, beyond 53 a number is not exact.
		if (exact < largest * 10n ** 6n) assert.equal(milliOf(exact), Number(milli), text);
		if (exact < largest * 10n ** 9n) assert.equal(unitsOf(exact), Number(value), text);
	}
});

test('what nobody means is refused at once', () => {
	for (const text of ['1e999', '1e-999', '9'.repeat(101), `${'9'.repeat(200)}Gi`]) assert.equal(parseNano(text), undefined, text);
});

test('numbers of the kubelet become exact amounts', () => {
	assert.equal(nanoOf(424_588_418), 424_588_418_000_000_000n);
	assert.equal(nanoOf(0.5), 500_000_000n);
	assert.equal(nanoOf(undefined), undefined);
	assert.equal(nanoOf(Number.NaN), undefined);
});
