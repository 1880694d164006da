import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createPageSize} from '../../source/kube/page-size.ts';

test('small first, then by how fast a page is parsed, within bounds', () => {
	const size = createPageSize();
	assert.deepEqual([size.next(), size.next()], [250, 500]);
	size.parsed(250, 20);
	assert.equal(size.next(), 625);
	size.parsed(500, 10);
	assert.equal(size.next(), 1000);
	size.parsed(1000, 1000);
	assert.equal(size.next(), 500);
	size.parsed(100, 0);
	assert.equal(size.next(), 1000);
});

test('a few rows say nothing about the rate', () => {
	const size = createPageSize();
	size.next();
	size.parsed(3, 50);
	assert.equal(size.next(), 500);
});
