import {humanDuration} from '../../core/age.ts';
import {topScreen} from '../../core/app-state.ts';
import {fitLine, lineWidth} from '../../core/cut-line.ts';
import type {Glyphs} from '../../core/glyphs.ts';
import type {Line, Span} from '../../core/line.ts';
import {distinctTruncations} from '../../core/name-truncation.ts';
import type {SortOrder} from '../../core/table.ts';
import {cursorIndex, type TableView} from '../../core/targets.ts';
import {clean, fit, truncate, width} from '../../core/text.ts';
import type {Frame} from '../../core/view.ts';
import {type BodyLine, rowCursor} from './page-lines.ts';
import {disconnected, type TableLayout} from './table-layout.ts';

/** The gutter: cursor, state symbol, mark, blank. */
const gutter = 4;

/** A table's body: its head, the visible rows, and the preview beside them. */
export function tableLines(frame: Frame, layout: TableLayout, glyphs: Glyphs): readonly BodyLine[] {
	if (frame.view.type !== 'table') return [];
	const {view} = frame;
	const lines: BodyLine[] = [];
	const stale = disconnected(frame);
	if (stale) lines.push({line: staleLine(frame, view, layout.columns, glyphs), selected: false});
	lines.push({line: headOf(frame, view, layout, glyphs), selected: false});
	if (view.instead) lines.push(...view.instead.map((line): BodyLine => ({line, selected: false})));
	else lines.push(...rowLines(frame, view, layout, glyphs));
	return layout.split === undefined || !view.preview ? lines : beside(lines, view.preview, layout, glyphs);
}

/** Why the data is old, and when the next try comes. */
function staleLine(frame: Frame, view: TableView, columns: number, glyphs: Glyphs): Line {
	const {stream, asOf} = view.snapshot;
	if (!('problem' in stream)) return [];
	const wait = stream.state === 'reconnecting' ? `Next try in ${humanDuration(Math.max(0, stream.nextTryAt - frame.now))} (r now).` : 'r tries again.';
	const age = asOf === undefined ? '' : ` Data is ${humanDuration(frame.now - asOf)} old.`;
	const cause = clean(stream.problem.cause);
	const right = ` ${wait}${age} `;
	// What follows from it stays whole; the cause is cut.
	const room = columns - width(right) - 3;
	const left = truncate(`${cause.charAt(0).toUpperCase()}${cause.slice(1)}.`, Math.max(0, room), 'end', glyphs.cut);
	return [{text: ` ${glyphs.state.warning} ${left}${right}`, tone: 'warning'}];
}

function sortOf(frame: Frame, view: TableView): SortOrder {
	const screen = topScreen(frame.state);
	const own = {by: view.kind.sort.by, descending: view.kind.sort.descending ?? false};
	return screen.type === 'table' ? (screen.sort ?? own) : own;
}

function headOf(frame: Frame, view: TableView, layout: TableLayout, glyphs: Glyphs): Line {
	const sort = sortOf(frame, view);
	const screen = topScreen(frame.state);
	const picked = screen.type === 'table' ? screen.column : undefined;
	const dim = disconnected(frame);
	const spans: Span[] = [{text: ' '.repeat(gutter)}];
	for (const {index, width, align} of layout.shown) {
		const column = view.snapshot.columns[index];
		if (!column) continue;
		const sign = column.id === sort.by ? (sort.descending ? glyphs.descending : glyphs.ascending) : '';
		const text = fit(`${column.title}${sign}`, width, {align});
		spans.push({text, tone: dim ? 'muted' : 'accent', ...(column.id === picked ? {inverse: true} : {bold: !dim})}, {text: '  '});
	}
	return spans;
}

function rowLines(frame: Frame, view: TableView, layout: TableLayout, glyphs: Glyphs): readonly BodyLine[] {
	const screen = topScreen(frame.state);
	const marks = new Set(screen.type === 'table' ? screen.marks : []);
	const cursor = view.snapshot.rows[cursorIndex(view.snapshot, screen.type === 'table' ? screen.cursor : undefined)]?.id;
	const nameIndex = view.snapshot.columns.findIndex(column => column.id === 'name');
	const nameWidth = layout.shown.find(({index}) => index === nameIndex)?.width ?? 0;
	const names = distinctTruncations(
		layout.rows.map(({texts}) => texts[nameIndex] ?? ''),
		nameWidth,
		glyphs.cut,
	);
	const dimmed = disconnected(frame);
	const many = view.snapshot.flashes.size > layout.visible * 0.3;
	return layout.rows.map(({row, texts}, line): BodyLine => {
		const selected = row.id === cursor;
		const flashed = frame.state.motion && !many ? view.snapshot.flashes.get(row.id) : undefined;
		const spans: Span[] = [
			{text: selected ? glyphs.cursor : ' '},
			{text: glyphs.state[row.tone], tone: row.tone},
			{text: marks.has(row.id) ? glyphs.mark : ' ', tone: 'accent'},
			{text: ' '},
		];
		for (const {index, width, align} of layout.shown) {
			const column = view.snapshot.columns[index];
			const text =
				index === nameIndex
					? fit(names[line] ?? '', width)
					: fit(texts[index] ?? '', width, {align, ...(column?.cut === undefined ? {} : {cut: column.cut}), glyph: glyphs.cut});
			const tone = row.cells[index]?.tone ?? (column?.id === (view.kind.tonedColumn ?? 'status') ? row.tone : undefined);
			const flash = flashed === 'new' || (flashed?.includes(index) ?? false);
			spans.push({text, ...(tone === undefined || tone === 'ok' ? {} : {tone}), ...(flash ? {flash: true} : {})}, {text: '  '});
		}
		return {line: spans, selected, dimmed, ...(selected ? {cursor: rowCursor} : {})};
	});
}

/** The preview right of the table, a line between them. */
function beside(lines: readonly BodyLine[], preview: readonly Line[], layout: TableLayout, glyphs: Glyphs): readonly BodyLine[] {
	const count = Math.max(lines.length, preview.length);
	return Array.from({length: count}, (_none, index): BodyLine => {
		const left = lines[index];
		const table = fitLine(left?.line ?? [], layout.columns);
		const pane = preview[index] ?? [];
		const edge: Line = [{text: glyphs.column, tone: 'muted'}];
		// Only the table's part of the line is the cursor's.
		return {
			line: [...(left?.selected ? table.map(part => ({...part, selected: true})) : table), ...edge, ...(lineWidth(pane) === 0 ? [] : pane)],
			selected: false,
			dimmed: left?.dimmed ?? false,
			...(left?.cursor ? {cursor: left.cursor} : {}),
		};
	});
}
