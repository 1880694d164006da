import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {AppState} from '../../source/core/app-state.ts';
import {linesOf, pageFrame, podItem, tableFrame} from '../tools/frames.ts';
import {keyBytes} from '../tools/key-bytes.ts';
import {type KeyRobot, keyRobot, topOf} from '../tools/key-robot.ts';

const items = ['web-1', 'web-2', 'db-1'].map(name => podItem(name));
const robotOn = (state: Partial<AppState> = {}): KeyRobot => keyRobot(tableFrame({items, state}));
const typed = (robot: KeyRobot): string | undefined => robot.state().prompt?.editor.text;
const filterOf = (robot: KeyRobot): string | undefined => {
	const top = topOf(robot);
	return top.type === 'table' ? top.filter : undefined;
};
const esc = (robot: KeyRobot): void => robot.controller.press('', {escape: true});

test(': takes a line, Enter runs it and remembers it, Esc forgets it', () => {
	const robot = robotOn();
	robot.press(':nodes', '\r');
	const top = topOf(robot);
	assert.ok(top.type === 'table' && top.kind === 'nodes');
	assert.deepEqual([robot.state().history, robot.state().prompt], [['nodes'], undefined]);
	robot.press(':events');
	esc(robot);
	assert.deepEqual([robot.state().history, robot.state().prompt], [['nodes'], undefined]);
});

test('Up recalls what was run', () => {
	const robot = robotOn({history: ['nodes', 'pods -A']});
	robot.press(':', keyBytes('<up>'));
	assert.equal(typed(robot), 'pods -A');
	robot.press(keyBytes('<up>'));
	assert.equal(typed(robot), 'nodes');
});

test('Tab and Right complete, and what is completed is only run by Enter', () => {
	const robot = robotOn();
	robot.press(':deploy', '\t');
	assert.equal(typed(robot), 'deployments');
	assert.deepEqual(robot.controller.snapshot().view.type, 'table');
	esc(robot);
	robot.press(':theme l', keyBytes('<right>'));
	assert.equal(typed(robot), 'theme light');
	assert.equal(robot.state().theme, 'dark');
});

test('own words stand for their lines', () => {
	const robot = robotOn();
	robot.press(':crash\r');
	assert.equal(filterOf(robot), 'status=CrashLoopBackOff');
});

test('the filter runs when typing rests, and Enter keeps it', async () => {
	const robot = robotOn();
	robot.press('/', 'we');
	assert.equal(filterOf(robot), '');
	await robot.clock.advance(119);
	assert.equal(filterOf(robot), '');
	await robot.clock.advance(1);
	assert.equal(filterOf(robot), 'we');
	robot.press('b\r');
	assert.deepEqual([filterOf(robot), robot.state().prompt], ['web', undefined]);
	await robot.clock.advance(1000);
	assert.equal(filterOf(robot), 'web');
});

test('Esc undoes the filter being typed, whenever it comes', async () => {
	const robot = robotOn();
	robot.press('/db\r', '/x');
	await robot.clock.advance(200);
	assert.equal(filterOf(robot), 'dbx');
	esc(robot);
	assert.equal(filterOf(robot), 'db');
	robot.press('/y');
	esc(robot);
	await robot.clock.advance(1000);
	assert.equal(filterOf(robot), 'db');
});

test('a wrong filter is not taken: Enter stays, the last good one stays in force', async () => {
	const robot = robotOn();
	robot.press('/web\r', '/ restarts>5x');
	await robot.clock.advance(1000);
	// `web restarts>5` was good for a moment, but typing did not rest there.
	assert.equal(filterOf(robot), 'web');
	robot.press('\r');
	assert.deepEqual([typed(robot), filterOf(robot)], ['web restarts>5x', 'web']);
	robot.press(keyBytes('<backspace>'), '\r');
	assert.deepEqual([robot.state().prompt, filterOf(robot)], [undefined, 'web restarts>5']);
});

test('Backspace in an empty prompt leaves it', async () => {
	const robot = robotOn();
	robot.press('/w', keyBytes('<backspace>'), keyBytes('<backspace>'));
	assert.equal(robot.state().prompt, undefined);
	await robot.clock.advance(1000);
	assert.equal(filterOf(robot), '');
});

test('/ on a page searches: Enter goes to the first place from the cursor on', () => {
	const robot = keyRobot(pageFrame({lines: linesOf('alpha', 'beta', 'alphabet'), screen: {type: 'calls', cursor: 'beta', top: 0}}));
	robot.press('/alpha\r');
	assert.deepEqual(topOf(robot), {type: 'calls', cursor: 'alphabet', top: 0, search: 'alpha'});
	assert.equal(robot.notice(), 'Match 2 of 2');
});

test('/ in help narrows the list', () => {
	const robot = keyRobot(pageFrame({screen: {type: 'help', about: 'table', filter: '', top: 0}}));
	robot.press('/copy\r');
	assert.deepEqual(topOf(robot), {type: 'help', about: 'table', filter: 'copy', top: 0});
});

test('the palette finds by letters, moves with arrows, and does what is picked', () => {
	const robot = robotOn();
	robot.press(keyBytes('<c-p>'), 'sort by age');
	assert.match(robot.controller.snapshot().choices[0]?.text ?? '', /^Sort by AGE/);
	robot.press('\r');
	const top = topOf(robot);
	assert.deepEqual(top.type === 'table' && top.sort, {by: 'age', descending: false});
	const moved = robotOn();
	moved.press('.', keyBytes('<down>'), keyBytes('<down>'), keyBytes('<up>'));
	assert.equal(moved.state().prompt?.picked, 1);
	moved.press(keyBytes('<up>'), keyBytes('<up>'));
	assert.equal(moved.state().prompt?.picked, 0);
	moved.press('zzzzzz', '\r');
	assert.equal(moved.state().prompt?.kind, 'actions');
});
