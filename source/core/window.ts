/** Where the cursor goes: a step, a page, an end, or a row by its number (1 is the first, as `:42` counts). */
export type Move = 'down' | 'up' | 'page-down' | 'page-up' | 'first' | 'last' | number;

/** The line of a cursor while the list is seen from its top: new first rows come into view and push the cursor down, until it would leave the screen. */
export const seenFromTop = Number.MAX_SAFE_INTEGER;

/** A list of `count` rows of which `height` fit: the cursor's row, and the line of the screen (0 is the first) on which it stands. */
export type WindowPlace = Readonly<{index: number; line: number}>;
export type WindowState = WindowPlace & Readonly<{count: number; height: number}>;

/** The index of the first visible row. The cursor's row stands on its line wherever the list is long enough for it. */
export function windowTop({count, height, index, line}: WindowState): number {
	const rows = Math.max(1, height);
	return clampTop(index - Math.max(0, Math.min(line, rows - 1)), count, rows);
}

/** The nearest first row that shows full pages only. */
function clampTop(top: number, count: number, height: number): number {
	return Math.max(0, Math.min(top, count - height));
}

/** The cursor after a move; the view scrolls as little as possible, by a page where a page was asked for. Ends do not wrap. Index -1 without rows. */
export function moveCursor(state: WindowState, move: Move): WindowPlace {
	const last = state.count - 1;
	if (last < 0) return {index: -1, line: 0};
	const height = Math.max(1, state.height);
	const index = Math.max(0, Math.min(last, target(Math.max(0, state.index), move, height, last)));
	const wanted = clampTop(windowTop(state) + scrolled(move, height), state.count, height);
	const top = index < wanted ? index : index >= wanted + height ? index - height + 1 : wanted;
	return {index, line: top === 0 ? seenFromTop : index - top};
}

/** A move with a count as a row's number: `5j` goes five rows down, `42G` to row 42. */
export function countedMove(move: Move, count: number | undefined, state: Pick<WindowState, 'index' | 'height'>): Move {
	if (count === undefined || typeof move === 'number') return move;
	const page = pageLength(state.height);
	const steps = {down: count, up: -count, 'page-down': count * page, 'page-up': -count * page};
	return move === 'first' || move === 'last' ? count : Math.max(1, state.index + 1 + steps[move]);
}

function target(from: number, move: Move, height: number, last: number): number {
	if (typeof move === 'number') return Math.trunc(move) - 1;
	const page = pageLength(height);
	return {down: from + 1, up: from - 1, 'page-down': from + page, 'page-up': from - page, first: 0, last}[move];
}

/** A page moves the view too, not only the cursor to its edge. */
function scrolled(move: Move, height: number): number {
	if (move === 'page-down') return pageLength(height);
	return move === 'page-up' ? -pageLength(height) : 0;
}

/** A page leaves one row in common, so that the eye has something to hold on to. */
function pageLength(height: number): number {
	return Math.max(1, height - 1);
}

/** The row that stood nearest to one that is gone and is still there, the one below first; undefined where none is. */
export function nearestLeft(previousIds: readonly string[], ids: ReadonlySet<string>, gone: string): string | undefined {
	const before = previousIds.indexOf(gone);
	if (before < 0) return undefined;
	for (let distance = 1; distance < previousIds.length; distance++) {
		for (const candidate of [previousIds[before + distance], previousIds[before - distance]])
			if (candidate !== undefined && ids.has(candidate)) return candidate;
	}
	return undefined;
}
