import type {Line, Span} from './line.ts';
import {bare, type Look, lookChange, showsBlanks} from './look.ts';
import {clean, head, width as widthOf} from './text.ts';
import type {ColourDepth, Pair, Paint, Theme} from './theme.ts';
import {type Tone, tones} from './tone.ts';

export type LineOptions = Readonly<{
	/** In cells. Longer lines are cut. */
	width: number;
	/** The cursor's row: the theme's selection pair over its whole width. */
	selected?: boolean;
	/** Data that is no longer fresh. */
	dimmed?: boolean;
}>;

/** Draws lines in one theme and depth. */
export type Painter = Readonly<{line(line: Line, options: LineOptions): string}>;

type Piece = Readonly<{text: string; look: Look}>;

/**
 * A painter that turns a line into one string of text and SGR sequences, at most `width` cells: blanks at the end are written only
 * where a background shows. Looks change by the fewest bytes, and the string ends in the look it began with.
 */
export function createPainter(theme: Theme, depth: ColourDepth): Painter {
	// The theme without colours has none in any depth.
	const palette = new Palette(theme, theme.name === 'mono' ? 'none' : depth);
	return {
		line(line, options) {
			const safe = line.some(hasControls) ? line.map(cleanSpan) : line;
			return write(fill(cut(safe, palette, options), safe, palette, options));
		},
	};
}

/** Control characters and those that turn the direction of text. */
const controls = /[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

function hasControls({text}: Span): boolean {
	return controls.test(text);
}

/** The last gate before the terminal: whoever makes a span cleans it, and what somebody forgot still does nothing here. */
function cleanSpan(span: Span): Span {
	return hasControls(span) ? {...span, text: clean(span.text)} : span;
}

class Palette {
	readonly #tones: ReadonlyMap<Tone | undefined, Look>;
	readonly selection: Look;
	readonly changed: Look;

	constructor(theme: Theme, depth: ColourDepth) {
		// Plain text keeps the terminal's own colour: it is read on the terminal's own background, and most of a screen is plain text.
		this.#tones = new Map(tones.map(tone => [tone, tone === 'text' ? bare : toneLook(theme.tones[tone], depth)]));
		this.selection = pairLook(theme.selection, depth);
		this.changed = pairLook(theme.changed, depth);
	}

	look(span: Span, options: LineOptions): Look {
		const {dimmed} = options;
		const selected = options.selected === true || span.selected === true;
		const base = selected ? this.selection : span.flash ? this.changed : (this.#tones.get(span.tone) ?? bare);
		// A change inside the selected row must not hide where the cursor is.
		const underline = span.underline === true || (selected && span.flash === true);
		if (!span.bold && !underline && !span.inverse && !dimmed) return base;
		const set = new Set(base.attributes);
		if (span.bold) set.add('bold');
		if (underline) set.add('underline');
		if (dimmed) set.add('dim');
		if (span.inverse && !set.delete('inverse')) set.add('inverse');
		return {...base, attributes: set};
	}
}

function toneLook(paint: Paint, depth: ColourDepth): Look {
	return {foreground: colour(paint, depth, 38), background: '', attributes: new Set(depth === 'none' ? paint.mono : [])};
}

function pairLook({foreground, background, mono}: Pair, depth: ColourDepth): Look {
	if (depth === 'none') return {...bare, attributes: new Set(foreground.mono ?? mono)};
	const hasColours = depth !== '16' || background.ansi !== undefined;
	if (!hasColours) return {...bare, attributes: new Set(mono)};
	return {foreground: colour(foreground, depth, 38), background: colour(background, depth, 48), attributes: new Set()};
}

/** SGR parameters of a paint as foreground (38) or background (48). */
function colour(paint: Paint, depth: ColourDepth, kind: 38 | 48): string {
	switch (depth) {
		case 'truecolor':
			return `${kind};2;${[1, 3, 5].map(from => Number.parseInt(paint.hex.slice(from, from + 2), 16)).join(';')}`;
		case '256':
			return `${kind};5;${paint.index}`;
		case '16':
			return paint.ansi === undefined ? '' : String(paint.ansi + (kind === 48 ? 10 : 0));
		default:
			return '';
	}
}

/** The spans with their looks, as far as they fit. */
function cut(line: Line, palette: Palette, options: LineOptions): readonly Piece[] {
	const pieces: Piece[] = [];
	let room = options.width;
	for (const span of line) {
		if (room <= 0) break;
		const cells = widthOf(span.text);
		const text = cells <= room ? span.text : head(span.text, room);
		room -= Math.min(cells, room);
		if (text !== '') pieces.push({text, look: palette.look(span, options)});
	}
	return pieces;
}

/** With blanks up to the width where a background has to reach it, else without any at the end. */
function fill(pieces: readonly Piece[], line: Line, palette: Palette, options: LineOptions): readonly Piece[] {
	if (options.selected || (line.length > 0 && line.every(span => span.flash))) {
		const missing = options.width - pieces.reduce((sum, {text}) => sum + widthOf(text), 0);
		return missing > 0 ? [...pieces, {text: ' '.repeat(missing), look: palette.look({text: '', flash: !options.selected}, options)}] : pieces;
	}
	const kept = [...pieces];
	for (let last = kept.at(-1); last !== undefined && !showsBlanks(last.look); last = kept.at(-1)) {
		const text = last.text.replace(/ +$/, '');
		kept.pop();
		if (text !== '') {
			kept.push({...last, text});
			break;
		}
	}
	return kept;
}

function write(pieces: readonly Piece[]): string {
	let result = '';
	let current = bare;
	for (const {text, look} of pieces) {
		// Nobody sees the colour of a blank.
		const unseen = /^ +$/.test(text) && !showsBlanks(look) && !showsBlanks(current);
		if (!unseen) {
			result += change(current, look);
			current = look;
		}
		result += text;
	}
	return current === bare ? result : result + change(current, bare);
}

/** The SGR sequences from one look to another. One attribute each, as Ink's tokenizer takes them apart anyway. */
function change(from: Look, to: Look): string {
	return lookChange(from, to)
		.map(code => `\x1b[${code}m`)
		.join('');
}
