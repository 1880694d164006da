import assert from 'node:assert/strict';
import {test} from 'node:test';
import {barText, errorHistogram, minutesPerBar} from '../../../source/core/logs/log-counts.ts';
import {LogReading} from '../../../source/core/logs/log-reading.ts';
import {lineRecord} from './log-fixture.ts';

const start = Date.UTC(2026, 0, 14, 14, 0);
const minute = 60_000;
const errorAt = (id: number, minutes: number) => lineRecord(id, `ERROR ${id}`, {at: start + minutes * minute});
const counted = (minutes: readonly number[]) =>
	new LogReading().read(
		minutes.map((at, id) => errorAt(id, at)),
		{filters: [], context: 0, clearedBefore: 0, fold: true, events: true},
	);

test('a bar a minute, as long as they fit', () => {
	const counts = counted([0, 0, 2, 5]);
	assert.deepEqual(errorHistogram(counts, 40), [2, 0, 1, 0, 0, 1]);
	assert.equal(minutesPerBar(counts, 40), 1);
});

test('more minutes than columns share a bar, and no error is lost', () => {
	const counts = counted([0, 1, 2, 50, 99, 119]);
	assert.deepEqual(minutesPerBar(counts, 10), 15);
	const bars = errorHistogram(counts, 10);
	assert.equal(bars.length, 8);
	assert.equal(
		bars.reduce((sum, count) => sum + count, 0),
		6,
	);
});

const spans: ReadonlyArray<readonly [minutes: number, text: string]> = [
	[0, 'min'],
	[9, 'min'],
	[25, '3 min'],
	[6 * 60, 'h'],
	[40 * 60, '6 h'],
	[6 * 24 * 60, 'day'],
	[100 * 24 * 60, '30 days'],
	[400 * 24 * 60, '90 days'],
	[50 * 365 * 24 * 60, '8 years'],
];

for (const [minutes, text] of spans)
	test(`errors over ${minutes} minutes in ten bars: errors/${text}, none of them lost`, () => {
		const counts = counted([0, minutes / 2, minutes]);
		assert.equal(barText(minutesPerBar(counts, 10)), text);
		const bars = errorHistogram(counts, 10);
		assert.ok(bars.length <= 10);
		assert.equal(
			bars.reduce((sum, count) => sum + count, 0),
			3,
		);
	});

test('without rows or room there is nothing to draw', () => {
	assert.deepEqual(errorHistogram(counted([]), 40), []);
	assert.deepEqual(errorHistogram(counted([1]), 0), []);
});
