import {group} from '../text.ts';
import {columnNames} from './columns.ts';
import type {QueryColumn} from './query.ts';

/** What the rows offer for a filter. Counts are of rows. */
export type FilterSources = Readonly<{
	columns: readonly QueryColumn[];
	labelKeys: ReadonlyArray<Readonly<{text: string; count: number}>>;
	/** The values of a label or of a text column. */
	valuesOf(key: string): ReadonlyArray<Readonly<{text: string; count: number}>>;
}>;

export type Suggestion = Readonly<{text: string; note: string}>;

/** Completions of the filter's word before the cursor: columns, then label keys, then values after `=`. `from`: where their text goes. */
export function suggestTerms(text: string, cursor: number, sources: FilterSources): Readonly<{from: number; options: readonly Suggestion[]}> {
	const word = /(?:[^\s()!]|!=)*$/.exec(text.slice(0, cursor))?.[0] ?? '';
	const compared = /^(?:label:)?([^=<>~]+?)(?:!?=|~)([^=]*)$/.exec(word);
	if (compared !== null) {
		const typed = compared[2] ?? '';
		return {from: cursor - typed.length, options: starting(sources.valuesOf(compared[1] ?? ''), typed)};
	}
	const from = cursor - word.length;
	if (word === '') return {from, options: []};
	const columns = columnNames(sources.columns)
		.filter(name => name.startsWith(word.toLowerCase()) && name !== word)
		.map(text => ({text, note: 'column'}));
	return {from, options: [...columns, ...starting(sources.labelKeys, word)]};
}

function starting(known: ReadonlyArray<Readonly<{text: string; count: number}>>, typed: string): readonly Suggestion[] {
	return known
		.filter(({text}) => text.toLowerCase().startsWith(typed.toLowerCase()) && text !== typed)
		.toSorted((a, b) => b.count - a.count)
		.map(({text, count}) => ({text, note: group(count)}));
}

/** The caret line under a filter with an error: blanks up to the fault, then `^` and the sentence. `offset`: columns before the filter's text. */
export function caretLine(error: Readonly<{from: number; message: string; proposal?: string}>, offset: number): string {
	return `${' '.repeat(offset + error.from)}^ ${error.proposal ?? error.message}`;
}
