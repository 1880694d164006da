import {badRequest} from './status-error.ts';

type Labels = Readonly<Record<string, string>>;
export type LabelPredicate = (labels: Labels) => boolean;

type Token = Readonly<{kind: 'word' | 'operator' | 'end'; text: string}>;

const tokenPattern = /\s*(?:([A-Za-z0-9_./-]+)|(==|!=|=|!|\(|\)|,|>|<))/y;

function tokensOf(source: string): readonly Token[] {
	const tokens: Token[] = [];
	tokenPattern.lastIndex = 0;
	let end = 0;
	for (;;) {
		const match = tokenPattern.exec(source);
		if (match === null) break;
		end = tokenPattern.lastIndex;
		tokens.push(match[1] === undefined ? {kind: 'operator', text: match[2] ?? ''} : {kind: 'word', text: match[1]});
	}
	if (source.slice(end).trim() !== '') throw badRequest(`unable to parse requirement: found '${source.slice(end).trim().charAt(0)}', expected: identifier`);
	return tokens;
}

const ended: Token = {kind: 'end', text: ''};

class Parser {
	readonly #tokens: readonly Token[];
	#position = 0;

	constructor(source: string) {
		this.#tokens = tokensOf(source);
	}

	parse(): readonly LabelPredicate[] {
		const predicates: LabelPredicate[] = [];
		while (this.#peek().kind !== 'end') {
			predicates.push(this.#requirement());
			const next = this.#take();
			if (next.kind === 'end') break;
			if (next.text !== ',') throw badRequest(`unable to parse requirement: found '${next.text}', expected: ',' or 'end of string'`);
			if (this.#peek().kind === 'end') throw badRequest("unable to parse requirement: found '', expected: identifier after ','");
		}
		return predicates;
	}

	#peek(): Token {
		return this.#tokens[this.#position] ?? ended;
	}

	#take(): Token {
		const token = this.#peek();
		this.#position += 1;
		return token;
	}

	#word(): string {
		const token = this.#take();
		if (token.kind !== 'word') throw badRequest(`unable to parse requirement: found '${token.text}', expected: identifier`);
		return token.text;
	}

	#requirement(): LabelPredicate {
		if (this.#peek().text === '!') {
			this.#take();
			const key = this.#word();
			return labels => labels[key] === undefined;
		}
		const key = this.#word();
		const operator = this.#peek();
		if (operator.kind === 'end' || operator.text === ',') return labels => labels[key] !== undefined;
		this.#take();
		return this.#comparison(key, operator.text);
	}

	#comparison(key: string, operator: string): LabelPredicate {
		switch (operator) {
			case '=':
			case '==': {
				const value = this.#value();
				return labels => labels[key] === value;
			}
			case '!=': {
				const value = this.#value();
				return labels => labels[key] !== value;
			}
			case 'in': {
				const values = this.#values();
				return labels => labels[key] !== undefined && values.has(labels[key]);
			}
			case 'notin': {
				const values = this.#values();
				return labels => labels[key] === undefined || !values.has(labels[key]);
			}
			case '>':
			case '<': {
				const bound = Number(this.#word());
				return labels => labels[key] !== undefined && (operator === '>' ? Number(labels[key]) > bound : Number(labels[key]) < bound);
			}
			default:
				throw badRequest(`unable to parse requirement: found '${operator}', expected: in, notin, =, ==, !=, gt, lt`);
		}
	}

	/** `a=` asks for the empty value. */
	#value(): string {
		const next = this.#peek();
		return next.kind === 'end' || next.text === ',' ? '' : this.#word();
	}

	#values(): ReadonlySet<string> {
		const open = this.#take();
		if (open.text !== '(') throw badRequest(`unable to parse requirement: found '${open.text}' expected: '('`);
		const values = new Set<string>();
		for (;;) {
			const token = this.#take();
			if (token.text === ')') return values;
			if (token.kind === 'end') throw badRequest("unable to parse requirement: found '', expected: ',' or ')'");
			if (token.kind === 'word') values.add(token.text);
		}
	}
}

/** A labelSelector in full (`=`, `==`, `!=`, `in`, `notin`, `key`, `!key`, `>`, `<`); undefined when it selects all. Throws a 400 StatusError. */
export function parseLabelSelector(source: string): LabelPredicate | undefined {
	const predicates = new Parser(source).parse();
	return predicates.length === 0 ? undefined : labels => predicates.every(matches => matches(labels));
}
