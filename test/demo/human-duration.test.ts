import assert from 'node:assert/strict';
import {test} from 'node:test';
import {humanDuration, untilNextText} from '../../source/demo/human-duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

// The table of k8s.io/apimachinery util/duration, duration_test.go.
const cases: ReadonlyArray<readonly [number, string]> = [
	[-2 * second, '<invalid>'],
	[-second, '0s'],
	[0, '0s'],
	[second - 1, '0s'],
	[second, '1s'],
	[2 * minute - 1, '119s'],
	[2 * minute, '2m'],
	[2 * minute + second, '2m1s'],
	[10 * minute - 1, '9m59s'],
	[10 * minute, '10m'],
	[3 * hour - 1, '179m'],
	[3 * hour, '3h'],
	[3 * hour + minute, '3h1m'],
	[8 * hour - 1, '7h59m'],
	[8 * hour, '8h'],
	[2 * day - 1, '47h'],
	[2 * day, '2d'],
	[2 * day + hour, '2d1h'],
	[8 * day - 1, '7d23h'],
	[8 * day, '8d'],
	[2 * year - 1, '729d'],
	[2 * year, '2y'],
	[2 * year + day, '2y1d'],
	[8 * year - 1, '7y364d'],
	[8 * year, '8y'],
];

test('a duration has the text that the API server prints', () => {
	for (const [milliseconds, text] of cases) assert.equal(humanDuration(milliseconds), text);
});

test('the text stays until the moment that is foretold, and changes at it', () => {
	for (const [milliseconds] of cases) {
		if (milliseconds < 0) continue;
		const left = untilNextText(milliseconds);
		assert.ok(left > 0);
		assert.equal(humanDuration(milliseconds + left - 1), humanDuration(milliseconds), String(milliseconds));
	}
	for (const start of [0, 90 * second, 5 * minute, 2 * hour, 5 * hour, 20 * hour, 5 * day, 100 * day, 3 * year, 9 * year]) {
		assert.notEqual(humanDuration(start + untilNextText(start)), humanDuration(start), String(start));
	}
});
