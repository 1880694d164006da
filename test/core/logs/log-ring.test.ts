import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {LogRecord} from '../../../source/core/logs/log-record.ts';
import {LogRing} from '../../../source/core/logs/log-ring.ts';
import {seededRandom} from '../../tools/random.ts';

const origin = {namespace: 'shop', pod: 'web', container: 'main', restart: 0};
const record = (id: number): LogRecord => ({type: 'line', id, origin, stamp: '', at: id, text: ''});

test('received is held and dropped together, whatever comes; the newest are held in order', () => {
	const random = seededRandom(3);
	const ring = new LogRing(500, 200_000);
	for (let id = 0; id < 20_000; id++) {
		ring.push(record(id), random.below(1000) === 0 ? 150_000 : random.below(400));
		const {received, held, dropped, bytes} = ring.counters();
		assert.equal(received, id + 1);
		assert.equal(held + dropped, received);
		assert.ok(held <= 500 && bytes <= 200_000);
		if (id % 997 === 0) {
			const records = ring.records();
			assert.equal(records.length, held);
			assert.deepEqual(
				records.map(one => one.id),
				Array.from({length: held}, (_one, index) => id - held + 1 + index),
			);
		}
	}
});

test('the records are the same array until something is pushed', () => {
	const ring = new LogRing(10, 10_000);
	ring.push(record(0), 1);
	const before = ring.records();
	assert.equal(ring.records(), before);
	ring.push(record(1), 1);
	assert.notEqual(ring.records(), before);
	assert.equal(before.length, 1);
});

test('a line larger than all that may be held is held alone', () => {
	const ring = new LogRing(10, 1000);
	ring.push(record(0), 10);
	ring.push(record(1), 5000);
	assert.deepEqual(
		ring.records().map(({id}) => id),
		[1],
	);
	ring.push(record(2), 10);
	assert.deepEqual(
		ring.records().map(({id}) => id),
		[2],
	);
});
