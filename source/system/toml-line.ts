/**
 * The line (from 1) on which a key path stands in a TOML text: `['table', 'x']` is `"x" = ...` below `[table]`, or
 * `table.x = ...`. undefined where it is not found (inline tables are found by the key before them). The text has
 * been parsed before, so only its shape matters here.
 */
export function tomlLine(text: string, keys: readonly string[]): number | undefined {
	let table: readonly string[] = [];
	let best: {line: number; length: number} | undefined;
	let multiline: string | undefined;
	for (const [index, line] of text.split('\n').entries()) {
		if (multiline !== undefined) {
			if (line.includes(multiline)) multiline = undefined;
			continue;
		}
		const header = /^\s*\[\[?([^\]]+)\]/.exec(line)?.[1];
		const entry = header === undefined ? keyBefore(line, '=') : undefined;
		multiline = opensMultiline(line);
		if (header !== undefined) table = splitKey(header);
		const path = header !== undefined ? table : entry === undefined ? undefined : [...table, ...splitKey(entry)];
		if (path === undefined || path.length > keys.length || path.some((part, at) => part !== keys[at])) continue;
		if (best === undefined || path.length > best.length) best = {line: index + 1, length: path.length};
	}
	return best?.line;
}

/** The key part of `key = value`, with quotes respected. */
function keyBefore(line: string, end: string): string | undefined {
	return new RegExp(`^\\s*((?:"(?:[^"\\\\]|\\\\.)*"|'[^']*'|[A-Za-z0-9_.\\s-])+?)\\s*${end}`).exec(line)?.[1];
}

function splitKey(key: string): string[] {
	return [...key.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+)/g)].map(
		([, double, single, bare]) => double?.replaceAll(/\\(.)/g, '$1') ?? single ?? bare ?? '',
	);
}

/** `"""` or `'''` opened on this line and not closed on it. */
function opensMultiline(line: string): string | undefined {
	return ['"""', "'''"].find(quote => line.split(quote).length % 2 === 0);
}
