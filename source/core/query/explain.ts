import {cellText} from '../cell-text.ts';
import {compareCells, isMissing} from '../order.ts';
import type {Column, Row} from '../table.ts';
import {lex, type Token} from './lex.ts';
import {cellOf, matchRow} from './match.ts';
import {type Query, termsOf} from './query.ts';

type Columns = ReadonlyArray<Pick<Column, 'id'>>;

/** How many rows a part of the filter matches by itself; `extreme`: how near the rows come to a comparison that none meets. */
export type TermMatches = Readonly<{text: string; matches: number; extreme?: Readonly<{which: 'highest' | 'lowest'; value: string; name: string}>}>;

/** For a table that a filter left empty (M17): each part that all rows must meet, with its own matches among the unfiltered rows. */
export function termMatches(query: Query, rows: readonly Row[], columns: Columns, now: number): readonly TermMatches[] {
	const parts = query.type === 'and' ? query.parts : [query];
	return parts.map(part => {
		const matches = rows.reduce((count, row) => count + Number(matchRow(part, row, columns, now)), 0);
		const extreme = matches === 0 ? extremeOf(part, rows, columns, now) : undefined;
		return {text: part.text, matches, ...(extreme === undefined ? {} : {extreme})};
	});
}

function extremeOf(part: Query, rows: readonly Row[], columns: Columns, now: number): TermMatches['extreme'] {
	if (part.type !== 'compare' || !/[<>]/.test(part.operator)) return undefined;
	const which = part.operator.startsWith('>') ? 'highest' : 'lowest';
	const sign = which === 'highest' ? 1 : -1;
	let best: Row | undefined;
	for (const row of rows) {
		const cell = cellOf(row, columns, part.column);
		if (isMissing(cell)) continue;
		if (best === undefined || sign * compareCells(cell, cellOf(best, columns, part.column)) > 0) best = row;
	}
	const cell = best === undefined ? undefined : cellOf(best, columns, part.column);
	return best === undefined || cell === undefined ? undefined : {which, value: cellText(cell, now).replace(/ \(.*\)$/, ''), name: best.ref.name};
}

/** How many rows have no value for the columns the filter compares: `3 without cpu`. Columns that every row has are left out. */
export function withoutValue(query: Query, rows: readonly Row[], columns: Columns): ReadonlyArray<Readonly<{column: string; rows: number}>> {
	const compared = new Set<string>();
	for (const term of termsOf(query)) if (term.type === 'compare' && /[<>]/.test(term.operator)) compared.add(term.column);
	return Array.from(compared, column => ({column, rows: rows.filter(row => isMissing(cellOf(row, columns, column))).length})).filter(count => count.rows > 0);
}

/** Words of the filter that are no column and that no row has as a label, with the column that may have been meant. `from`: where the word stands. */
export function mistypedColumns(query: Query, rows: readonly Row[]): ReadonlyArray<Readonly<{word: string; column: string; from: number}>> {
	return Array.from(termsOf(query)).flatMap(term => {
		if (rows.length === 0 || term.type !== 'label' || term.near === undefined) return [];
		const {key, near, from} = term;
		return rows.some(({meta}) => meta.labels?.[key] !== undefined) ? [] : [{word: key, column: near, from}];
	});
}

/** The sentence about one of them. */
export function mistypedText({word, column}: Readonly<{word: string; column: string}>): string {
	return `There is no column ${word}, and no row has that label. Try ${column}`;
}

/** The filter without its last term (a bracket counts as one), and without the OR that led to it. */
export function dropLastTerm(text: string): string {
	const lexed = lex(text);
	// What breaks off may be a value: its whole word goes.
	if ('error' in lexed) return text.slice(0, lexed.error.from).replace(/\S+$/, '').trimEnd();
	const {tokens} = lexed;
	let first = tokens.length - 1;
	if (tokens[first]?.type === 'close') first = openingOf(tokens, first);
	while (first > 0 && isPrefix(tokens[first - 1])) first--;
	return text.slice(0, tokens[first]?.from ?? 0).trimEnd();
}

function isPrefix(token: Token | undefined): boolean {
	return token?.type === 'not' || token?.type === 'or' || token?.type === 'and';
}

function openingOf(tokens: readonly Token[], close: number): number {
	let depth = 0;
	for (let index = close; index >= 0; index--) {
		if (tokens[index]?.type === 'close') depth++;
		else if (tokens[index]?.type === 'open' && --depth === 0) return index;
	}
	return 0;
}
