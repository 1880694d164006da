import type {DnsAnswer} from '../cell.ts';

/** What an answer of DNS says (RFC 1035 4.1). */
export type DnsMessage = Readonly<{answer: DnsAnswer; values: readonly string[]}>;

const codes: readonly DnsAnswer[] = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'OTHER', 'REFUSED'];

/** The word for a response code; NOERROR without an answer is NODATA. */
export function answerOf(rcode: number, answers: number): DnsAnswer {
	if (rcode === 0 && answers === 0) return 'NODATA';
	return codes[rcode] ?? 'OTHER';
}

/** The word that dig and its like print. */
export function answerOfWord(word: string, answers: number): DnsAnswer {
	const upper = word.toUpperCase();
	if (upper === 'NOERROR' && answers === 0) return 'NODATA';
	return codes.find(code => code === upper) ?? 'OTHER';
}

/** A question for the A records of a name as bytes in hex, recursion desired. */
export function queryHex(name: string, id: number): string {
	const labels = name.split('.').filter(label => label !== '');
	const hex = (value: number) => value.toString(16).padStart(2, '0');
	const words = labels.map(label => hex(label.length) + [...label].map(letter => hex(letter.charCodeAt(0))).join(''));
	return `${id.toString(16).padStart(4, '0')}01000001000000000000${words.join('')}0000010001`;
}

/** Reads an answer given in hex with any blanks; undefined where it is none, or none to this question. */
export function readMessage(hex: string, id: number): DnsMessage | undefined {
	const digits = hex.replace(/\s+/g, '');
	if (!/^(?:[0-9a-f]{2}){12,}$/i.test(digits)) return undefined;
	const bytes = Array.from({length: digits.length / 2}, (_, index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16));
	const at = (index: number) => bytes[index] ?? 0;
	const pair = (index: number) => at(index) * 256 + at(index + 1);
	if (pair(0) !== id || (at(2) & 0x80) === 0) return undefined;
	const count = pair(6);
	const values: string[] = [];
	let index = 12;
	for (let questions = pair(4); questions > 0; questions--) index = afterName(bytes, index) + 4;
	for (let records = 0; records < count && index < bytes.length; records++) {
		index = afterName(bytes, index);
		const length = pair(index + 8);
		if (pair(index) === 1 && length === 4) values.push(bytes.slice(index + 10, index + 14).join('.'));
		index += 10 + length;
	}
	return {answer: answerOf(at(3) & 15, count), values};
}

function afterName(bytes: readonly number[], start: number): number {
	let index = start;
	while (index < bytes.length) {
		const length = bytes[index] ?? 0;
		if (length === 0) return index + 1;
		if (length >= 0xc0) return index + 2;
		index += length + 1;
	}
	return index;
}
