import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Page} from '../../source/core/page.ts';
import {focusIndex, inView, pageTop} from '../../source/core/page-focus.ts';
import {linesOf} from '../tools/frames.ts';

const page = (ids: readonly string[], first?: string): Page => ({
	crumb: '',
	head: [],
	fixed: [],
	lines: linesOf(...ids),
	hints: [],
	...(first === undefined ? {} : {first}),
});

test('the cursor is on its line, else where the page wants it, else on the first that can take it', () => {
	const ids = ['-', 'family:nodes', 'trouble:a', 'trouble:b'];
	assert.equal(focusIndex(page(ids), 'trouble:b'), 3);
	assert.equal(focusIndex(page(ids), undefined), 1);
	assert.equal(focusIndex(page(ids, 'trouble:'), undefined), 2);
	assert.equal(focusIndex(page(ids, 'trouble:'), 'gone'), 2);
	assert.equal(focusIndex(page(ids, 'none:'), undefined), 1);
	assert.equal(focusIndex(page(ids), 'trouble:'), 2);
	assert.equal(focusIndex(page(['-', '-']), undefined), -1);
});

test('until it is moved the cursor is in view; one that was moved may be read past', () => {
	const ids = [...Array.from({length: 12}, () => '-'), 'container:app:web', '-', '-'];
	assert.equal(pageTop(page(ids), {cursor: 'container:app:', top: 0}, 5), 8);
	assert.equal(pageTop(page(ids), {top: 0}, 5), 8);
	assert.equal(pageTop(page(ids), {cursor: 'container:app:web', top: 0}, 5), 0);
	assert.equal(pageTop(page(ids), {cursor: 'container:app:web', top: 99}, 5), 10);
	assert.equal(pageTop(page(['-', 'a']), {top: 7}, 5), 0);
	assert.equal(pageTop(page(['-', '-', '-']), {top: 1}, 2), 1);
});

test('the nearest first line that shows an index', () => {
	assert.deepEqual([inView(3, 5, 4), inView(6, 5, 4), inView(9, 5, 4), inView(-1, 5, 4)], [3, 5, 6, 5]);
});
