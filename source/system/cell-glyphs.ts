import {graphemes, width} from '../core/text.ts';

/** Beyond the last code point: clusters of several. */
const firstCluster = 0x110000;
/** Latin letters, arrows, lines, blocks and symbols: each is a cluster of its own, whatever stands beside it, unless something else is in the text. */
const simple = /^[\x20-\x7e\u00ae-\u02ff\u2190-\u27bf]*$/;

/** Grapheme clusters as numbers: a code point stands for itself; clusters of several get numbers in the order in which they come. */
export class CellGlyphs {
	readonly #clusters: string[] = [];
	readonly #numbers = new Map<string, number>();
	readonly #widths = new Map<number, number>();

	/** Tells every cluster of a text without control characters, with the cells it takes (0: it joins the one before). */
	each(text: string, told: (glyph: number, width: number) => void): void {
		if (simple.test(text)) {
			for (let at = 0; at < text.length; at++) {
				const code = text.charCodeAt(at);
				told(code, code < 0x7f ? 1 : this.#widthOf(code));
			}
			return;
		}
		for (const cluster of graphemes(text)) {
			const glyph = this.numberOf(cluster);
			told(glyph, this.#widthOf(glyph));
		}
	}

	numberOf(cluster: string): number {
		const code = cluster.codePointAt(0) ?? 0;
		if (cluster.length === (code > 0xffff ? 2 : 1)) return code;
		const known = this.#numbers.get(cluster);
		if (known !== undefined) return known;
		const number = firstCluster + this.#clusters.push(cluster) - 1;
		this.#numbers.set(cluster, number);
		return number;
	}

	textOf(glyph: number): string {
		return glyph < firstCluster ? String.fromCodePoint(glyph) : (this.#clusters[glyph - firstCluster] ?? '');
	}

	/** Do all terminals agree on how many cells it takes? */
	isCertain(glyph: number): boolean {
		return glyph < firstCluster;
	}

	#widthOf(glyph: number): number {
		const known = this.#widths.get(glyph);
		if (known !== undefined) return known;
		const cells = width(this.textOf(glyph));
		this.#widths.set(glyph, cells);
		return cells;
	}
}
