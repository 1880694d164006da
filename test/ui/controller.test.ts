import assert from 'node:assert/strict';
import {test} from 'node:test';
import {allActions} from '../../source/actions/all-actions.ts';
import type {AppState} from '../../source/core/app-state.ts';
import type {Effect} from '../../source/core/effect.ts';
import type {Frame} from '../../source/core/view.ts';
import {bindingsOf, remap} from '../../source/core/keymap.ts';
import type {PageScreen} from '../../source/core/screen.ts';
import {objectScreen} from '../../source/core/targets.ts';
import {linesOf, pageFrame, podId, podItem, tableFrame} from '../tools/frames.ts';
import {keyBytes} from '../tools/key-bytes.ts';
import {keyRobot, topOf} from '../tools/key-robot.ts';

const items = Array.from({length: 60}, (_, index) => podItem(`pod-${String(index).padStart(2, '0')}`));
const table = (state: Partial<AppState> = {}): Frame => tableFrame({items, state});

test('all keys of one chunk make one frame, each on what the one before it made', () => {
	const robot = keyRobot(table());
	robot.press('jjjjj');
	assert.equal(robot.frames(), 1);
	const top = topOf(robot);
	assert.equal(top.type === 'table' && top.cursor, podId('pod-05'));
});

test('a leader waits for its second key; which-key comes after 300 ms, at once with less motion', async () => {
	const robot = keyRobot(table());
	robot.press('g');
	assert.deepEqual([robot.state().pending, robot.state().whichKey], [['g'], false]);
	await robot.clock.advance(299);
	assert.equal(robot.state().whichKey, false);
	await robot.clock.advance(1);
	assert.equal(robot.state().whichKey, true);
	robot.press('G');
	assert.deepEqual([robot.state().pending, robot.state().whichKey], [[], false]);
	const calm = keyRobot(table({motion: false}));
	calm.press('z');
	assert.equal(calm.state().whichKey, true);
});

test('an unknown second key cancels and says so; Esc cancels silently', async () => {
	const robot = keyRobot(table());
	robot.press('g', 'y');
	assert.equal(robot.notice(), 'There is no g y. ? lists the keys of this screen');
	assert.deepEqual(robot.state().pending, []);
	await robot.clock.advance(1000);
	assert.equal(robot.state().whichKey, false);
	const silent = keyRobot(table());
	silent.press('g');
	silent.controller.press('', {escape: true});
	assert.deepEqual([silent.state().pending, silent.notice(), silent.state().stack.length], [[], undefined, 2]);
});

test('a key without a meaning says so', () => {
	const robot = keyRobot(table());
	robot.press('%');
	assert.equal(robot.notice(), '% does nothing here. ? lists the keys of this screen');
});

test('a paste goes to the filter of a table, and nowhere on a page', async () => {
	const robot = keyRobot(table());
	robot.controller.press('web\nq\n:q\r', {paste: true});
	assert.equal(robot.state().prompt?.editor.text, 'web q :q');
	await robot.clock.advance(120);
	const top = topOf(robot);
	assert.equal(top.type === 'table' && top.filter, 'web q :q');
	assert.deepEqual(robot.world, []);
	const page = keyRobot(pageFrame());
	page.controller.press('qq', {paste: true});
	assert.deepEqual([page.state().prompt, page.world], [undefined, []]);
	assert.match(page.notice() ?? '', /paste does nothing here/);
});

test('digits are namespaces, or counts where the settings say so; on pages they always count', () => {
	const plain = keyRobot(table());
	plain.press('5j');
	assert.match(plain.state().notices[0]?.text ?? '', /no favourite namespace 5/);
	const counting = keyRobot(table(), {digits: 'count'});
	counting.press('5', 'j');
	const cursor = (robot: typeof counting): string | undefined => {
		const top = topOf(robot);
		return top.type === 'table' ? top.cursor : undefined;
	};
	assert.equal(cursor(counting), podId('pod-05'));
	counting.press('42G');
	assert.equal(cursor(counting), podId('pod-41'));
	counting.press('10gg');
	assert.equal(cursor(counting), podId('pod-09'));
	counting.press('3');
	assert.equal(counting.state().count, 3);
	counting.controller.press('', {escape: true});
	assert.deepEqual([counting.state().count, counting.state().stack.length], [0, 2]);
	const page = keyRobot(pageFrame({lines: linesOf('a', 'b', 'c', 'd', 'e', 'f'), screen: {type: 'calls', top: 0}}));
	page.press('3j');
	assert.deepEqual(topOf(page), {type: 'calls', top: 0, cursor: 'd'});
});

test('a leading 0 shows all namespaces, also where digits count', () => {
	const counting = keyRobot(table(), {digits: 'count'});
	counting.press('0');
	assert.deepEqual([counting.state().namespace, counting.state().count], [undefined, 0]);
});

test('tabs of an object keep their digits; in full screen they count', () => {
	const pod = objectScreen('pods', {apiVersion: 'v1', kind: 'Pod', name: 'a', namespace: 'shop'});
	const normal = keyRobot(pageFrame({lines: linesOf('a', 'b', 'c', 'd'), screen: pod}));
	normal.press('2');
	const top = topOf(normal);
	assert.equal(top.type === 'object' && top.tab, 'yaml');
	const full = keyRobot(pageFrame({lines: linesOf('a', 'b', 'c', 'd'), screen: {...pod, fullScreen: true}}));
	full.press('2j');
	const there = topOf(full);
	assert.ok(there.type === 'object');
	assert.deepEqual([there.tab, there.cursor], ['summary', 'c']);
});

test('remapped keys do what they were mapped to: actions, lines of the prompt, nothing', () => {
	const bindings = remap(bindingsOf(allActions), [
		{on: 'table', keys: 'x', action: 'object.nothing'},
		{on: 'table', keys: 'v', action: 'table.mark'},
		{on: 'any', keys: 'g k', action: ':nodes'},
		{on: 'table', keys: 'q', action: false},
	]);
	const robot = keyRobot(table(), {bindings});
	robot.press('v');
	const top = topOf(robot);
	assert.deepEqual(top.type === 'table' && top.marks, [podId('pod-00')]);
	robot.press('q');
	assert.match(robot.notice() ?? '', /q does nothing here/);
	robot.press('gk');
	const nodes = topOf(robot);
	assert.equal(nodes.type === 'table' && nodes.kind, 'nodes');
});

test('what cannot be done now says why', () => {
	const robot = keyRobot(tableFrame());
	robot.press('y');
	assert.equal(robot.notice(), 'There is no row here');
});

test('keys go to the dialog first, then to the prompt', () => {
	const dialog = {
		title: 'Sure?',
		lines: [],
		confirm: 'yes',
		keep: 'no',
		effects: [{type: 'theme', name: 'light'} as const],
		typed: '',
		top: 0,
		remembered: false,
	};
	const robot = keyRobot(table({dialog}));
	robot.press('j', 'y', 'n');
	assert.deepEqual([robot.state().dialog?.title, topOf(robot)], ['Sure?', table().state.stack[1]]);
	robot.press('\r');
	assert.deepEqual([robot.state().dialog, robot.state().theme], [undefined, 'light']);
});

test('a frozen screen holds still while data comes in, but not when one goes elsewhere or resizes', () => {
	const first = table();
	const second = tableFrame({items: items.slice(0, 3)});
	let view = first.view;
	const robot = keyRobot(first, {viewOf: state => (state.stack.length > 1 ? view : pageFrame().view)});
	robot.press(...':freeze\r');
	view = second.view;
	const frames = robot.frames();
	robot.controller.refresh();
	assert.equal(robot.frames(), frames);
	robot.press('j');
	assert.equal(robot.controller.snapshot().view, first.view);
	robot.controller.resize({columns: 100, rows: 30});
	assert.equal(robot.controller.snapshot().view, second.view);
	robot.press('go');
	assert.equal(robot.controller.snapshot().view.type, 'page');
});

test('a frozen screen counts what waits, from the moment on that it shows', () => {
	let changes = 7;
	const robot = keyRobot(table(), {changes: () => changes});
	const waiting = () => robot.controller.snapshot().waiting;
	changes = 8;
	robot.controller.refresh();
	assert.equal(waiting(), undefined);
	robot.press(...':freeze\r');
	assert.equal(waiting(), 0);
	changes = 50;
	const frames = robot.frames();
	robot.controller.refresh();
	robot.controller.refresh();
	assert.deepEqual([waiting(), robot.frames()], [42, frames + 1], 'a frame only where the number is another');
	robot.controller.resize({columns: 100, rows: 30});
	assert.equal(waiting(), 0, 'the resized screen was drawn from what is there now');
	changes = 51;
	robot.press(...':freeze\r');
	assert.equal(waiting(), undefined);
});

test('a row that went away leaves the cursor on its neighbour', () => {
	let view = table().view;
	const robot = keyRobot(table(), {viewOf: () => view});
	robot.press('jj');
	view = tableFrame({items: items.filter((_item, index) => index !== 2)}).view;
	robot.controller.refresh();
	const top = topOf(robot);
	assert.equal(top.type === 'table' && top.cursor, podId('pod-03'));
});

test('a smaller terminal keeps the cursor of a page in view', () => {
	const lines = linesOf(...Array.from({length: 40}, (_, index) => `line-${index}`));
	const robot = keyRobot(pageFrame({lines, screen: {type: 'calls', top: 0}, viewport: {columns: 140, rows: 40}}));
	robot.press('j'.repeat(30));
	robot.controller.resize({columns: 80, rows: 15});
	const top = topOf(robot);
	assert.ok(top.type === 'calls' && top.cursor === 'line-30');
	assert.ok(top.top <= 30 && top.top > 30 - 15, String(top.top));
});

const ref = {apiVersion: 'v1', kind: 'Secret', name: 'db', namespace: 'shop'};
const pages: readonly PageScreen[] = [
	{type: 'overview', top: 0},
	{type: 'contexts', top: 0},
	{type: 'calls', top: 0},
	{type: 'notices', top: 0},
	{type: 'aliases', top: 0},
	{type: 'help', about: 'table', filter: '', top: 0},
	{type: 'start', top: 0},
	objectScreen('secrets', ref),
	objectScreen('secrets', ref, 'yaml'),
];
const named = [
	'up',
	'down',
	'left',
	'right',
	'enter',
	'tab',
	's-tab',
	'space',
	'backspace',
	'delete',
	'home',
	'end',
	'pageup',
	'pagedown',
	's-left',
	's-right',
	's-up',
	's-down',
];
const singleKeys = [
	...Array.from({length: 94}, (_, index) => String.fromCharCode(33 + index)),
	...Array.from({length: 26}, (_, index) => String.fromCharCode(index + 1)),
	...named.map(name => keyBytes(`<${name}>`)),
	...Array.from({length: 26}, (_, index) => `\u001b${String.fromCharCode(97 + index)}`),
];
const harmless: ReadonlySet<Effect['type']> = new Set(['copy', 'export', 'reload', 'redraw', 'suspend', 'ask-quit']);

test('no single key and no paste does anything outside but copy, export the screen, read again, redraw, suspend and ask to quit', () => {
	const frames = [table(), tableFrame(), ...pages.map(screen => pageFrame({lines: linesOf('a', 'b'), screen}))];
	for (const frame of frames) {
		for (const key of singleKeys) {
			const robot = keyRobot(frame);
			robot.press(key);
			const on = frame.state.stack.at(-1)?.type;
			// Without a cluster there is nothing to lose: there q quits at once, as its line says.
			const wrong = robot.world.filter(({type}) => !harmless.has(type) && !(on === 'start' && key === 'q' && type === 'quit'));
			assert.deepEqual(wrong, [], `${JSON.stringify(key)} on ${on}`);
			assert.equal(robot.state().level, 'read');
		}
		const pasted = keyRobot(frame);
		pasted.controller.press(`${singleKeys.join('')}:mode write\r:q\r`, {paste: true});
		assert.deepEqual(pasted.world, []);
	}
});

test('the test of single keys would see a key that does more', () => {
	const bindings = remap(bindingsOf(allActions), [{on: 'any', keys: 'x', action: ':q'}]);
	const robot = keyRobot(table(), {bindings});
	robot.press('x');
	assert.deepEqual(robot.world, [{type: 'quit'}]);
});
