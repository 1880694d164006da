import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sanitise} from '../../../../source/core/net/probe/sanitise.ts';
import {fuzzPlan, seededRandom} from '../../../tools/random.ts';

test('sequences, controls, bidi and invisible characters are gone; lines and tabs stay', () => {
	const cases: ReadonlyArray<readonly [string, string]> = [
		['\x1b[31mred\x1b[0m', 'red'],
		['\x1b]0;title\x07text', 'text'],
		['\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\', 'link'],
		['\x1bPq#0;2\x1b\\after', 'after'],
		['\x9b31mred', 'red'],
		['a\x00b\x08c\x7fd\x85e', 'abcde'],
		['a\tb\r\nc\rd', 'a\tb\nc\nd'],
		['\u202eevil\u2066\u200b\ufeff', 'evil'],
		['\x1b[2J\x1b[H', ''],
		['\x1b', ''],
	];
	for (const [text, expected] of cases) assert.equal(sanitise(text), expected, JSON.stringify(text));
});

test('long lines and many lines are cut, and it is said', () => {
	assert.equal(sanitise('x'.repeat(1_000)).length, 401);
	const lines = sanitise('x\n'.repeat(1_000)).split('\n');
	assert.equal(lines.length, 201);
	assert.match(lines.at(-1) ?? '', /801 more lines/);
});

test('secrets do not get through', () => {
	const texts = [
		'Authorization: Basic c2VjcmV0',
		'authorization: Bearer c2VjcmV0',
		'Bearer c2VjcmV0',
		'eyJhbGciOiJIUzI1NiJ9.c2VjcmV0.c2VjcmV0',
		'password=c2VjcmV0 token: c2VjcmV0 "secret": "c2VjcmV0"',
		'http://user:c2VjcmV0@host/',
		'-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----',
		'-----BEGIN PRIVATE KEY-----\nc2VjcmV0',
		'AKIAC2VJCMV0C2VJCMV0',
	];
	for (const text of texts) assert.doesNotMatch(sanitise(text), /c2VjcmV0|C2VJCMV0/, text);
});

test('whatever a container prints, nothing in the result moves a cursor', () => {
	const {runs, seed} = fuzzPlan(500);
	const random = seededRandom(seed);
	const pieces = ['\x1b[', '\x1b]', '\x9b', '\x1bP', '\x07', '\x1b\\', '31m', 'A', '\n', '\u202e', '\ud83d', 'é', '\x00', ';', '?'];
	for (let run = 0; run < runs; run += 1) {
		const text = Array.from({length: random.below(30)}, () => random.pick(pieces)).join('');
		assert.doesNotMatch(sanitise(text), /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/, `seed ${seed}: ${JSON.stringify(text)}`);
	}
});
