const escapes: Readonly<Record<string, string>> = {n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', a: '\u0007', '0': '\0'};

/** The bytes of `printf FORMAT WORDS`: %s, %d, %%, and the usual escapes, \xHH among them. The format is used again while words are left. */
export function printed([format = '', ...words]: readonly string[]): Buffer {
	const parts: Buffer[] = [];
	let left = words;
	do {
		const before = left.length;
		for (const [piece, hex, escaped, directive] of format.matchAll(/\\x([0-9a-fA-F]{1,2})|\\(.)|%([sd%])|[^\\%]+|[\\%]/gsu)) {
			if (hex !== undefined) parts.push(Buffer.from([Number.parseInt(hex, 16)]));
			else if (escaped !== undefined) parts.push(Buffer.from(escapes[escaped] ?? `\\${escaped}`));
			else if (directive === '%') parts.push(Buffer.from('%'));
			else if (directive === undefined) parts.push(Buffer.from(piece));
			else {
				const [word = ''] = left;
				left = left.slice(1);
				parts.push(Buffer.from(directive === 'd' ? String(Number.parseInt(word, 10) || 0) : word));
			}
		}
		if (left.length === before) break;
	} while (left.length > 0);
	return Buffer.concat(parts);
}
