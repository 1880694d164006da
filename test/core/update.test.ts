import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type AppState, initialState, topScreen} from '../../source/core/app-state.ts';
import type {StateEffect} from '../../source/core/effect.ts';
import {logsScreen} from '../../source/core/logs/logs-start.ts';
import type {Screen} from '../../source/core/screen.ts';
import {objectScreen, tableScreen} from '../../source/core/targets.ts';
import {update} from '../../source/core/update.ts';

const overview: Screen = {type: 'overview', top: 0};
const pods = tableScreen('pods', {namespace: 'shop'});
const pod = objectScreen('pods', {apiVersion: 'v1', kind: 'Pod', name: 'a', namespace: 'shop'});
const secret = objectScreen('secrets', {apiVersion: 'v1', kind: 'Secret', name: 'db', namespace: 'shop'}, 'yaml');

function after(effects: readonly StateEffect[], from: Partial<AppState> = {}): AppState {
	return effects.reduce((state, effect) => update(state, effect, 1000), initialState({stack: [overview], ...from}));
}
const names = (state: AppState): string => state.stack.map(({type}) => type).join(' ');

test('open goes deeper, go begins anew over the Overview, replace stays', () => {
	assert.equal(
		names(
			after([
				{type: 'open', screen: pods},
				{type: 'open', screen: pod},
			]),
		),
		'overview table object',
	);
	assert.equal(
		names(
			after([
				{type: 'open', screen: pods},
				{type: 'go', screen: tableScreen('nodes')},
			]),
		),
		'overview table',
	);
	assert.equal(
		names(
			after([
				{type: 'open', screen: pods},
				{type: 'go', screen: overview},
			]),
		),
		'overview',
	);
	assert.equal(
		names(
			after([
				{type: 'open', screen: pods},
				{type: 'replace', screen: pod},
			]),
		),
		'overview object',
	);
});

test('history goes back and forward with filter and cursor, and forgets what was ahead of a new way', () => {
	const filtered: StateEffect = {type: 'change', screen: {type: 'table', filter: 'web', cursor: 'u1'}};
	const there = after([{type: 'open', screen: pods}, filtered, {type: 'open', screen: pod}]);
	const back = update(there, {type: 'history', step: -1}, 0);
	assert.deepEqual(topScreen(back), {...pods, filter: 'web', cursor: 'u1'});
	assert.equal(names(update(back, {type: 'history', step: 1}, 0)), 'overview table object');
	const other = update(back, {type: 'go', screen: tableScreen('nodes')}, 0);
	assert.equal(names(update(other, {type: 'history', step: 1}, 0)), 'overview table');
	assert.equal(update(there, {type: 'history', step: 1}, 0), there);
	assert.equal(after([{type: 'last-view'}]).stack.length, 1);
});

test('history keeps 100 places', () => {
	const many = Array.from({length: 150}, (): StateEffect => ({type: 'go', screen: pods}));
	assert.equal(after(many).past.length, 100);
});

test('Esc peels one layer: dialog, prompt, marks, filter, screen; at the root nothing', () => {
	const dialog = {title: 't', lines: [], confirm: 'c', keep: 'k', effects: []};
	let state = after([
		{type: 'open', screen: pods},
		{type: 'change', screen: {type: 'table', filter: 'web', marks: ['u1']}},
		{type: 'prompt', prompt: 'command'},
		{type: 'ask', dialog},
	]);
	const peeled: string[] = [];
	for (let index = 0; index < 7; index++) {
		const top = topScreen(state);
		peeled.push([state.dialog ? 'dialog' : '', state.prompt ? 'prompt' : '', top.type === 'table' ? `${top.marks.length} ${top.filter}` : top.type].join('|'));
		state = update(state, {type: 'peel'}, 0);
	}
	assert.deepEqual(peeled, ['dialog|prompt|1 web', '|prompt|1 web', '||1 web', '||0 web', '||0 ', '||overview', '||overview']);
});

test('a dialog that says something else keeps what was typed into it; another question begins anew', () => {
	const dialog = {title: 't', lines: [], confirm: 'c', keep: 'k', effects: [], word: 'prod'};
	const asked = after([
		{type: 'ask', dialog},
		{type: 'type', typed: 'pr'},
		{type: 'dialog', to: {top: 3}},
		{type: 'ask', dialog: {...dialog, title: 'u'}, again: true},
	]);
	assert.deepEqual([asked.dialog?.title, asked.dialog?.typed, asked.dialog?.top], ['u', 'pr', 3]);
	assert.equal(update(asked, {type: 'ask', dialog}, 0).dialog?.typed, '');
});

test('Esc in a page with a search takes the search away first', () => {
	const state = after([{type: 'open', screen: {type: 'calls', top: 0, search: 'x'}}, {type: 'peel'}]);
	assert.deepEqual(topScreen(state), {type: 'calls', top: 0});
});

test('Esc out of a filter prompt brings the former filter back', () => {
	const typing = after([
		{type: 'open', screen: {...pods, filter: 'old'}},
		{type: 'prompt', prompt: 'filter'},
		{type: 'change', screen: {type: 'table', filter: 'new'}},
	]);
	assert.equal(typing.prompt?.editor.text, 'old');
	const left = update(typing, {type: 'peel'}, 0);
	assert.equal(left.prompt, undefined);
	assert.deepEqual(topScreen(left), {...pods, filter: 'old'});
});

test('a change is for the screen it names only', () => {
	const state = after([{type: 'change', screen: {type: 'table', filter: 'x'}}]);
	assert.deepEqual(topScreen(state), overview);
});

test('the command prompt recalls the lines that were run, each once, the newest last', () => {
	const run = (line: string): StateEffect[] => [
		{type: 'prompt', prompt: 'command'},
		{type: 'close', remember: line},
	];
	const state = after([...run('pods'), ...run('nodes'), ...run('pods'), ...run('')]);
	assert.deepEqual(state.history, ['nodes', 'pods']);
	assert.deepEqual(update(state, {type: 'prompt', prompt: 'command'}, 0).prompt?.editor.history, ['nodes', 'pods']);
	assert.deepEqual(update(state, {type: 'prompt', prompt: 'filter'}, 0).prompt?.editor.history, []);
});

test('a notice has its time, and stands until one goes elsewhere', () => {
	const said = after([{type: 'notice', tone: 'ok', text: 'done'}]);
	assert.deepEqual([said.notices, said.noticeShown], [[{tone: 'ok', text: 'done', at: 1000}], true]);
	assert.equal(update(said, {type: 'open', screen: pods}, 0).noticeShown, false);
	assert.equal(update(said, {type: 'peel'}, 0).noticeShown, false);
	const many = Array.from({length: 300}, (): StateEffect => ({type: 'notice', tone: 'muted', text: 'x'}));
	assert.equal(after(many).notices.length, 200);
});

test('a closed dialog leaves the prompt beneath it, and what is typed goes into the dialog', () => {
	const dialog = {title: 't', lines: [], confirm: 'c', keep: 'k', effects: [], word: 'shop'};
	const asked = after([
		{type: 'prompt', prompt: 'palette'},
		{type: 'ask', dialog},
		{type: 'type', typed: 'sh'},
	]);
	assert.equal(asked.dialog?.typed, 'sh');
	const closed = update(asked, {type: 'close'}, 0);
	assert.deepEqual([closed.dialog, closed.prompt?.kind], [undefined, 'palette']);
});

test('namespaces that were used become digits, nine at most', () => {
	const to = (namespace: string | undefined): StateEffect => ({type: 'namespace', namespace});
	assert.deepEqual(after([to('a'), to('b'), to('a'), to(undefined)]).favourites, ['a', 'b']);
	const ten = after(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map(to));
	assert.deepEqual(ten.favourites, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j']);
});

test('pins: nine, each opened over the Overview', () => {
	const pinned = after([{type: 'open', screen: pods}, {type: 'pin'}, {type: 'open', screen: pod}, {type: 'tab', index: 0}]);
	assert.equal(names(pinned), 'overview table');
	assert.equal(names(update(pinned, {type: 'tab', index: 5}, 0)), 'overview table');
	const many = Array.from({length: 12}, (): StateEffect => ({type: 'pin'}));
	assert.equal(after(many).pins.length, 9);
});

test('a Secret that was decoded is masked again wherever one comes back to it', () => {
	const shown = after([{type: 'open', screen: secret}, {type: 'change', screen: {type: 'object', revealed: ['*']}}, {type: 'pin'}]);
	assert.deepEqual(shown.pins, [secret]);
	const away = update(shown, {type: 'open', screen: pods}, 0);
	assert.deepEqual([away.stack[1], away.past.at(-1)?.[1]], [secret, secret]);
	const back = update(shown, {type: 'history', step: -1}, 0);
	assert.deepEqual(back.future[0]?.[1], secret);
});

test('switches, theme, level and pending keys are taken over', () => {
	const state = after([
		{type: 'switch', to: {times: 'utc'}},
		{type: 'theme', name: 'light'},
		{type: 'level-set', level: 'probe'},
		{type: 'pending', keys: ['g'], whichKey: true},
	]);
	assert.deepEqual([state.times, state.theme, state.level, state.pending, state.whichKey], ['utc', 'light', 'probe', ['g'], true]);
});

test('Esc in a log peels the line in full, marks, the search, the text alone, then filter by filter', () => {
	const filters = [{type: 'level', least: 'warn'} as const, {type: 'include', pattern: 'x', regex: false} as const];
	const screen = logsScreen({type: 'pod', namespace: 'shop', name: 'web-1'}, {detail: {id: 1, top: 0}, marks: [1], search: 'x', fullScreen: true, filters});
	let state = initialState({stack: [{type: 'overview', top: 0}, screen]});
	const layers: string[] = [];
	while (state.stack.length > 1) {
		const before = topScreen(state);
		state = update(state, {type: 'peel'}, 0);
		const after = topScreen(state);
		layers.push(
			before.type === 'logs' && after.type === 'logs'
				? (['detail', 'marks', 'search', 'fullScreen', 'filters'] as const).filter(name => JSON.stringify(before[name]) !== JSON.stringify(after[name])).join()
				: 'screen',
		);
	}
	assert.deepEqual(layers, ['detail', 'marks', 'search', 'fullScreen', 'filters', 'filters', 'screen']);
});
