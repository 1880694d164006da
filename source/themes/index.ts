// Written by bin/indexes.ts.
import type {Theme} from '../core/theme.ts';

// biome-ignore format: one line an entry, so that branches merge
export const themes: readonly Theme[] = [
];
