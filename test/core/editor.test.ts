import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type EditorState, edit, editorOf, replaceFrom} from '../../source/core/editor.ts';
import type {Key} from '../../source/core/keys.ts';

/** Types the keys and draws the cursor as `|`. */
function typed(state: EditorState, ...keys: readonly Key[]): string {
	const {text, cursor} = keys.reduce(edit, state);
	return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

test('a line is edited by grapheme', () => {
	const cases: ReadonlyArray<readonly [string, readonly Key[], string]> = [
		['', ['p', 'o'], 'po|'],
		['', ['a', 'space', 'b'], 'a b|'],
		['web', ['backspace'], 'we|'],
		['', ['backspace', 'delete', 'left', 'right'], '|'],
		['caf\u0065\u0301', ['backspace'], 'caf|'],
		['\u4e2d\u6587', ['left', 'x'], '\u4e2dx|\u6587'],
		['web', ['left', 'left', 'delete'], 'w|b'],
		['pods -n shop', ['ctrl-w'], 'pods -n |'],
		['pods -n  ', ['ctrl-w'], 'pods |'],
		['pods shop', ['ctrl-u'], '|'],
		['pods shop', ['home', 'right', 'ctrl-k'], 'p|'],
		['pods', ['ctrl-a', 'x', 'ctrl-e', 'y'], 'xpodsy|'],
		['a bc d', ['ctrl-left', 'ctrl-left', 'ctrl-right'], 'a bc| d'],
		['x', [{paste: 'one\n  two\n'}], 'xone two|'],
		['x', ['enter', 'esc', 'tab', 'f1'], 'x|'],
	];
	for (const [text, keys, expected] of cases) assert.equal(typed(editorOf(text), ...keys), expected, `${text} ${JSON.stringify(keys)}`);
	const state = editorOf('x');
	assert.equal(edit(state, 'enter'), state);
});

test('history keeps to what was typed and gives it back', () => {
	const history = ['pods', 'deploy shop', 'pods -n shop', 'nodes'];
	assert.equal(typed(editorOf('', history), 'up'), 'nodes|');
	assert.equal(typed(editorOf('po', history), 'up'), 'pods -n shop|');
	assert.equal(typed(editorOf('po', history), 'up', 'up'), 'pods|');
	assert.equal(typed(editorOf('po', history), 'up', 'up', 'up'), 'pods|');
	assert.equal(typed(editorOf('po', history), 'up', 'up', 'down', 'down'), 'po|');
	assert.equal(typed(editorOf('po', history), 'down'), 'po|');
	assert.equal(typed(editorOf('zz', history), 'up'), 'zz|');
	assert.equal(typed(editorOf('po', history), 'up', 'x', 'up'), 'pods -n shopx|');
});

test('a completion replaces from its start to the cursor', () => {
	assert.deepEqual(replaceFrom(editorOf('pods -n sh'), 8, 'shop'), {text: 'pods -n shop', cursor: 12, history: []});
});
