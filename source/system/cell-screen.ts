import {CellGlyphs} from './cell-glyphs.ts';
import {CellGrid} from './cell-grid.ts';
import {drawChanges} from './cell-diff.ts';
import {bareLook, CellLooks} from './cell-looks.ts';
import {type CellNames, CellPen} from './cell-pen.ts';
import {CellReader} from './cell-reader.ts';

/** Bytes for cells, in how many rows those are, and bytes for the cursor. */
export type CellDrawing = Readonly<{cells: string; rows: number; cursor: string}>;

/** Where the terminal's cursor is to be, zero-based, and whether it can be seen. */
export type CursorPlace = Readonly<{row: number; column: number; visible: boolean}>;

const enterAlternate = '\x1b[?1049h';
const leaveAlternate = '\x1b[?1049l';
const beginFrame = '\x1b[?2026h';
const endFrame = '\x1b[?2026l';
const showCursor = '\x1b[?25h';
const hideCursor = '\x1b[?25l';
/** Keyboard, mouse, focus and paste modes, bell, and strings (OSC, DCS): none of them touches a cell. */
const harmless = /^(?:\x07|\x1b\[\?(?:1|12|100\d|101\d|2004)[hl]|\x1b\[[?>=<][\d;]*u|\x1b[\]P_^X].*)$/s;

/**
 * The alternate screen as it is wanted and as the terminal shows it: takes what Ink writes and gives the bytes that change
 * only the cells that differ. Before the alternate screen is entered and after it is left everything goes through.
 */
export class CellScreen {
	readonly #names: CellNames = {glyphs: new CellGlyphs(), looks: new CellLooks()};
	readonly #reader: CellReader;
	#shown: CellGrid;
	#pen: CellPen;
	#isAlternate = false;
	#inFrame = false;
	#isDue = false;
	#cursorVisible: boolean | undefined;

	constructor(columns: number, rows: number) {
		this.#reader = new CellReader(this.#names, columns, rows);
		this.#shown = new CellGrid(columns, rows);
		this.#pen = new CellPen(this.#names, columns);
	}

	/** Applies what was written; returns what has to go to the terminal as it is, before anything that is drawn. */
	take(text: string): string {
		let passed = '';
		for (let at = 0; at < text.length; ) {
			const part = this.#isAlternate ? this.#reader.partAt(text, at) : untilAlternate(text, at);
			passed += this.#isAlternate ? this.#takePart(part) : part.replaceAll(beginFrame, '').replaceAll(endFrame, '');
			if (part.endsWith(enterAlternate)) this.#enter();
			at += part.length;
		}
		// Ink erases outside of its frames before it draws a new one: only text is worth showing before the frame comes.
		if (this.#reader.printed && !this.#inFrame) this.#isDue = true;
		this.#reader.printed = false;
		return passed;
	}

	/**
	 * The bytes that make the terminal show what is wanted, and those that put its cursor in its place (where there is none, to
	 * where Ink has left it). Both empty while a frame is being written, and when nothing has changed.
	 */
	draw(placeOf: (() => CursorPlace) | undefined): CellDrawing {
		if (!this.#isAlternate || !this.#isDue || this.#inFrame) return {cells: '', rows: 0, cursor: ''};
		this.#isDue = false;
		const rows = drawChanges({wanted: this.#reader.grid, shown: this.#shown, pen: this.#pen, names: this.#names});
		this.#shown.become(this.#reader.grid);
		// What others write between two frames is not to get our colours.
		this.#pen.wear(bareLook);
		return {cells: this.#pen.take(), rows, cursor: this.#placeCursor(placeOf?.())};
	}

	/** The cursor may have another place: the next `draw` looks. */
	touch(): void {
		if (!this.#isForgotten) this.#isDue = true;
	}

	/** Nothing is known of the terminal's screen any more: everything is drawn anew. */
	forget(): void {
		this.#shown.forget();
		this.#pen.look = undefined;
		this.#pen.lose();
		this.#isDue = true;
	}

	/** The terminal has another size: what was wanted is void, and nothing is drawn until text comes. */
	resize(columns: number, rows: number): void {
		this.#reader.clear(columns, rows);
		this.#shown = new CellGrid(columns, rows);
		this.#pen = new CellPen(this.#names, columns);
		this.forget();
		this.#isDue = false;
	}

	get #isForgotten(): boolean {
		return this.#pen.look === undefined;
	}

	#placeCursor(place: CursorPlace | undefined): string {
		const {grid, row, column} = this.#reader;
		this.#pen.go(Math.min(place?.row ?? row, grid.rows - 1), Math.min(place?.column ?? column, grid.columns - 1));
		const moved = this.#pen.take();
		if (place === undefined || place.visible === this.#cursorVisible) return moved;
		this.#cursorVisible = place.visible;
		return moved + (place.visible ? showCursor : hideCursor);
	}

	#takePart(part: string): string {
		if (part === beginFrame) this.#inFrame = true;
		else if (part === endFrame) {
			this.#inFrame = false;
			this.#isDue = true;
		} else if (!this.#reader.obey(part)) return this.#pass(part);
		return '';
	}

	#pass(part: string): string {
		if (part === leaveAlternate) this.#isAlternate = false;
		else if (part === showCursor || part === hideCursor) this.#cursorVisible = part === showCursor;
		else if (!harmless.test(part)) this.forget();
		return part;
	}

	#enter(): void {
		const {columns, rows} = this.#reader.grid;
		this.resize(columns, rows);
		this.#isAlternate = true;
		this.#inFrame = false;
		this.#cursorVisible = undefined;
	}
}

/** Up to and with the entry into the alternate screen. */
function untilAlternate(text: string, from: number): string {
	const at = text.indexOf(enterAlternate, from);
	return at < 0 ? text.slice(from) : text.slice(from, at + enterAlternate.length);
}
