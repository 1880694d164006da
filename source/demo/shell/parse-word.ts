import type {Part, Script, Word} from './syntax.ts';
import {ShellSyntaxError} from './syntax.ts';

/** A text and how far it has been read. */
export class Source {
	readonly text: string;
	at = 0;

	constructor(text: string) {
		this.text = text;
	}

	get next(): string {
		return this.text.charAt(this.at);
	}

	get isOver(): boolean {
		return this.at >= this.text.length;
	}

	startsWith(word: string): boolean {
		return this.text.startsWith(word, this.at);
	}

	/** Takes a text if it comes next. */
	take(word: string): boolean {
		if (!this.startsWith(word)) return false;
		this.at += word.length;
		return true;
	}

	/** Takes what a sticky expression matches here; '' for nothing. */
	match(pattern: RegExp): string {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text)?.[0] ?? '';
		this.at += found.length;
		return found;
	}

	expect(word: string): void {
		if (!this.take(word))
			throw new ShellSyntaxError(`syntax error: unexpected ${this.isOver ? 'end of file' : JSON.stringify(this.next)} (expecting ${JSON.stringify(word)})`);
	}
}

const endsWord = new Set(['', ' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')']);

type ParseScript = (source: Source, ends: readonly string[]) => Script;

/** Reads one word of the shell's language. `parseScript` reads what stands in `$(...)`. */
export function parseWord(source: Source, parseScript: ParseScript): Word {
	const parts: Part[] = [];
	while (!endsWord.has(source.next)) parts.push(...parsePart(source, parseScript));
	return parts;
}

function parsePart(source: Source, parseScript: ParseScript): readonly Part[] {
	const {next} = source;
	if (next === "'") {
		source.at += 1;
		const text = source.match(/[^']*/uy);
		source.expect("'");
		return [{is: 'text', text, isQuoted: true}];
	}
	if (next === '"') return parseQuoted(source, parseScript);
	if (next === '\\') {
		const text = source.text.charAt(source.at + 1);
		source.at += 2;
		return text === '\n' ? [] : [{is: 'text', text, isQuoted: true}];
	}
	if (next === '$') return [parseDollar(source, parseScript, false)];
	return [{is: 'text', text: source.match(/[^\s'"\\$;&|<>()]+/uy) || takeOne(source), isQuoted: false}];
}

function takeOne(source: Source): string {
	source.at += 1;
	return source.text.charAt(source.at - 1);
}

function parseQuoted(source: Source, parseScript: ParseScript): readonly Part[] {
	source.expect('"');
	// An empty pair of quotes is a word of its own.
	const parts: Part[] = [{is: 'text', text: '', isQuoted: true}];
	while (!source.take('"')) {
		if (source.isOver) throw new ShellSyntaxError('syntax error: unterminated quoted string');
		if (source.next === '$') parts.push(parseDollar(source, parseScript, true));
		else if (source.next === '\\') {
			const escaped = source.text.charAt(source.at + 1);
			source.at += 2;
			parts.push({is: 'text', text: '$`"\\'.includes(escaped) ? escaped : escaped === '\n' ? '' : `\\${escaped}`, isQuoted: true});
		} else parts.push({is: 'text', text: source.match(/[^"\\$]+/uy), isQuoted: true});
	}
	return parts;
}

/** `$name`, `${name:-word}`, `$(commands)`, `$((sum))`, or a dollar by itself. */
function parseDollar(source: Source, parseScript: ParseScript, isQuoted: boolean): Part {
	source.expect('$');
	if (source.take('((')) {
		const end = source.text.indexOf('))', source.at);
		if (end < 0) throw new ShellSyntaxError('syntax error: missing "))"');
		const text = source.text.slice(source.at, end);
		source.at = end + 2;
		return {is: 'number', text, isQuoted};
	}
	if (source.take('(')) {
		const script = parseScript(source, [')']);
		source.expect(')');
		return {is: 'output', script, isQuoted};
	}
	if (source.take('{')) {
		const name = source.match(/[A-Za-z_]\w*|[0-9@*#?$!]/uy);
		if (!source.take(':-') && !source.take('-')) {
			source.expect('}');
			return {is: 'parameter', name, isQuoted};
		}
		const otherwise: Part[] = [];
		while (!source.startsWith('}') && !source.isOver) {
			if (source.next === '$') otherwise.push(parseDollar(source, parseScript, isQuoted));
			else otherwise.push({is: 'text', text: source.match(/[^}$]+/uy), isQuoted});
		}
		source.expect('}');
		return {is: 'parameter', name, otherwise, isQuoted};
	}
	const name = source.match(/[A-Za-z_]\w*|[0-9@*#?$!]/uy);
	return name === '' ? {is: 'text', text: '$', isQuoted} : {is: 'parameter', name, isQuoted};
}
