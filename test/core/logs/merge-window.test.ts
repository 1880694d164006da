import assert from 'node:assert/strict';
import {test} from 'node:test';
import {MergeWindow} from '../../../source/core/logs/merge-window.ts';

const record = (source: string, at: number) => ({source, at});

test('records of several sources come out by time within the window', () => {
	const window = new MergeWindow<{source: string; at: number}>(500);
	for (const [now, source, at] of [
		[0, 'a', 100],
		[10, 'b', 50],
		[20, 'a', 200],
		[30, 'b', 150],
	] as const)
		window.push(record(source, at), now);
	assert.deepEqual(window.release(400), []);
	assert.deepEqual(
		window.release(600).map(({at}) => at),
		[50, 100, 150, 200],
	);
	assert.equal(window.size, 0);
});

test('what was released is never put behind anything again', () => {
	const window = new MergeWindow<{source: string; at: number}>(500);
	window.push(record('a', 1000), 0);
	assert.equal(window.release(500).length, 1);
	window.push(record('b', 10), 600);
	assert.deepEqual(
		window.release(1100).map(({at}) => at),
		[10],
	);
});

test('a newer record stays while its window is open, an older one before it goes along', () => {
	const window = new MergeWindow<{source: string; at: number}>(500);
	window.push(record('a', 300), 0);
	window.push(record('b', 200), 400);
	window.push(record('b', 900), 450);
	assert.deepEqual(
		window.release(500).map(({at}) => at),
		[200, 300],
	);
	assert.equal(window.size, 1);
});

test('lines of one source keep their order, whatever its clock does', () => {
	const window = new MergeWindow<{source: string; at: number}>(500);
	for (const at of [500, 400, 450, 10]) window.push(record('a', at), 0);
	window.push(record('b', 460), 0);
	assert.deepEqual(
		window.flush().map(({source, at}) => `${source}${at}`),
		['b460', 'a500', 'a400', 'a450', 'a10'],
	);
});
