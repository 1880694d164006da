import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createBackoff} from '../../source/kube/backoff.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {seededRandom} from '../tools/random.ts';

test('waits grow from 0.8 s, each at most three times the last, up to 30 s', () => {
	for (let seed = 1; seed < 50; seed++) {
		const backoff = createBackoff(createFakeClock(), seededRandom(seed).next);
		let last = 800;
		for (let tries = 0; tries < 30; tries++) {
			const wait = backoff.next();
			assert.ok(wait >= 800 && wait <= Math.min(30_000, 3 * last), `seed ${seed}: ${last} -> ${wait}`);
			last = wait;
		}
	}
});

test('two minutes without a failure, or a reset, and it begins anew', async () => {
	const clock = createFakeClock();
	const backoff = createBackoff(clock, () => 0.999);
	for (let tries = 0; tries < 10; tries++) backoff.next();
	assert.ok(backoff.next() > 29_000);
	await clock.advance(100_000);
	assert.ok(backoff.next() > 29_000);
	await clock.advance(160_000);
	assert.ok(backoff.next() <= 2_400);
	for (let tries = 0; tries < 10; tries++) backoff.next();
	backoff.reset();
	assert.ok(backoff.next() <= 2_400);
});
