import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Ring, ringLength, slotMs} from '../../../source/core/top/ring.ts';

const start = Date.UTC(2026, 0, 1);
const at = (slot: number): number => start + slot * slotMs + 4000;
const text = (values: readonly number[]): string => values.map(value => (Number.isNaN(value) ? '-' : String(value))).join(' ');

test('sixty samples, the oldest go', () => {
	const ring = new Ring();
	for (let slot = 0; slot < 70; slot++) ring.put(at(slot), slot, slot * 10);
	const values = ring.values('cpu', at(69));
	assert.equal(values.length, ringLength);
	assert.deepEqual([values[0], values.at(-1)], [10, 69]);
	assert.deepEqual(ring.values('memory', at(69), 2), [680, 690]);
});

test('a gap is NaN and never zero; one slot between two samples is none', () => {
	const ring = new Ring();
	ring.put(at(0), 1, 1);
	ring.put(at(2), 3, 3);
	ring.put(at(6), 7, undefined);
	assert.equal(text(ring.values('cpu', at(6), 7)), '1 3 3 - - - 7');
	assert.equal(text(ring.values('memory', at(6), 7)), '1 3 3 - - - -');
	// Nothing came since: the course moves on and shows it.
	assert.equal(text(ring.values('cpu', at(8), 4)), '- 7 - -');
	assert.equal(text(ring.values('cpu', at(300), 3)), '- - -');
});

test('the same time again replaces, an old one fills, one too old is left out', () => {
	const ring = new Ring();
	ring.put(at(100), 5, 5);
	ring.put(at(100), 6, 6);
	ring.put(at(98), 4, 4);
	ring.put(at(30), 9, 9);
	assert.equal(text(ring.values('cpu', at(100), 4)), '- 4 - 6');
});

test('what others remember fills gaps alone', () => {
	const ring = new Ring();
	ring.fill(at(1), 1, 1);
	assert.equal(text(ring.values('cpu', at(3), 3)), '- - -');
	ring.put(at(3), 30, 30);
	ring.fill(at(1), 10, undefined);
	ring.fill(at(2), 20, 20);
	ring.fill(at(3), 99, 99);
	ring.fill(at(4), 99, 99);
	assert.equal(text(ring.values('cpu', at(4), 4)), '10 20 30 -');
	assert.equal(text(ring.values('memory', at(4), 4)), '- 20 30 -');
});
