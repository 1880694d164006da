import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Effect} from '../../source/core/effect.ts';
import type {LogRecord} from '../../source/core/logs/log-record.ts';
import type {LogsScreen} from '../../source/core/screen.ts';
import {logsCommand} from '../../source/pages/logs-commands.ts';
import {windowOf} from '../../source/pages/logs.ts';
import {lineRecord} from '../core/logs/log-fixture.ts';
import {factsOf, modelOf, setting, sourceOf} from './logs-fixture.ts';

const errors = new Set([20, 50, 90]);
const hundred = Array.from({length: 100}, (_none, id) => lineRecord(id, `${errors.has(id) ? 'ERROR' : 'INFO'} line ${id}`));

/** A reader of 100 lines: presses commands, sees which rows are on screen. */
function reader(records: readonly LogRecord[] = hundred, screen: Partial<LogsScreen> = {}, rows = 24) {
	let state = screen;
	let told: readonly Effect[] = [];
	const facts = () => factsOf(modelOf(records), state, setting(80, rows));
	return {
		press(command: string, ...words: readonly string[]) {
			told = logsCommand(command, words, facts());
			for (const effect of told) if (effect.type === 'change' && effect.screen.type === 'logs') state = {...state, ...effect.screen};
			return this;
		},
		get state() {
			return state;
		},
		get told() {
			return told;
		},
		get notice() {
			return told.find(effect => effect.type === 'notice')?.text;
		},
		/** Ids of the first, the cursor's and the last row on screen. */
		get place() {
			const made = facts();
			const window = windowOf(made);
			const id = (index: number | undefined) => (index === undefined ? undefined : made.rows.shown[index]?.id);
			return [id(window.rows[0]?.index), id(window.cursor), id(window.rows.at(-1)?.index)];
		},
	};
}

test('while following the newest row is at the end and has the cursor', () => assert.deepEqual(reader().place, [84, 99, 99]));

test('going up stops following and moves the cursor, then the rows', () => {
	const it = reader();
	assert.deepEqual(it.press('move', 'up').place, [84, 98, 99]);
	assert.equal(it.state.follow, false);
	assert.equal(it.state.pausedAt, 100);
	assert.deepEqual(it.press('move', 'up', '20').place, [78, 78, 93]);
	assert.deepEqual(it.press('move', 'down').place, [78, 79, 93]);
	assert.deepEqual(it.press('move', 'page-up').place, [63, 64, 78]);
	assert.deepEqual(it.press('move', 'page-down').place, [78, 79, 93]);
	assert.deepEqual(it.press('move', 'first').place, [0, 0, 15]);
	assert.deepEqual(it.press('move', '43').place, [27, 42, 42]);
	assert.deepEqual(it.press('move', 'last').place, [84, 99, 99]);
	assert.equal(it.state.follow, true);
});

test('a key at the end, or in an empty log, does nothing', () => {
	assert.deepEqual(reader().press('move', 'down').told, []);
	assert.deepEqual(reader([]).press('move', 'up').told, []);
	assert.deepEqual(reader([]).press('mark').told, []);
	assert.equal(reader([]).press('copy').notice, 'There is no line to copy');
	assert.deepEqual(reader().press('no-such-command').told, []);
});

test('right goes as far as the longest text on screen, left comes back; short lines stay', () => {
	const long = reader([lineRecord(0, 'x'.repeat(100)), lineRecord(1, 'short')]);
	const lefts = Array.from({length: 6}, () => long.press('sideways', '1').state.left);
	assert.deepEqual(lefts, [16, 32, 48, 64, 80, 80]);
	assert.equal(long.state.wrap, false);
	assert.equal(long.press('sideways', '-1').state.left, 64);
	assert.equal(reader().press('sideways', '1').state.left, 0);
	const columns = reader([lineRecord(0, JSON.stringify({msg: 'm', field: 'y'.repeat(40)}))], {fields: 'columns'});
	assert.equal(columns.press('sideways', '1').state.left, 16);
});

test('e goes from error to error, round the end', () => {
	const it = reader();
	assert.equal(it.press('error').notice, 'Error 3 of 3, the newest');
	assert.equal(it.place[1], 90);
	assert.equal(it.press('error').notice, 'Error 1 of 3, from the top');
	assert.equal(it.place[1], 20);
	assert.equal(it.press('error').notice, 'Error 2 of 3');
	assert.equal(it.press('error').place[1], 90);
	assert.equal(reader(hundred.slice(0, 10)).press('error').notice, 'No line shown is an error');
});

test('a search begins at the end that is followed and goes on in both directions', () => {
	const it = reader();
	assert.equal(it.press('find', '0', 'line 1').notice, 'Match 11 of 11');
	assert.equal(it.place[1], 19);
	assert.equal(it.press('find', '1', 'line 1').place[1], 1);
	assert.equal(it.press('find', '-1', 'line 1').notice, 'Match 11 of 11, from the end');
	assert.match(it.press('find', '1', 'zebra').notice ?? '', /No line holds zebra/);
	assert.match(it.press('find', '1', '/(/').notice ?? '', /no regular expression/);
	assert.match(it.press('find', '1', '').notice ?? '', /Nothing is searched for/);
});

test('marks are set and taken away, and copied together', () => {
	const it = reader().press('mark').press('move', 'up').press('mark');
	assert.deepEqual(it.state.marks, [99, 98]);
	assert.deepEqual(it.press('copy').told, [{type: 'copy', text: 'INFO line 98\nINFO line 99', what: '2 lines'}]);
	assert.deepEqual(it.press('mark').state.marks, [99]);
	assert.deepEqual(reader().press('copy').told, [{type: 'copy', text: 'INFO line 99', what: 'INFO line 99'}]);
});

test('clear hides what was read so far', () => {
	const it = reader().press('clear');
	assert.equal(it.state.clearedBefore, 100);
	assert.deepEqual(it.place, [undefined, undefined, undefined]);
});

test('s stops and goes on; what is on screen stays', () => {
	const it = reader().press('follow');
	assert.deepEqual([it.state.follow, it.state.top, it.state.cursor], [false, 84, 'line:99']);
	assert.equal(it.press('follow').state.follow, true);
});

test('a narrows to the container of the line and shows all again', () => {
	const it = reader();
	assert.equal(it.press('containers').notice, 'There is one container only');
	const sources = [sourceOf('xw8pl', 'app'), sourceOf('xw8pl', 'envoy')];
	const effects = logsCommand('containers', [], factsOf(modelOf(hundred, {sources})));
	assert.deepEqual(effects[0], {type: 'change', screen: {type: 'logs', follow: true, clearedBefore: 0, marks: [], container: 'app'}});
	const back = logsCommand('containers', [], factsOf(modelOf(hundred, {sources}), {container: 'app'}));
	assert.ok(back[0]?.type === 'change' && back[0].screen.type === 'logs' && back[0].screen.container === undefined);
});

test('Enter opens the line in full, and keys scroll it', () => {
	const trace = Array.from({length: 40}, (_none, id) => lineRecord(id, id === 0 ? 'Error: x' : `    at f${id} (x.js:${id}:1)`, {at: 1000 + id}));
	const it = reader(trace).press('open');
	assert.deepEqual(it.state.detail, {id: 0, top: 0});
	assert.equal(it.press('move', 'down', '3').state.detail?.top, 3);
	assert.equal(it.press('move', 'page-down').state.detail?.top, 21);
	assert.ok((it.press('move', 'last').state.detail?.top ?? 0) > 25);
	assert.equal(it.press('move', 'first').state.detail?.top, 0);
});

test('& makes a filter of what is searched for, else asks for one', () => {
	const it = reader(hundred, {search: 'line 1'}).press('only');
	assert.deepEqual(it.state.filters, [{type: 'include', pattern: 'line 1', regex: false}]);
	assert.equal(it.state.search, undefined);
	assert.deepEqual(reader().press('only').told, [{type: 'prompt', prompt: 'command', text: 'filter +'}]);
});

test(':at goes to the first line of a time', () => {
	const it = reader().press('at', '14:02:00');
	assert.deepEqual(it.place, [12, 12, 27]);
	assert.match(reader().press('at', 'noon').notice ?? '', /is no time/);
	assert.match(reader(hundred.slice(0, 5)).press('at', '14:02:20').notice ?? '', /this is the last/);
});

test('what is shown is saved and piped, filtered lines are not', () => {
	const it = reader(hundred, {filters: [{type: 'level', least: 'error'}]});
	const [save] = it.press('save', '~/x.log').told;
	assert.ok(save?.type === 'save');
	assert.equal(save.path, '~/x.log');
	assert.equal(save.what, '3 lines');
	assert.match(save.content.join(''), /^2026-01-14T14:02:08.000Z ERROR line 20\n/);
	const [pipe] = it.press('pipe', 'less').told;
	assert.ok(pipe?.type === 'pipe' && pipe.command === 'less' && pipe.text.split('\n').length === 4);
	assert.equal(reader([]).press('save', 'x').notice, 'There is no line to save');
});

test('rows of many lines: the one with the cursor is always whole, the screen is always full', () => {
	const long = Array.from({length: 60}, (_none, id) => lineRecord(id, `${id} ${'word '.repeat((id * 7) % 40)}`));
	const it = reader(long, {}, 24);
	for (const key of ['up', 'up', 'page-up', 'down', 'page-up', 'page-up', 'down', 'first', 'page-down', 'page-down', 'up', 'page-down']) {
		it.press('move', key);
		const window = windowOf(factsOf(modelOf(long), it.state, setting(80, 24)));
		const row = window.rows.find(({index}) => index === window.cursor);
		assert.ok(row !== undefined, key);
		assert.equal(
			window.rows.reduce((sum, {lines}) => sum + lines.length, 0),
			16,
			key,
		);
	}
});
