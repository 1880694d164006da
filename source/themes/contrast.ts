import type {Theme} from '../core/theme.ts';

/** High contrast, at least 7:1 everywhere. */
export const contrast: Theme = {
	name: 'contrast',
	appearance: 'dark',
	background: '#000000',
	tones: {
		text: {hex: '#ffffff', index: 231},
		ok: {hex: '#00ff7f', index: 48, ansi: 32},
		progressing: {hex: '#66d9ff', index: 81, ansi: 94},
		warning: {hex: '#ffd700', index: 220, ansi: 33, mono: ['bold']},
		error: {hex: '#ff8080', index: 210, ansi: 91, mono: ['bold', 'underline']},
		unknown: {hex: '#e0b0ff', index: 183, ansi: 95, mono: ['italic']},
		terminating: {hex: '#d0d0d0', index: 252, mono: ['dim']},
		muted: {hex: '#c0c0c0', index: 250, mono: ['dim']},
		accent: {hex: '#00ffff', index: 51, ansi: 96, mono: ['bold']},
	},
	selection: {foreground: {hex: '#000000', index: 16}, background: {hex: '#ffff00', index: 226}, mono: ['inverse']},
	changed: {foreground: {hex: '#000000', index: 16, mono: ['underline']}, background: {hex: '#ffffff', index: 231}, mono: ['inverse']},
};
