import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellText} from '../../source/core/cell-text.ts';
import type {Cell} from '../../source/core/table.ts';

const now = Date.UTC(2026, 10, 21, 14, 2, 31);

test('cells read as screens.md 10 has them', () => {
	const cases: ReadonlyArray<readonly [Cell, string]> = [
		[{type: 'text', text: 'Running\x1b[2J'}, 'Running\\x1b[2J'],
		[{type: 'number', value: 31, unit: 'count', since: now - 48_000}, '31 (48s)'],
		[{type: 'number', value: 6120, unit: 'count'}, '6,120'],
		[{type: 'number', value: 402, unit: 'millicores'}, '402m'],
		[{type: 'number', value: 233 * 1024 ** 2, unit: 'bytes'}, '233Mi'],
		[{type: 'number', value: 93.6, unit: 'percent'}, '94%'],
		[{type: 'number', unit: 'bytes'}, '-'],
		[{type: 'ratio', have: 0, want: 3}, '0/3'],
		[{type: 'age', since: now - 9 * 60_000}, '9m'],
		[{type: 'age'}, '-'],
		[{type: 'duration', ms: 12_000}, '12s'],
		[{type: 'duration', from: now - 3_600_000}, '60m'],
		[{type: 'duration'}, '-'],
	];
	for (const [cell, text] of cases) assert.equal(cellText(cell, now), text);
	assert.equal(cellText({type: 'age', since: now}, now, {times: 'utc'}), '14:02:31Z');
	assert.equal(cellText({type: 'age', since: now}, now, {times: 'local', offsetMinutes: 60}), '15:02:31+01');
});
