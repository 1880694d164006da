import type {Column} from './table.ts';
import {width as widthOf} from './text.ts';

/** Cursor, state symbol, mark, blank (screens.md 3). */
export const gutterColumns = 4;
/** Blanks between two columns. */
export const gapColumns = 2;
// A name narrower than this loses the head or the suffix that tell it apart; other cells are at least readable at 6.
const leastName = 14;
const leastCell = 6;
/** A short word is whole or not there: half an address or half a node's name is worth nothing. */
const longestWord = 16;
/** Wider cells (images, messages) get more only when everything else is on screen. */
const widestIdeal = 40;
const defaultPriority = 5;
/** From here on the column that orders the rows always stays. */
const roomy = 60;

export type LayoutOptions = Readonly<{
	columns: readonly Column[];
	/** The cells of the visible rows, by column: texts, or their widths in cells. */
	rows: ReadonlyArray<ReadonlyArray<string | number>>;
	/** Of the whole line, gutter included. */
	width: number;
	/** How many columns after NAME are scrolled off to the left. */
	firstColumn: number;
	/** Is the column `namespace` shown? */
	allNamespaces: boolean;
	/** The column with the sort arrow in its title. */
	sortedBy?: string;
}>;

export type ShownColumn = Readonly<{index: number; width: number; align: 'start' | 'end'}>;
export type Layout = Readonly<{shown: readonly ShownColumn[]; droppedRight: readonly string[]; droppedLeft: readonly string[]}>;

/** What a column asks for, in cells: `min` <= `ideal` <= `full`. */
type Demand = Readonly<{index: number; column: Column; min: number; ideal: number; full: number; isName: boolean; pinned: boolean}>;

/**
 * Which columns fit and how wide they are. Names come first until none is cut, then ideal widths, then the next column by priority;
 * NAME, NAMESPACE and priority 1 are never dropped. Scrolled to the right, the columns after NAME follow in their order instead.
 */
export function fitColumns(options: LayoutOptions): Layout {
	const demands = demandsOf(options);
	const pinned = demands.filter(demand => demand.pinned);
	const others = demands.filter(demand => !demand.pinned);
	const hidden = Math.max(0, Math.min(options.firstColumn, others.length - 1));
	const scrolled = others.slice(hidden);
	const room = options.width - gutterColumns;
	const {kept, next} = hidden === 0 ? byPriority(pinned, scrolled, options) : {kept: pinned, next: scrolled};
	const widths = grow(kept, next, room);
	const shown = demands.flatMap(({index, column}) => {
		const width = widths.get(index);
		return width === undefined ? [] : [{index, width, align: column.align ?? 'start'}];
	});
	return {
		shown,
		droppedLeft: others.slice(0, hidden).map(demand => demand.column.title),
		droppedRight: scrolled.filter(demand => !widths.has(demand.index)).map(demand => demand.column.title),
	};
}

function byPriority(
	pinned: readonly Demand[],
	others: readonly Demand[],
	{sortedBy, width}: LayoutOptions,
): Readonly<{kept: readonly Demand[]; next: readonly Demand[]}> {
	// An order by what one cannot see looks like none.
	const rank = ({column}: Demand): number => (column.id === sortedBy && width >= roomy ? 1 : (column.priority ?? defaultPriority));
	return {
		kept: [...pinned, ...others.filter(demand => rank(demand) <= 1)],
		next: others.filter(demand => rank(demand) > 1).toSorted((a, b) => rank(a) - rank(b) || a.index - b.index),
	};
}

function demandsOf({columns, rows, allNamespaces, sortedBy}: LayoutOptions): readonly Demand[] {
	const named = columns.findIndex(column => column.id === 'name');
	const nameIndex = named < 0 ? columns.findIndex(column => column.id !== 'namespace') : named;
	return columns.flatMap((column, index) => {
		const isNamespace = column.id === 'namespace';
		if (isNamespace && !allNamespaces) return [];
		const title = widthOf(column.title) + (column.id === sortedBy ? 1 : 0);
		const content = rows.reduce((widest, cells) => Math.max(widest, cellWidth(cells[index])), title);
		const isName = index === nameIndex;
		const most = Math.max(title, column.width?.max ?? Number.POSITIVE_INFINITY);
		const full = Math.min(most, content);
		// A number cut is a wrong number: those that stand right keep their width.
		const isWhole = column.align === 'end' || (!isName && (column.priority ?? defaultPriority) > 1 && content <= longestWord);
		const least = isWhole ? content : isName ? leastName : leastCell;
		const min = Math.min(most, Math.max(title, isWhole ? content : 0, column.width?.min ?? Math.min(content, least)));
		const ideal = isName ? full : Math.min(most, Math.max(min, Math.min(content, column.width?.ideal ?? widestIdeal)));
		return [{index, column, min, ideal, full: Math.max(ideal, full), isName, pinned: isName || isNamespace}];
	});
}

function cellWidth(cell: string | number | undefined): number {
	return typeof cell === 'string' ? widthOf(cell) : (cell ?? 0);
}

/** Widths by column index, in the order of screens.md 3. */
function grow(kept: readonly Demand[], next: readonly Demand[], room: number): ReadonlyMap<number, number> {
	const widths = new Map(kept.map(demand => [demand.index, demand.min]));
	let free = room - kept.reduce((used, demand) => used + demand.min, 0) - gapColumns * Math.max(0, kept.length - 1);
	if (free < 0) {
		shrink(widths, kept, -free);
		return widths;
	}
	const widen = (demand: Demand, wanted: number): void => {
		const extra = Math.min(free, Math.max(0, wanted - (widths.get(demand.index) ?? 0)));
		widths.set(demand.index, (widths.get(demand.index) ?? 0) + extra);
		free -= extra;
	};
	for (const demand of kept.toSorted((a, b) => Number(b.isName) - Number(a.isName))) widen(demand, demand.ideal);
	for (const demand of next) {
		// One that does not fit ends the row: whatever comes after it is of less use.
		if (free < demand.min + gapColumns) break;
		free -= demand.min + gapColumns;
		widths.set(demand.index, demand.min);
		widen(demand, demand.ideal);
	}
	for (const demand of [...kept, ...next]) if (widths.has(demand.index)) widen(demand, demand.full);
	return widths;
}

/** Takes cells from the widest column, one by one, until the row fits; at least one stays of each. */
function shrink(widths: Map<number, number>, kept: readonly Demand[], missing: number): void {
	for (let taken = 0; taken < missing; taken++) {
		const widest = kept.reduce((a, b) => ((widths.get(b.index) ?? 0) > (widths.get(a.index) ?? 0) ? b : a), kept[0] ?? {index: -1});
		const current = widths.get(widest.index) ?? 0;
		if (current <= 1) return;
		widths.set(widest.index, current - 1);
	}
}
