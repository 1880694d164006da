import assert from 'node:assert/strict';
import {test} from 'node:test';
import {followRows} from '../../source/core/follow-rows.ts';
import type {TableScreen} from '../../source/core/screen.ts';
import {pageFrame, podId, podItem, tableFrame} from '../tools/frames.ts';

const frameOf = (names: readonly string[], screen: Partial<TableScreen> = {}) =>
	tableFrame({items: names.map(name => podItem(name)), screen: {cursor: podId('c'), ...screen}});
const before = frameOf(['a', 'b', 'c', 'd', 'e']);

test('a row that went away gives the cursor to its nearest neighbour, the one below first', () => {
	assert.deepEqual(followRows(before, frameOf(['a', 'b', 'd', 'e'])), {cursor: podId('d')});
	assert.deepEqual(followRows(before, frameOf(['a', 'b'])), {cursor: podId('b')});
	assert.equal(followRows(before, frameOf(['new', 'a', 'b', 'c'])), undefined);
	assert.equal(followRows(before, frameOf([])), undefined);
});

test('a cursor that was never set stays on the first row', () => {
	const fresh = tableFrame({items: [podItem('a')]});
	assert.equal(followRows(fresh, tableFrame({items: [podItem('b')]})), undefined);
});

test('objects that are gone lose their mark', () => {
	const marks = [podId('a'), podId('c')];
	assert.deepEqual(followRows(frameOf(['a', 'b', 'c'], {marks}), frameOf(['b', 'c'], {marks})), {marks: [podId('c')]});
});

test('what another filter hides keeps cursor and marks, and a page has none', () => {
	assert.equal(followRows(before, frameOf(['a'], {filter: 'x'})), undefined);
	assert.equal(followRows(before, frameOf(['a'], {namespace: 'data'})), undefined);
	assert.equal(followRows(pageFrame(), before), undefined);
	assert.equal(followRows(before, before), undefined);
});
