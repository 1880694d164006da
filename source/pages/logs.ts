import {lineWidth} from '../core/cut-line.ts';
import {type Line, span} from '../core/line.ts';
import type {LogEntry} from '../core/logs/log-entry.ts';
import {patternOf} from '../core/logs/pattern.ts';
import type {Page, PageLine} from '../core/page.ts';
import {textSpans} from './logs-spans.ts';
import {detailLines} from './logs-detail.ts';
import {fitPage, line} from './fit.ts';
import {logColumns} from './logs-columns.ts';
import {emptyLines} from './logs-empty.ts';
import type {LogsFacts} from './logs-facts.ts';
import {fixedOf, headOf, targetName} from './logs-head.ts';
import {type RowLook, rowLines} from './logs-rows.ts';
import {hintsOf, statusOf} from './logs-status.ts';
import {type LogWindow, logWindow} from './logs-window.ts';

/** Rows whose fields are aligned: those on screen and somewhat more. */
const alignedRows = 100;
const widestField = 24;

/** The log of one container or of many, merged: time, pod, container, level and what was said. Only the rows on screen are laid out. */
export function logsPage(facts: LogsFacts): Page {
	const {rows, screen, setting} = facts;
	const {detail} = screen;
	const entry = detail === undefined ? undefined : rows.shown.find(({id}) => id === detail.id);
	if (detail !== undefined && entry !== undefined) return detailPage(facts, entry, detail.top);
	const fixed = screen.fullScreen ? [] : fixedOf(facts);
	const lines = rows.shown.length === 0 ? emptyLines(facts) : bodyLines(windowOf(facts));
	const page = {crumb: 'Logs', head: headOf(facts), fixed, lines, status: statusOf(facts), hints: hintsOf(facts)};
	// Rows are safe and as wide as the screen already; most of the work is theirs.
	return rows.shown.length === 0 ? fitPage(page, setting) : {...fitPage({...page, lines: []}, setting), lines};
}

/** The rows on screen, laid out. */
export function windowOf(facts: LogsFacts): LogWindow {
	const {rows, screen, setting} = facts;
	const fixed = screen.fullScreen ? 0 : fixedOf(facts).length;
	const room = Math.max(1, setting.body.rows - fixed);
	const look = lookOf(facts, room);
	return logWindow({
		shown: rows.shown,
		room,
		follow: screen.follow,
		cursor: cursorId(screen.cursor),
		top: screen.top,
		lines: entry => rowLines(entry, look),
	});
}

/** The record of a line's id: `line:42`. */
export function cursorId(cursor: string | undefined): number | undefined {
	const id = cursor?.startsWith('line:') ? Number(cursor.slice(5)) : Number.NaN;
	return Number.isInteger(id) ? id : undefined;
}

/** Only the cursor's row can take the cursor: keys move it from row to row, on and off this page. */
function bodyLines({rows, cursor}: LogWindow): readonly PageLine[] {
	return rows.flatMap(({entry, index: row, lines}) =>
		lines.map((one, index): PageLine => (row === cursor && index === 0 ? {line: one, id: `line:${entry.id}`} : {line: one})),
	);
}

function lookOf(facts: LogsFacts, room: number): RowLook {
	const {rows, screen, setting} = facts;
	const search = screen.search === undefined ? undefined : patternOf(screen.search);
	return {
		columns: logColumns(rows, screen, setting),
		view: screen,
		setting,
		search: search?.ok ? search.pattern : undefined,
		around: rows.around,
		marks: new Set(screen.marks),
		tallest: Math.max(3, Math.min(12, Math.floor(room / 2))),
		...alignment(facts),
	};
}

/** How wide the fields of the rows near the window are, so that they stand under each other. */
function alignment({rows, screen}: LogsFacts): Readonly<{fieldWidths: ReadonlyMap<string, number>; messageWidth: number}> {
	const fieldWidths = new Map<string, number>();
	if (screen.fields !== 'columns') return {fieldWidths, messageWidth: 0};
	const id = screen.follow ? undefined : screen.top;
	const at = id === undefined ? -1 : rows.shown.findIndex(entry => entry.id === id);
	const near = at < 0 ? rows.shown.slice(-alignedRows) : rows.shown.slice(at, at + alignedRows);
	let messageWidth = 0;
	for (const entry of near) {
		if (entry.type !== 'line') continue;
		if (entry.understood.fields.length > 0) messageWidth = Math.max(messageWidth, lineWidth(textSpans(entry.understood.message, [], undefined)));
		for (const [name, value] of entry.understood.fields)
			fieldWidths.set(name, Math.max(fieldWidths.get(name) ?? 0, Math.min(widestField, lineWidth(textSpans(value, [], undefined)))));
	}
	return {fieldWidths, messageWidth};
}

/** One row in full, in the place of all. */
function detailPage(facts: LogsFacts, entry: LogEntry, top: number): Page {
	const {setting, screen} = facts;
	const all = detailLines(entry, setting);
	const room = setting.body.rows;
	const first = Math.max(0, Math.min(top, all.length - room));
	const place = all.length > room ? `   lines ${first + 1}-${Math.min(all.length, first + room)} of ${all.length}` : '';
	return fitPage(
		{
			crumb: 'Logs > line',
			head: [span(targetName(facts.model.target)), span(screen.follow ? '  FOLLOW' : '')],
			fixed: [],
			lines: all.slice(first, first + room).map((one: Line): PageLine => ({line: one})),
			status: line(`One line in full${place}`),
			hints: [
				{keys: 'j k', title: 'scroll'},
				{keys: 'c', title: 'copy'},
				{keys: 'Esc', title: 'back'},
			],
		},
		setting,
	);
}
