import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readRegex} from '../../../source/core/logs/read-regex.ts';

test('read with v where it can be, else without, else with the reason', () => {
	const strict = readRegex('a[b-d]');
	assert.ok(strict.ok && strict.regex.flags === 'v');
	// In v a lone `-` at the end of a class is an error.
	const lax = readRegex('[\\w-]+', 'i');
	assert.ok(lax.ok && lax.regex.flags === 'i' && lax.regex.test('A-b'));
	assert.deepEqual(readRegex('(a'), {ok: false, problem: 'Unterminated group'});
});
