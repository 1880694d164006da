import type {Tone} from './tone.ts';

/** Symbols of one cell each; the Unicode and the ASCII set swap one for one. */
export type Glyphs = Readonly<{
	name: 'unicode' | 'ascii';
	state: Readonly<Record<Tone, string>>;
	cursor: string;
	mark: string;
	rule: string;
	column: string;
	cross: string;
	spark: string;
	barUsed: string;
	barRequested: string;
	barLine: string;
	ascending: string;
	descending: string;
	cut: string;
	spinner: readonly string[];
}>;

export const unicodeGlyphs: Glyphs = {
	name: 'unicode',
	state: {ok: '●', progressing: '◐', warning: '▲', error: '✗', unknown: '?', terminating: '◌', muted: '○', text: ' ', accent: ' '},
	cursor: '▸',
	mark: '*',
	rule: '─',
	column: '│',
	cross: '┬',
	spark: '▁▂▃▄▅▆▇█',
	barUsed: '█',
	barRequested: '░',
	barLine: '│',
	ascending: '↑',
	descending: '↓',
	cut: '~',
	spinner: ['|', '/', '-', '\\'],
};

/** What every terminal can draw; also the set of the golden frames. */
export const asciiGlyphs: Glyphs = {
	name: 'ascii',
	state: {ok: '+', progressing: '~', warning: '!', error: 'X', unknown: '?', terminating: '-', muted: '.', text: ' ', accent: ' '},
	cursor: '>',
	mark: '*',
	rule: '-',
	column: '|',
	cross: '+',
	spark: '_.-:=+*#',
	barUsed: '#',
	barRequested: '.',
	barLine: '|',
	ascending: '^',
	descending: 'v',
	cut: '~',
	spinner: ['|', '/', '-', '\\'],
};
