import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nearest} from '../../source/core/nearest.ts';

test('mistyped words find the one that was meant', () => {
	const words = ['status', 'restarts', 'ready', 'cpu', 'age', 'node'];
	const cases: ReadonlyArray<readonly [string, string | undefined]> = [
		['stauts', 'status'],
		['STATUS', 'status'],
		['restart', 'restarts'],
		['cpux', 'cpu'],
		['noed', 'node'],
		['aeg', 'age'],
		['image', undefined],
		['', undefined],
		['zz', undefined],
	];
	for (const [word, expected] of cases) assert.equal(nearest(word, words), expected, word);
	assert.equal(nearest('abc', []), undefined);
});
