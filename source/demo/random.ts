/** Numbers from one seed: the same seed gives the same cluster. */
export type Random = Readonly<{
	/** In [0, 1). */
	next(): number;
	/** A whole number from `low` to `high`, both included. */
	integer(low: number, high: number): number;
	/** An entry of a list that is not empty. */
	pick<T>(list: readonly [T, ...T[]]): T;
	/** Hexadecimal digits. */
	hex(length: number): string;
	/** What the API server appends to generateName. */
	suffix(length: number): string;
	uuid(): string;
}>;

// The alphabet of k8s.io/apimachinery util/rand: no vowels, nothing that reads as another character.
const suffixAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** Mulberry32: small, fast, and good enough for names. */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const from = (alphabet: string, length: number): string => {
		let text = '';
		for (let index = 0; index < length; index += 1) text += alphabet.charAt(Math.floor(next() * alphabet.length));
		return text;
	};
	// Eight digits a number: names of 100,000 objects are made of these.
	const word = (): string =>
		Math.floor(next() * 4294967296)
			.toString(16)
			.padStart(8, '0');
	const hex = (length: number): string => {
		let text = '';
		while (text.length < length) text += word();
		return text.slice(0, length);
	};
	return {
		next,
		integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
		pick: list => list[Math.floor(next() * list.length)] ?? list[0],
		hex,
		suffix: length => from(suffixAlphabet, length),
		uuid: () => {
			const digits = hex(32);
			return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
		},
	};
}

/** A seed that is the same for the same text (FNV-1a). */
export function seedOf(text: string): number {
	let hash = 2166136261;
	for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619) >>> 0;
	return hash;
}
