import type {Action, ActionContext} from '../core/action.ts';
import {topScreen} from '../core/app-state.ts';
import type {Effect} from '../core/effect.ts';
import {type Page, scrollRoom} from '../core/page.ts';
import {focusIndex, inView, pageTop} from '../core/page-focus.ts';
import type {PageScreen} from '../core/screen.ts';
import {cursorIndex, tableOf} from '../core/targets.ts';
import {countedMove, type Move, moveCursor} from '../core/window.ts';

/** Moves the cursor of the table or page on screen. */
export function move(context: ActionContext, to: Move): readonly Effect[] {
	const {frame, bodyRows, count} = context;
	const table = tableOf(frame);
	if (table) {
		const {rows} = table.view.snapshot;
		// Rows stand below the table's head.
		const place = {
			count: rows.length,
			index: cursorIndex(table.view.snapshot, table.screen.cursor),
			line: table.screen.line,
			height: Math.max(1, bodyRows - 1),
		};
		const {index, line} = moveCursor(place, countedMove(to, count, place));
		const cursor = rows[index]?.id;
		return cursor === undefined ? [] : [{type: 'change', screen: {type: 'table', cursor, line}}];
	}
	const screen = topScreen(frame.state);
	// A log has more rows than its page has lines: what feeds it knows them.
	if (screen.type === 'logs') return [{type: 'page-command', command: 'move', words: [String(to), ...(count === undefined ? [] : [String(count)])]}];
	if (frame.view.type !== 'page' || screen.type === 'table') return [];
	const {page} = frame.view;
	const room = Math.max(1, scrollRoom(page, bodyRows));
	const read = {page, screen, room, top: pageTop(page, screen, room)};
	return [{type: 'change', screen: {type: screen.type, ...moved(read, countedMove(to, count, {index: placeOf(read), height: room}))}}];
}

/** A page as it is being read: the first of the `room` lines shown. */
type Reading = Readonly<{page: Page; screen: PageScreen; room: number; top: number}>;
type Place = Readonly<{top: number; cursor?: string}>;

/** Where counts begin: the cursor among the lines that take one, else the first line shown. */
function placeOf({page, screen, top}: Reading): number {
	const focusable = page.lines.flatMap(({id}, index) => (id === undefined ? [] : [index]));
	return focusable.length === 0 ? top : Math.max(0, focusable.indexOf(focusIndex(page, screen.cursor)));
}

/** The cursor goes from line to line that can take it; text in between, and behind the last of them, is scrolled through. */
function moved(reading: Reading, to: Move): Place {
	const {page, room, top} = reading;
	const focusable = page.lines.flatMap(({id}, index) => (id === undefined ? [] : [index]));
	const most = Math.max(0, page.lines.length - room);
	const at = (index: number | undefined, wanted: number): Place => {
		const id = index === undefined ? undefined : page.lines[index]?.id;
		return {top: Math.max(0, Math.min(most, wanted)), ...(id === undefined ? {} : {cursor: id})};
	};
	if (to === 'first') return at(focusable[0], 0);
	if (to === 'last') return at(focusable.at(-1), most);
	if (typeof to === 'number') {
		const index = focusable.length === 0 ? to - 1 : (focusable[Math.max(0, Math.min(focusable.length, to) - 1)] ?? 0);
		return focusable.length === 0 ? at(undefined, index) : at(index, inView(index, top, room));
	}
	return stepped(reading, to, focusable, at);
}

function stepped(
	{page, screen, room, top}: Reading,
	to: 'down' | 'up' | 'page-down' | 'page-up',
	focusable: readonly number[],
	at: (index: number | undefined, top: number) => Place,
): Place {
	const isDown = to === 'down' || to === 'page-down';
	const step = (isDown ? 1 : -1) * (to === 'down' || to === 'up' ? 1 : Math.max(1, room - 1));
	const from = focusIndex(page, screen.cursor);
	const beyond = isDown ? focusable.filter(index => index > from) : focusable.filter(index => index < from).reverse();
	const shown = (first: number) => (index: number) => index >= first && index < first + room;
	if (Math.abs(step) > 1) {
		const next = Math.max(0, Math.min(Math.max(0, page.lines.length - room), top + step));
		// With nothing left to scroll a page goes to the end, as in a table.
		if (next === top) return at(beyond.at(-1) ?? from, top);
		return at(beyond.find(shown(next)) ?? (from >= 0 ? from : undefined), next);
	}
	const [next] = beyond;
	if (next !== undefined && (shown(top)(next) || shown(top + step)(next))) return at(next, inView(next, top, room));
	return at(from >= 0 ? from : undefined, top + step);
}

/** Scrolls the columns of a table, or the text of a page, sideways. */
function sideways(context: ActionContext, step: -1 | 1): readonly Effect[] {
	const table = tableOf(context.frame);
	if (table) {
		const most = Math.max(0, table.view.snapshot.columns.length - 2);
		return [{type: 'change', screen: {type: 'table', firstColumn: Math.min(most, Math.max(0, table.screen.firstColumn + step))}}];
	}
	const screen = topScreen(context.frame.state);
	return screen.type === 'object' ? [{type: 'change', screen: {type: 'object', left: Math.max(0, screen.left + step * 8)}}] : [];
}

export const moveActions: readonly Action[] = [
	{id: 'move.down', title: 'Down', on: ['any'], keys: ['j', 'down'], group: 'move', run: context => move(context, 'down')},
	{id: 'move.up', title: 'Up', on: ['any'], keys: ['k', 'up'], group: 'move', run: context => move(context, 'up')},
	{id: 'move.first', title: 'First', on: ['any'], keys: ['g g', 'home'], group: 'move', run: context => move(context, 'first')},
	{id: 'move.last', title: 'Last', on: ['any'], keys: ['G', 'end'], group: 'move', run: context => move(context, 'last')},
	{id: 'move.page-down', title: 'Page down', on: ['any'], keys: ['ctrl-f', 'pagedown'], group: 'move', run: context => move(context, 'page-down')},
	{id: 'move.page-up', title: 'Page up', on: ['any'], keys: ['ctrl-b', 'pageup'], group: 'move', run: context => move(context, 'page-up')},
	{id: 'move.right', title: 'Columns or text to the right', on: ['table', 'object'], keys: ['>', 'right'], group: 'move', run: context => sideways(context, 1)},
	{id: 'move.left', title: 'Columns or text to the left', on: ['table', 'object'], keys: ['<', 'left'], group: 'move', run: context => sideways(context, -1)},
];
