import assert from 'node:assert/strict';
import {test} from 'node:test';
import {allActions} from '../../source/actions/all-actions.ts';
import {commands} from '../../source/commands/index.ts';
import {editorOf} from '../../source/core/editor.ts';
import {bindingsOf, remap} from '../../source/core/keymap.ts';
import type {Prompt} from '../../source/core/prompt.ts';
import {tableScreen} from '../../source/core/targets.ts';
import {commandChoices, paletteChoices} from '../../source/ui/prompt-choices.ts';
import {actionContext, commandContext, pageFrame, podItem, tableFrame} from '../tools/frames.ts';

const tools = {actions: allActions, bindings: bindingsOf(allActions), commands};
const frame = tableFrame({items: ['web-1', 'web-2', 'db-1'].map(name => podItem(name))});
const prompt = (kind: Prompt['kind'], text = ''): Prompt => ({kind, editor: editorOf(text), picked: 0, before: ''});
const lines = (text: string) => commandChoices(editorOf(text), commandContext(frame), commands).map(({line}) => line);

test('a word completes to commands and kinds, what follows to what it takes', () => {
	assert.ok(lines('deploy').includes('deployments'));
	assert.deepEqual(lines('ns d'), ['ns data']);
	assert.deepEqual(lines('ctx l'), ['ctx lab']);
	assert.deepEqual(lines('theme m'), ['theme mono']);
});

test('labels complete with how many rows have them', () => {
	const choices = commandChoices(editorOf('pods -l app='), commandContext(frame), commands);
	assert.deepEqual(
		choices.map(({line, note}) => [line, note]),
		[
			['pods -l app=web', '2'],
			['pods -l app=db', '1'],
		],
	);
});

test('a completed line runs as if it had been typed', () => {
	const [first] = commandChoices(editorOf('node'), commandContext(frame), commands);
	assert.deepEqual(first?.run(actionContext(frame)), [{type: 'go', screen: tableScreen('nodes')}]);
});

test('the palette holds actions, commands and kinds; the menu of an object only what acts on it', () => {
	const all = paletteChoices(prompt('palette'), commandContext(frame), tools).map(({text}) => text);
	for (const text of ['YAML', 'Leave k8tui', 'Go to services', 'Copy name']) assert.ok(all.includes(text), text);
	assert.ok(!all.includes('Down'));
	const own = paletteChoices(prompt('actions'), commandContext(frame), tools).map(({text}) => text);
	assert.ok(own.includes('YAML') && !own.includes('Go to services') && !own.includes('Leave k8tui'));
});

test('what cannot be done says why, and picking it says it again', () => {
	const empty = commandContext(tableFrame());
	const choice = paletteChoices(prompt('palette', 'yaml'), empty, tools).find(({text}) => text === 'YAML');
	assert.equal(choice?.note, 'There is no row here');
	assert.deepEqual(choice?.run(empty), [{type: 'notice', tone: 'muted', text: 'There is no row here'}]);
});

test('the keys shown are those in force', () => {
	const bindings = remap(tools.bindings, [
		{on: 'table', keys: 'y', action: false},
		{on: 'table', keys: 'x', action: 'table.yaml'},
	]);
	const choice = paletteChoices(prompt('palette', 'yaml'), commandContext(frame), {...tools, bindings}).find(({text}) => text === 'YAML');
	assert.equal(choice?.note, 'x');
});

test('on a page the palette has nothing of tables', () => {
	const all = paletteChoices(prompt('palette'), commandContext(pageFrame()), tools).map(({text}) => text);
	assert.ok(!all.includes('Mark') && all.includes('Go to pods'));
});
