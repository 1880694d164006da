import assert from 'node:assert/strict';
import {test} from 'node:test';
import {colourDifference, contrastRatio, deuteranopia} from '../../source/core/contrast.ts';
import type {Theme} from '../../source/core/theme.ts';
import {tones} from '../../source/core/tone.ts';
import {contrast} from '../../source/themes/contrast.ts';
import {cvd} from '../../source/themes/cvd.ts';
import {dark} from '../../source/themes/dark.ts';
import {light} from '../../source/themes/light.ts';
import {mono} from '../../source/themes/mono.ts';

const themes: readonly Theme[] = [dark, light, contrast, cvd, mono];
// screens.md 12, number 19.
const leastRatio = 4.5;

/** The colour of a 256 index above the 16 (xterm's cube and greys). */
function indexHex(index: number): string {
	assert.ok(index >= 16 && index <= 255, String(index));
	const part = (value: number): string => value.toString(16).padStart(2, '0');
	if (index >= 232) return `#${part(8 + (index - 232) * 10).repeat(3)}`;
	const step = (value: number): number => (value === 0 ? 0 : 55 + value * 40);
	const cube = index - 16;
	return `#${part(step(Math.floor(cube / 36)))}${part(step(Math.floor(cube / 6) % 6))}${part(step(cube % 6))}`;
}

for (const theme of themes) {
	test(`${theme.name}: every token can be read, in 24 bit and in 256 colours`, () => {
		for (const tone of tones) {
			const {hex, index} = theme.tones[tone];
			assert.ok(contrastRatio(hex, theme.background) >= leastRatio, `${tone} ${contrastRatio(hex, theme.background)}`);
			assert.ok(contrastRatio(indexHex(index), theme.background) >= leastRatio, `${tone} ${index} ${contrastRatio(indexHex(index), theme.background)}`);
		}
		for (const {foreground, background} of [theme.selection, theme.changed]) {
			assert.ok(contrastRatio(foreground.hex, background.hex) >= leastRatio, background.hex);
			assert.ok(contrastRatio(indexHex(foreground.index), indexHex(background.index)) >= leastRatio, String(background.index));
		}
	});
}

// The table in screens.md 7 puts these two at 7.8, where 10 is told apart at a glance: only symbol and word keep them apart.
const nearPair = {states: 'unknown and muted', least: 7.5};

test('the states of cvd are told apart without green-sensitive cones', () => {
	const states = ['ok', 'progressing', 'warning', 'error', 'unknown', 'terminating', 'muted'] as const;
	for (const [index, one] of states.entries()) {
		for (const other of states.slice(index + 1)) {
			const difference = colourDifference(deuteranopia(cvd.tones[one].hex), deuteranopia(cvd.tones[other].hex));
			const pair = `${one} and ${other}`;
			assert.ok(difference >= (pair === nearPair.states ? nearPair.least : 10), `${pair}: ${difference}`);
		}
	}
});

test('without colours the grave states have attributes of their own', () => {
	for (const theme of themes) {
		assert.deepEqual(theme.tones.warning.mono, ['bold']);
		assert.deepEqual(theme.tones.error.mono, ['bold', 'underline']);
		assert.equal(theme.tones.ok.mono, undefined);
	}
});
