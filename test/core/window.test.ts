import assert from 'node:assert/strict';
import {test} from 'node:test';
import {countedMove, type Move, moveCursor, nearestLeft, windowTop} from '../../source/core/window.ts';

const ids = Array.from({length: 20}, (_, index) => `r${index}`);
const list = {count: 20, height: 5};

test('the cursor moves and stays visible', () => {
	// index, first visible row, move, index after it, first visible row then
	const cases: ReadonlyArray<readonly [number, number, Move, number, number]> = [
		[0, 0, 'down', 1, 0],
		[0, 0, 'up', 0, 0],
		[4, 0, 'down', 5, 1],
		[5, 5, 'up', 4, 4],
		[0, 0, 'page-down', 4, 4],
		[18, 15, 'page-down', 19, 15],
		[12, 10, 'page-up', 8, 6],
		[1, 0, 'page-up', 0, 0],
		[3, 2, 'last', 19, 15],
		[19, 15, 'first', 0, 0],
		[0, 0, 12, 11, 7],
		[0, 0, 99, 19, 15],
		[0, 0, -3, 0, 0],
		[-1, 0, 'down', 1, 0],
	];
	for (const [index, top, move, wanted, wantedTop] of cases) {
		const place = moveCursor({...list, index, line: index - top}, move);
		assert.deepEqual([place.index, windowTop({...list, ...place})], [wanted, wantedTop], `${index} ${move}`);
	}
	assert.deepEqual(moveCursor({count: 0, height: 5, index: -1, line: 3}, 'down'), {index: -1, line: 0});
	assert.deepEqual(moveCursor({...list, height: 0, index: 3, line: 0}, 'down'), {index: 4, line: 0});
});

test('a count makes a step a row number', () => {
	const at = {index: 10, height: 5};
	const cases: ReadonlyArray<readonly [Move, number | undefined, Move]> = [
		['down', undefined, 'down'],
		['down', 5, 16],
		['up', 3, 8],
		['up', 99, 1],
		['page-down', 2, 19],
		['page-up', 1, 7],
		['last', 42, 42],
		['first', 7, 7],
		[12, 3, 12],
	];
	for (const [move, count, wanted] of cases) assert.equal(countedMove(move, count, at), wanted, `${count} ${move}`);
});

test('rows that come in above leave the cursor on its line', () => {
	assert.equal(windowTop({...list, index: 6, line: 1}), 5);
	assert.equal(windowTop({count: 22, height: 5, index: 8, line: 1}), 7);
	// Sorted the other way round.
	assert.equal(windowTop({...list, index: 12, line: 2}), 10);
});

test('where the list is too short for the line, full pages are shown', () => {
	assert.equal(windowTop({...list, index: 0, line: 4}), 0);
	assert.equal(windowTop({...list, index: 19, line: 0}), 15);
	assert.equal(windowTop({count: 3, height: 5, index: 2, line: 1}), 0);
	assert.equal(windowTop({count: 0, height: 5, index: -1, line: 0}), 0);
});

test('a smaller screen keeps the cursor on it', () => {
	assert.equal(windowTop({count: 20, height: 3, index: 9, line: 8}), 7);
	assert.equal(windowTop({count: 20, height: 0, index: 9, line: 8}), 9);
});

test('a cursor whose row is gone goes to the nearest neighbour', () => {
	const without = (...gone: readonly string[]): ReadonlySet<string> => new Set(ids.filter(id => !gone.includes(id)));
	assert.equal(nearestLeft(ids, without('r6'), 'r6'), 'r7');
	assert.equal(nearestLeft(ids, without('r6', 'r7'), 'r6'), 'r5');
	assert.equal(nearestLeft(ids, without('r19'), 'r19'), 'r18');
	assert.equal(nearestLeft(ids, new Set(['other']), 'r6'), undefined);
	assert.equal(nearestLeft(ids, without('r6'), 'never'), undefined);
});

test('at the top of the list a new first row comes into view and the cursor goes down with its object', () => {
	const atTop = moveCursor({count: 20, height: 5, index: 1, line: 1}, 'up');
	assert.equal(windowTop({count: 21, height: 5, index: atTop.index + 1, line: atTop.line}), 0);
	const pushedOut = windowTop({count: 30, height: 5, index: atTop.index + 7, line: atTop.line});
	assert.equal(pushedOut, 3, 'the cursor itself never leaves the screen');
});
