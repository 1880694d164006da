import {dropCells} from '../../core/cut-line.ts';
import type {Glyphs} from '../../core/glyphs.ts';
import type {Line} from '../../core/line.ts';
import type {PageScreen} from '../../core/screen.ts';
import type {PageView} from '../../core/targets.ts';

/** A line of the body and whether the cursor is on it. */
export type BodyLine = Readonly<{line: Line; selected: boolean /** Data that is no longer fresh. */; dimmed?: boolean}>;

/** The body of a page: fixed lines, then the scrolled ones, exactly `rows` of them. The first focusable line has the cursor until it is moved. */
export function pageLines(view: PageView, screen: PageScreen, rows: number, glyphs: Glyphs): readonly BodyLine[] {
	const {fixed, lines} = view.page;
	const room = Math.max(0, rows - fixed.length);
	const cursor = lines.some(({id}) => id !== undefined && id === screen.cursor) ? screen.cursor : lines.find(({id}) => id !== undefined)?.id;
	const left = screen.type === 'object' ? screen.left : 0;
	const top = Math.min(screen.top, Math.max(0, lines.length - room));
	const body = lines.slice(top, top + room).map(({line, id, scrolls}): BodyLine => {
		const selected = id !== undefined && id === cursor;
		const shown = scrolls && left > 0 ? dropCells(line, left) : line;
		return {line: selected ? withCursor(shown, glyphs) : shown, selected};
	});
	const above = fixed.slice(0, rows).map((line): BodyLine => ({line, selected: false}));
	const blanks = Array.from({length: Math.max(0, rows - above.length - body.length)}, (): BodyLine => ({line: [], selected: false}));
	return [...above, ...body, ...blanks];
}

/** The cursor stands in the first cell, which every page leaves blank. */
function withCursor(line: Line, glyphs: Glyphs): Line {
	const [first, ...rest] = line;
	return first?.text.startsWith(' ') ? [{...first, text: glyphs.cursor + first.text.slice(1)}, ...rest] : line;
}
