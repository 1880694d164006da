/** Where the cursor goes: a step, a page, an end, or a row by its number (1 is the first, as `:42` counts). */
export type Move = 'down' | 'up' | 'page-down' | 'page-up' | 'first' | 'last' | number;

/** The rows of a list by id, the first visible one (`top`, an index) and how many fit. The cursor is given by id, or by index where that is known. */
export type WindowState = Readonly<{ids: readonly string[]; cursor?: string | undefined; index?: number; top: number; height: number}>;

/** `cursor` is undefined only where there are no rows. */
export type WindowPlace = Readonly<{cursor: string | undefined; top: number; index: number}>;

/** The nearest `top` that shows full pages only. */
export function clampTop(top: number, count: number, height: number): number {
	return Math.max(0, Math.min(top, count - Math.max(1, height)));
}

/** The rows on screen: from `top` (clamped), at most `height`. */
export function visibleSlice<T>(rows: readonly T[], top: number, height: number): readonly T[] {
	const from = clampTop(top, rows.length, height);
	return rows.slice(from, from + Math.max(0, height));
}

/** The index of the cursor's row; a cursor that is not set or gone is the first row. -1 without rows. */
export function cursorIndexOf(ids: readonly string[], cursor: string | undefined): number {
	return cursor === undefined ? Math.min(0, ids.length - 1) : Math.max(ids.indexOf(cursor), Math.min(0, ids.length - 1));
}

/** The cursor after a move, and a `top` that keeps it visible, changed as little as possible. Ends do not wrap. */
export function moveCursor(state: WindowState, move: Move): WindowPlace {
	const {ids, height} = state;
	const last = ids.length - 1;
	if (last < 0) return {cursor: undefined, top: 0, index: -1};
	const from = state.index ?? cursorIndexOf(ids, state.cursor);
	const index = Math.max(0, Math.min(last, target(from, move, Math.max(1, height), last)));
	return {cursor: ids[index], index, top: topFor(index, pagedTop(state.top, move, height), ids.length, height)};
}

function target(from: number, move: Move, height: number, last: number): number {
	if (typeof move === 'number') return Math.trunc(move) - 1;
	// A page leaves one row in common, so that the eye has something to hold on to.
	const page = Math.max(1, height - 1);
	return {down: from + 1, up: from - 1, 'page-down': from + page, 'page-up': from - page, first: 0, last}[move];
}

/** A page moves the view too, not only the cursor to its edge. */
function pagedTop(top: number, move: Move, height: number): number {
	const page = Math.max(1, height - 1);
	if (move === 'page-down') return top + page;
	return move === 'page-up' ? top - page : top;
}

/** The `top` nearest to the given one with the index on screen. */
function topFor(index: number, top: number, count: number, height: number): number {
	const rows = Math.max(1, height);
	const clamped = clampTop(top, count, rows);
	if (index < clamped) return index;
	return index >= clamped + rows ? index - rows + 1 : clamped;
}

/**
 * The cursor and `top` after the rows changed order or content. The cursor's row keeps its screen line wherever the list allows;
 * when it is gone the nearest row that was beside it takes the cursor. A cursor that was never set stays on the first row.
 */
export function anchor(
	state: Readonly<{previousIds: readonly string[]; ids: readonly string[]; cursor: string | undefined; top: number; height: number}>,
): WindowPlace {
	const {previousIds, ids, top, height} = state;
	if (ids.length === 0) return {cursor: undefined, top: 0, index: -1};
	if (state.cursor === undefined) return {cursor: undefined, top: clampTop(top, ids.length, height), index: 0};
	const before = previousIds.indexOf(state.cursor);
	const line = before < 0 ? 0 : before - top;
	const same = ids.indexOf(state.cursor);
	const index = same >= 0 ? same : neighbour(previousIds, ids, before);
	return {cursor: ids[index], index, top: topFor(index, index - line, ids.length, height)};
}

/** The index of the nearest former neighbour that is still there, the one below first. */
function neighbour(previousIds: readonly string[], ids: readonly string[], before: number): number {
	if (before < 0) return 0;
	const places = new Map(ids.map((id, index) => [id, index]));
	for (let distance = 1; distance < previousIds.length; distance++) {
		const found = places.get(previousIds[before + distance] ?? '') ?? places.get(previousIds[before - distance] ?? '');
		if (found !== undefined) return found;
	}
	return Math.min(before, ids.length - 1);
}
