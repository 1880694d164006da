/** What YAML 1.1 or 1.2 reads as something else than a text: null, booleans, numbers (also 0o17, 1_000, 1:30), dates, merge. */
const readsOtherwise =
	/^(?:~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?(?:\.inf|\.nan)|\.nan|[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[-+]?\d+)?|0[xob][\da-f_]+|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|\d{4}-\d\d?-\d\d?(?:[t ].*)?)$/i;
/** Characters that only a double-quoted scalar may hold: controls, surrogates on their own, line separators, byte order marks. */
const mustEscape = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const escapeAll = new RegExp(`${mustEscape.source}|["\\\\\\t\\n]`, 'g');
const shortEscapes: Readonly<Record<string, string>> = {'"': '\\"', '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r'};

/**
 * A JSON value as lines of YAML, laid out as `kubectl get -o yaml`: keys sorted, lists at the indent of their key,
 * texts of several lines as literal blocks, long lines not folded. Parsing the lines gives the value back.
 */
export function yamlLines(value: unknown): string[] {
	if (!isNested(value)) return [scalarText(value)];
	const lines: string[] = [];
	writeNested(value, '', lines);
	return lines;
}

type Nested = readonly unknown[] | Readonly<Record<string, unknown>>;

function isNested(value: unknown): value is Nested {
	return typeof value === 'object' && value !== null && (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0);
}

function writeNested(value: Nested, indent: string, lines: string[]): void {
	if (Array.isArray(value)) {
		for (const item of value) writeItem(item, indent, lines);
		return;
	}
	for (const [key, inner] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
		if (inner === undefined) continue;
		writeEntry(`${indent}${scalarText(key)}:`, inner, indent, lines);
	}
}

function writeEntry(head: string, value: unknown, indent: string, lines: string[]): void {
	if (isNested(value)) {
		lines.push(head);
		writeNested(value, Array.isArray(value) ? indent : `${indent}  `, lines);
	} else if (typeof value === 'string' && isBlock(value)) {
		lines.push(`${head} ${blockHead(value)}`, ...blockBody(value, `${indent}  `));
	} else lines.push(`${head} ${scalarText(value)}`);
}

function writeItem(item: unknown, indent: string, lines: string[]): void {
	if (isNested(item)) {
		const first = lines.length;
		writeNested(item, `${indent}  `, lines);
		lines[first] = `${indent}- ${(lines[first] ?? '').slice(indent.length + 2)}`;
	} else if (typeof item === 'string' && isBlock(item)) {
		lines.push(`${indent}- ${blockHead(item)}`, ...blockBody(item, `${indent}  `));
	} else lines.push(`${indent}- ${scalarText(item)}`);
}

/** A literal block can hold it word for word. */
function isBlock(text: string): boolean {
	return text.includes('\n') && !mustEscape.test(text) && text.trim() !== '';
}

function blockHead(text: string): string {
	const indentation = /^[ \n\t]/.test(text) ? '2' : '';
	const chomping = text.endsWith('\n\n') ? '+' : text.endsWith('\n') ? '' : '-';
	return `|${indentation}${chomping}`;
}

function blockBody(text: string, indent: string): string[] {
	const body = text.endsWith('\n') ? text.slice(0, -1) : text;
	return body.split('\n').map(line => (line === '' ? '' : indent + line));
}

function scalarText(value: unknown): string {
	if (typeof value === 'string') return quoted(value);
	if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[]' : '{}';
	return String(value);
}

function quoted(text: string): string {
	if (text === '' || mustEscape.test(text) || /[\n\t]/.test(text) || readsOtherwise.test(text)) return doubleQuoted(text);
	if (isPlain(text)) return text;
	return `'${text.replaceAll("'", "''")}'`;
}

function doubleQuoted(text: string): string {
	const inner = text.replace(escapeAll, found => shortEscapes[found] ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
	return `"${inner}"`;
}

function isPlain(text: string): boolean {
	return !/^[\s,[\]{}#&*!|>'"%@`]|^[-?:](?:\s|$)|^(?:---|\.\.\.)|:(?:\s|$)|\s#|\s$/.test(text);
}
