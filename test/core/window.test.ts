import assert from 'node:assert/strict';
import {test} from 'node:test';
import {anchor, clampTop, cursorIndexOf, type Move, moveCursor, visibleSlice} from '../../source/core/window.ts';

const ids = Array.from({length: 20}, (_, index) => `r${index}`);

test('the cursor moves and stays visible', () => {
	const cases: ReadonlyArray<readonly [string | undefined, number, Move, string, number]> = [
		[undefined, 0, 'down', 'r1', 0],
		['r0', 0, 'up', 'r0', 0],
		['r4', 0, 'down', 'r5', 1],
		['r5', 5, 'up', 'r4', 4],
		['r0', 0, 'page-down', 'r4', 4],
		['r18', 15, 'page-down', 'r19', 15],
		['r12', 10, 'page-up', 'r8', 6],
		['r1', 0, 'page-up', 'r0', 0],
		['r3', 2, 'last', 'r19', 15],
		['r19', 15, 'first', 'r0', 0],
		['r0', 0, 12, 'r11', 7],
		['r0', 0, 99, 'r19', 15],
		['r0', 0, -3, 'r0', 0],
		['gone', 0, 'down', 'r1', 0],
	];
	for (const [cursor, top, move, wanted, wantedTop] of cases) {
		const place = moveCursor({ids, cursor, top, height: 5}, move);
		assert.deepEqual([place.cursor, place.top, ids[place.index]], [wanted, wantedTop, wanted], `${cursor} ${move}`);
	}
	assert.equal(moveCursor({ids, index: 3, top: 0, height: 5}, 'down').cursor, 'r4');
	assert.deepEqual(moveCursor({ids: [], top: 3, height: 5}, 'down'), {cursor: undefined, top: 0, index: -1});
});

test('slices are clamped to full pages', () => {
	assert.deepEqual(visibleSlice(ids, 18, 5), ids.slice(15));
	assert.deepEqual(visibleSlice(ids, 0, 0), []);
	assert.equal(clampTop(7, 3, 5), 0);
	assert.equal(cursorIndexOf([], undefined), -1);
	assert.equal(cursorIndexOf([], 'x'), -1);
	assert.equal(cursorIndexOf(ids, 'r7'), 7);
});

test('sorting leaves the cursor on its object and on its screen line', () => {
	const sorted = ids.toReversed();
	const place = anchor({previousIds: ids, ids: sorted, cursor: 'r7', top: 5, height: 5});
	assert.deepEqual(place, {cursor: 'r7', index: 12, top: 10});
	// At the ends the list cannot keep the line.
	assert.equal(anchor({previousIds: ids, ids: sorted, cursor: 'r19', top: 15, height: 5}).top, 0);
	assert.equal(anchor({previousIds: ids, ids: sorted, cursor: 'r0', top: 0, height: 5}).top, 15);
});

test('rows coming in above keep the cursor where it is', () => {
	const place = anchor({previousIds: ids, ids: ['new-1', 'new-2', ...ids], cursor: 'r6', top: 5, height: 5});
	assert.deepEqual(place, {cursor: 'r6', index: 8, top: 7});
	assert.deepEqual(anchor({previousIds: ids, ids: ['new', ...ids], cursor: undefined, top: 0, height: 5}), {cursor: undefined, index: 0, top: 0});
});

test('a cursor whose object is gone goes to the nearest neighbour', () => {
	const without = (...gone: readonly string[]): readonly string[] => ids.filter(id => !gone.includes(id));
	assert.equal(anchor({previousIds: ids, ids: without('r6'), cursor: 'r6', top: 5, height: 5}).cursor, 'r7');
	assert.equal(anchor({previousIds: ids, ids: without('r6', 'r7'), cursor: 'r6', top: 5, height: 5}).cursor, 'r5');
	assert.equal(anchor({previousIds: ids, ids: without('r19'), cursor: 'r19', top: 15, height: 5}).cursor, 'r18');
	assert.equal(anchor({previousIds: ids, ids: ['other'], cursor: 'r6', top: 5, height: 5}).cursor, 'other');
	assert.equal(anchor({previousIds: ids, ids, cursor: 'never', top: 5, height: 5}).cursor, 'r0');
	assert.deepEqual(anchor({previousIds: ids, ids: [], cursor: 'r6', top: 5, height: 5}), {cursor: undefined, top: 0, index: -1});
});
