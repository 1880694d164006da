/** What a column's values are, as far as it is known before a row is there. */
export type ValueType = 'text' | 'count' | 'millicores' | 'bytes' | 'percent' | 'ratio' | 'age' | 'duration';

/** A column the filter may name. Without a type it is guessed from the id (`cpu`, `age` …). */
export type QueryColumn = Readonly<{id: string; title: string; type?: ValueType}>;

export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=';

/** Where a term stands in the filter's text (UTF-16 indexes), and its words. */
type Placed = Readonly<{from: number; to: number; text: string}>;

/** A test of a text, ready to run. `pattern` is what was typed. */
export type TextTest = Readonly<{mode: 'substring' | 'equal' | 'regex' | 'fuzzy'; pattern: string; test(text: string): boolean}>;

/** The number behind a typed value in each unit it can be read in; which one counts is the cell's to say. */
export type ValueReadings = Readonly<{number?: number; quantity?: number; durationMs?: number; ratio?: number}>;

export type TextTerm = Placed & Readonly<{type: 'text'; match: TextTest}>;
export type LabelTerm = Placed &
	Readonly<{
		type: 'label';
		key: string;
		operator: 'in' | 'notin' | 'exists' | 'absent' | 'contains';
		values: readonly string[];
		match?: TextTest;
		/** The column whose name is so near that it may have been meant; only where the term was not written as a label. */
		near?: string;
	}>;
export type ContainsTerm = Placed & Readonly<{type: 'contains'; column: string; match: TextTest}>;
export type CompareTerm = Placed & Readonly<{type: 'compare'; column: string; operator: Comparison; value: string; readings: ValueReadings; equal: TextTest}>;
export type SetTerm = Placed & Readonly<{type: 'set'; column: string; negated: boolean; tests: readonly TextTest[]}>;

export type Term = TextTerm | LabelTerm | ContainsTerm | CompareTerm | SetTerm;
export type Group = Placed & Readonly<{type: 'and'; parts: readonly Query[]} | {type: 'or'; parts: readonly Query[]}>;
export type Not = Placed & Readonly<{type: 'not'; part: Query}>;
/** A filter, parsed: a tree of terms. */
export type Query = Term | Group | Not;

/** Why a filter cannot be read. `from`..`to` is the part at fault; `proposal` is the whole sentence with what to try; `replacement` fits in its place. */
export type QueryError = Readonly<{from: number; to: number; message: string; proposal?: string; replacement?: string}>;

/** Every term of a query. */
export function* termsOf(query: Query): Generator<Term> {
	switch (query.type) {
		case 'not':
			yield* termsOf(query.part);
			return;
		case 'and':
		case 'or':
			for (const part of query.parts) yield* termsOf(part);
			return;
		default:
			yield query;
	}
}
