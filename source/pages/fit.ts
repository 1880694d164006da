import {formatTime} from '../core/age.ts';
import {type Line, type Span, span} from '../core/line.ts';
import type {Page, PageLine, PageSetting} from '../core/page.ts';
import {clean, head, truncate, width} from '../core/text.ts';

/**
 * A line of a page: its first cell is blank, because the cursor is drawn there. Texts may come straight from a cluster:
 * `fitPage` makes them safe.
 */
export function line(...parts: ReadonlyArray<Span | string>): Line {
	return [span(' '), ...parts.map(part => (typeof part === 'string' ? span(part) : part))];
}

/** A blank line between blocks. */
export const blank: PageLine = {line: []};

/** The blocks that have lines, with a blank line between them. */
export function joined(blocks: ReadonlyArray<readonly PageLine[]>): readonly PageLine[] {
	return blocks.filter(block => block.length > 0).flatMap((block, index) => (index === 0 ? block : [blank, ...block]));
}

/** A line that the cursor passes over. */
export function still(...parts: ReadonlyArray<Span | string>): PageLine {
	return {line: line(...parts)};
}

/** A horizontal rule over the whole body. */
export function rule(setting: PageSetting): Line {
	return [span(' '), span(setting.glyphs.rule.repeat(Math.max(0, setting.body.columns - 2)), 'muted')];
}

/** At most `columns` cells, free of control bytes; what is cut off is marked. */
export function safeLine(parts: Line, columns: number, glyph: string): Line {
	const fitted: Span[] = [];
	let room = columns;
	for (const part of parts) {
		const text = clean(part.text);
		if (width(text) <= room) {
			fitted.push(text === part.text ? part : {...part, text});
			room -= width(text);
			continue;
		}
		if (room > 0) fitted.push({...part, text: truncate(text, room, 'end', glyph)});
		// Nothing left to mark the cut with: the part before gives up its last cell.
		else markCut(fitted, glyph);
		break;
	}
	return fitted;
}

function markCut(fitted: Span[], glyph: string): void {
	const last = fitted.pop();
	if (last) fitted.push({...last, text: truncate(`${last.text} `, width(last.text), 'end', glyph)});
}

/** The page with every line made safe and cut to the body's width; lines that scroll keep their length. */
export function fitPage(page: Page, setting: PageSetting): Page {
	const {columns} = setting.body;
	const fit = (parts: Line): Line => safeLine(parts, columns, setting.glyphs.cut);
	const safe = (parts: Line): Line => parts.map(part => ({...part, text: clean(part.text)}));
	return {
		...page,
		crumb: clean(page.crumb),
		head: safe(page.head),
		fixed: page.fixed.map(fit),
		lines: page.lines.map(one => ({...one, line: one.scrolls ? safe(one.line) : fit(one.line)})),
		...(page.foot === undefined ? {} : {foot: page.foot.map(fit)}),
		...(page.status === undefined ? {} : {status: fit(page.status)}),
	};
}

/** A moment in the way the user has chosen: an age, UTC or local time. */
export function timeText(ms: number | undefined, setting: PageSetting): string {
	return ms === undefined ? '-' : formatTime(ms, setting.times, setting.now, setting.offsetMinutes ?? 0);
}

/** Words broken into lines of at most `columns` cells; a longer word is cut by `fitPage`. */
export function wrap(text: string, columns: number): readonly string[] {
	const lines: string[] = [];
	let current = '';
	for (const word of clean(text).split(' ')) {
		const longer = current === '' ? word : `${current} ${word}`;
		if (current !== '' && width(longer) > columns) {
			lines.push(current);
			current = word;
		} else current = longer;
	}
	return [...lines, current];
}

/** As `wrap`, but nothing is cut: a word that is longer than a line goes on in the next one. For what has to be read whole: commands, consents. */
export function wrapWhole(text: string, columns: number): readonly string[] {
	return wrap(text, columns).flatMap(line => {
		const parts: string[] = [];
		let rest = line;
		while (width(rest) > columns) {
			const whole = head(rest, columns);
			// A wide sign across the edge is a blank there: it goes to the next line.
			const part = rest.startsWith(whole) ? whole : whole.slice(0, -1);
			if (part === '') break;
			parts.push(part);
			rest = rest.slice(part.length);
		}
		return [...parts, rest];
	});
}
