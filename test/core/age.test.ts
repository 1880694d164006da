import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatTime, humanDuration, nextChangeMs, parseHumanDuration} from '../../source/core/age.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test('ages as kubectl prints them', () => {
	const cases: ReadonlyArray<readonly [number, string]> = [
		[-2 * second, '<invalid>'],
		[-1999, '0s'],
		[-1, '0s'],
		[0, '0s'],
		[999, '0s'],
		[48 * second, '48s'],
		[119 * second, '119s'],
		[120 * second, '2m'],
		[121 * second, '2m1s'],
		[9 * minute + 59 * second, '9m59s'],
		[10 * minute + 5 * second, '10m'],
		[179 * minute, '179m'],
		[3 * hour, '3h'],
		[3 * hour + 12 * minute, '3h12m'],
		[7 * hour + 59 * minute, '7h59m'],
		[8 * hour + 30 * minute, '8h'],
		[47 * hour, '47h'],
		[2 * day, '2d'],
		[2 * day + 5 * hour, '2d5h'],
		[7 * day + 23 * hour, '7d23h'],
		[8 * day + 23 * hour, '8d'],
		[729 * day, '729d'],
		[730 * day, '2y'],
		[760 * day, '2y30d'],
		[2919 * day, '7y364d'],
		[2920 * day, '8y'],
		[4000 * day, '10y'],
	];
	for (const [ms, text] of cases) assert.equal(humanDuration(ms), text, String(ms));
});

test('nextChangeMs is exactly when the text changes', () => {
	const ages = [-5000, -2000, -1999, -1, 0, 1, 999, 119_500, 120_000, 599_001, 10 * minute, 3 * hour - 1, 3 * hour, 8 * hour - 1, 8 * hour, 48 * hour - 1];
	for (const age of [...ages, 2 * day, 8 * day - 1, 8 * day, 400 * day + 7, 730 * day - 1, 730 * day, 2920 * day - 1, 2920 * day, 5000 * day]) {
		const next = nextChangeMs(age);
		assert.ok(next > 0, `${age}`);
		assert.equal(humanDuration(age + next - 1), humanDuration(age), `${age} changes too early`);
		assert.notEqual(humanDuration(age + next), humanDuration(age), `${age} does not change`);
	}
});

test('durations are read back', () => {
	const cases: ReadonlyArray<readonly [string, number | undefined]> = [
		['48s', 48 * second],
		['3h12m', 3 * hour + 12 * minute],
		['21d', 21 * day],
		['1.5h', 90 * minute],
		['2w', 14 * day],
		['2y30d', 760 * day],
		['500ms', 500],
		['5', undefined],
		['', undefined],
		['5x', undefined],
		['<invalid>', undefined],
		['m5', undefined],
	];
	for (const [text, ms] of cases) assert.equal(parseHumanDuration(text), ms, text);
});

test('times in the three modes', () => {
	const now = Date.UTC(2026, 10, 21, 14, 2, 31);
	assert.equal(formatTime(now - 9 * minute - 30 * second, 'age', now, 0), '9m30s');
	assert.equal(formatTime(now, 'utc', now, 120), '14:02:31Z');
	assert.equal(formatTime(now, 'local', now, 120), '16:02:31+02');
	assert.equal(formatTime(now, 'local', now, -210), '10:32:31-03:30');
	assert.equal(formatTime(now - day, 'utc', now, 0), '2026-11-20 14:02:31Z');
	assert.equal(formatTime(now - 3 * hour, 'local', now, -12 * 60), '2026-11-20 23:02:31-12');
	assert.equal(formatTime(Number.NaN, 'utc', now, 0), '<invalid>');
});
