import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Binding, bindingsOf, conflicts, keysOf, parseKeys, remap, resolve} from '../../source/core/keymap.ts';

const bindings: readonly Binding[] = [
	{keys: 'j', action: 'move.down', on: 'any'},
	{keys: 'g g', action: 'move.first', on: 'any'},
	{keys: 'g p', action: 'go.pods', on: 'any'},
	{keys: 'g p', action: 'table.page', on: 'table'},
	{keys: 'z w', action: 'table.wide', on: 'table'},
	{keys: 'm', action: 'table.memory', on: 'any'},
	{keys: 'm a', action: 'table.mark-all', on: 'table'},
	{keys: 'd', action: 'object.describe', on: 'table'},
];

test('chords resolve to hits, pending sequences and misses', () => {
	assert.deepEqual(resolve(bindings, 'table', [], 'j'), {type: 'hit', action: 'move.down'});
	assert.deepEqual(resolve(bindings, 'table', ['g'], 'g'), {type: 'hit', action: 'move.first'});
	assert.deepEqual(resolve(bindings, 'table', ['g'], 'p'), {type: 'hit', action: 'table.page'});
	assert.deepEqual(resolve(bindings, 'overview', ['g'], 'p'), {type: 'hit', action: 'go.pods'});
	assert.deepEqual(resolve(bindings, 'overview', [], 'd'), {type: 'miss', pending: ['d']});
	assert.deepEqual(resolve(bindings, 'table', ['g'], 'x'), {type: 'miss', pending: ['g', 'x']});
	assert.deepEqual(resolve(bindings, 'table', [], 'g'), {
		type: 'pending',
		pending: ['g'],
		choices: [
			{keys: 'p', action: 'table.page'},
			{keys: 'g', action: 'move.first'},
		],
	});
});

test('a sequence of the screen hides a single key of every screen', () => {
	assert.equal(resolve(bindings, 'table', [], 'm').type, 'pending');
	assert.deepEqual(resolve(bindings, 'overview', [], 'm'), {type: 'hit', action: 'table.memory'});
});

test('conflicts are found on one screen and against those of every screen', () => {
	assert.deepEqual(conflicts(bindings), []);
	assert.deepEqual(conflicts([...bindings, {keys: 'd', action: 'other', on: 'table'}]), [
		{type: 'clash', on: 'table', keys: 'd', by: 'd', actions: ['object.describe', 'other']},
	]);
	assert.deepEqual(conflicts([...bindings, {keys: 'z', action: 'zoom', on: 'table'}]), [
		{type: 'unreachable', on: 'table', keys: 'z w', by: 'z', actions: ['table.wide', 'zoom']},
	]);
	assert.deepEqual(
		conflicts([...bindings, {keys: 'g', action: 'log.top', on: 'logs'}]).map(conflict => conflict.keys),
		['g g', 'g p'],
	);
});

test('a remap replaces, adds and takes away', () => {
	const changed = remap(bindings, [
		{on: 'table', keys: 'd', action: 'object.yaml'},
		{on: 'table', keys: 'g k', action: ':pods -n kube-system'},
		{on: 'any', keys: 'm', action: false},
		{on: 'table', keys: 'j', action: false},
	]);
	assert.deepEqual(resolve(changed, 'table', [], 'd'), {type: 'hit', action: 'object.yaml'});
	assert.deepEqual(resolve(changed, 'table', ['g'], 'k'), {type: 'hit', action: ':pods -n kube-system'});
	assert.equal(resolve(changed, 'overview', [], 'm').type, 'miss');
	assert.deepEqual(resolve(changed, 'table', [], 'j'), {type: 'miss', pending: ['j']});
	assert.deepEqual(resolve(changed, 'overview', [], 'j'), {type: 'hit', action: 'move.down'});
});

test('keys are normalised', () => {
	assert.equal(parseKeys('g  K'), 'g K');
	assert.equal(parseKeys('Ctrl-K'), 'ctrl-k');
	assert.equal(parseKeys(' '), 'space');
	assert.equal(parseKeys('g wibble'), undefined);
	assert.equal(parseKeys(''), undefined);
});

test('the keys of an action on a screen: its own first, without those that something else took over there', () => {
	const bindings = bindingsOf([
		{id: 'reload', keys: ['ctrl-r', 'r'], on: ['any']},
		{id: 'restart', keys: ['r'], on: ['table']},
		{id: 'reload', keys: ['x'], on: ['calls']},
	]);
	assert.equal(bindings.length, 4);
	assert.deepEqual(keysOf(bindings, 'reload', 'calls'), ['x', 'ctrl-r', 'r']);
	assert.deepEqual(keysOf(bindings, 'reload', 'table'), ['ctrl-r']);
	assert.deepEqual(keysOf(bindings, 'restart', 'calls'), []);
});
