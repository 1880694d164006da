import type {Theme} from '../core/theme.ts';

/** No colours: NO_COLOR as a theme. The painter uses the attributes alone, so the colours here are only those of a plain terminal. */
export const mono: Theme = {
	name: 'mono',
	appearance: 'dark',
	background: '#000000',
	tones: {
		text: {hex: '#ffffff', index: 231},
		ok: {hex: '#ffffff', index: 231},
		progressing: {hex: '#ffffff', index: 231},
		warning: {hex: '#ffffff', index: 231, mono: ['bold']},
		error: {hex: '#ffffff', index: 231, mono: ['bold', 'underline']},
		unknown: {hex: '#ffffff', index: 231, mono: ['italic']},
		terminating: {hex: '#ffffff', index: 231, mono: ['dim']},
		muted: {hex: '#ffffff', index: 231, mono: ['dim']},
		accent: {hex: '#ffffff', index: 231, mono: ['bold']},
	},
	selection: {foreground: {hex: '#000000', index: 16}, background: {hex: '#ffffff', index: 231}, mono: ['inverse']},
	changed: {foreground: {hex: '#000000', index: 16, mono: ['underline']}, background: {hex: '#ffffff', index: 231}, mono: ['bold']},
};
