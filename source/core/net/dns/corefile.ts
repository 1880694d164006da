import {type CorefileToken, corefileTokens} from './corefile-tokens.ts';

/** A plugin or one of its options: `forward . 10.0.0.2 {` with what stands in its braces. */
export type Directive = Readonly<{name: string; args: readonly string[]; line: number; block: readonly Directive[]}>;
/** Where a server block listens: `dns://cluster.local:53`. `zone` has no final dot, but the root is `.`. */
export type ServerKey = Readonly<{scheme: 'dns' | 'tls' | 'quic' | 'grpc' | 'https' | 'https3'; zone: string; port: number}>;
export type ServerBlock = Readonly<{keys: readonly ServerKey[]; plugins: readonly Directive[]; line: number}>;
export type CorefileError = Readonly<{line: number; text: string}>;

export type Corefile = Readonly<{
	blocks: readonly ServerBlock[];
	/** Files that are imported and were not at hand: their plugins are unknown. */
	unread: ReadonlyArray<Readonly<{pattern: string; line: number}>>;
	errors: readonly CorefileError[];
}>;

const ports: Readonly<Record<ServerKey['scheme'], number>> = {dns: 53, tls: 853, quic: 853, grpc: 443, https: 443, https3: 443};

/**
 * Reads a Corefile: server blocks, snippets, imports (of snippets, and of `files` by the last part of their pattern: keys of the
 * ConfigMap coredns-custom). Never throws: what does not parse is in `errors`, with its line; the rest is read as far as it goes.
 * Rules: coredns/caddy caddyfile/parse.go and coredns core/dnsserver/address.go.
 */
export function parseCorefile(text: string, files: Readonly<Record<string, string>> = {}): Corefile {
	return new Reader(corefileTokens(text), files).corefile();
}

class Reader {
	readonly #tokens: readonly CorefileToken[];
	readonly #files: Readonly<Record<string, string>>;
	readonly #errors: CorefileError[] = [];
	readonly #unread: Array<{pattern: string; line: number}> = [];
	readonly #snippets = new Map<string, readonly Directive[]>();
	readonly #blocks: ServerBlock[] = [];
	#at = 0;

	constructor(tokens: readonly CorefileToken[], files: Readonly<Record<string, string>>) {
		this.#tokens = tokens;
		this.#files = files;
	}

	corefile(): Corefile {
		while (this.#at < this.#tokens.length) this.#topLevel();
		return {blocks: this.#blocks, unread: this.#unread, errors: this.#errors};
	}

	#topLevel(): void {
		const start = this.#next();
		if (start.text === '}') this.#wrong(start.line, 'a } that closes nothing');
		else if (start.text === '{') {
			this.#wrong(start.line, 'a server block without a zone');
			this.#directives(start.line);
		} else if (start.text === 'import') this.#importBlocks(this.#restOfLine(start.line), start.line);
		else this.#block(start);
	}

	#block(start: CorefileToken): void {
		const names = [start, ...this.#keysAfter(start)];
		const braced = this.#peek()?.text === '{' && !this.#peek()?.quoted;
		if (braced) this.#at++;
		const plugins = braced ? this.#directives(start.line) : this.#bareBlock();
		const snippet = /^\((.+)\)$/.exec(start.text)?.[1];
		if (snippet !== undefined) this.#snippets.set(snippet, plugins);
		else this.#blocks.push({keys: names.flatMap(token => this.#key(token)), plugins, line: start.line});
	}

	/** More keys: in the same line, or in the next where a comma ends the one before. */
	#keysAfter(start: CorefileToken): readonly CorefileToken[] {
		const keys: CorefileToken[] = [];
		let last = start;
		for (let token = this.#peek(); token && token.text !== '{'; token = this.#peek()) {
			if (token.line !== last.line && !last.text.endsWith(',')) break;
			this.#at++;
			keys.push(token);
			last = token;
		}
		return keys;
	}

	#key(token: CorefileToken): readonly ServerKey[] {
		const text = token.text.replace(/,$/, '');
		if (text === '') return [];
		const parts = /^(?:(dns|tls|quic|grpc|https|https3):\/\/)?(.*?)(?::(\d{1,5}))?$/.exec(text);
		const scheme = (parts?.[1] ?? 'dns') as ServerKey['scheme'];
		const zone = parts?.[2] ?? '';
		const port = parts?.[3] === undefined ? ports[scheme] : Number(parts[3]);
		if (/:\/\//.test(zone) || port > 65_535) {
			this.#wrong(token.line, `${text} is no zone`);
			return [];
		}
		return [{scheme, zone: zone === '' || zone === '.' ? '.' : zone.toLowerCase().replace(/\.$/, ''), port}];
	}

	/** Directives up to the brace that closes; `from` is where it was opened. */
	#directives(from: number): readonly Directive[] {
		const found: Directive[] = [];
		for (let token = this.#take(); token; token = this.#take()) {
			if (token.text === '}' && !token.quoted) return found;
			found.push(...this.#directive(token));
		}
		this.#wrong(from, 'the block that begins here is not closed: a } is missing');
		return found;
	}

	/** Without braces the whole rest of the file is one server block. */
	#bareBlock(): readonly Directive[] {
		const found: Directive[] = [];
		for (let token = this.#take(); token; token = this.#take()) {
			if (token.text === '}') this.#wrong(token.line, 'a } that closes nothing');
			else found.push(...this.#directive(token));
		}
		return found;
	}

	#directive(token: CorefileToken): readonly Directive[] {
		const words = this.#restOfLine(token.line);
		const opens = words.at(-1) === '{';
		const args = opens ? words.slice(0, -1) : words;
		if (token.text === '{') {
			this.#wrong(token.line, 'a { without a plugin before it');
			this.#directives(token.line);
			return [];
		}
		if (token.text === 'import') return this.#importDirectives(args, token.line);
		return [{name: token.text, args, line: token.line, block: opens ? this.#directives(token.line) : []}];
	}

	#importDirectives([pattern = '']: readonly string[], line: number): readonly Directive[] {
		const snippet = this.#snippets.get(pattern);
		if (snippet) return snippet;
		const texts = this.#matching(pattern);
		if (texts.length === 0) this.#unread.push({pattern, line});
		return texts.flatMap(text => {
			// A file that imports itself would never end: what imported files import is not followed.
			const inner = new Reader(corefileTokens(text), {});
			const found = inner.#bareBlock().map(directive => ({...directive, line}));
			this.#adopt(inner, pattern, line);
			return found;
		});
	}

	#importBlocks([pattern = '']: readonly string[], line: number): void {
		const texts = this.#matching(pattern);
		if (texts.length === 0) this.#unread.push({pattern, line});
		for (const text of texts) {
			const inner = new Reader(corefileTokens(text), {});
			this.#blocks.push(...inner.corefile().blocks.map(block => ({...block, line})));
			this.#adopt(inner, pattern, line);
		}
	}

	/** Errors and open imports of an imported file, at the line that imports it. */
	#adopt(inner: Reader, pattern: string, line: number): void {
		this.#errors.push(...inner.#errors.map(error => ({line, text: `in ${pattern}, line ${error.line}: ${error.text}`})));
		this.#unread.push(...inner.#unread.map(open => ({...open, line})));
	}

	/** The files that a pattern like `custom/*.override` names. */
	#matching(pattern: string): readonly string[] {
		const last = pattern.split('/').at(-1) ?? '';
		const wanted = new RegExp(
			`^${last
				.split('*')
				.map(part => part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'))
				.join('.*')}$`,
		);
		return Object.entries(this.#files).flatMap(([name, text]) => (wanted.test(name) ? [text] : []));
	}

	#restOfLine(line: number): readonly string[] {
		const words: string[] = [];
		for (let token = this.#peek(); token && token.line === line && !token.first; token = this.#peek()) {
			// One line: `errors }` closes what is around it.
			if (token.text === '}' && !token.quoted) break;
			this.#at++;
			words.push(token.text);
			if (token.text === '{' && !token.quoted) break;
		}
		return words;
	}

	#peek(): CorefileToken | undefined {
		return this.#tokens[this.#at];
	}

	#take(): CorefileToken | undefined {
		return this.#tokens[this.#at++];
	}

	#next(): CorefileToken {
		return this.#take() ?? {text: '', line: 0, first: true, quoted: false};
	}

	#wrong(line: number, text: string): void {
		this.#errors.push({line, text});
	}
}

/** The plugins of that name in all server blocks, or in one. */
export function pluginsNamed(corefile: Pick<Corefile, 'blocks'>, name: string): readonly Directive[] {
	return corefile.blocks.flatMap(({plugins}) => plugins.filter(plugin => plugin.name === name));
}

/** Is the name in the zone, or the zone itself? Without regard to case and final dots. */
export function inZone(name: string, zone: string): boolean {
	const [inner, outer] = [name, zone].map(text => text.toLowerCase().replace(/\.$/, ''));
	return outer === '' || inner === outer || inner?.endsWith(`.${outer}`) === true;
}

/** The server block that answers for a name on port 53: that with the longest zone around it. */
export function blockFor({blocks}: Pick<Corefile, 'blocks'>, name: string): ServerBlock | undefined {
	const around = blocks.flatMap(block =>
		block.keys
			.filter(({scheme, port, zone}) => scheme === 'dns' && port === 53 && inZone(name, zone))
			.map(({zone}) => ({block, length: zone === '.' ? 0 : zone.length})),
	);
	return around.toSorted((a, b) => b.length - a.length)[0]?.block;
}
