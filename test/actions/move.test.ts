import assert from 'node:assert/strict';
import {test} from 'node:test';
import {move} from '../../source/actions/move.ts';
import {seenFromTop} from '../../source/core/window.ts';
import {actionContext, linesOf, pageFrame, podId, podItem, tableFrame} from '../tools/frames.ts';
import {runAction} from '../tools/run-action.ts';

const items = Array.from({length: 30}, (_, index) => podItem(`pod-${String(index).padStart(2, '0')}`));
const at = (name: string, line: number) => tableFrame({items, screen: {cursor: podId(name), line}});
const change = (name: string, line: number) => [{type: 'change', screen: {type: 'table', cursor: podId(name), line}}];

test('j and k move the cursor of a table and keep it on screen', () => {
	assert.deepEqual(runAction('move.down', actionContext(at('pod-12', 3))), change('pod-13', 4));
	// Ten rows fit below the head: the last line scrolls.
	assert.deepEqual(runAction('move.down', actionContext(at('pod-12', 9))), change('pod-13', 9));
	assert.deepEqual(runAction('move.up', actionContext(at('pod-12', 0))), change('pod-11', 0));
	assert.deepEqual(runAction('move.up', actionContext(tableFrame({items}))), change('pod-00', seenFromTop));
});

test('pages and ends', () => {
	assert.deepEqual(runAction('move.page-down', actionContext(at('pod-12', 3))), change('pod-21', 3));
	assert.deepEqual(runAction('move.last', actionContext(at('pod-12', 3))), change('pod-29', 9));
	assert.deepEqual(runAction('move.first', actionContext(at('pod-12', 3))), change('pod-00', seenFromTop));
});

test('a count goes as many rows, or to the row of that number', () => {
	assert.deepEqual(runAction('move.down', actionContext(at('pod-12', 3), {count: 5})), change('pod-17', 8));
	assert.deepEqual(runAction('move.last', actionContext(at('pod-12', 3), {count: 15})), change('pod-14', 5));
	assert.deepEqual(move(actionContext(at('pod-12', 3)), 20), change('pod-19', 9));
});

test('an empty table stays as it is', () => {
	assert.deepEqual(runAction('move.down', actionContext(tableFrame())), []);
});

/** Where a page stands after keys: the cursor and the first line shown. */
function read(
	ids: readonly string[],
	keys: readonly string[],
	from: Readonly<{cursor?: string; top: number}> = {top: 0},
): Readonly<{cursor: string | undefined; top: number}> {
	let place: Readonly<{cursor?: string; top: number}> = from;
	for (const key of keys) {
		const frame = pageFrame({lines: linesOf(...ids), screen: {type: 'calls', ...place}});
		const [effect] = runAction(`move.${key}`, actionContext(frame, {bodyRows: 4}));
		assert.ok(typeof effect === 'object' && effect.type === 'change' && effect.screen.type === 'calls');
		place = {...place, ...effect.screen};
	}
	return {cursor: place.cursor, top: place.top};
}

test('on a page the cursor goes from line to line that takes one', () => {
	const ids = ['-', 'a', '-', 'b', 'c', '-', '-', '-', '-', 'd'];
	assert.deepEqual(read(ids, ['down']), {cursor: 'b', top: 0});
	assert.deepEqual(read(ids, ['down', 'down']), {cursor: 'c', top: 1});
	assert.deepEqual(read(ids, ['up'], {cursor: 'c', top: 2}), {cursor: 'b', top: 2});
	assert.deepEqual(read(ids, ['last']), {cursor: 'd', top: 6});
	assert.deepEqual(read(ids, ['first'], {cursor: 'd', top: 6}), {cursor: 'a', top: 0});
});

test('text between and behind the lines that take the cursor is scrolled through, line by line', () => {
	const ids = ['a', 'b', '-', '-', '-', '-', '-', '-', 'c', '-', '-'];
	assert.deepEqual(read(ids, ['down', 'down']), {cursor: 'b', top: 1});
	assert.deepEqual(read(ids, ['down', 'down', 'down', 'down', 'down']), {cursor: 'b', top: 4});
	assert.deepEqual(read(ids, ['down', 'down', 'down', 'down', 'down', 'down']), {cursor: 'c', top: 5});
	const end = ['down', 'down', 'down', 'down', 'down', 'down', 'down', 'down', 'down', 'down'];
	assert.deepEqual(read(ids, end), {cursor: 'c', top: 7});
	assert.deepEqual(read(ids, [...end, 'up']), {cursor: 'c', top: 6});
});

test('a page of text alone scrolls', () => {
	const text = Array.from({length: 10}, () => '-');
	assert.deepEqual(read(text, ['down', 'down']), {cursor: undefined, top: 2});
	assert.deepEqual(read(text, ['page-down']), {cursor: undefined, top: 3});
	assert.deepEqual(read(text, ['last']), {cursor: undefined, top: 6});
	assert.deepEqual(read(text, ['page-up'], {top: 2}), {cursor: undefined, top: 0});
	const [effect] = move(actionContext(pageFrame({lines: linesOf(...text), screen: {type: 'help', about: 'table', filter: '', top: 0}}), {bodyRows: 4}), 5);
	assert.deepEqual(effect, {type: 'change', screen: {type: 'help', top: 4}});
});

test('columns are scrolled, no farther than to the last one', () => {
	const columns = tableFrame({items}).view;
	assert.ok(columns.type === 'table');
	const most = columns.snapshot.columns.length - 2;
	assert.deepEqual(runAction('move.right', actionContext(tableFrame({items, screen: {firstColumn: 1}}))), [
		{type: 'change', screen: {type: 'table', firstColumn: 2}},
	]);
	assert.deepEqual(runAction('move.right', actionContext(tableFrame({items, screen: {firstColumn: most}}))), [
		{type: 'change', screen: {type: 'table', firstColumn: most}},
	]);
	assert.deepEqual(runAction('move.left', actionContext(tableFrame({items}))), [{type: 'change', screen: {type: 'table', firstColumn: 0}}]);
});
