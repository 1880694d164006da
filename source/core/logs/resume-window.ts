import type {RawLine} from './line-splitter.ts';
import {wholeSecond} from './stamp.ts';

/** Lines of stdout and stderr may stand in another order than their stamps say, by less than this. */
const disorderMs = 1000;
/** A stamp that lies further back than this means that the node's clock was set back. */
const setBackMs = 2000;
/** Entries that fell out of the window are thrown away so many at a time. */
const pruneLength = 4096;

/**
 * What is needed to go on reading a log where it broke off: the last stamp, and which lines of the last two seconds were read
 * (kube-api.md 7). `sinceTime` has whole seconds only, so a resumed read brings some of them again.
 */
export class ResumeWindow {
	#ats: number[] = [];
	#hashes: number[] = [];
	#last: number | undefined;
	#first: number | undefined;
	/** The highest stamp before the clock was set back, until it is passed again. */
	#ahead: number | undefined;

	remember(line: RawLine): void {
		const {at} = line;
		if (at === undefined) return;
		this.#first ??= at;
		if (this.#last !== undefined && at < this.#last - setBackMs) {
			this.#ahead = Math.max(this.#ahead ?? 0, this.#last);
			this.#ats = [];
			this.#hashes = [];
			this.#last = at;
		}
		this.#last = Math.max(this.#last ?? at, at);
		if (this.#ahead !== undefined && this.#last > this.#ahead) this.#ahead = undefined;
		this.#ats.push(at);
		this.#hashes.push(lineHash(line));
		if (this.#ats.length >= 2 * pruneLength && (this.#ats[pruneLength] ?? 0) < this.#from()) this.#prune();
	}

	/** ms since the epoch of the newest line; undefined before the first. */
	get last(): number | undefined {
		return this.#last;
	}
	get isEmpty(): boolean {
		return this.#last === undefined;
	}
	/** Of the first line read. */
	get first(): number | undefined {
		return this.#first;
	}
	/** The clock was set back: lines after `since` come again that no longer are in the window. Read to the end, then pass what stands behind the last known line. */
	get isSetBack(): boolean {
		return this.#ahead !== undefined;
	}
	/** The `sinceTime` to go on from; undefined before the first line. */
	get since(): string | undefined {
		return this.#last === undefined ? undefined : wholeSecond(this.#from());
	}

	/** Tells the lines of a resumed read that were read before. */
	filter(): ResumeFilter {
		const from = this.#last === undefined ? 0 : this.#from();
		const counts = new Map<number, number>();
		for (const [index, hash] of this.#hashes.entries()) {
			if ((this.#ats[index] ?? 0) >= from) counts.set(hash, (counts.get(hash) ?? 0) + 1);
		}
		return new ResumeFilter(counts, this.#ahead === undefined ? this.#first : undefined);
	}

	#from(): number {
		return Math.floor(((this.#last ?? 0) - disorderMs) / 1000) * 1000;
	}

	#prune(): void {
		const from = this.#from();
		const kept = this.#ats.findIndex(at => at >= from);
		this.#ats = this.#ats.slice(kept);
		this.#hashes = this.#hashes.slice(kept);
	}
}

export class ResumeFilter {
	readonly #counts: Map<number, number>;
	readonly #first: number | undefined;
	#isMet = false;

	constructor(counts: Map<number, number>, first: number | undefined) {
		this.#counts = counts;
		this.#first = first;
	}

	/** A known line came again, or none can: the log is the one that was read before. */
	get isMet(): boolean {
		return this.#isMet || this.#counts.size === 0;
	}

	/** `old`: it stands before the first line that was ever asked for. */
	judge(line: RawLine): 'new' | 'known' | 'old' {
		if (line.at === undefined) return 'new';
		const hash = lineHash(line);
		const left = this.#counts.get(hash) ?? 0;
		if (left > 0) {
			this.#counts.set(hash, left - 1);
			this.#isMet = true;
			return 'known';
		}
		return !this.#isMet && this.#first !== undefined && line.at < this.#first ? 'old' : 'new';
	}
}

/** 53 bits of stamp and text. Two 32-bit FNV-1a runs with different offsets, put together. */
function lineHash({stamp, text}: RawLine): number {
	let low = 0x811c9dc5;
	let high = 0xc2b2ae35;
	for (const part of [stamp, text]) {
		for (let index = 0; index < part.length; index++) {
			const code = part.charCodeAt(index);
			low = Math.imul(low ^ code, 0x01000193);
			high = Math.imul(high ^ code, 0x0100019d);
		}
		low ^= 0xff;
		high ^= 0xff;
	}
	return (low >>> 0) + (high & 0x1fffff) * 0x1_0000_0000;
}
