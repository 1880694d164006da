import {topScreen} from '../../core/app-state.ts';
import {isBriefOutage} from '../../core/brief-outage.ts';
import {cellText} from '../../core/cell-text.ts';
import {fitColumns} from '../../core/layout.ts';
import {clean} from '../../core/text.ts';
import type {Frame} from '../../core/view.ts';
import {cursorIndex} from '../../core/targets.ts';
import type {Row} from '../../core/table.ts';
import {splitAt, splitShown} from './split.ts';
import {windowTop} from '../../core/window.ts';

/** Where the columns of the table on top stand, and which rows. */
export type TableLayout = Readonly<{
	shown: ReadonlyArray<Readonly<{index: number; width: number; align: 'start' | 'end'}>>;
	droppedLeft: readonly string[];
	droppedRight: readonly string[];
	/** The visible rows with their cells' texts. */
	rows: ReadonlyArray<Readonly<{row: Row; texts: readonly string[]}>>;
	/** Lines for rows. */
	visible: number;
	top: number;
	/** Columns of the table itself; the preview stands right of it. */
	columns: number;
	/** Column of the line between table and preview. */
	split?: number;
}>;

/** Rows and columns of the table for a body of `bodyRows` lines, its head included. */
export function tableLayout(frame: Frame, bodyRows: number): TableLayout | undefined {
	const screen = topScreen(frame.state);
	if (frame.view.type !== 'table' || screen.type !== 'table') return undefined;
	const {snapshot} = frame.view;
	const {columns: terminal} = frame.viewport;
	const split = splitShown(frame.state, frame.viewport) && frame.view.preview ? splitAt(terminal) : undefined;
	const visible = Math.max(1, bodyRows - 1 - (disconnected(frame) ? 1 : 0));
	const cursor = cursorIndex(snapshot, screen.cursor);
	const top = windowTop({count: snapshot.rows.length, height: visible, index: cursor, line: screen.line});
	const rows = snapshot.rows
		.slice(top, top + visible)
		.map(row => ({row, texts: row.cells.map(cell => clean(cellText(cell, frame.now, {times: frame.state.times})))}));
	const columns = split ?? terminal;
	const fitted = fitColumns({
		columns: snapshot.columns,
		rows: rows.map(({texts}) => texts),
		width: columns,
		firstColumn: screen.firstColumn,
		allNamespaces: snapshot.columns[0]?.id === 'namespace',
		sortedBy: screen.sort?.by ?? frame.view.kind.sort.by,
	});
	return {...fitted, rows, visible, top, columns, ...(split === undefined ? {} : {split})};
}

/** Is the data on screen no longer kept up to date? Then the first body row says so. */
export function disconnected(frame: Frame): boolean {
	if (frame.view.type !== 'table') return false;
	const {stream, rows} = frame.view.snapshot;
	const {state} = stream;
	return rows.length > 0 && !isBriefOutage(stream, frame.now) && (state === 'reconnecting' || state === 'denied' || state === 'login-needed');
}
