import assert from 'node:assert/strict';
import {test} from 'node:test';
import {clean, fit, group, head, pad, plural, tail, truncate, width} from '../../source/core/text.ts';

test('clean leaves nothing that a terminal would act on or measure otherwise', () => {
	const cases: ReadonlyArray<readonly [string, string]> = [
		['web-6f9c', 'web-6f9c'],
		['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
		['a\tb', 'a    b'],
		['one\r\ntwo', 'one\\r\\ntwo'],
		['\x00\x07\x7f', '\\x00\\x07\\x7f'],
		['\x9b31m', '\\x9b31m'],
		['up \u{1f680} now', 'up ? now'],
		['\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', '?'],
		['\u{1f1e9}\u{1f1ea}', '?'],
		['1\ufe0f\u20e3', '?'],
		['\u2714\ufe0f ok', '? ok'],
		['\u2714 ok', '\u2714 ok'],
		['a\u202eb', 'a<U+202E>b'],
		['a\u200bb\ufeff', 'a<U+200B>b<U+FEFF>'],
		['x\u2028y', 'x<U+2028>y'],
		['lone \ud800 half', 'lone ? half'],
		['\ue0b0', '?'],
		['e\u0301te\u0301', 'e\u0301te\u0301'],
		['\u4e2d\u6587', '\u4e2d\u6587'],
		['\u25cf \u25b2 \u2717', '\u25cf \u25b2 \u2717'],
	];
	for (const [text, expected] of cases) assert.equal(clean(text), expected, JSON.stringify(text));
});

test('width counts cells by cluster', () => {
	assert.deepEqual(['', 'abc', '\u4e2d\u6587', 'e\u0301', '\u25cf'].map(width), [0, 3, 4, 1, 1]);
});

test('head and tail put a blank where a wide character straddles the edge', () => {
	assert.equal(head('a\u4e2db', 2), 'a ');
	assert.equal(head('a\u4e2db', 3), 'a\u4e2d');
	assert.equal(tail('a\u4e2db', 2), ' b');
	assert.equal(tail('abc', 0), '');
	assert.equal(head('abc', -1), '');
});

test('truncate keeps to the columns', () => {
	assert.equal(truncate('short', 5), 'short');
	assert.equal(truncate('a long message', 6), 'a lon~');
	assert.equal(truncate('registry.corp/shop/web:4.11.0', 17, 'front'), '~/shop/web:4.11.0'.slice(-17));
	assert.equal(truncate('abcdefghij', 6, 'middle'), 'abc~ij');
	assert.equal(truncate('abc', 1), '~');
	assert.equal(truncate('abc', 0), '');
	assert.equal(truncate('\u4e2d\u6587\u4e2d', 4), '\u4e2d ~');
	assert.equal(width(truncate('\u4e2d\u6587\u4e2d', 4, 'front')), 4);
});

test('pad and fit fill columns', () => {
	assert.equal(pad('7', 3, 'end'), '  7');
	assert.equal(pad('\u4e2d', 3), '\u4e2d ');
	assert.equal(fit('402m', 6, {align: 'end'}), '  402m');
	assert.equal(fit('abcdef', 4, {cut: 'front', glyph: '<'}), '<def');
});

test('counts read as words', () => {
	assert.deepEqual([0, 999, 1234, 1_234_567, -6120, 1234.5].map(group), ['0', '999', '1,234', '1,234,567', '-6,120', '1,234.5']);
	assert.deepEqual(
		[plural(0, 'pod'), plural(1, 'pod'), plural(6120, 'pod'), plural(2, 'policy', 'policies')],
		['no pods', '1 pod', '6,120 pods', '2 policies'],
	);
});
