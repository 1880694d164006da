/** The first 32 bits of the fractional parts of a root of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
function primes(count: number): readonly number[] {
	const found: number[] = [];
	for (let number = 2; found.length < count; number++) if (found.every(prime => number % prime !== 0)) found.push(number);
	return found;
}

function fraction(value: number): number {
	return Math.floor((value - Math.floor(value)) * 2 ** 32) >>> 0;
}

const constants = Uint32Array.from(primes(64), prime => fraction(Math.cbrt(prime)));
const start = Uint32Array.from(primes(8), prime => fraction(Math.sqrt(prime)));

/** SHA-256 of a text in UTF-8: 32 bytes (FIPS 180-4). For names that others make by it; node's own is out of reach of core/. */
export function sha256(text: string): Uint8Array {
	const message = new TextEncoder().encode(text);
	const padded = new Uint8Array((((message.length + 8) >> 6) + 1) << 6);
	padded.set(message);
	padded[message.length] = 0x80;
	const view = new DataView(padded.buffer);
	view.setUint32(padded.length - 4, message.length * 8);
	const hash = Uint32Array.from(start);
	for (let offset = 0; offset < padded.length; offset += 64) addBlock(hash, view, offset);
	const bytes = new DataView(new ArrayBuffer(32));
	hash.forEach((word, index) => {
		bytes.setUint32(index * 4, word);
	});
	return new Uint8Array(bytes.buffer);
}

function rotated(word: number, by: number): number {
	return (word >>> by) | (word << (32 - by));
}

function addBlock(hash: Uint32Array, view: DataView, offset: number): void {
	const words = new Uint32Array(64);
	const at = (list: Uint32Array, index: number): number => list[index] ?? 0;
	for (let index = 0; index < 64; index++) {
		if (index < 16) {
			words[index] = view.getUint32(offset + index * 4);
			continue;
		}
		const [a, b] = [at(words, index - 15), at(words, index - 2)];
		const small = rotated(a, 7) ^ rotated(a, 18) ^ (a >>> 3);
		const large = rotated(b, 17) ^ rotated(b, 19) ^ (b >>> 10);
		words[index] = at(words, index - 16) + small + at(words, index - 7) + large;
	}
	let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
	for (let index = 0; index < 64; index++) {
		const first = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) + at(constants, index) + at(words, index);
		const second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
		[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) >>> 0, c, b, a, (first + second) >>> 0];
	}
	[a, b, c, d, e, f, g, h].forEach((word, index) => {
		hash[index] = at(hash, index) + word;
	});
}
