import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Flashes} from '../../source/store/flashes.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

test('a change stands out for a second; told once when it fades, and never of a row that is gone', async () => {
	const clock = createFakeClock();
	let faded = 0;
	const flashes = new Flashes(clock, () => faded++);
	const rows = new Map([['a', 1] as const, ['b', 2] as const]);
	flashes.mark('a', [1]);
	flashes.mark('gone', 'new');
	assert.deepEqual([...flashes.current(rows)], [['a', [1]]]);
	await clock.advance(600);
	flashes.mark('b', 'new');
	assert.deepEqual(
		[...flashes.current(rows)],
		[
			['a', [1]],
			['b', 'new'],
		],
	);
	await clock.advance(401);
	assert.equal(faded, 1);
	assert.deepEqual([...flashes.current(rows)], [['b', 'new']]);
	await clock.advance(600);
	assert.equal(faded, 2);
	assert.deepEqual([...flashes.current(rows)], []);
	assert.equal(clock.pending(), 0);
});
