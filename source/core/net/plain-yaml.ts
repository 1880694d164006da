/** What a plain YAML text holds; core/field.ts reads it. */
export type Plain = string | readonly Plain[] | Readonly<{[key: string]: Plain}>;
type Line = Readonly<{indent: number; text: string}>;

/**
 * Reads the YAML that component configurations are made of: maps, lists, flow maps and lists, quoted and plain scalars, `|` and `>`
 * blocks, comments. Scalars stay texts. No anchors, tags or several documents: of those only what comes before is read. Never throws.
 */
export function plainYaml(text: string): Plain {
	const lines = text.split('\n').flatMap((raw): readonly Line[] => {
		const trimmed = raw.trimStart();
		return trimmed === '' || trimmed.startsWith('#') ? [] : [{indent: raw.length - trimmed.length, text: trimmed.trimEnd()}];
	});
	const end = lines.findIndex(({text: one, indent}, index) => indent === 0 && (one === '...' || (one === '---' && index > 0)));
	return new Reader((end === -1 ? lines : lines.slice(0, end)).filter(({text: one}) => one !== '---')).node(0);
}

const keyPattern = /^("(?:\\.|[^"])*"|'(?:''|[^'])*'|[^\s'"[{#&*!|>%@`-][^#]*?|-[^\s][^#]*?):(?:\s+(.*))?$/;

class Reader {
	readonly #lines: readonly Line[];
	#at = 0;

	constructor(lines: readonly Line[]) {
		this.#lines = lines;
	}

	/** The value whose lines are indented by at least that much. */
	node(least: number): Plain {
		const line = this.#lines[this.#at];
		if (!line || line.indent < least) return '';
		if (/^-(?:\s|$)/.test(line.text)) return this.#list(line.indent);
		if (keyPattern.test(line.text)) return this.#map(line.indent);
		return this.#scalarLines(least);
	}

	#map(indent: number): Plain {
		const found: Record<string, Plain> = {};
		for (let line = this.#lines[this.#at]; line?.indent === indent; line = this.#lines[this.#at]) {
			const [, key = '', rest = ''] = keyPattern.exec(line.text) ?? [];
			if (key === '') break;
			this.#at++;
			// A list may stand as far to the left as its key.
			const next = this.#lines[this.#at];
			const listBelow = rest === '' && next?.indent === indent && /^-(?:\s|$)/.test(next.text);
			const value = listBelow ? this.#list(indent) : this.#value(rest, indent);
			Object.defineProperty(found, unquote(key), {value, enumerable: true, configurable: true, writable: true});
		}
		return found;
	}

	#list(indent: number): Plain {
		const found: Plain[] = [];
		for (let line = this.#lines[this.#at]; line?.indent === indent && /^-(?:\s|$)/.test(line.text); line = this.#lines[this.#at]) {
			const rest = line.text.slice(1).trimStart();
			this.#at++;
			// `- name: x` begins a map whose further keys stand below the name.
			found.push(keyPattern.test(rest) ? this.#inlineMap(rest, indent + line.text.length - rest.length) : this.#value(rest, indent));
		}
		return found;
	}

	#inlineMap(text: string, indent: number): Plain {
		const nested = new Reader([{indent, text}, ...this.#below(indent - 1)]);
		return nested.node(0);
	}

	#value(rest: string, indent: number): Plain {
		const text = withoutComment(rest);
		if (/^[|>][+-]?\d*$/.test(text))
			return this.#below(indent)
				.map(line => line.text)
				.join(text.startsWith('|') ? '\n' : ' ');
		if (text === '') return this.node(indent + 1);
		if (/^[[{]/.test(text)) return flow([text, ...(isClosed(text) ? [] : this.#below(indent).map(line => withoutComment(line.text)))].join(' '));
		return unquote(text);
	}

	#scalarLines(least: number): Plain {
		const text = this.#below(least - 1)
			.map(line => withoutComment(line.text))
			.join(' ');
		return /^[[{]/.test(text) ? flow(text) : unquote(text);
	}

	/** Takes the lines that are indented further than that. */
	#below(indent: number): readonly Line[] {
		const from = this.#at;
		while ((this.#lines[this.#at]?.indent ?? -1) > indent) this.#at++;
		return this.#lines.slice(from, this.#at);
	}
}

function withoutComment(text: string): string {
	if (text.startsWith('#')) return '';
	if (/^["']/.test(text)) return /^("(?:\\.|[^"])*"|'(?:''|[^'])*')/.exec(text)?.[0] ?? text;
	return text.replace(/\s#.*$/, '').trimEnd();
}

function unquote(text: string): string {
	if (/^'.*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
	if (!/^".*"$/.test(text)) return text === '~' || text === 'null' ? '' : text;
	try {
		// A double-quoted scalar of one line is a JSON string but for a few escapes.
		return String(JSON.parse(text));
	} catch {
		return text.slice(1, -1);
	}
}

function isClosed(text: string): boolean {
	const bare = text.replace(/"(?:\\.|[^"])*"|'(?:''|[^'])*'/g, '');
	return (bare.match(/[[{]/g)?.length ?? 0) <= (bare.match(/[\]}]/g)?.length ?? 0);
}

/** `{a: 1, b: [x, "y"]}`; JSON is such a text too. */
function flow(text: string): Plain {
	const tokens = [...text.matchAll(/"(?:\\.|[^"])*"|'(?:''|[^'])*'|[[\]{},]|:(?=[\s,[\]{}"']|$)|[^\s[\]{},:][^[\]{},]*?(?=\s*(?:[[\]{},]|:\s|:$|$))/g)].map(
		([token]) => token,
	);
	let at = 0;
	const value = (): Plain => {
		const token = tokens[at++] ?? '';
		if (token === '[') {
			const items: Plain[] = [];
			while (at < tokens.length && tokens[at] !== ']') {
				if (tokens[at] === ',') at++;
				else items.push(value());
			}
			at++;
			return items;
		}
		if (token !== '{') return unquote(token);
		const entries: Array<readonly [string, Plain]> = [];
		while (at < tokens.length && tokens[at] !== '}') {
			if (tokens[at] === ',') {
				at++;
				continue;
			}
			const key = unquote(tokens[at++] ?? '');
			if (tokens[at] === ':') {
				at++;
				entries.push([key, tokens[at] === ',' || tokens[at] === '}' ? '' : value()]);
			} else entries.push([key, '']);
		}
		at++;
		return Object.fromEntries(entries);
	};
	return value();
}
