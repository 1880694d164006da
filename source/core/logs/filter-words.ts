import type {LogFilter} from './logs-screen.ts';
import {levelOfWord} from './levels.ts';
import {regexPattern, regexSource} from './pattern.ts';

export type ReadFilter = Readonly<{ok: true; filter: LogFilter} | {ok: false; problem: string}>;

const help = 'A filter is +text, -text, +/regex/, -/regex/, level>=warn, field=value or field!=value';

/** One filter as it is typed: `+timeout`, `-health`, `+/5\d\d/`, `level>=warn`, `status=500`, `user!=probe`. */
export function readFilter(word: string): ReadFilter {
	const sign = word[0];
	if (sign === '+' || sign === '-') return textFilter(sign === '+' ? 'include' : 'exclude', word.slice(1));
	const level = /^(?:level|lvl|severity)\s*(>=|>|=|:)\s*(\w+)$/i.exec(word);
	if (level !== null) {
		const least = levelOfWord(level[2] ?? '');
		return least === undefined
			? {ok: false, problem: `There is no level ${level[2] ?? ''}. The levels are trace, debug, info, warn, error, fatal`}
			: {ok: true, filter: {type: 'level', least}};
	}
	const field = /^([\w@][\w.@/-]*)(!?=)(.+)$/.exec(word);
	if (field !== null) return {ok: true, filter: {type: 'field', name: field[1] ?? '', value: field[3] ?? '', negated: field[2] === '!='}};
	return regexSource(word) === undefined ? {ok: false, problem: `${help}. ${word} is none of them`} : textFilter('include', word);
}

/** A pattern as it is typed behind a sign, or in a search. */
export function textFilter(type: 'include' | 'exclude', text: string): ReadFilter {
	if (text === '') return {ok: false, problem: help};
	const source = regexSource(text);
	if (source === undefined) return {ok: true, filter: {type, pattern: text, regex: false}};
	const read = regexPattern(source);
	return read.ok ? {ok: true, filter: {type, pattern: source, regex: true}} : {ok: false, problem: `${source} is no regular expression: ${read.problem}`};
}

/** A filter as it is typed; `readFilter` reads it back. Alternatives, which a command line alone can say, stand side by side. */
export function filterWord(filter: LogFilter): string {
	switch (filter.type) {
		case 'level':
			return `level>=${filter.least}`;
		case 'field':
			return `${filter.name}${filter.negated ? '!=' : '='}${filter.value}`;
		case 'include-any':
			return `+${filter.patterns.map(pattern => `/${pattern}/`).join(' or ')}`;
		default:
			return `${filter.type === 'include' ? '+' : '-'}${filter.regex ? `/${filter.pattern}/` : filter.pattern}`;
	}
}
