import {never} from './never.ts';
import type {Cell, Column, Row, SortOrder} from './table.ts';
import {gravity} from './tone.ts';

/** Above so many changed rows a full sort is cheaper than keeping the merge's books. */
const mergeLimit = 500;
const noText = new Set(['', '-', '<none>', '<unknown>', '<unset>']);

export type CompareRows = (a: Row, b: Row) => number;

/** Has the cell no value? Such cells come last in either direction, and no comparison of a filter matches them. */
export function isMissing(cell: Cell | undefined): boolean {
	if (cell === undefined) return true;
	switch (cell.type) {
		case 'text':
			return noText.has(cell.text);
		case 'number':
			return cell.value === undefined || Number.isNaN(cell.value);
		case 'ratio':
			return false;
		case 'age':
			return cell.since === undefined;
		case 'duration':
			return cell.ms === undefined && cell.from === undefined;
		default:
			return never(cell);
	}
}

/** have/want as a number; nothing wanted counts as complete. */
export function ratioOf(have: number, want: number): number {
	return want === 0 ? 1 : have / want;
}

/**
 * Ascending order of two cells: numbers by value, ratios by share and then total, ages youngest first, text naturally
 * (`web-2` before `web-10`), missing last. A duration still running comes after every finished one.
 */
export function compareCells(a: Cell | undefined, b: Cell | undefined): number {
	const missing = Number(isMissing(a)) - Number(isMissing(b));
	if (missing !== 0 || a === undefined || b === undefined || isMissing(a)) return missing;
	if (a.type === 'text' && b.type === 'text') return compareNatural(a.text, b.text);
	if (a.type === 'number' && b.type === 'number') return (a.value ?? 0) - (b.value ?? 0);
	if (a.type === 'ratio' && b.type === 'ratio') return ratioOf(a.have, a.want) - ratioOf(b.have, b.want) || a.want - b.want;
	if (a.type === 'age' && b.type === 'age') return (b.since ?? 0) - (a.since ?? 0);
	if (a.type === 'duration' && b.type === 'duration') return compareDurations(a, b);
	return compareText(a.type, b.type);
}

function compareDurations(a: Extract<Cell, {type: 'duration'}>, b: Extract<Cell, {type: 'duration'}>): number {
	if (a.ms !== undefined && b.ms !== undefined) return a.ms - b.ms;
	if (a.ms !== undefined) return -1;
	return b.ms === undefined ? (b.from ?? 0) - (a.from ?? 0) : 1;
}

function compareText(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}

/** Where a run of digits ends, and where it begins to count (after zeros). */
function digitRun(text: string, from: number): Readonly<{start: number; end: number}> {
	let start = from;
	while (text.charCodeAt(start) === 48) start++;
	let end = start;
	while (isDigit(text.charCodeAt(end))) end++;
	return {start, end};
}

/** Text order in which runs of digits count as numbers: `web-2` before `web-10`. No locale, so the order is the same everywhere. */
export function compareNatural(a: string, b: string): number {
	let i = 0;
	let j = 0;
	while (i < a.length && j < b.length) {
		const x = a.charCodeAt(i);
		const y = b.charCodeAt(j);
		if (!isDigit(x) || !isDigit(y)) {
			if (x !== y) return x - y;
			i++;
			j++;
			continue;
		}
		const left = digitRun(a, i);
		const right = digitRun(b, j);
		const length = left.end - left.start - (right.end - right.start);
		if (length !== 0) return length;
		const digits = compareText(a.slice(left.start, left.end), b.slice(right.start, right.end));
		if (digits !== 0) return digits;
		i = left.end;
		j = right.end;
	}
	// Leading zeros alone make no difference above; the plain comparison keeps the order total.
	return a.length - i - (b.length - j) || compareText(a, b);
}

/** namespace, name, uid: what decides where the sorted column does not. Never reversed. By code unit, as the API server lists and kubectl prints. */
function compareIdentity(a: Row, b: Row): number {
	return (
		compareText(a.ref.namespace ?? '', b.ref.namespace ?? '') ||
		compareText(a.ref.name, b.ref.name) ||
		compareText(a.ref.uid ?? '', b.ref.uid ?? '') ||
		compareText(a.id, b.id)
	);
}

/**
 * The total order of rows by a column (by id), then by namespace and name. `name`, `namespace` and `state` (gravest first)
 * need no column. Missing values are last in both directions. An unknown column leaves namespace and name.
 */
export function compareRows(order: SortOrder | undefined, columns: ReadonlyArray<Pick<Column, 'id'>>): CompareRows {
	if (order === undefined) return compareIdentity;
	const sign = order.descending ? -1 : 1;
	const index = columns.findIndex(column => column.id === order.by);
	if (index >= 0) {
		return (a, b) => {
			const left = a.cells[index];
			const right = b.cells[index];
			const missing = Number(isMissing(left)) - Number(isMissing(right));
			return missing || sign * compareCells(left, right) || compareIdentity(a, b);
		};
	}
	if (order.by === 'state') return (a, b) => sign * (gravity(b.tone) - gravity(a.tone)) || compareIdentity(a, b);
	if (order.by === 'name') return (a, b) => sign * compareNatural(a.ref.name, b.ref.name) || compareIdentity(a, b);
	if (order.by === 'namespace') return (a, b) => sign * compareNatural(a.ref.namespace ?? '', b.ref.namespace ?? '') || compareIdentity(a, b);
	return compareIdentity;
}

/** All rows in order, as a new array. */
export function sortRows(rows: readonly Row[], order: SortOrder | undefined, columns: ReadonlyArray<Pick<Column, 'id'>>): readonly Row[] {
	return rows.toSorted(compareRows(order, columns));
}

/**
 * The sorted rows without those `changed` (ids: removed or moved) and with `added` at their places.
 * The rest keeps its order, so it must be sorted by the same `compare`.
 */
export function mergeSorted(sorted: readonly Row[], changed: ReadonlySet<string>, added: readonly Row[], compare: CompareRows): readonly Row[] {
	const kept = changed.size === 0 ? sorted : sorted.filter(row => !changed.has(row.id));
	if (added.length === 0) return kept;
	if (added.length > mergeLimit) return [...kept, ...added].sort(compare);
	const merged: Row[] = [];
	let from = 0;
	for (const row of added.toSorted(compare)) {
		const to = insertionPoint(kept, row, from, compare);
		for (let index = from; index < to; index++) {
			const before = kept[index];
			if (before !== undefined) merged.push(before);
		}
		merged.push(row);
		from = to;
	}
	return merged.concat(kept.slice(from));
}

/** The first index from `from` on whose row comes after this one. */
function insertionPoint(rows: readonly Row[], row: Row, from: number, compare: CompareRows): number {
	let low = from;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const other = rows[middle];
		if (other !== undefined && compare(other, row) <= 0) low = middle + 1;
		else high = middle;
	}
	return low;
}
