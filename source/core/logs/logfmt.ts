import type {LogField} from './json-fields.ts';

const pair = /\s*([A-Za-z_@][\w.@/-]*)=(?:"((?:[^"\\]|\\.)*)"|([{[][^\s]*|[^\s"]*))(?=\s|$)/y;

/** The pairs of a text that is nothing but `name=value name="two words"`, at least `least` of them; undefined: it is something else. */
export function logfmtFields(text: string, least = 2): readonly LogField[] | undefined {
	const equals = text.indexOf('=');
	if (equals <= 0 || equals > 64) return undefined;
	const fields: LogField[] = [];
	pair.lastIndex = 0;
	const end = text.trimEnd().length;
	while (pair.lastIndex < end) {
		const match = pair.exec(text);
		if (match === null) return undefined;
		fields.push([match[1] ?? '', match[2] === undefined ? (match[3] ?? '') : unquoted(match[2])]);
	}
	return fields.length >= least ? fields : undefined;
}

/** What stands before the pairs at the end of a text, and the pairs: `starting server addr=:8080 tls=false`. */
export function trailingFields(text: string): Readonly<{message: string; fields: readonly LogField[]}> {
	const start = text.search(/\s[A-Za-z_@][\w.@/-]*=/);
	const fields = start < 0 ? undefined : logfmtFields(text.slice(start), 1);
	return fields === undefined ? {message: text, fields: []} : {message: text.slice(0, start).trimEnd(), fields};
}

/** A quoted Go string without its escapes (strconv.Quote). */
export function unquoted(text: string): string {
	if (!text.includes('\\')) return text;
	return text.replace(/\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(.))/g, (_all, wide?: string, byte?: string, one?: string) =>
		one === undefined ? String.fromCharCode(Number.parseInt(wide ?? byte ?? '0', 16)) : ({n: ' ', t: ' ', r: ' '}[one] ?? one),
	);
}
