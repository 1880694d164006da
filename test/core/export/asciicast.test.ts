import assert from 'node:assert/strict';
import {test} from 'node:test';
import {castFrame, castHeader} from '../../../source/core/export/asciicast.ts';
import {VirtualScreen} from '../../tools/virtual-screen.ts';

test('a recording played on a terminal shows the last frame', async () => {
	const frames = [
		['one', 'two', 'three'],
		['one', '\x1b[31mTWO\x1b[39m', 'three'],
		['1', 'TWO', ''],
	];
	const header = JSON.parse(castHeader({columns: 10, rows: 3}, 1_700_000_000_500, 'k8tui')) as Readonly<Record<string, unknown>>;
	assert.deepEqual([header['version'], header['width'], header['height'], header['timestamp']], [2, 10, 3, 1_700_000_000]);
	using screen = new VirtualScreen({columns: 10, rows: 3});
	for (const [index, rows] of frames.entries()) {
		const event = castFrame(index * 1234, frames[index - 1], rows);
		assert.ok(event !== undefined);
		const [seconds, kind, data] = JSON.parse(event) as [number, string, string];
		assert.deepEqual([seconds, kind], [index * 1.234, 'o']);
		await screen.write(data);
	}
	assert.deepEqual(
		screen.lines().map(line => line.trimEnd()),
		['1', 'TWO', ''],
	);
});

test('a frame like the one before leaves nothing', () => {
	assert.equal(castFrame(10, ['a'], ['a']), undefined);
});
