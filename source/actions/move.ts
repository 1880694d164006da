import type {Action, ActionContext} from '../core/action.ts';
import type {Effect} from '../core/effect.ts';
import {cursorIndex, tableOf} from '../core/targets.ts';
import {type Move, moveCursor} from '../core/window.ts';

/** Moves the cursor of the table or page on screen. */
export function move(context: ActionContext, to: Move): readonly Effect[] {
	const {frame, bodyRows} = context;
	const table = tableOf(frame);
	if (table) {
		const ids = table.view.snapshot.rows.map(row => row.id);
		// Rows stand below the table's head.
		const moved = moveCursor({ids, index: cursorIndex(table.view.snapshot, table.screen.cursor), top: table.screen.top, height: Math.max(1, bodyRows - 1)}, to);
		return moved.cursor === undefined ? [] : [{type: 'change', screen: {type: 'table', cursor: moved.cursor, top: moved.top}}];
	}
	if (frame.view.type !== 'page') return [];
	const {page} = frame.view;
	const screen = frame.state.stack[frame.state.stack.length - 1];
	if (!screen || screen.type === 'table') return [];
	const height = Math.max(1, bodyRows - page.fixed.length);
	const focusable = page.lines.flatMap((line, index) => (line.id === undefined ? [] : [{id: line.id, index}]));
	if (focusable.length === 0) return [{type: 'change', screen: {type: screen.type, top: scrolled(screen.top, page.lines.length, height, to)}}];
	const at = Math.max(0, focusable.findIndex(line => line.id === screen.cursor));
	const moved = moveCursor({ids: focusable.map(line => line.id), index: at, top: 0, height}, to);
	const line = focusable[moved.index]?.index ?? 0;
	const last = to === 'first' ? 0 : to === 'last' ? page.lines.length - 1 : line;
	const top = Math.max(0, last < screen.top ? last : last >= screen.top + height ? last - height + 1 : screen.top);
	return moved.cursor === undefined ? [] : [{type: 'change', screen: {type: screen.type, cursor: moved.cursor, top}}];
}

function scrolled(top: number, lines: number, height: number, to: Move): number {
	const most = Math.max(0, lines - height);
	const next = typeof to === 'number' ? to : {down: top + 1, up: top - 1, 'page-down': top + height - 1, 'page-up': top - height + 1, first: 0, last: most}[to];
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
