import {maskOf, maskText, type MaskOptions} from './mask-text.ts';

const keyBegins = /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----/;
const keyEnds = /-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----/;
/** `2026-11-21T14:02:31.123456789Z `, in front of every line of a log. */
const stamp = /^\d{4}-\d\d-\d\dT\S+ /;

/** A line masker that knows a private key which goes over several lines. */
export function lineMasker(options: MaskOptions): (line: string) => string {
	let inKey = false;
	return line => {
		const [front = ''] = stamp.exec(line) ?? [];
		const text = line.slice(front.length);
		const wasInKey = inKey;
		if (keyBegins.test(text)) inKey = true;
		if (keyEnds.test(text)) inKey = false;
		return wasInKey ? front + maskOf('private key', [...text].length) : front + maskText(text, options);
	};
}

/** The pieces of a byte stream with every line masked; a line is handed on when it is whole, the last one at the end. */
export async function* maskLines(pieces: AsyncIterable<Uint8Array>, options: MaskOptions): AsyncIterable<Uint8Array> {
	const mask = lineMasker(options);
	const decoder = new TextDecoder();
	const encoder = new TextEncoder();
	let begun = '';
	for await (const piece of pieces) {
		// An empty piece says that the stream was accepted.
		if (piece.length === 0) yield piece;
		const lines = (begun + decoder.decode(piece, {stream: true})).split('\n');
		begun = lines.pop() ?? '';
		if (lines.length > 0) yield encoder.encode(`${lines.map(mask).join('\n')}\n`);
	}
	if (begun !== '') yield encoder.encode(mask(begun));
}
