import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Action} from '../../source/core/action.ts';
import {bindingsOf, remap} from '../../source/core/keymap.ts';
import {helpEntries} from '../../source/ui/help-entries.ts';

const action = (id: string, title: string, keys: readonly string[], on: Action['on']): Action => ({id, title, keys, on, group: 'general', run: () => []});
const actions = [
	action('any', 'Everywhere', ['ctrl-r', 'r'], ['any']),
	action('mark', 'Mark', ['space'], ['table']),
	action('digit-1', 'Favourite 1', ['1'], ['table']),
	action('digit-2', 'Favourite 2', ['2'], ['table']),
	action('digit-3', 'Favourite 3', ['3'], ['table']),
	action('lone-4', 'Alone 4', ['4'], ['table']),
	action('page', 'Of a page', ['x'], ['calls']),
];

test('the keys of the screen first, digits folded, then those of all', () => {
	assert.deepEqual(helpEntries('table', actions, bindingsOf(actions)), [
		{keys: 'Space', title: 'Mark', group: 'general', on: 'here'},
		{keys: '1-3', title: 'Favourite', group: 'general', on: 'here'},
		{keys: '4', title: 'Alone 4', group: 'general', on: 'here'},
		{keys: 'Ctrl-R  r', title: 'Everywhere', group: 'general', on: 'everywhere'},
	]);
});

test('changed keys are shown as they are, taken ones are left out', () => {
	const bindings = remap(bindingsOf(actions), [
		{on: 'table', keys: 'r', action: 'mark'},
		{on: 'table', keys: 'space', action: false},
	]);
	const entries = helpEntries('table', actions, bindings).map(({keys, title}) => `${keys}: ${title}`);
	assert.ok(entries.includes('r: Mark') && entries.includes('Ctrl-R: Everywhere'));
});

test('an action without any key is not listed', () => {
	assert.deepEqual(
		helpEntries('calls', actions, remap(bindingsOf(actions), [{on: 'calls', keys: 'x', action: false}])).map(({title}) => title),
		['Everywhere'],
	);
});
