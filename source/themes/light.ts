import type {Theme} from '../core/theme.ts';

/** For terminals with a light background. */
export const light: Theme = {
	name: 'light',
	appearance: 'light',
	background: '#ffffff',
	tones: {
		text: {hex: '#1f2328', index: 235},
		ok: {hex: '#1a6b33', index: 22, ansi: 32},
		progressing: {hex: '#0a5bc4', index: 26, ansi: 94},
		warning: {hex: '#7a5200', index: 94, ansi: 33, mono: ['bold']},
		error: {hex: '#b3261e', index: 124, ansi: 91, mono: ['bold', 'underline']},
		unknown: {hex: '#6b3fa0', index: 61, ansi: 95, mono: ['italic']},
		terminating: {hex: '#5f5a52', index: 240, mono: ['dim']},
		muted: {hex: '#5b6570', index: 241, mono: ['dim']},
		accent: {hex: '#006a6a', index: 23, ansi: 96, mono: ['bold']},
	},
	selection: {foreground: {hex: '#0b1f33', index: 17}, background: {hex: '#cfe4ff', index: 189}, mono: ['inverse']},
	changed: {foreground: {hex: '#1f2328', index: 235, mono: ['underline']}, background: {hex: '#fff1a8', index: 229}, mono: ['bold']},
};
