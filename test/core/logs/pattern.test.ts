import assert from 'node:assert/strict';
import {test} from 'node:test';
import {patternOf, wordPattern} from '../../../source/core/logs/pattern.ts';

test('text is found as it is, in any capitals unless some were typed', () => {
	assert.deepEqual(wordPattern('db_').places('DB_URL and db_x', 9), [
		[0, 3],
		[11, 14],
	]);
	assert.deepEqual(wordPattern('DB_').places('DB_URL and db_x', 9), [[0, 3]]);
	assert.deepEqual(wordPattern('a.c').places('abc a.c', 9), [[4, 7]]);
	assert.equal(wordPattern('a').places('aaaa', 2).length, 2);
	assert.deepEqual(wordPattern('').places('abc', 9), []);
});

test('a pattern between slashes is a regular expression', () => {
	const read = patternOf('/5\\d\\d/');
	assert.ok(read.ok);
	assert.equal(read.pattern.test('status 503'), true);
	assert.deepEqual(read.pattern.places('500 and 503', 9), [
		[0, 3],
		[8, 11],
	]);
	assert.deepEqual(read.pattern.places('none', 9), []);
	const star = patternOf('/x*/');
	assert.ok(star.ok);
	assert.deepEqual(star.pattern.places('axxb', 9), [[1, 3]]);
});

test('one that cannot be read says why', () => {
	const read = patternOf('/(a/');
	assert.ok(!read.ok && /[Uu]nterminated/.test(read.problem));
});
