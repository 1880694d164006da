const secondLength = 19;

/** Reads RFC 3339 stamps with nanoseconds, quickly: lines come thousands to a second, and most of a stamp is that of the line before. */
export class StampReader {
	#second = '';
	#zone = '';
	#secondMs = Number.NaN;

	/** ms since the epoch; undefined for what is no stamp. */
	read(stamp: string): number | undefined {
		if (stamp.charCodeAt(4) !== dash || stamp.charCodeAt(10) !== letterT) return undefined;
		let end = secondLength;
		let ms = 0;
		if (stamp.charCodeAt(end) === dot) {
			let unit = 100;
			for (end++; isDigit(stamp.charCodeAt(end)); end++) {
				ms += (stamp.charCodeAt(end) - zero) * unit;
				unit /= 10;
			}
		}
		const second = stamp.slice(0, secondLength);
		const zone = stamp.slice(end);
		if (second !== this.#second || zone !== this.#zone) {
			this.#second = second;
			this.#zone = zone;
			this.#secondMs = Date.parse(second + zone);
		}
		return Number.isNaN(this.#secondMs) ? undefined : this.#secondMs + Math.floor(ms);
	}
}

/** The whole second before, as `sinceTime` takes it (metav1.Time has no fractions). */
export function wholeSecond(at: number): string {
	return new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

const dash = 45;
const letterT = 84;
const dot = 46;
const zero = 48;

function isDigit(code: number): boolean {
	return code >= zero && code <= zero + 9;
}
