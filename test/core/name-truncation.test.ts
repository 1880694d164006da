import assert from 'node:assert/strict';
import {test} from 'node:test';
import {distinctTruncations, truncateName} from '../../source/core/name-truncation.ts';
import {width} from '../../source/core/text.ts';

test('a name keeps its head and its suffix', () => {
	assert.equal(truncateName('checkout-5b8c9f7d66-xw8pl', 19), 'checkout-5b8c~xw8pl');
	assert.equal(truncateName('checkout-5b8c9f7d66-xw8pl', 14), 'checkout~xw8pl');
	assert.equal(truncateName('checkout-5b8c9f7d66-xw8pl', 25), 'checkout-5b8c9f7d66-xw8pl');
	assert.equal(truncateName('checkout-5b8c9f7d66-xw8pl', 7), 'chec~pl');
	assert.equal(truncateName('checkout', 1), '~');
	assert.equal(truncateName('checkout', 0), '');
});

test('two different names never give the same text', () => {
	const cases: ReadonlyArray<readonly [readonly string[], number]> = [
		[['checkout-5b8c9f7d66-xw8pl', 'checkout-5b8c1a2b33-xw8pl'], 19],
		[['a-very-long-prefix-1-and-a-very-long-suffix', 'a-very-long-prefix-2-and-a-very-long-suffix'], 14],
		[['a-very-long-prefix-1-and-a-very-long-suffix', 'a-very-long-prefix-2-and-a-very-long-suffix', 'a-very-long-prefix-1-and-a-very-long-sufflx'], 10],
		[Array.from({length: 12}, (_, index) => `${'x'.repeat(20)}${index}${'y'.repeat(20)}${index % 3}${'z'.repeat(20)}`), 8],
		[['abcdef', 'abcdeg'], 3],
	];
	for (const [names, columns] of cases) {
		const texts = distinctTruncations(names, columns);
		assert.equal(new Set(texts).size, names.length, texts.join(' '));
		for (const text of texts) assert.ok(width(text) <= columns, text);
	}
});

test('equal names stay equal and names that fit stay whole', () => {
	assert.deepEqual(distinctTruncations(['web', 'checkout-5b8c9f7d66-xw8pl', 'web'], 19), ['web', 'checkout-5b8c~xw8pl', 'web']);
});
