import type {LogEntry} from '../core/logs/log-entry.ts';
import {indexOfRow} from '../core/logs/log-reading.ts';
import type {Line} from '../core/line.ts';

/** A row that is on screen, and its lines. */
export type ShownRow = Readonly<{entry: LogEntry; index: number; lines: readonly Line[]}>;

/** Which rows are on screen; lines of the first one that do not fit are left out, never those of the cursor's. */
export type LogWindow = Readonly<{rows: readonly ShownRow[]; cursor: number; first: number}>;

export type WindowWish = Readonly<{
	shown: readonly LogEntry[];
	/** Lines there are for rows. */
	room: number;
	/** The newest row stays at the end. */
	follow: boolean;
	/** Ids of the row that has the cursor and of the first one on screen. */
	cursor: number | undefined;
	top: number;
	lines(entry: LogEntry): readonly Line[];
}>;

/** The rows on screen: the newest while following, else from the first one on, moved as little as the cursor needs. Only these are laid out. */
export function logWindow(wish: WindowWish): LogWindow {
	const {shown, room, follow, cursor: cursorId} = wish;
	const last = shown.length - 1;
	if (last < 0) return {rows: [], cursor: -1, first: 0};
	if (follow) return {...endingWith(wish, last), cursor: last};
	const cursor = cursorId === undefined ? last : indexOfRow(shown, cursorId);
	const top = Math.min(indexOfRow(shown, wish.top), cursor);
	const from = startingWith(wish, top);
	const bottom = from.rows.at(-1)?.index ?? top;
	const isWhole = cursor < bottom || (cursor === bottom && from.height <= room);
	if (!isWhole) return {...endingWith(wish, cursor), cursor};
	// Nothing stays empty below the end while there is something above.
	return from.height < room && top > 0 ? {...endingWith(wish, last), cursor} : {rows: from.rows, first: top, cursor};
}

function startingWith({shown, room, lines}: WindowWish, top: number): Readonly<{rows: readonly ShownRow[]; height: number}> {
	const rows: ShownRow[] = [];
	let height = 0;
	for (let index = top; index < shown.length && height < room; index++) {
		const entry = shown[index];
		if (entry === undefined) break;
		const drawn = lines(entry);
		rows.push({entry, index, lines: drawn.slice(0, Math.max(0, room - height))});
		height += drawn.length;
	}
	return {rows, height};
}

function endingWith({shown, room, lines}: WindowWish, last: number): Readonly<{rows: readonly ShownRow[]; first: number}> {
	const rows: ShownRow[] = [];
	let height = 0;
	for (let index = last; index >= 0 && height < room; index--) {
		const entry = shown[index];
		if (entry === undefined) break;
		const drawn = lines(entry);
		rows.push({entry, index, lines: index === last ? drawn.slice(0, room) : drawn.slice(Math.max(0, drawn.length - (room - height)))});
		height += drawn.length;
	}
	return {rows: rows.reverse(), first: rows[0]?.index ?? 0};
}
