import type {Theme} from '../core/theme.ts';

/** The default. */
export const dark: Theme = {
	name: 'dark',
	appearance: 'dark',
	background: '#11151c',
	tones: {
		text: {hex: '#d7dde8', index: 253},
		ok: {hex: '#5fd38d', index: 78, ansi: 32},
		progressing: {hex: '#6cb6ff', index: 75, ansi: 94},
		warning: {hex: '#f2c14e', index: 215, ansi: 33, mono: ['bold']},
		error: {hex: '#ff7b72', index: 209, ansi: 91, mono: ['bold', 'underline']},
		unknown: {hex: '#c3a6ff', index: 147, ansi: 95, mono: ['italic']},
		terminating: {hex: '#b8a690', index: 144, mono: ['dim']},
		muted: {hex: '#8b98a9', index: 103, mono: ['dim']},
		accent: {hex: '#4fd6d2', index: 80, ansi: 96, mono: ['bold']},
	},
	selection: {foreground: {hex: '#ffffff', index: 231}, background: {hex: '#264f78', index: 24}, mono: ['inverse']},
	changed: {foreground: {hex: '#ffffff', index: 231, mono: ['underline']}, background: {hex: '#4a3f14', index: 58}, mono: ['bold']},
};
