import type {Theme} from '../core/theme.ts';

/** For readers who do not tell red from green: the states differ in lightness and in blue against yellow. */
export const cvd: Theme = {
	name: 'cvd',
	appearance: 'dark',
	background: '#11151c',
	tones: {
		text: {hex: '#d7dde8', index: 253},
		ok: {hex: '#56b4e9', index: 74, ansi: 32},
		progressing: {hex: '#2fc4a0', index: 43, ansi: 94},
		warning: {hex: '#f0e442', index: 221, ansi: 33, mono: ['bold']},
		error: {hex: '#f07836', index: 208, ansi: 91, mono: ['bold', 'underline']},
		unknown: {hex: '#e898c8', index: 176, ansi: 95, mono: ['italic']},
		terminating: {hex: '#b8a690', index: 144, mono: ['dim']},
		muted: {hex: '#8b98a9', index: 103, mono: ['dim']},
		accent: {hex: '#ffffff', index: 231, ansi: 96, mono: ['bold']},
	},
	selection: {foreground: {hex: '#ffffff', index: 231}, background: {hex: '#264f78', index: 24}, mono: ['inverse']},
	changed: {foreground: {hex: '#ffffff', index: 231, mono: ['underline']}, background: {hex: '#4a3f14', index: 58}, mono: ['bold']},
};
