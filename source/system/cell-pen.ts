import type {CellGlyphs} from './cell-glyphs.ts';
import {bareLook, type CellLooks} from './cell-looks.ts';
import {type CellPlace, moveBytes} from './cell-moves.ts';

export type CellNames = Readonly<{glyphs: CellGlyphs; looks: CellLooks}>;

/** Writes cells, and knows where that leaves the terminal's cursor and look. */
export class CellPen implements CellPlace {
	readonly #names: CellNames;
	readonly columns: number;
	/** -1: not known. In the last column a terminal may be about to wrap: then the column is not known. */
	row = -1;
	column = -1;
	look: number | undefined;
	#out = '';

	constructor(names: CellNames, columns: number) {
		this.#names = names;
		this.columns = columns;
	}

	/** A pen in the same place that has written nothing yet: to try what costs less. */
	fork(): CellPen {
		const pen = new CellPen(this.#names, this.columns);
		pen.row = this.row;
		pen.column = this.column;
		pen.look = this.look;
		return pen;
	}

	/** Goes on as the fork, with what it wrote. */
	join(fork: CellPen): void {
		this.#out += fork.take();
		this.row = fork.row;
		this.column = fork.column;
		this.look = fork.look;
	}

	/** Bytes written and not taken yet. */
	get cost(): number {
		return Buffer.byteLength(this.#out);
	}

	take(): string {
		const out = this.#out;
		this.#out = '';
		return out;
	}

	go(row: number, column: number): void {
		this.#out += moveBytes(this, {row, column});
		this.row = row;
		this.column = column;
	}

	wear(look: number): void {
		this.#out += this.#names.looks.change(this.look, look);
		this.look = look;
	}

	draw(glyph: number, width: number, look: number): void {
		this.wear(look);
		this.#out += this.#names.glyphs.textOf(glyph);
		if (!this.#names.glyphs.isCertain(glyph)) this.lose();
		else this.column = this.column + width < this.columns ? this.column + width : -1;
	}

	/** Erases from here to the end of the row. Only with the terminal's own background: not every terminal erases with another one. */
	eraseRest(): void {
		if (this.look === undefined || this.#names.looks.ofBlank(this.look) !== bareLook) this.wear(bareLook);
		this.#out += '\x1b[K';
	}

	/** Something else may have moved the cursor. */
	lose(): void {
		this.row = -1;
		this.column = -1;
	}
}
