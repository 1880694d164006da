import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});
// Negated and without a quantifier: an anchored run overflows V8's backtrack stack on megabytes.
const special = /[^\x20-\x7e]/;
// Default-ignorable characters are invisible: shown, so that two names that look alike are told apart; these few are only shaping and go.
const shaping = /\u200c|\u200d|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;
const shown = /[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const emoji = /\p{RGI_Emoji}|\p{Emoji_Presentation}|\p{Regional_Indicator}|\p{Emoji_Modifier}|[\d#*]\ufe0f?\u20e3/v;
// Private use (icon fonts), unassigned characters and surrogates without their other half: no terminal agrees on them.
const unknown = /[\p{Co}\p{Cn}\p{Cs}]/gu;
const tab = '    ';

/**
 * Text from a cluster made safe for a terminal cell: control bytes as `\x1b`, line ends as `\n`, tabs as blanks, emoji and
 * unassigned characters as `?`, bidi and invisible characters as `<U+202E>`; variation selectors and joiners are dropped.
 */
export function clean(text: string): string {
	if (!special.test(text)) return text;
	const visible = text.replaceAll('\t', tab).replace(/[\x00-\x1f\x7f-\x9f]/g, control);
	if (!special.test(visible)) return visible;
	let result = '';
	for (const {segment} of segmenter.segment(visible)) result += emoji.test(segment) ? '?' : segment;
	return result
		.replace(shaping, '')
		.replace(shown, character => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`)
		.replace(unknown, '?');
}

function control(character: string): string {
	if (character === '\n') return '\\n';
	if (character === '\r') return '\\r';
	return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** Cells a clean text takes: by grapheme cluster, wide 2, combining 0. */
export function width(text: string): number {
	return special.test(text) ? stringWidth(text) : text.length;
}

/** The grapheme clusters of a text. */
export function graphemes(text: string): readonly string[] {
	return special.test(text) ? Array.from(segmenter.segment(text), part => part.segment) : text.split('');
}

/** Filled with blanks up to `columns`; a longer text is left as it is. */
export function pad(text: string, columns: number, align: 'start' | 'end' = 'start'): string {
	const blanks = ' '.repeat(Math.max(0, columns - width(text)));
	return align === 'end' ? blanks + text : text + blanks;
}

/** The first `columns` cells; a wide character across the edge becomes a blank. Not more than the text has. */
export function head(text: string, columns: number): string {
	if (!special.test(text)) return text.slice(0, Math.max(0, columns));
	let used = 0;
	let result = '';
	for (const cluster of graphemes(text)) {
		const cells = width(cluster);
		if (used + cells > columns) return used < columns ? result + ' '.repeat(columns - used) : result;
		result += cluster;
		used += cells;
	}
	return result;
}

/** The last `columns` cells; a wide character across the edge becomes a blank. */
export function tail(text: string, columns: number): string {
	if (columns <= 0) return '';
	if (!special.test(text)) return text.slice(-columns);
	let used = 0;
	let result = '';
	for (const cluster of graphemes(text).toReversed()) {
		const cells = width(cluster);
		if (used + cells > columns) return ' '.repeat(columns - used) + result;
		result = cluster + result;
		used += cells;
	}
	return result;
}

export type Cut = 'end' | 'middle' | 'front';

/** At most `columns` cells; what is cut off is marked by the glyph (one cell), and the result then has exactly `columns`. */
export function truncate(text: string, columns: number, cut: Cut = 'end', glyph = '~'): string {
	if (width(text) <= columns) return text;
	if (columns <= 0) return '';
	const room = columns - 1;
	if (cut === 'end') return head(text, room) + glyph;
	if (cut === 'front') return glyph + tail(text, room);
	const end = Math.floor(room / 2);
	return head(text, room - end) + glyph + tail(text, end);
}

/** The first of several texts, the fullest first, that fits; the last one, cut, where none does. */
export function fullest(texts: readonly string[], columns: number, glyph = '~'): string {
	return texts.find(text => width(text) <= columns) ?? truncate(texts.at(-1) ?? '', columns, 'end', glyph);
}

/** Exactly `columns` cells: cut when longer, filled when shorter. */
export function fit(text: string, columns: number, options: Readonly<{align?: 'start' | 'end'; cut?: Cut; glyph?: string}> = {}): string {
	return pad(truncate(text, columns, options.cut, options.glyph), columns, options.align);
}

/** A count with thousands: 6120 -> `6,120`. */
export function group(value: number): string {
	const [whole = '', fraction] = String(value).split('.');
	const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
	return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `no pods`, `1 pod`, `6,120 pods`; the plural form where it is not the word and an s. */
export function plural(count: number, one: string, many = `${one}s`): string {
	return count === 0 ? `no ${many}` : `${group(count)} ${count === 1 ? one : many}`;
}
