import {dropCells} from '../../core/cut-line.ts';
import type {Glyphs} from '../../core/glyphs.ts';
import type {Line} from '../../core/line.ts';
import {scrollRoom} from '../../core/page.ts';
import {focusIndex, pageTop} from '../../core/page-focus.ts';
import type {PageScreen} from '../../core/screen.ts';
import type {PageView} from '../../core/targets.ts';

/** The terminal's own cursor on a line: seen in an input field; else only for those who read along, by braille or a magnifier. */
export type LineCursor = Readonly<{column: number; visible: boolean}>;

/** A line of the body and whether the cursor is on it. */
export type BodyLine = Readonly<{line: Line; selected: boolean /** Data that is no longer fresh. */; dimmed?: boolean; cursor?: LineCursor}>;

/** On the focused row. */
export const rowCursor: LineCursor = {column: 0, visible: false};

/** Which of a page's lines are on screen. */
export type PagePlace = Readonly<{top: number; shown: number; count: number}>;

/** The lines that `rows` rows have room for, below those that never scroll. */
export function pagePlace(view: PageView, screen: PageScreen, rows: number): PagePlace {
	const {lines} = view.page;
	const room = scrollRoom(view.page, rows);
	const top = pageTop(view.page, screen, room);
	return {top, shown: Math.min(room, lines.length - top), count: lines.length};
}

/** The body of a page: fixed lines, the scrolled ones, those of the foot, exactly `rows` of them. */
export function pageLines(view: PageView, screen: PageScreen, rows: number, glyphs: Glyphs): readonly BodyLine[] {
	const {fixed, lines, foot = []} = view.page;
	const {top, shown} = pagePlace(view, screen, rows);
	const cursor = focusIndex(view.page, screen.cursor);
	const left = screen.type === 'object' ? screen.left : 0;
	const body = lines.slice(top, top + shown).map(({line, scrolls}, index): BodyLine => {
		const selected = top + index === cursor;
		const drawn = scrolls && left > 0 ? dropCells(line, left) : line;
		return selected ? {line: withCursor(drawn, glyphs), selected, cursor: rowCursor} : {line: drawn, selected};
	});
	const above = fixed.slice(0, rows).map((line): BodyLine => ({line, selected: false}));
	const below = foot.slice(0, Math.max(0, rows - above.length - body.length)).map((line): BodyLine => ({line, selected: false}));
	const blanks = Array.from({length: Math.max(0, rows - above.length - body.length - below.length)}, (): BodyLine => ({line: [], selected: false}));
	return [...above, ...body, ...below, ...blanks];
}

/** The cursor stands in the first cell, which every page leaves blank. */
function withCursor(line: Line, glyphs: Glyphs): Line {
	const [first, ...rest] = line;
	return first?.text.startsWith(' ') ? [{...first, text: glyphs.cursor + first.text.slice(1)}, ...rest] : line;
}
