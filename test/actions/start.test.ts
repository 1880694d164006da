import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startActions} from '../../source/actions/start.ts';
import type {ActionContext} from '../../source/core/action.ts';

function context(ids: readonly string[]): ActionContext {
	const lines = ids.map(id => ({id, line: [], enter: [{type: 'quit'}]}));
	// Only the page is looked at.
	return {frame: {view: {type: 'page', page: {lines}}}} as unknown as ActionContext;
}

test('a digit takes its way on', () => {
	const second = startActions.find(({keys}) => keys[0] === '2');
	assert.deepEqual(second?.run(context(['way:1', 'way:2'])), [{type: 'quit'}]);
});

test('a digit without a way says so', () => {
	const second = startActions.find(({keys}) => keys[0] === '2');
	assert.deepEqual(second?.run(context(['way:1', 'way:3'])), [{type: 'notice', tone: 'muted', text: 'There is no way 2 here'}]);
});
