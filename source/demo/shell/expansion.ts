import type {Descriptors, RunningShell} from './running-shell.ts';
import type {Part, Word} from './syntax.ts';

/** A piece of a word with its value. Of several fields (`"$@"`) each begins a new word. */
type Piece = Readonly<{fields: readonly string[]; isQuoted: boolean}>;

/** Turns words with parameters, commands and sums into texts. */
export class Expansion {
	readonly #shell: RunningShell;

	constructor(shell: RunningShell) {
		this.#shell = shell;
	}

	/** One text: neither split nor matched against files. */
	async text(word: Word, descriptors: Descriptors): Promise<string> {
		const texts: string[] = [];
		for (const part of word) texts.push((await this.#piece(part, descriptors)).fields.join(' '));
		return texts.join('');
	}

	/** The words that come of words: split at blanks where they are not quoted, stars matched against files. */
	async words(words: readonly Word[], descriptors: Descriptors): Promise<readonly string[]> {
		const result: string[] = [];
		for (const word of words) result.push(...(await this.#split(word, descriptors)));
		return result;
	}

	async #split(word: Word, descriptors: Descriptors): Promise<readonly string[]> {
		const texts: string[] = [];
		let current: string | undefined;
		let isPattern = false;
		const finish = (): void => {
			if (current === undefined) return;
			const matched = isPattern ? this.#shell.machine.files.matching(current) : [];
			texts.push(...(matched.length === 0 ? [current] : matched));
			current = undefined;
			isPattern = false;
		};
		for (const part of word) {
			const {fields, isQuoted} = await this.#piece(part, descriptors);
			const isSplit = !isQuoted && part.is !== 'text';
			const pieces = isSplit ? fields.flatMap(field => field.split(/[ \t\n]+/u)) : fields;
			for (const [index, piece] of pieces.entries()) {
				if (index > 0) finish();
				if (isSplit && piece === '') continue;
				current = (current ?? '') + piece;
				if (!isQuoted && piece.includes('*')) isPattern = true;
			}
		}
		finish();
		return texts;
	}

	async #piece(part: Part, descriptors: Descriptors): Promise<Piece> {
		const {isQuoted} = part;
		switch (part.is) {
			case 'text':
				return {fields: [part.text], isQuoted};
			case 'output':
				return {fields: [await this.#shell.outputOf(part.script, descriptors)], isQuoted};
			case 'number':
				return {fields: [String(this.#sum(part.text))], isQuoted};
			default: {
				if (part.name === '@' || part.name === '*') return {fields: this.#shell.state.arguments, isQuoted};
				const value = this.#parameter(part.name);
				if (value === '' && part.otherwise !== undefined) return {fields: [await this.text(part.otherwise, descriptors)], isQuoted};
				return {fields: [value], isQuoted};
			}
		}
	}

	#parameter(name: string): string {
		const {state} = this.#shell;
		if (/^\d$/u.test(name)) return name === '0' ? state.name : (state.arguments[Number(name) - 1] ?? '');
		switch (name) {
			case '?':
				return String(state.status);
			case '#':
				return String(state.arguments.length);
			case '$':
				return '7';
			default:
				return state.variables.get(name) ?? '';
		}
	}

	/** Sums and comparisons of whole numbers, from left to right with the usual precedence. */
	#sum(text: string): number {
		const tokens = text.replaceAll(/\$?([A-Za-z_]\w*|\$\d)/gu, (_, name: string) => this.#parameter(name) || '0').match(/\d+|[-+*/%<>]|[<>=!]=/gu) ?? [];
		const values: number[] = [Number(tokens[0] ?? 0)];
		const operators: string[] = [];
		for (let index = 1; index + 1 < tokens.length; index += 2) {
			const operator = tokens[index] ?? '+';
			const value = Number(tokens[index + 1]);
			const last = values.at(-1) ?? 0;
			if (operator === '*') values[values.length - 1] = last * value;
			else if (operator === '/') values[values.length - 1] = Math.trunc(last / value);
			else if (operator === '%') values[values.length - 1] = last % value;
			else {
				operators.push(operator);
				values.push(value);
			}
		}
		return values.slice(1).reduce((total, value, index) => (operators[index] === '-' ? total - value : total + value), values[0] ?? 0);
	}
}
