import assert from 'node:assert/strict';
import {test} from 'node:test';
import {momentOf} from '../../../source/core/logs/log-moment.ts';

const now = Date.UTC(2026, 0, 14, 14, 2, 31);

const moments: ReadonlyArray<readonly [string, number | undefined]> = [
	['14:02', Date.UTC(2026, 0, 14, 14, 2)],
	['14:02:30', Date.UTC(2026, 0, 14, 14, 2, 30)],
	['14:02:30.5Z', Date.UTC(2026, 0, 14, 14, 2, 30, 500)],
	['23:59', Date.UTC(2026, 0, 13, 23, 59)],
	['10m', now - 600_000],
	['-1h30m', now - 5_400_000],
	['2026-01-14T13:00', Date.UTC(2026, 0, 14, 13)],
	['2026-01-14T13:00:00+01:00', Date.UTC(2026, 0, 14, 12)],
	['2026-01-13', Date.UTC(2026, 0, 13)],
	['24:00', undefined],
	['noon', undefined],
	['2026-99-99T1', undefined],
	['', undefined],
];

for (const [text, at] of moments)
	test(`${text === '' ? 'nothing' : text} is ${at === undefined ? 'no moment' : new Date(at).toISOString()}`, () => assert.equal(momentOf(text, now), at));
