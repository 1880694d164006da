import {nearest} from '../nearest.ts';
import {columnNames, findColumn} from './columns.ts';
import {lex, splitOperator, type Token} from './lex.ts';
import type {CompareTerm, Comparison, Group, LabelTerm, Query, QueryColumn, QueryError, TextTest} from './query.ts';
import {parseSelector} from './selector.ts';
import {equalTest, fuzzyTest, looksLikeRegex, regexTest, substringTest} from './text-test.ts';
import {readingFor, readValue, valueError, valueTypeOf} from './values.ts';

export type {QueryColumn, QueryError} from './query.ts';

export type ParsedQuery = Readonly<{query: Query} | {error: QueryError}>;

/**
 * Reads a filter (the language is in screens.md 6). `columns`: those of the table; a word that is none of them is a label.
 * An empty filter is a query that everything passes. The error says where, what, and what to try instead.
 */
export function parseQuery(text: string, columns: readonly QueryColumn[]): ParsedQuery {
	const lexed = lex(text);
	if ('error' in lexed) return lexed;
	const parser = new Parser(text, lexed.tokens, columns);
	try {
		return {query: parser.parse()};
	} catch (error) {
		if (error instanceof Mistake) return {error: error.error};
		throw error;
	}
}

/** Carries a QueryError up to parseQuery; never leaves this file. */
class Mistake extends Error {
	readonly error: QueryError;
	constructor(error: QueryError) {
		super(error.message);
		this.error = error;
	}
}

function mistake(at: Readonly<{from: number; to: number}>, message: string, replacement?: string): Mistake {
	const proposal = replacement === undefined ? {} : {proposal: `${message}. Try ${replacement}`, replacement};
	return new Mistake({from: at.from, to: at.to, message, ...proposal});
}

type Word = Extract<Token, {type: 'word'}>;
type Compared = Extract<Word, {value: string}>;

class Parser {
	readonly #text: string;
	readonly #tokens: readonly Token[];
	readonly #columns: readonly QueryColumn[];
	#at = 0;

	constructor(text: string, tokens: readonly Token[], columns: readonly QueryColumn[]) {
		this.#text = text;
		this.#tokens = tokens;
		this.#columns = columns;
	}

	parse(): Query {
		if (this.#tokens.length === 0) return {type: 'and', parts: [], from: 0, to: 0, text: ''};
		const query = this.#or();
		const rest = this.#tokens[this.#at];
		if (rest !== undefined) throw mistake(rest, 'This ) closes nothing', `(${this.#text.slice(0, rest.to)}`);
		return query;
	}

	#or(): Query {
		const parts = [this.#and()];
		while (this.#peek()?.type === 'or') {
			this.#at++;
			parts.push(this.#and());
		}
		return this.#group('or', parts);
	}

	#and(): Query {
		const parts: Query[] = [];
		for (let token = this.#peek(); token !== undefined && token.type !== 'close' && token.type !== 'or'; token = this.#peek()) {
			if (token.type !== 'and') parts.push(this.#unary(token));
			else if (parts.length === 0) throw this.#dangling(token);
			else this.#afterAnd();
		}
		if (parts.length === 0) throw this.#dangling(this.#tokens[this.#at - 1] ?? this.#peek());
		return this.#group('and', parts);
	}

	#afterAnd(): void {
		const token = this.#tokens[this.#at++];
		const next = this.#peek();
		if (next === undefined || next.type === 'close' || next.type === 'or') throw this.#dangling(token);
	}

	/** A word that joins two terms and has only one. */
	#dangling(token: Token | undefined): Mistake {
		const at = token ?? {from: 0, to: this.#text.length};
		if (token?.type === 'or' || token?.type === 'and') return mistake(at, `${token.type.toUpperCase()} needs a term on both sides`);
		return mistake(at, 'Something is missing between the brackets');
	}

	#group(type: Group['type'], parts: readonly Query[]): Query {
		const [first] = parts;
		const last = parts.at(-1);
		if (first === undefined || last === undefined || parts.length === 1) return first ?? {type, parts, from: 0, to: 0, text: ''};
		return {type, parts, ...this.#place(first.from, last.to)};
	}

	#place(from: number, to: number): Readonly<{from: number; to: number; text: string}> {
		return {from, to, text: this.#text.slice(from, to)};
	}

	#peek(): Token | undefined {
		return this.#tokens[this.#at];
	}

	#unary(token: Token): Query {
		this.#at++;
		if (token.type === 'not') {
			const next = this.#peek();
			if (next === undefined || next.type === 'close' || next.type === 'or' || next.type === 'and') throw mistake(token, '! needs a term after it');
			const part = this.#unary(next);
			return {type: 'not', part, ...this.#place(token.from, part.to)};
		}
		return token.type === 'open' ? this.#bracket(token) : this.#term(token);
	}

	#bracket(open: Token): Query {
		const inner = this.#or();
		const close = this.#peek();
		if (close?.type !== 'close') throw mistake(open, 'This ( is not closed', `${this.#text.slice(open.from)})`);
		this.#at++;
		const next = this.#peek();
		// `(web|api)-\d+` was meant as one regex.
		if (next !== undefined && next.from === close.to && next.type !== 'close') {
			throw mistake(this.#place(open.from, next.to), 'A blank is missing after the bracket, or this is a regex', `/${this.#text.slice(open.from, next.to)}/`);
		}
		return inner.type === 'and' || inner.type === 'or' ? {...inner, ...this.#place(open.from, close.to)} : inner;
	}

	#term(token: Token): Query {
		const place = this.#place(token.from, token.to);
		switch (token.type) {
			case 'regex':
				return {type: 'text', match: regexOf(token.pattern, token.flags, token), ...place};
			case 'flag':
				return token.flag === 'f' ? {type: 'text', match: fuzzyTest(token.value), ...place} : this.#selector(token);
			case 'set':
				return this.#set(token);
			case 'word':
				return token.operator === undefined ? this.#plain(token) : this.#comparisons(token);
			default:
				throw mistake(token, 'This is not a term');
		}
	}

	#plain(token: Word): Query {
		const place = this.#place(token.from, token.to);
		if (token.quoted) return {type: 'text', match: substringTest(token.text), ...place};
		if (token.text.startsWith('~') && token.text.length > 1) return {type: 'text', match: fuzzyTest(token.text.slice(1)), ...place};
		return {type: 'text', match: textOf(token.text, token), ...place};
	}

	#selector(token: Extract<Token, {type: 'flag'}>): Query {
		const requirements = parseSelector(token.value);
		if (requirements === undefined) {
			throw mistake({from: token.valueFrom, to: token.to}, `${token.value} is not a label selector`, 'app=web,tier!=db');
		}
		const place = this.#place(token.from, token.to);
		const parts = requirements.map((requirement): LabelTerm => ({type: 'label', ...requirement, ...place}));
		return parts.length === 1 && parts[0] !== undefined ? parts[0] : {type: 'and', parts, ...place};
	}

	#set(token: Extract<Token, {type: 'set'}>): Query {
		const place = this.#place(token.from, token.to);
		const {key, values, negated} = token;
		if (values.length === 0) throw mistake(token, `There is nothing in the list of ${key}`);
		const column = key.startsWith('label:') ? undefined : findColumn(key, this.#columns);
		if (column === undefined) return {type: 'label', ...this.#labelKey(key), operator: negated ? 'notin' : 'in', values, ...place};
		return {type: 'set', column: column.id, negated, tests: values.map(equalTest), ...place};
	}

	/** `app=web`, and the selector form `app=web,tier!=db`, where every part compares. */
	#comparisons(token: Compared): Query {
		const rest = token.valueQuoted ? [] : token.value.split(/,(?![^(]*\))/);
		const [value = '', ...others] = rest;
		const split = others.map(splitOperator);
		if (others.length === 0 || split.includes(undefined)) return this.#comparison(token);
		let from = token.valueFrom + value.length;
		const parts: Query[] = [this.#comparison({...token, value, to: from})];
		for (const part of split) {
			if (part === undefined) continue;
			from++;
			const valueFrom = from + part.key.length + part.operator.length;
			const to = valueFrom + part.value.length;
			parts.push(this.#comparison({...token, text: part.key, operator: part.operator, value: part.value, valueFrom, from, to}));
			from = to;
		}
		return {type: 'and', parts, ...this.#place(token.from, token.to)};
	}

	#comparison(token: Compared): Query {
		const negated = token.operator === '!~';
		const operator = token.operator === '==' ? '=' : negated ? '~' : token.operator;
		const place = this.#place(token.from, token.to);
		const column = token.text.startsWith('label:') ? undefined : findColumn(token.text, this.#columns);
		let query: Query;
		if (operator === '~') query = this.#contains(token, column);
		else if (column !== undefined) query = this.#compare(token, column, comparisonOf(operator));
		else if (operator === '=' || operator === '!=') query = this.#label(token, operator === '=' ? 'in' : 'notin', [token.value]);
		else throw this.#noColumn(token);
		return negated ? {type: 'not', part: query, ...place} : query;
	}

	#label(token: Compared, operator: LabelTerm['operator'], values: readonly string[]): LabelTerm {
		return {type: 'label', ...this.#labelKey(token.text), operator, values, ...this.#place(token.from, token.to)};
	}

	#labelKey(word: string): Pick<LabelTerm, 'key' | 'near'> {
		if (word.startsWith('label:')) return {key: word.slice('label:'.length)};
		const near = nearest(word, columnNames(this.#columns));
		return {key: word, ...(near === undefined ? {} : {near})};
	}

	#contains(token: Compared, column: QueryColumn | undefined): Query {
		if (token.value === '') throw mistake(token, '~ needs a text after it', `${token.text}~web`);
		const at = {from: token.valueFrom, to: token.to};
		const slashed = /^\/(.+)\/([iu]*)$/.exec(token.value);
		const match = token.valueQuoted ? substringTest(token.value) : slashed === null ? textOf(token.value, at) : regexOf(slashed[1] ?? '', slashed[2] ?? '', at);
		if (column === undefined) return {...this.#label(token, 'contains', [token.value]), match};
		return {type: 'contains', column: column.id, match, ...this.#place(token.from, token.to)};
	}

	#compare(token: Compared, column: QueryColumn, operator: Comparison): CompareTerm {
		const {value, valueFrom} = token;
		const type = valueTypeOf(column);
		const readings = readValue(value);
		const isEquality = operator === '=' || operator === '!=';
		// `cpu=-` asks for the rows without a value.
		if (type !== undefined && type !== 'text' && !(isEquality && value === '-') && readingFor(readings, type) === undefined) {
			throw new Mistake(valueError(value, type, valueFrom));
		}
		if (value === '' && !isEquality) throw mistake(token, `A value is missing after ${token.operator}`);
		return {type: 'compare', column: column.id, operator, value, readings, equal: equalTest(value), ...this.#place(token.from, token.to)};
	}

	#noColumn(token: Compared): Mistake {
		const names = columnNames(this.#columns);
		const near = nearest(token.text, names);
		const at = {from: token.from, to: token.from + token.text.length};
		const message = `There is no column ${token.text} here`;
		if (near !== undefined) return mistake(at, message, near);
		return new Mistake({...at, message, proposal: `${message}. The columns are ${names.join(', ')}`});
	}
}

function comparisonOf(operator: string): Comparison {
	switch (operator) {
		case '=':
		case '!=':
		case '>':
		case '>=':
		case '<':
		case '<=':
			return operator;
		default:
			throw new Error(`not a comparison: ${operator}`);
	}
}

/** Plain text: a regex where it has the signs of one, else a substring. */
function textOf(text: string, at: Readonly<{from: number; to: number}>): TextTest {
	return looksLikeRegex(text) ? regexOf(text, '', at) : substringTest(text);
}

function regexOf(pattern: string, flags: string, at: Readonly<{from: number; to: number}>): TextTest {
	const match = regexTest(pattern, flags);
	if (match === undefined) throw mistake(at, `${pattern} is not a regex`, `"${pattern}" to find it as it stands`);
	return match;
}
