import assert from 'node:assert/strict';
import {test} from 'node:test';
import {filterWord, readFilter} from '../../../source/core/logs/filter-words.ts';

const good: ReadonlyArray<readonly [string, ReturnType<typeof readFilter>]> = [
	['+timeout', {ok: true, filter: {type: 'include', pattern: 'timeout', regex: false}}],
	['-health', {ok: true, filter: {type: 'exclude', pattern: 'health', regex: false}}],
	['+/5\\d\\d/', {ok: true, filter: {type: 'include', pattern: '5\\d\\d', regex: true}}],
	['-/^GET/', {ok: true, filter: {type: 'exclude', pattern: '^GET', regex: true}}],
	['level>=warn', {ok: true, filter: {type: 'level', least: 'warn'}}],
	['status=500', {ok: true, filter: {type: 'field', name: 'status', value: '500', negated: false}}],
	['http.path!=/health', {ok: true, filter: {type: 'field', name: 'http.path', value: '/health', negated: true}}],
];

for (const [word, read] of good)
	test(`${word} is read, and written as it was typed`, () => {
		assert.deepEqual(readFilter(word), read);
		assert.ok(read.ok);
		assert.equal(filterWord(read.filter), word);
	});

test('other ways to write a level and a pattern', () => {
	assert.deepEqual(readFilter('level=ERROR'), {ok: true, filter: {type: 'level', least: 'error'}});
	assert.deepEqual(readFilter('severity:warning'), {ok: true, filter: {type: 'level', least: 'warn'}});
	assert.deepEqual(readFilter('/a|b/'), {ok: true, filter: {type: 'include', pattern: 'a|b', regex: true}});
});

test('what is no filter says what is', () => {
	for (const [word, says] of [
		['timeout', /\+text/],
		['+', /\+text/],
		['+/(/', /no regular expression/],
		['level>=loud', /no level loud/],
	] as const) {
		const read = readFilter(word);
		assert.ok(!read.ok && says.test(read.problem), word);
	}
});
