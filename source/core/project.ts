import {type Item, itemKey} from './kubernetes.ts';
import type {ResourceKind} from './resource-kind.ts';
import type {Cell, CellContext, Column, Row} from './table.ts';

/** What a column or a tone that throws is drawn as; the rest of the row goes on (architecture.md 8). */
const broken: Cell = {type: 'text', text: '!', tone: 'error'};

/** The row of an item: cells by mapping the columns, so that head and cell cannot drift apart. */
export function projectRow(kind: ResourceKind, columns: readonly Column[], item: Item, context: CellContext): Row {
	let tone: Row['tone'];
	try {
		tone = kind.tone?.(item, context) ?? (item.meta.deletionTimestamp === undefined ? 'text' : 'terminating');
	} catch {
		tone = 'unknown';
	}
	const cells = columns.map(column => cellOf(column, item, context));
	return {id: itemKey(item), ref: item.ref, meta: item.meta, cells, tone};
}

/** The row with some of its cells made anew; the same row where none of them differs. */
export function withCells(before: Row, columns: readonly Column[], indexes: readonly number[], item: Item, context: CellContext): Row {
	let cells: Cell[] | undefined;
	for (const index of indexes) {
		const column = columns[index];
		const old = before.cells[index];
		if (!column || !old) continue;
		const cell = cellOf(column, item, context);
		if (sameCell(old, cell)) continue;
		cells ??= [...before.cells];
		cells[index] = cell;
	}
	return cells === undefined ? before : {...before, cells};
}

function cellOf(column: Column, item: Item, context: CellContext): Cell {
	try {
		return column.cell(item, context);
	} catch {
		return broken;
	}
}

/** The old row where nothing that is drawn differs, so that it need not be drawn again. */
export function keepRow(before: Row | undefined, after: Row): Row {
	if (!before || before.tone !== after.tone || before.cells.length !== after.cells.length) return after;
	if (before.meta.labels !== after.meta.labels || before.meta.deletionTimestamp !== after.meta.deletionTimestamp) return after;
	return changedCells(before, after).length === 0 ? before : after;
}

/** Indexes of the cells that differ. */
export function changedCells(before: Row, after: Row): readonly number[] {
	const changed: number[] = [];
	for (let index = 0; index < after.cells.length; index++) if (!sameCell(before.cells[index], after.cells[index])) changed.push(index);
	return changed;
}

function sameCell(a: Cell | undefined, b: Cell | undefined): boolean {
	if (a === b) return true;
	if (!a || !b || a.type !== b.type || a.tone !== b.tone) return false;
	// A printed "5m ago" is counted back anew at every event: the time drifts, the fact is the same.
	const drifts = b.type === 'number' || b.type === 'text';
	const counted = (cell: Cell): readonly string[] => Object.keys(cell).filter(key => !(drifts && key === 'since'));
	const keys = counted(b);
	if (keys.length !== counted(a).length) return false;
	const left: Readonly<Record<string, unknown>> = a;
	const right: Readonly<Record<string, unknown>> = b;
	return keys.every(key => left[key] === right[key]);
}
