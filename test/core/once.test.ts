import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createOnce} from '../../source/core/once.ts';

test('what was made is there again, each name by itself', () => {
	const once = createOnce();
	let made = 0;
	const make = (): number => ++made;
	assert.deepEqual([once('a', make), once('a', make), once('b', make), once('a', make)], [1, 1, 2, 1]);
	const empty = createOnce();
	let asked = 0;
	for (let round = 0; round < 2; round++)
		assert.equal(
			empty('nothing', () => void asked++),
			undefined,
		);
	assert.equal(asked, 1);
});
