import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createIntern} from '../../source/core/intern.ts';

test('equal values become one, different ones do not', () => {
	const intern = createIntern();
	const labels = intern.value({app: 'web', tier: 'front'});
	assert.equal(intern.value({app: 'web', tier: 'front'}), labels);
	assert.notEqual(intern.value({app: 'web'}), labels);
	assert.equal(intern.text('shop'), 'shop');
});

test('a full table starts over instead of growing', () => {
	const intern = createIntern(2);
	const first = intern.value({a: '1'});
	intern.value({a: '2'});
	intern.value({a: '3'});
	assert.notEqual(intern.value({a: '1'}), first);
	assert.deepEqual(['x', 'y', 'z', 'x'].map(intern.text), ['x', 'y', 'z', 'x']);
});
