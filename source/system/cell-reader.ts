import {CellGrid} from './cell-grid.ts';
import {bareLook} from './cell-looks.ts';
import type {CellPlace} from './cell-moves.ts';
import type {CellNames} from './cell-pen.ts';

const control = /[\x00-\x1f\x7f-\x9f]/g;
const csi = /\x1b\[([<-?]?)([\d;:]*)([ -/]*)([@-~])/y;
/** OSC, DCS and their like: strings for the terminal, which draw nothing. */
const controlString = /\x1b[\]P_^X](?:[^\x07\x1b]|\x1b[^\\])*(?:\x07|\x1b\\)/y;

/** A terminal's screen in memory that obeys what Ink writes: text, CR, LF (as after ONLCR), and CSI A B C D E F G H J K m. */
export class CellReader implements CellPlace {
	readonly #names: CellNames;
	grid: CellGrid;
	row = 0;
	/** As many as there are columns: the next character wraps. */
	column = 0;
	/** Set when text was drawn; the owner sets it back. */
	printed = false;
	#look = bareLook;

	constructor(names: CellNames, columns: number, rows: number) {
		this.#names = names;
		this.grid = new CellGrid(columns, rows);
	}

	/** An empty screen of this size, the cursor at its beginning. */
	clear(columns: number, rows: number): void {
		this.grid = new CellGrid(columns, rows);
		this.row = 0;
		this.column = 0;
		this.#look = bareLook;
	}

	/** The text or the one sequence that begins there. */
	partAt(text: string, at: number): string {
		control.lastIndex = at;
		const next = control.exec(text)?.index ?? text.length;
		if (next > at) return text.slice(at, next);
		for (const pattern of [csi, controlString]) {
			pattern.lastIndex = at;
			const found = pattern.exec(text);
			if (found) return found[0];
		}
		return text.slice(at, text[at] === '\x1b' ? at + 2 : at + 1);
	}

	/** Does what the part says; false when it is none of those that a grid can do. */
	obey(part: string): boolean {
		if (part === '\n') this.#feed();
		else if (part === '\r') this.column = 0;
		else if (!part.startsWith('\x1b')) return this.#print(part);
		else {
			csi.lastIndex = 0;
			const [, mark, parameters = '', intermediate, final = ''] = csi.exec(part) ?? [];
			if (mark !== '' || intermediate !== '' || parameters.includes(':')) return false;
			return final === 'm' ? this.#wear(parameters) : this.#move(parameters, final) || this.#erase(parameters, final);
		}
		return true;
	}

	#print(text: string): boolean {
		control.lastIndex = 0;
		if (control.test(text)) return false;
		this.printed = true;
		const {grid} = this;
		const blankLook = this.#names.looks.ofBlank(this.#look);
		this.#names.glyphs.each(text, (glyph, width) => {
			if (width === 0) return this.#join(glyph);
			if (width > grid.columns) return;
			if (this.column + width > grid.columns) this.#wrap(blankLook);
			grid.put(this.row * grid.columns + this.column, glyph, width, glyph === 0x20 ? blankLook : this.#look);
			this.column += width;
		});
		return true;
	}

	/** A combining character whose base came with another look. */
	#join(glyph: number): void {
		const {grid} = this;
		const first = this.row * grid.columns;
		let index = first + this.column - 1;
		while (index > first && grid.glyphs[index] === 0) index--;
		const base = index < first ? undefined : grid.glyphs[index];
		if (base !== undefined) grid.glyphs[index] = this.#names.glyphs.numberOf(this.#names.glyphs.textOf(base) + this.#names.glyphs.textOf(glyph));
	}

	/** A wide character has no room in the last column: it becomes blank. */
	#wrap(look: number): void {
		const first = this.row * this.grid.columns;
		this.grid.erase(first + this.column, first + this.grid.columns, look);
		this.#feed();
	}

	#feed(): void {
		this.column = 0;
		if (this.row < this.grid.rows - 1) this.row++;
		else this.grid.scroll(this.#names.looks.ofErased(this.#look));
	}

	#wear(parameters: string): boolean {
		const look = this.#names.looks.after(this.#look, parameters);
		this.#look = look ?? this.#look;
		return look !== undefined;
	}

	#move(parameters: string, final: string): boolean {
		const [first, second] = parameters.split(';').map(Number);
		const count = Math.max(1, first ?? 1);
		const column = Math.min(this.column, this.grid.columns - 1);
		if (final === 'A') this.#go(this.row - count, column);
		else if (final === 'B') this.#go(this.row + count, column);
		else if (final === 'C') this.#go(this.row, column + count);
		else if (final === 'D') this.#go(this.row, column - count);
		else if (final === 'E') this.#go(this.row + count, 0);
		else if (final === 'F') this.#go(this.row - count, 0);
		else if (final === 'G') this.#go(this.row, count - 1);
		else if (final === 'H') this.#go(count - 1, Math.max(1, second ?? 1) - 1);
		else return false;
		return true;
	}

	#go(row: number, column: number): void {
		this.row = Math.max(0, Math.min(row, this.grid.rows - 1));
		this.column = Math.max(0, Math.min(column, this.grid.columns - 1));
	}

	#erase(parameters: string, final: string): boolean {
		const {columns, rows} = this.grid;
		const first = this.row * columns;
		const here = first + Math.min(this.column, columns - 1);
		const [from, to] = final === 'K' ? [first, first + columns] : [0, columns * rows];
		const what = Number(parameters);
		if ((final !== 'K' && final !== 'J') || what > 2) return false;
		this.grid.erase(what === 0 ? here : from, what === 1 ? here + 1 : to, this.#names.looks.ofErased(this.#look));
		return true;
	}
}
