import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toMatch} from '../../source/actions/search.ts';
import {actionContext, linesOf, pageFrame, tableFrame} from '../tools/frames.ts';

const ids = ['image: a', 'name: b', 'Image: c', '-', 'image: d'];
const context = (cursor: string) => actionContext(pageFrame({lines: linesOf(...ids), screen: {type: 'calls', cursor, top: 0}}), {bodyRows: 2});
const found = (text: string, step: -1 | 0 | 1, cursor = 'image: a') => {
	const [effect, notice] = toMatch(context(cursor), text, step);
	return [effect?.type === 'change' && 'cursor' in effect.screen ? effect.screen.cursor : undefined, notice?.type === 'notice' ? notice.text : undefined];
};

test('from the cursor on, round the end, backwards too', () => {
	assert.deepEqual(found('image', 1), ['Image: c', 'Match 2 of 3']);
	assert.deepEqual(found('image', 1, 'image: d'), ['image: a', 'Match 1 of 3']);
	assert.deepEqual(found('image', -1), ['image: d', 'Match 3 of 3']);
	assert.deepEqual(found('image', 0), ['image: a', 'Match 1 of 3']);
});

test('capitals count where the text has some', () => {
	assert.deepEqual(found('Image', 0), ['Image: c', 'Match 1 of 1']);
});

test('what is nowhere is said, and a table has no lines to search', () => {
	assert.deepEqual(toMatch(context('image: a'), 'nothing', 1), [{type: 'notice', tone: 'warning', text: 'No line holds "nothing"'}]);
	assert.deepEqual(toMatch(actionContext(tableFrame()), 'x', 1), []);
	assert.deepEqual(toMatch(context('image: a'), '', 0), []);
});
