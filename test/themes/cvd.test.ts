import assert from 'node:assert/strict';
import {test} from 'node:test';
import {colourDifference, deuteranopia} from '../../source/core/contrast.ts';
import {cvd} from '../../source/themes/cvd.ts';
import {checkAttributes, checkContrast} from '../tools/check-theme.ts';

test('cvd can be read, with colours and without', () => {
	assert.equal(cvd.name, 'cvd');
	checkContrast(cvd);
	checkAttributes(cvd);
});

test('its states are told apart without green-sensitive cones', () => {
	const states = ['ok', 'progressing', 'warning', 'error', 'unknown', 'terminating', 'muted'] as const;
	for (const [index, one] of states.entries()) {
		for (const other of states.slice(index + 1)) {
			const difference = colourDifference(deuteranopia(cvd.tones[one].hex), deuteranopia(cvd.tones[other].hex));
			const pair = `${one} and ${other}`;
			assert.ok(difference >= 10, `${pair}: ${difference}`);
		}
	}
});
