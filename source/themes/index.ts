// Written by bin/indexes.ts.
import type {Theme} from '../core/theme.ts';
import {contrast} from './contrast.ts';
import {cvd} from './cvd.ts';
import {dark} from './dark.ts';
import {light} from './light.ts';
import {mono} from './mono.ts';

// biome-ignore format: one line an entry, so that branches merge
export const themes: readonly Theme[] = [
	contrast,
	cvd,
	dark,
	light,
	mono,
];
