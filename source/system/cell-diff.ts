import {blank, type CellGrid, covered} from './cell-grid.ts';
import {bareLook} from './cell-looks.ts';
import type {CellNames, CellPen} from './cell-pen.ts';

/** Over more unchanged cells than this the cursor is always moved. */
const longestBridge = 16;
/** Fewer blanks than this are written, more are erased (three bytes). */
const fewestErased = 4;

export type CellDiff = Readonly<{wanted: CellGrid; shown: CellGrid; pen: CellPen; names: CellNames}>;

/** Draws with the pen what is wanted and not shown, from top to bottom; returns in how many rows that was. */
export function drawChanges(diff: CellDiff): number {
	let drawn = 0;
	for (let row = 0; row < diff.wanted.rows; row++) if (drawRow(diff, row)) drawn++;
	return drawn;
}

function drawRow(diff: CellDiff, row: number): boolean {
	const {wanted, pen} = diff;
	const first = row * wanted.columns;
	const last = first + wanted.columns;
	let change = nextChange(diff, first, last);
	if (change === last) return false;
	const end = contentEnd(wanted, first, last);
	let bridged = false;
	while (change < end) {
		if (!bridged) pen.go(row, change - first);
		const stop = runEnd(diff, change, end);
		drawCells(diff, change, stop);
		change = nextChange(diff, stop, last);
		bridged = change < end && bridge(diff, stop, change);
	}
	drawTail(diff, row, {end, change, last});
	return true;
}

/** Blanks at the end of the row, from the first one that is not shown yet. */
function drawTail(diff: CellDiff, row: number, {end, change, last}: Readonly<{end: number; change: number; last: number}>): void {
	if (change === last) return;
	const {wanted, pen} = diff;
	const first = row * wanted.columns;
	const isThere = pen.row === row && pen.column >= end - first && pen.column <= change - first;
	if (!isThere) pen.go(row, change - first);
	let stop = last;
	while (!changed(diff, stop - 1)) stop--;
	const from = first + pen.column;
	if (stop - from < fewestErased) drawCells(diff, from, stop);
	else pen.eraseRest();
}

/** Writes the unchanged cells between two changes where that costs no more than to move over them; else nothing. */
function bridge(diff: CellDiff, from: number, to: number): boolean {
	const {pen, wanted} = diff;
	if (to - from > longestBridge || pen.column < 0) return false;
	const next = lookAt(diff, to, to + 1);
	const writing = pen.fork();
	drawCells({...diff, pen: writing}, from, to);
	if (writing.column < 0) return false;
	const moving = pen.fork();
	moving.go(pen.row, to % wanted.columns);
	const looks = diff.names.looks;
	if (writing.cost + looks.change(writing.look, next).length > moving.cost + looks.change(moving.look, next).length) return false;
	pen.join(writing);
	return true;
}

function drawCells(diff: CellDiff, from: number, to: number): void {
	const {wanted, pen} = diff;
	for (let index = from; index < to; ) {
		const stop = cellEnd(wanted, index);
		const row = pen.row;
		pen.draw(wanted.glyphs[index] ?? blank, stop - index, lookAt(diff, index, to));
		// After a character that terminals measure in different ways.
		if (pen.row < 0 && stop < to) pen.go(row, stop % wanted.columns);
		index = stop;
	}
}

/** In which look a cell is best drawn: blanks in that of what is beside them, where nobody sees the difference. */
function lookAt({wanted, pen, names: {looks}}: CellDiff, index: number, to: number): number {
	const look = wanted.looks[index] ?? bareLook;
	if (wanted.glyphs[index] !== blank) return look;
	if (pen.look !== undefined && looks.ofBlank(pen.look) === look) return pen.look;
	let next = index + 1;
	while (next < to && wanted.glyphs[next] === blank && wanted.looks[next] === look) next++;
	const following = next < to ? (wanted.looks[next] ?? look) : look;
	return looks.ofBlank(following) === look ? following : look;
}

function changed({wanted, shown}: CellDiff, index: number): boolean {
	return wanted.glyphs[index] !== shown.glyphs[index] || wanted.looks[index] !== shown.looks[index];
}

function nextChange(diff: CellDiff, from: number, to: number): number {
	const {wanted, shown} = diff;
	let index = from;
	while (index < to && wanted.glyphs[index] === shown.glyphs[index] && wanted.looks[index] === shown.looks[index]) index++;
	// Never the right part of a wide character alone.
	while (index < to && wanted.glyphs[index] === covered) index--;
	return index;
}

function runEnd(diff: CellDiff, from: number, to: number): number {
	let index = cellEnd(diff.wanted, from);
	while (index < to && (changed(diff, index) || diff.wanted.glyphs[index] === covered)) index++;
	return index;
}

function cellEnd(grid: CellGrid, from: number): number {
	let index = from + 1;
	while (grid.glyphs[index] === covered) index++;
	return index;
}

/** Behind the last cell that is more than a blank without a look. */
function contentEnd(grid: CellGrid, first: number, last: number): number {
	let end = last;
	while (end > first && grid.glyphs[end - 1] === blank && grid.looks[end - 1] === bareLook) end--;
	return end;
}
