/** The glyph of an empty cell. Others: see cell-glyphs.ts. */
export const blank = 0x20;
/** In the place of a glyph: the right part of the wide character to the left. */
export const covered = 0;
/** In the place of a glyph: nobody knows what the terminal shows there. */
export const unknown = -1;

/** The cells of a screen, row by row: numbers for glyphs (cell-glyphs.ts) and looks (cell-looks.ts). No wide character is ever there in part. */
export class CellGrid {
	readonly columns: number;
	readonly rows: number;
	readonly glyphs: Int32Array;
	readonly looks: Int32Array;

	constructor(columns: number, rows: number) {
		this.columns = columns;
		this.rows = rows;
		this.glyphs = new Int32Array(columns * rows).fill(blank);
		this.looks = new Int32Array(columns * rows);
	}

	/** Draws a character of so many cells from a cell on; the row has room for it. */
	put(index: number, glyph: number, width: number, look: number): void {
		this.#split(index, look);
		this.#split(index + width, look);
		for (let part = 0; part < width; part++) {
			this.glyphs[index + part] = part === 0 ? glyph : covered;
			this.looks[index + part] = look;
		}
	}

	/** Blanks in a look from one cell up to, not including, another one of the same row. */
	erase(from: number, to: number, look: number): void {
		this.#split(from, look);
		this.#split(to, look);
		this.glyphs.fill(blank, from, to);
		this.looks.fill(look, from, to);
	}

	/** Moves everything up by a row. */
	scroll(look: number): void {
		this.glyphs.copyWithin(0, this.columns);
		this.looks.copyWithin(0, this.columns);
		this.glyphs.fill(blank, -this.columns);
		this.looks.fill(look, -this.columns);
	}

	/** From now on nothing is known. */
	forget(): void {
		this.glyphs.fill(unknown);
	}

	/** Takes over all cells of a grid of the same size. */
	become(other: CellGrid): void {
		this.glyphs.set(other.glyphs);
		this.looks.set(other.looks);
	}

	/** A wide character across this edge is drawn over in part: it becomes blank, as in terminals. */
	#split(index: number, look: number): void {
		if (this.glyphs[index] !== covered) return;
		let from = index - 1;
		while (this.glyphs[from] === covered) from--;
		let to = index;
		while (this.glyphs[to] === covered) to++;
		this.glyphs.fill(blank, from, to);
		this.looks.fill(look, from, to);
	}
}
