import assert from 'node:assert/strict';
import {test} from 'node:test';
import {longestPauseMs} from '../../source/core/cron-schedule.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const from = Date.parse('2026-11-21T12:00:00Z');

const pauses: ReadonlyArray<readonly [string, number | undefined]> = [
	['* * * * *', minute],
	['*/15 * * * *', 15 * minute],
	['5-59/20 * * * *', 20 * minute],
	['0 * * * *', hour],
	['@hourly', hour],
	['0 2 * * *', day],
	['@daily', day],
	['30 8,20 * * *', 12 * hour],
	['0 9-17 * * *', 16 * hour],
	['0 9 * * 1-5', 3 * day],
	['0 9 * * MON', 7 * day],
	['0 0 * * 7', 7 * day],
	['@weekly', 7 * day],
	['0 0 1 * *', 31 * day],
	['0 0 29 2 *', undefined],
	['0 0 1 JAN *', 366 * day],
	['0 0 1,15 * 5', 7 * day],
	['TZ=Europe/Berlin 0 2 * * *', day],
	['@every 90s', 90_000],
	['@every 6h', 6 * hour],
	['@every 1h30m', 90 * minute],
	['0 0 31 2 *', undefined],
	['61 * * * *', undefined],
	['* * * *', undefined],
	['*/0 * * * *', undefined],
	['5-1 * * * *', undefined],
	['', undefined],
	['every day', undefined],
];

for (const [schedule, pause] of pauses) test(`the longest pause of "${schedule}"`, () => assert.equal(longestPauseMs(schedule, from), pause));
