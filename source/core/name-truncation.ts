import {graphemes, head, tail, truncate, width} from './text.ts';

// What the API server appends to a generated name (apiserver pkg/storage/names), and the shortest head that still says whose it is.
const suffixColumns = 5;
const headColumns = 8;

/** A name of at most `columns` cells that keeps its head and its 5-letter suffix: `checkout-5b8c~xw8pl`. */
export function truncateName(name: string, columns: number, glyph = '~'): string {
	return cutAt(name, columns, tailColumns(columns), glyph);
}

/** How much of the end stays: the suffix, less where 8 of the head and the suffix do not fit both. */
function tailColumns(columns: number): number {
	return columns >= headColumns + 1 + suffixColumns ? suffixColumns : Math.max(0, Math.min(suffixColumns, Math.floor((columns - 1) / 3)));
}

function cutAt(name: string, columns: number, end: number, glyph: string): string {
	if (width(name) <= columns) return name;
	if (columns <= 1) return truncate(name, columns, 'end', glyph);
	return head(name, columns - 1 - end) + glyph + tail(name, end);
}

/**
 * The names of the visible rows cut to `columns`, in the same order; different names never give the same text:
 * where they would, the cut moves until they differ. Equal names (of two namespaces) stay equal.
 */
export function distinctTruncations(names: readonly string[], columns: number, glyph = '~'): readonly string[] {
	const texts = new Map<string, string>();
	for (const name of names) if (!texts.has(name)) texts.set(name, truncateName(name, columns, glyph));
	const sharing = Map.groupBy(texts.keys(), name => texts.get(name) ?? name);
	if (sharing.size === texts.size || columns <= 0) return names.map(name => texts.get(name) ?? name);
	const taken = new Set(Array.from(sharing).flatMap(([text, group]) => (group.length === 1 ? [text] : [])));
	for (const group of sharing.values()) {
		if (group.length === 1) continue;
		for (const [name, text] of separate(group, columns, glyph, taken)) {
			texts.set(name, text);
			taken.add(text);
		}
	}
	return names.map(name => texts.get(name) ?? name);
}

/** Texts for names whose usual cut is the same, different from each other and from those taken. */
function separate(group: readonly string[], columns: number, glyph: string, taken: ReadonlySet<string>): ReadonlyMap<string, string> {
	for (const candidate of cuts(group, columns, glyph)) {
		const texts = new Map(group.map(name => [name, candidate(name)]));
		const distinct = new Set(texts.values());
		if (distinct.size === group.length && distinct.isDisjointFrom(taken)) return texts;
	}
	return numbered(group, columns, glyph, taken);
}

/** Ways to cut, the most readable first: a longer end, a shorter end, then a piece from the middle. */
function* cuts(group: readonly string[], columns: number, glyph: string): Generator<(name: string) => string> {
	const usual = tailColumns(columns);
	for (let end = usual + 1; end <= columns - 1; end++) yield name => cutAt(name, columns, end, glyph);
	for (let end = usual - 1; end >= 0; end--) yield name => cutAt(name, columns, end, glyph);
	const longest = Math.max(...group.map(name => graphemes(name).length));
	if (columns < 3) return;
	for (let from = 1; from < longest; from++) yield name => pieceFrom(name, from, columns, glyph);
}

function pieceFrom(name: string, from: number, columns: number, glyph: string): string {
	const rest = graphemes(name).slice(from).join('');
	return width(rest) <= columns - 1 ? glyph + rest : glyph + head(rest, columns - 2) + glyph;
}

/** The last resort, for names that differ in several places far apart: an ordinal at the end. */
function numbered(group: readonly string[], columns: number, glyph: string, taken: ReadonlySet<string>): ReadonlyMap<string, string> {
	const texts = new Map<string, string>();
	const used = new Set(taken);
	let number = 1;
	for (const name of group) {
		let text = '';
		do {
			const ordinal = `${glyph}${number++}`;
			text = head(name, Math.max(0, columns - ordinal.length)) + tail(ordinal, columns);
		} while (used.has(text) && number < 10 ** columns);
		used.add(text);
		texts.set(name, text);
	}
	return texts;
}
