import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Paced} from '../../source/store/paced.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

test('the first request runs at once, those of the next second become one, and after a rest it is at once again', async () => {
	const clock = createFakeClock();
	const ran: number[] = [];
	const start = clock.now();
	const paced = new Paced(clock, 1000, () => ran.push(clock.now() - start));
	paced.request();
	await clock.advance(100);
	paced.request();
	paced.request();
	await clock.advance(5000);
	paced.request();
	await clock.advance(0);
	assert.deepEqual(ran, [0, 1000, 5100]);
});

test('what waits is dropped when it is over', async () => {
	const clock = createFakeClock();
	let ran = 0;
	const paced = new Paced(clock, 1000, () => ran++);
	paced.request();
	paced[Symbol.dispose]();
	await clock.advance(5000);
	assert.deepEqual([ran, clock.pending()], [0, 0]);
});
