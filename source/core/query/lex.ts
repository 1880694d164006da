import type {QueryError} from './query.ts';

export const comparisons = ['!=', '>=', '<=', '==', '=', '>', '<', '!~', '~'] as const;

/**
 * A piece of a filter. word: anything up to a blank, with `operator` and `value` where it compares (`cpu>500m`);
 * `quoted` values and words are taken literally. flag: `-l` or `-f` with its argument. set: `app in (a,b)`.
 */
export type Token = Readonly<{from: number; to: number}> &
	Readonly<
		| {type: 'open' | 'close' | 'or' | 'and' | 'not'}
		| {type: 'flag'; flag: 'l' | 'f'; value: string; valueFrom: number}
		| {type: 'set'; key: string; negated: boolean; values: readonly string[]}
		| {type: 'regex'; pattern: string; flags: string}
		| {type: 'word'; text: string; quoted: boolean; operator?: undefined}
		| {type: 'word'; text: string; quoted: boolean; operator: string; value: string; valueFrom: number; valueQuoted: boolean}
	>;

/** Either the tokens, or where the text breaks off (a quote or a regex without an end). */
export type Lexed = Readonly<{tokens: readonly Token[]} | {error: QueryError}>;

/** What may stand before an operator: a column's id or title, a label's key, `label:` before it. */
const keyPattern = /^(?:label:)?[\p{L}\d_](?:[\p{L}\d_./%-]*[\p{L}\d_%])?$/u;

/** Cuts a filter into tokens. Every character but blanks is in exactly one. */
export function lex(text: string): Lexed {
	const tokens: Token[] = [];
	let at = 0;
	while (at < text.length) {
		if (isBlank(text[at])) {
			at++;
			continue;
		}
		const token = readToken(text, at);
		if ('message' in token) return {error: token};
		tokens.push(token);
		at = token.to;
	}
	return {tokens};
}

function isBlank(character: string | undefined): boolean {
	return character !== undefined && /\s/.test(character);
}

function readToken(text: string, from: number): Token | QueryError {
	const character = text[from];
	if (character === '(') return {type: 'open', from, to: from + 1};
	if (character === ')') return {type: 'close', from, to: from + 1};
	if (character === '!' && text[from + 1] !== undefined && !isBlank(text[from + 1]) && text[from + 1] !== ')') return {type: 'not', from, to: from + 1};
	if (character === '/') return readRegex(text, from);
	const keyword = /^(?:(OR)|(AND)|-([lf]))(?=\s|\(|$)/.exec(text.slice(from));
	if (keyword === null) return readWord(text, from);
	const to = from + keyword[0].length;
	if (keyword[3] !== undefined) return readFlag(text, from, keyword[3] === 'l' ? 'l' : 'f');
	return {type: keyword[1] === undefined ? 'and' : 'or', from, to};
}

function readFlag(text: string, from: number, flag: 'l' | 'f'): Token | QueryError {
	let valueFrom = from + 2;
	while (isBlank(text[valueFrom])) valueFrom++;
	// A selector may hold `in (a, b)`, blanks and all.
	const set = flag === 'l' ? /^(?:[^\s()"']|\s+(?:not)?in\s*(?=\()|\([^()]*\))+/.exec(text.slice(valueFrom)) : null;
	if (set !== null) return {type: 'flag', flag, value: set[0], valueFrom, from, to: valueFrom + set[0].length};
	const value = readChunk(text, valueFrom);
	if ('message' in value) return value;
	if (value.text === '') {
		const [what, example] = flag === 'l' ? ['a label selector', '-l app=web'] : ['letters', '-f wbkq'];
		return {from, to: from + 2, message: `-${flag} needs ${what}`, proposal: `-${flag} needs ${what}. Try ${example}`, replacement: example ?? ''};
	}
	return {type: 'flag', flag, value: value.text, valueFrom: value.quoted ? valueFrom + 1 : valueFrom, from, to: value.to};
}

/** `app in (a,b)` and `app notin (a,b)`; undefined: the word is not followed by that. */
function readSet(text: string, from: number, key: string): Token | QueryError | undefined {
	const start = keyPattern.test(key) ? /^\s+(not)?in\s*\(/.exec(text.slice(from + key.length)) : null;
	if (start === null) return undefined;
	const listFrom = from + key.length + start[0].length;
	const end = text.indexOf(')', listFrom);
	if (end < 0) {
		const message = 'The list is not closed';
		return {from, to: text.length, message, proposal: `${message}. Try ${text.slice(from)})`, replacement: `${text.slice(from)})`};
	}
	const values = text
		.slice(listFrom, end)
		.split(',')
		.map(unquote)
		.filter(value => value !== '');
	return {type: 'set', key, negated: start[1] !== undefined, values, from, to: end + 1};
}

function unquote(text: string): string {
	const trimmed = text.trim();
	return /^(["']).*\1$/.test(trimmed) && trimmed.length > 1 ? trimmed.slice(1, -1) : trimmed;
}

function readRegex(text: string, from: number): Token | QueryError {
	for (let at = from + 1; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === '/') {
			const flags = /^[iu]*(?=\s|\)|$)/.exec(text.slice(at + 1))?.[0];
			if (flags === undefined) continue;
			return {type: 'regex', pattern: text.slice(from + 1, at), flags, from, to: at + 1 + flags.length};
		}
	}
	const message = 'A regex ends with /';
	return {from, to: text.length, message, proposal: `${message}. Try ${text.slice(from)}/`, replacement: `${text.slice(from)}/`};
}

type Chunk = Readonly<{text: string; quoted: boolean; to: number}>;

function readWord(text: string, from: number): Token | QueryError {
	const first = readChunk(text, from);
	if ('message' in first) return first;
	if (first.quoted) return {type: 'word', text: first.text, quoted: true, from, to: first.to};
	const split = splitOperator(first.text);
	if (split === undefined) return readSet(text, from, first.text) ?? readSpacedOperator(text, from, first);
	const {key, operator} = split;
	return readValue(text, {from, key, operator, valueFrom: from + key.length + operator.length});
}

/** `cpu > 500m`: an operator after blanks belongs to the word before it. `~` and `!` do not, they begin terms of their own. */
function readSpacedOperator(text: string, from: number, first: Chunk): Token | QueryError {
	const plain: Token = {type: 'word', text: first.text, quoted: false, from, to: first.to};
	const spaced = keyPattern.test(first.text) ? /^\s+(!=|>=|<=|==|=|>|<)/.exec(text.slice(first.to)) : null;
	if (spaced === null) return plain;
	return readValue(text, {from, key: first.text, operator: spaced[1] ?? '', valueFrom: first.to + spaced[0].length});
}

function readValue(text: string, start: Readonly<{from: number; key: string; operator: string; valueFrom: number}>): Token | QueryError {
	let valueFrom = start.valueFrom;
	// Blanks after the operator count only where a value follows on the same line of thought: `cpu> 5`, not `app= other`.
	if (/[<>]/.test(start.operator) || isBlank(text[start.valueFrom - start.operator.length - 1])) while (isBlank(text[valueFrom])) valueFrom++;
	const value = readChunk(text, valueFrom);
	if ('message' in value) return value;
	return {
		type: 'word',
		text: start.key,
		quoted: false,
		operator: start.operator,
		value: value.text,
		valueFrom,
		valueQuoted: value.quoted,
		from: start.from,
		to: value.to,
	};
}

/** Up to a blank or a bracket that was not opened in it; or what stands in quotes. */
function readChunk(text: string, from: number): Chunk | QueryError {
	const quote = text[from];
	if (quote === '"' || quote === "'") {
		const end = text.indexOf(quote, from + 1);
		if (end < 0) {
			const message = `The quote ${quote} is not closed`;
			return {from, to: text.length, message, proposal: `${message}. Try ${text.slice(from)}${quote}`, replacement: text.slice(from) + quote};
		}
		return {text: text.slice(from + 1, end), quoted: true, to: end + 1};
	}
	let depth = 0;
	let at = from;
	for (; at < text.length && !isBlank(text[at]); at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === '(') depth++;
		else if (text[at] === ')' && depth-- === 0) break;
	}
	at = Math.min(at, text.length);
	return {text: text.slice(from, at), quoted: false, to: at};
}

/** The first operator of a word whose front can be a column or a label; undefined: it is plain text. */
export function splitOperator(word: string): Readonly<{key: string; operator: string; value: string}> | undefined {
	const match = /!=|>=|<=|==|=|>|<|!~|~/.exec(word);
	if (match === null || match.index === 0) return undefined;
	const key = word.slice(0, match.index);
	return keyPattern.test(key) ? {key, operator: match[0], value: word.slice(match.index + match[0].length)} : undefined;
}
