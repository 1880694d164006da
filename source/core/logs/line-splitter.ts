import {StampReader} from './stamp.ts';

/** A line of a log as the API prints it. Without a stamp it is the kubelet's own word, or no container wrote it. */
export type RawLine = Readonly<{
	/** RFC 3339 with nanoseconds; '' where there is none. */
	stamp: string;
	/** ms since the epoch; undefined without a stamp. */
	at: number | undefined;
	text: string;
	/** What it takes in memory, about. */
	weight: number;
	/** Where the text is no valid UTF-8. */
	raw?: Uint8Array;
	cutBytes?: number;
}>;

/** A line is held whole up to this length: containers do write such lines. */
const longestBytes = 16 * 1024 * 1024;
const lineFeed = 10;
/** Longest stamp: 2026-11-21T15:04:05.123456789+01:00. */
const longestStamp = 40;
const replacement = '\ufffd';

/** Cuts the bytes of a log into lines, whatever is in them: no end of line at the end, NUL, invalid UTF-8, megabytes without an end. */
export class LineSplitter {
	readonly #decoder = new TextDecoder('utf-8', {ignoreBOM: true});
	readonly #stamps = new StampReader();
	readonly #stamped: boolean;
	readonly #longest: number;
	/** The beginning of a line whose end has not come. */
	#pieces: Uint8Array[] = [];
	#held = 0;
	#cut = 0;

	/** `stamped`: lines begin with the API's timestamp. */
	constructor(stamped = true, longest = longestBytes) {
		this.#stamped = stamped;
		this.#longest = longest;
	}

	/** The lines that end in these bytes. */
	push(bytes: Uint8Array): RawLine[] {
		const last = bytes.lastIndexOf(lineFeed);
		if (last === -1) {
			this.#hold(bytes);
			return [];
		}
		const lines: RawLine[] = [];
		let from = 0;
		if (this.#held > 0 || this.#cut > 0) {
			from = bytes.indexOf(lineFeed) + 1;
			this.#hold(bytes.subarray(0, from - 1));
			lines.push(this.#release());
		}
		if (from <= last) this.#whole(bytes.subarray(from, last), lines);
		this.#hold(bytes.subarray(last + 1));
		return lines;
	}

	/** What stands behind the last end of line; undefined where nothing does. Call it only where the log has really ended. */
	rest(): RawLine | undefined {
		return this.#held > 0 ? this.#release() : undefined;
	}

	/** Is the last line unfinished? */
	get isInLine(): boolean {
		return this.#held > 0;
	}

	#hold(bytes: Uint8Array): void {
		if (bytes.length === 0) return;
		const room = this.#longest - this.#held;
		// A copy: the piece may be a window into a buffer that is used again (and a Buffer's slice is a window too).
		if (room > 0) this.#pieces.push(new Uint8Array(bytes.subarray(0, room)));
		this.#held += Math.min(room, bytes.length);
		this.#cut += Math.max(0, bytes.length - room);
	}

	#release(): RawLine {
		const line = this.#single(this.#pieces.length === 1 ? (this.#pieces[0] ?? new Uint8Array()) : joined(this.#pieces, this.#held), this.#cut);
		this.#pieces = [];
		this.#held = 0;
		this.#cut = 0;
		return line;
	}

	/** Decoded in one go: UTF-8 never hides a line feed, not even invalid UTF-8. */
	#whole(bytes: Uint8Array, lines: RawLine[]): void {
		const text = this.#decoder.decode(bytes);
		if (text.includes(replacement)) {
			this.#oneByOne(bytes, lines);
			return;
		}
		const width = text.length === bytes.length ? 1 : 2;
		for (let from = 0; from <= text.length; ) {
			const end = text.indexOf('\n', from);
			const line = end === -1 ? text.slice(from) : text.slice(from, end);
			lines.push(this.#parsed(line, line.length * width));
			if (end === -1) return;
			from = end + 1;
		}
	}

	#oneByOne(bytes: Uint8Array, lines: RawLine[]): void {
		for (let from = 0; from <= bytes.length; ) {
			const end = bytes.indexOf(lineFeed, from);
			lines.push(this.#single(end === -1 ? bytes.subarray(from) : bytes.subarray(from, end), 0));
			if (end === -1) return;
			from = end + 1;
		}
	}

	#single(bytes: Uint8Array, cutBytes: number): RawLine {
		const text = this.#decoder.decode(bytes);
		const line = this.#parsed(text, text.length === bytes.length ? bytes.length : 2 * text.length);
		const cut = cutBytes > 0 ? {cutBytes} : {};
		if (!line.text.includes(replacement)) return {...line, ...cut};
		const start = line.stamp === '' ? 0 : line.stamp.length + 1;
		return {...line, ...cut, raw: new Uint8Array(bytes.subarray(start)), weight: line.weight + bytes.length};
	}

	#parsed(line: string, weight: number): RawLine {
		const space = this.#stamped ? line.indexOf(' ') : -1;
		// A line that the container left empty may come without the blank behind its stamp.
		const length = space === -1 ? line.length : space;
		if (this.#stamped && length > 0 && length <= longestStamp) {
			const stamp = line.slice(0, length);
			const at = this.#stamps.read(stamp);
			if (at !== undefined) return {stamp, at, text: line.slice(length + 1), weight};
		}
		return {stamp: '', at: undefined, text: line, weight};
	}
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
	const whole = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}
