import {nearest} from './nearest.ts';

/**
 * The word that was most likely meant: the nearest one, of two as near the one with the same first letter, because that is
 * rarely mistyped; else the only one that begins with what was typed.
 */
export function likelyWord(typed: string, words: Iterable<string>): string | undefined {
	const wanted = typed.toLowerCase();
	if (wanted === '') return undefined;
	const all = [...words];
	const near = nearest(
		typed,
		all.toSorted((a, b) => Number(sharesFirst(b, wanted)) - Number(sharesFirst(a, wanted))),
	);
	if (near !== undefined || wanted.length < 2) return near;
	const longer = all.filter(word => word.toLowerCase().startsWith(wanted));
	return longer.length === 1 ? longer[0] : undefined;
}

function sharesFirst(word: string, wanted: string): boolean {
	return word[0]?.toLowerCase() === wanted[0];
}

/** ` Did you mean X?` to end a sentence with, or nothing. `before` stands before the word: `--`. */
export function proposal(typed: string, words: Iterable<string>, before = ''): string {
	const word = likelyWord(typed, words);
	return word === undefined ? '' : ` Did you mean ${before}${word}?`;
}
