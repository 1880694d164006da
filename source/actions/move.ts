import type {Action, ActionContext} from '../core/action.ts';
import type {Effect} from '../core/effect.ts';
import {cursorIndex, tableOf} from '../core/targets.ts';
import {countedMove, type Move, moveCursor} from '../core/window.ts';

/** Moves the cursor of the table or page on screen. */
export function move(context: ActionContext, to: Move): readonly Effect[] {
	const {frame, bodyRows, count} = context;
	const table = tableOf(frame);
	if (table) {
		const {rows} = table.view.snapshot;
		// Rows stand below the table's head.
		const place = {count: rows.length, index: cursorIndex(table.view.snapshot, table.screen.cursor), line: table.screen.line, height: Math.max(1, bodyRows - 1)};
		const {index, line} = moveCursor(place, countedMove(to, count, place));
		const cursor = rows[index]?.id;
		return cursor === undefined ? [] : [{type: 'change', screen: {type: 'table', cursor, line}}];
	}
	if (frame.view.type !== 'page') return [];
	const {page} = frame.view;
	const screen = frame.state.stack[frame.state.stack.length - 1];
	if (!screen || screen.type === 'table') return [];
	const height = Math.max(1, bodyRows - page.fixed.length);
	const focusable = page.lines.flatMap((line, index) => (line.id === undefined ? [] : [{id: line.id, index}]));
	if (focusable.length === 0) {
		const top = scrolled(screen.top, page.lines.length, height, countedMove(to, count, {index: screen.top, height}));
		return [{type: 'change', screen: {type: screen.type, top}}];
	}
	const at = Math.max(0, focusable.findIndex(line => line.id === screen.cursor));
	const moved = focusable[moveCursor({count: focusable.length, index: at, line: 0, height}, countedMove(to, count, {index: at, height})).index];
	if (!moved) return [];
	// The ends show what stands above the first line that takes the cursor, and below the last.
	const shown = to === 'first' ? 0 : to === 'last' && count === undefined ? page.lines.length - 1 : moved.index;
	const top = Math.max(0, shown < screen.top ? shown : shown >= screen.top + height ? shown - height + 1 : screen.top);
	return [{type: 'change', screen: {type: screen.type, cursor: moved.id, top}}];
}

function scrolled(top: number, lines: number, height: number, to: Move): number {
	const most = Math.max(0, lines - height);
	const next = typeof to === 'number' ? to - 1 : {down: top + 1, up: top - 1, 'page-down': top + height - 1, 'page-up': top - height + 1, first: 0, last: most}[to];
	return Math.min(most, Math.max(0, next));
}

/** Scrolls the columns of a table, or the text of a page, sideways. */
function sideways(context: ActionContext, step: -1 | 1): readonly Effect[] {
	const table = tableOf(context.frame);
	if (table) {
		const most = Math.max(0, table.view.snapshot.columns.length - 2);
		return [{type: 'change', screen: {type: 'table', firstColumn: Math.min(most, Math.max(0, table.screen.firstColumn + step))}}];
	}
	const screen = context.frame.state.stack[context.frame.state.stack.length - 1];
	return screen?.type === 'object' ? [{type: 'change', screen: {type: 'object', left: Math.max(0, screen.left + step * 8)}}] : [];
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
