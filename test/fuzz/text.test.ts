import assert from 'node:assert/strict';
import {test} from 'node:test';
import {distinctTruncations, truncateName} from '../../source/core/name-truncation.ts';
import {clean, fit, graphemes, head, tail, truncate, width} from '../../source/core/text.ts';
import {fuzzPlan, seededRandom} from '../tools/random.ts';
import {randomText} from '../tools/random-text.ts';

const {runs, seed} = fuzzPlan(1000);

const pieces = [
	...Array.from({length: 0xa1}, (_, code) => String.fromCharCode(code)),
	...[
		'\u4e2d',
		'\uac00',
		'e\u0301',
		'\u0301',
		'\u{1f680}',
		'\u{1f468}\u200d\u{1f469}',
		'\u{1f1e9}',
		'\ufe0f',
		'\u200b',
		'\u202e',
		'\u2028',
		'\ud800',
		'\udc00',
		'\ue0b0',
		'\u0e33',
		'\u0915\u094d\u0937',
		'\u25cf',
		'\uff76\uff9e',
		'\u{10ffff}',
	],
];

test(`clean text has nothing a terminal acts on, and cleaning it again changes nothing, seed ${seed}`, () => {
	const random = seededRandom(seed);
	for (let round = 0; round < runs * 5; round++) {
		const text = randomText(random, pieces, 20);
		const result = clean(text);
		assert.doesNotMatch(result, /[\x00-\x1f\x7f-\x9f\p{Cf}\p{Cs}\p{Co}\p{Emoji_Presentation}\p{Variation_Selector}]/u, JSON.stringify(text));
		assert.equal(clean(result), result, JSON.stringify(text));
	}
});

test(`cut text keeps to its columns, seed ${seed}`, () => {
	const random = seededRandom(seed);
	for (let round = 0; round < runs * 5; round++) {
		const text = clean(randomText(random, pieces, 20));
		const columns = random.below(16);
		for (const cut of ['end', 'middle', 'front'] as const) {
			const result = truncate(text, columns, cut);
			assert.ok(width(result) <= columns || result === text, JSON.stringify([text, columns, cut, result]));
			assert.equal(width(fit(text, columns, {cut})), columns, JSON.stringify([text, columns, cut]));
		}
		assert.ok(width(head(text, columns)) <= columns && width(tail(text, columns)) <= columns, JSON.stringify([text, columns]));
		assert.equal(graphemes(text).join(''), text);
		assert.ok(width(truncateName(text, columns)) <= columns);
	}
});

test(`different names are told apart at any width from three columns on, seed ${seed}`, () => {
	const random = seededRandom(seed);
	const letters = ['a', 'b', 'web-', '5b8c9f7d66-', 'x'.repeat(9), '-0', '\u4e2d'];
	for (let round = 0; round < runs * 2; round++) {
		const names = Array.from({length: 1 + random.below(8)}, () => randomText(random, letters, 9));
		const columns = 3 + random.below(20);
		const texts = distinctTruncations(names, columns);
		assert.equal(new Set(texts).size, new Set(names).size, JSON.stringify([names, columns, texts]));
		for (const text of texts) assert.ok(width(text) <= columns, JSON.stringify([names, columns, text]));
	}
});
