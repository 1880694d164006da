import assert from 'node:assert/strict';
import {contrastRatio} from '../../source/core/contrast.ts';
import type {Theme} from '../../source/core/theme.ts';
import {tones} from '../../source/core/tone.ts';

// screens.md 12, number 19.
const leastRatio = 4.5;

/** The colour of a 256 index above the terminal's own 16 (xterm's cube and greys). */
function indexHex(index: number): string {
	assert.ok(index >= 16 && index <= 255, String(index));
	const part = (value: number): string => value.toString(16).padStart(2, '0');
	if (index >= 232) return `#${part(8 + (index - 232) * 10).repeat(3)}`;
	const step = (value: number): number => (value === 0 ? 0 : 55 + value * 40);
	const cube = index - 16;
	return `#${part(step(Math.floor(cube / 36)))}${part(step(Math.floor(cube / 6) % 6))}${part(step(cube % 6))}`;
}

/** Every token and pair of a theme can be read, in 24 bit and in 256 colours. */
export function checkContrast(theme: Theme): void {
	for (const tone of tones) {
		const {hex, index} = theme.tones[tone];
		for (const colour of [hex, indexHex(index)]) {
			const ratio = contrastRatio(colour, theme.background);
			assert.ok(ratio >= leastRatio, `${theme.name} ${tone} ${colour}: ${ratio}`);
		}
	}
	for (const {foreground, background} of [theme.selection, theme.changed]) {
		assert.ok(contrastRatio(foreground.hex, background.hex) >= leastRatio, `${theme.name} ${foreground.hex} on ${background.hex}`);
		assert.ok(contrastRatio(indexHex(foreground.index), indexHex(background.index)) >= leastRatio, `${theme.name} ${foreground.index} on ${background.index}`);
	}
}

/** Without colours the grave states have attributes of their own, and the rest is plain. */
export function checkAttributes(theme: Theme): void {
	assert.deepEqual(theme.tones.warning.mono, ['bold']);
	assert.deepEqual(theme.tones.error.mono, ['bold', 'underline']);
	assert.deepEqual([theme.tones.text.mono, theme.tones.ok.mono, theme.tones.progressing.mono], [undefined, undefined, undefined]);
	assert.deepEqual(theme.selection.mono, ['inverse']);
}
