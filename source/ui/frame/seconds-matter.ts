import type {Cell} from '../../core/table.ts';
import type {Frame} from '../../core/view.ts';
import {tableLayout} from './table-layout.ts';

/** Younger than this an age is read by the second (screens.md 8). */
const youngMs = 120_000;

/** Does anything on screen change with every second? Else the clock and the ages move every five. */
export function secondsMatter(frame: Frame, bodyRows: number): boolean {
	const {view, now} = frame;
	if (view.type === 'page') return frame.state.stack[frame.state.stack.length - 1]?.type !== 'overview' || view.stream?.state === 'reconnecting';
	const {state} = view.snapshot.stream;
	if (state !== 'live' && state !== 'polling') return true;
	return tableLayout(frame, bodyRows)?.rows.some(({row}) => row.cells.some(cell => now - (startOf(cell) ?? Number.NEGATIVE_INFINITY) < youngMs)) ?? false;
}

/** Since when the cell counts. */
function startOf(cell: Cell): number | undefined {
	return cell.type === 'duration' ? cell.from : cell.type === 'ratio' ? undefined : cell.since;
}
