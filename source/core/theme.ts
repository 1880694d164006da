import type {Tone} from './tone.ts';

/** One look in each colour depth: 24-bit hex, 256 index, 16-colour SGR numbers, and attributes for none. */
export type Paint = Readonly<{
	hex: string;
	index: number;
	/** SGR foreground code of 16 colours, or undefined for the terminal's default. */
	ansi?: number;
	/** Without colours. */
	mono?: ReadonlyArray<'bold' | 'dim' | 'underline' | 'italic' | 'inverse'>;
}>;

/** A pair for text on a background; `mono` holds in 16 colours too unless `ansi` is set. */
export type Pair = Readonly<{foreground: Paint; background: Paint; mono: ReadonlyArray<'bold' | 'underline' | 'inverse'>}>;

export type Theme = Readonly<{
	name: string;
	appearance: 'dark' | 'light';
	background: string;
	tones: Readonly<Record<Tone, Paint>>;
	selection: Pair;
	changed: Pair;
}>;

/** truecolor: 24 bit; 256; 16; none: attributes only (NO_COLOR, mono). */
export type ColourDepth = 'truecolor' | '256' | '16' | 'none';
