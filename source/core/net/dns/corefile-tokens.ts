/** A word of a Corefile; `line` counts from 1. `first`: nothing stands before it in its line. */
export type CorefileToken = Readonly<{text: string; line: number; first: boolean; quoted: boolean}>;

/**
 * The words of a Corefile as caddy's lexer finds them (coredns/caddy caddyfile/lexer.go): parted by blanks, `"…"` held together (over
 * lines too, `\"` is a quote), `#` where a word could begin starts a comment. Environment variables are left as they are written.
 */
export function corefileTokens(text: string): readonly CorefileToken[] {
	const tokens: CorefileToken[] = [];
	let line = 1;
	let lastLine = 0;
	for (const match of text.replace(/^\ufeff/, '').matchAll(/\n|[^\S\n]+|#[^\n]*|"(?:\\"|[^"])*"?|[^\s]+/g)) {
		const [word] = match;
		if (word === '\n') line++;
		else if (!/^[\s#]/.test(word)) {
			const quoted = word.startsWith('"');
			const bare = quoted ? word.slice(1, word.length > 1 && word.endsWith('"') ? -1 : undefined).replaceAll('\\"', '"') : word;
			tokens.push({text: bare, line, first: line !== lastLine, quoted});
			lastLine = line;
			if (quoted) line += word.split('\n').length - 1;
		}
	}
	return tokens;
}
