import assert from 'node:assert/strict';
import {test} from 'node:test';
import {allActions} from '../../source/actions/all-actions.ts';
import {bindingsOf, conflicts, parseKeys} from '../../source/core/keymap.ts';

test('every action has an id of its own', () => {
	const ids = allActions.map(({id}) => id);
	assert.deepEqual(
		ids.filter((id, index) => ids.indexOf(id) !== index),
		[],
	);
});

test('no two actions want the same keys, and none hides another', () => {
	assert.deepEqual(conflicts(bindingsOf(allActions)), []);
});

test('a clash would be found', () => {
	const twice = [
		{id: 'a', keys: ['x'], on: ['table']},
		{id: 'b', keys: ['x'], on: ['table']},
	];
	assert.equal(conflicts(bindingsOf(twice)).length, 1);
});

test('keys are written as the keymap names them, on screens that exist', () => {
	for (const {id, keys} of allActions) for (const chords of keys) assert.equal(parseKeys(chords), chords, id);
	const screens = new Set(['any', 'table', 'object', 'overview', 'contexts', 'calls', 'notices', 'aliases', 'help', 'start', 'logs', 'top', 'network']);
	for (const {id, on} of allActions) assert.ok(on.length > 0 && on.every(screen => screens.has(screen)), id);
});

test('Esc, Ctrl-C and ? lead out and to help on every screen', () => {
	const everywhere = bindingsOf(allActions).filter(({on}) => on === 'any');
	for (const keys of ['esc', 'ctrl-c', '?', ':', 'q'])
		assert.ok(
			everywhere.some(binding => binding.keys === keys),
			keys,
		);
});

test('what needs AltGr abroad, or what terminals keep for themselves, is never the only way', () => {
	const hard = /^(?:[[\]\\~'@|]|ctrl-[sqimjh[])$/;
	for (const {id, keys} of allActions)
		assert.ok(
			keys.some(chords => !chords.split(' ').some(chord => hard.test(chord))),
			id,
		);
});
