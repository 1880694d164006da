import {cellText} from '../../core/cell-text.ts';
import {cutLine, lineWidth, spreadLine} from '../../core/cut-line.ts';
import type {Glyphs} from '../../core/glyphs.ts';
import type {Line} from '../../core/line.ts';
import {mistypedText} from '../../core/query/explain.ts';
import {cursorIndex, tableOf} from '../../core/targets.ts';
import {clean, group, plural, width} from '../../core/text.ts';
import {tones} from '../../core/tone.ts';
import {tourText} from '../../core/tours/tour.ts';
import {tours} from '../../core/tours/tours.ts';
import type {Frame} from '../../core/view.ts';
import type {PagePlace} from './page-lines.ts';
import {promptLine} from './prompt-lines.ts';
import type {TableLayout} from './table-layout.ts';

/** The first that fits is said, until three keys were pressed; that there is a red row only where there is one. */
const redRow = 'New here? Enter opens the red row, ? lists keys, : goes anywhere, k9s keys work';
const newHere = [
	'New here? Enter opens the row, ? lists keys, : goes anywhere, k9s keys work',
	'New here? Enter opens, ? lists keys, : goes anywhere',
	'New here? ? lists the keys',
];

/** Less than this says nothing that can be understood. */
const leastRest = 12;

export type StatusParts = Readonly<{
	glyphs: Glyphs;
	layout: TableLayout | undefined;
	place: PagePlace | undefined;
	/** There is no row 2 and no hint bar: what they say beside is said here. */
	alone: boolean;
}>;

/** The prompt while typing, else the last notice, else what is hidden and cut on this screen; right of it where the cursor is. */
export function statusLine(frame: Frame, parts: StatusParts): Line {
	const {state, viewport} = frame;
	const {columns} = viewport;
	if (state.prompt && state.prompt.kind !== 'palette' && state.prompt.kind !== 'actions') return promptLine(frame);
	const notice = noticeOf(frame, parts);
	const right = rightOf(frame, parts);
	const room = columns - lineWidth(right) - 1;
	// What was answered to a key comes before where one is.
	if (notice && lineWidth(notice) > room) return [{text: ' '}, ...cutMarked(notice, columns - 1, parts.glyphs.cut)];
	return spreadLine([{text: ' '}, ...cutMarked(notice ?? leftOf(frame, parts, room), room, parts.glyphs.cut)], right, columns);
}

function noticeOf({state}: Frame, {glyphs}: StatusParts): Line | undefined {
	const notice = state.noticeShown ? state.notices[state.notices.length - 1] : undefined;
	if (notice === undefined) return undefined;
	const symbol = notice.tone === 'muted' ? ' ' : glyphs.state[notice.tone];
	return [{text: `${symbol === ' ' ? '' : `${symbol} `}${clean(notice.text)}`, tone: notice.tone}];
}

function leftOf(frame: Frame, parts: StatusParts, room: number): Line {
	const {state} = frame;
	const walk = tourLine(frame, room);
	if (walk !== undefined) return [...walk, ...restOf(frame, parts, room - lineWidth(walk) - 3)];
	if (state.keysPressed < 3) {
		const greetings = hasRedRow(frame) ? [redRow, ...newHere.slice(1)] : newHere;
		return [{text: greetings.find(text => text.length <= room) ?? '', tone: 'muted'}];
	}
	return screenStatus(frame, parts, room);
}

function hasRedRow({view}: Frame): boolean {
	if (view.type === 'table') return (view.snapshot.tones.error ?? 0) > 0;
	return view.page.lines.some(({id, line}) => id !== undefined && line.some(({tone}) => tone === 'error'));
}

function screenStatus(frame: Frame, parts: StatusParts, room: number): Line {
	if (frame.view.type === 'page') return frame.view.page.status ?? [];
	const long = tableStatus(frame, parts.layout, true);
	return [{text: width(long) <= room ? long : tableStatus(frame, parts.layout, false), tone: 'muted'}];
}

/** The next step of the demo's tour. */
function tourLine({state}: Frame, room: number): Line | undefined {
	const {tour} = state;
	return tour === undefined ? undefined : [{text: tourText(tours[tour.story], tour.done, room), tone: 'accent'}];
}

/** What the screen says beside the tour, where there is room for all of it or for its beginning. */
function restOf(frame: Frame, parts: StatusParts, room: number): Line {
	const status = room < leastRest ? [] : screenStatus(frame, parts, room);
	return lineWidth(status) === 0 ? [] : [{text: '   '}, ...status];
}

/** The count being typed, and which of how many rows or lines; on a small screen how many are marked, and the key that lists all keys. */
function rightOf(frame: Frame, {place, alone}: StatusParts): Line {
	const texts = frame.state.count > 0 ? [String(frame.state.count)] : [];
	const table = tableOf(frame);
	if (alone && table && table.screen.marks.length > 0) texts.push(`${table.screen.marks.length} marked`);
	if (table) {
		const index = cursorIndex(table.view.snapshot, table.screen.cursor);
		if (index >= 0) texts.push(`${group(index + 1)} of ${group(table.view.snapshot.rows.length)}`);
	} else if (place && place.count > place.shown) texts.push(`lines ${group(place.top + 1)}-${group(place.top + place.shown)} of ${group(place.count)}`);
	if (alone) texts.push('? keys');
	return texts.length === 0 ? [] : [{text: `  ${texts.join('  ')} `, tone: 'muted'}];
}

/** A line that is too long ends in the sign of a cut. */
function cutMarked(line: Line, room: number, cut: string): Line {
	return lineWidth(line) <= room ? line : [...cutLine(line, Math.max(0, room - 1)), {text: cut, tone: 'muted'}];
}

/** Nothing is hidden without a count: filtered rows by state, columns to the sides, the full text of a cut cell. */
function tableStatus(frame: Frame, layout: TableLayout | undefined, named: boolean): string {
	const table = tableOf(frame);
	if (!table) return '';
	const {snapshot} = table.view;
	const parts: string[] = [];
	parts.push(...(snapshot.mistyped ?? []).map(mistypedText));
	const hidden = snapshot.total - snapshot.rows.length;
	if (hidden > 0)
		parts.push(
			`${group(hidden)} hidden by ${table.screen.faultsOnly && table.screen.filter === '' ? '! faults only' : 'filter'}${hiddenStates(frame)}${named ? '. Esc shows all' : ''}`,
		);
	for (const {column, rows} of snapshot.withoutValue ?? []) if (rows > 0) parts.push(`${group(rows)} without ${column}`);
	if (snapshot.partial) parts.push(`Only these namespaces could be read: ${snapshot.partial.join(', ')}`);
	if (snapshot.flashes.size > 0 && layout && snapshot.flashes.size > layout.visible * 0.3) parts.push(`${plural(snapshot.flashes.size, 'row')} changed`);
	const cut = cutCell(frame, layout);
	if (cut !== undefined) parts.push(cut);
	if (layout) parts.push(...hiddenColumns(layout, named && snapshot.rows.length > 0));
	return parts.join('   ');
}

function hiddenColumns({droppedLeft, droppedRight}: TableLayout, named: boolean): readonly string[] {
	const left = droppedLeft.length === 0 ? [] : [`< ${plural(droppedLeft.length, 'column')}`];
	const names = named ? ` (${droppedRight.join(' ')})` : '';
	return droppedRight.length === 0 ? left : [...left, `> ${plural(droppedRight.length, 'column')} more${names}`];
}

function hiddenStates(frame: Frame): string {
	const table = tableOf(frame);
	if (!table) return '';
	const shown = new Map<string, number>();
	for (const row of table.view.snapshot.rows) shown.set(row.tone, (shown.get(row.tone) ?? 0) + 1);
	const parts = tones.flatMap(tone => {
		const count = (table.view.snapshot.tones[tone] ?? 0) - (shown.get(tone) ?? 0);
		return count > 0 && tone !== 'text' ? [`${group(count)} ${tone === 'muted' ? 'done' : tone}`] : [];
	});
	return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

/** A cell that is cut shows in full while the cursor is on its row. */
function cutCell(frame: Frame, layout: TableLayout | undefined): string | undefined {
	const table = tableOf(frame);
	const row = table?.view.snapshot.rows[cursorIndex(table.view.snapshot, table.screen.cursor)];
	if (!layout || !row || !table) return undefined;
	for (const {index, width: columns} of layout.shown) {
		const cell = row.cells[index];
		const text = cell && clean(cellText(cell, frame.now, {times: frame.state.times}));
		if (text !== undefined && width(text) > columns) return `${table.view.snapshot.columns[index]?.title ?? ''} ${text}`;
	}
	return undefined;
}
