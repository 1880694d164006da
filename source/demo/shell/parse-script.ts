import {parseWord, Source} from './parse-word.ts';
import {type Command, type Pipeline, type Redirection, type Script, ShellSyntaxError, type Word} from './syntax.ts';

const reserved = new Set(['do', 'done', 'then', 'else', 'elif', 'fi', '}', '{', '!', 'for', 'while', 'if', 'in']);

/** Reads a script of the shell. Throws a ShellSyntaxError. */
export function parseScript(text: string): Script {
	const source = new Source(text);
	const script = parseList(source, []);
	if (!source.isOver) throw new ShellSyntaxError(`syntax error: unexpected ${JSON.stringify(source.next)}`);
	return script;
}

function skipBlanks(source: Source, withLines: boolean): void {
	for (;;) {
		const skipped = source.match(withLines ? /(?:[ \t\n]|\\\n)+/uy : /(?:[ \t]|\\\n)+/uy) + (source.next === '#' ? source.match(/#[^\n]*/uy) : '');
		if (skipped === '') return;
	}
}

/** The word that comes next, without taking it, where it is a plain one. */
function peekWord(source: Source): string {
	const at = source.at;
	const word = source.match(/[^\s;&|<>()'"$\\]+/uy);
	source.at = at;
	return word;
}

function atEnd(source: Source, ends: readonly string[]): boolean {
	return source.isOver || (ends.includes(')') && source.next === ')') || ends.includes(peekWord(source));
}

function parseList(source: Source, ends: readonly string[]): Script {
	const script: Pipeline[] = [];
	for (skipBlanks(source, true); !atEnd(source, ends); skipBlanks(source, true)) {
		if (source.next === ')' || source.startsWith(';;')) break;
		const {commands, isNegated} = parsePipeline(source);
		skipBlanks(source, false);
		const then = source.take('&&') ? '&&' : source.take('||') ? '||' : source.take('&') ? '&' : ';';
		source.take(';');
		script.push({commands, isNegated, then});
	}
	return script;
}

function parsePipeline(source: Source): Pick<Pipeline, 'commands' | 'isNegated'> {
	const isNegated = peekWord(source) === '!' && source.take('!');
	skipBlanks(source, false);
	const commands = [parseCommand(source)];
	for (skipBlanks(source, false); source.next === '|' && !source.startsWith('||'); skipBlanks(source, false)) {
		source.take('|');
		skipBlanks(source, true);
		commands.push(parseCommand(source));
	}
	return {commands, isNegated};
}

function parseCommand(source: Source): Command {
	const command = parseCompound(source);
	if (command === undefined) return parseSimple(source);
	const redirections: Redirection[] = [];
	for (let one = parseRedirection(source); one !== undefined; one = parseRedirection(source)) redirections.push(one);
	return {...command, redirections};
}

function parseCompound(source: Source): Command | undefined {
	const redirections: readonly Redirection[] = [];
	if (source.take('(')) {
		const body = parseList(source, [')']);
		source.expect(')');
		return {is: 'subshell', body, redirections};
	}
	switch (peekWord(source)) {
		case '{': {
			source.take('{');
			const body = parseList(source, ['}']);
			source.expect('}');
			return {is: 'group', body, redirections};
		}
		case 'while': {
			source.take('while');
			const condition = parseList(source, ['do']);
			return {is: 'while', condition, body: parseLoopBody(source), redirections};
		}
		case 'for':
			return parseFor(source);
		case 'if':
			return parseIf(source);
		default: {
			const name = /^([A-Za-z_]\w*)\(\)/u.exec(source.text.slice(source.at, source.at + 60))?.[1];
			if (name === undefined) return undefined;
			source.at += name.length + 2;
			skipBlanks(source, true);
			return {is: 'function', name, body: parseCommand(source), redirections};
		}
	}
}

function parseLoopBody(source: Source): Script {
	skipBlanks(source, true);
	source.take(';');
	skipBlanks(source, true);
	source.expect('do');
	const body = parseList(source, ['done']);
	source.expect('done');
	return body;
}

function parseFor(source: Source): Command {
	source.take('for');
	skipBlanks(source, false);
	const name = source.match(/[A-Za-z_]\w*/uy);
	skipBlanks(source, true);
	let words: Word[] | undefined;
	if (peekWord(source) === 'in') {
		source.take('in');
		words = [];
		for (skipBlanks(source, false); !source.isOver && !'\n;'.includes(source.next); skipBlanks(source, false)) words.push(parseWord(source, parseList));
	}
	return {is: 'for', name, words, body: parseLoopBody(source), redirections: []};
}

function parseIf(source: Source): Command {
	source.take('if');
	const branches = [];
	do {
		const condition = parseList(source, ['then']);
		source.expect('then');
		branches.push({condition, body: parseList(source, ['elif', 'else', 'fi'])});
	} while (source.take('elif'));
	const otherwise = source.take('else') ? parseList(source, ['fi']) : undefined;
	source.expect('fi');
	return {is: 'if', branches, otherwise, redirections: []};
}

function parseRedirection(source: Source): Redirection | undefined {
	skipBlanks(source, false);
	const [, digits = '', operator = ''] = /^(\d?)(>>|>&|<&|>|<)/u.exec(source.text.slice(source.at, source.at + 4)) ?? [];
	if (!isOperator(operator)) return undefined;
	source.at += digits.length + operator.length;
	skipBlanks(source, false);
	return {descriptor: digits === '' ? (operator.startsWith('<') ? 0 : 1) : Number(digits), operator, target: parseWord(source, parseList)};
}

function isOperator(text: string): text is Redirection['operator'] {
	return ['<', '>', '>>', '>&', '<&'].includes(text);
}

function parseSimple(source: Source): Command {
	const assignments: Array<readonly [string, Word]> = [];
	const words: Word[] = [];
	const redirections: Redirection[] = [];
	for (skipBlanks(source, false); !source.isOver && !'\n;&|)'.includes(source.next); skipBlanks(source, false)) {
		const redirection = parseRedirection(source);
		if (redirection !== undefined) {
			redirections.push(redirection);
			continue;
		}
		const name = words.length === 0 ? /^([A-Za-z_]\w*)=/u.exec(source.text.slice(source.at, source.at + 80))?.[1] : undefined;
		if (name !== undefined) {
			source.at += name.length + 1;
			assignments.push([name, parseWord(source, parseList)]);
			continue;
		}
		const plain = peekWord(source);
		if (words.length === 0 && assignments.length === 0 && reserved.has(plain)) throw new ShellSyntaxError(`syntax error: unexpected ${JSON.stringify(plain)}`);
		if (source.next === '(') throw new ShellSyntaxError('syntax error: unexpected "("');
		words.push(parseWord(source, parseList));
	}
	if (words.length === 0 && assignments.length === 0 && redirections.length === 0)
		throw new ShellSyntaxError(`syntax error: unexpected ${JSON.stringify(source.next)}`);
	return {is: 'simple', assignments, words, redirections};
}
