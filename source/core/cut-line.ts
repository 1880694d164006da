import type {Line, Span} from './line.ts';
import {head, tail, width} from './text.ts';

/** Cells a line takes. */
export function lineWidth(line: Line): number {
	return line.reduce((sum, part) => sum + width(part.text), 0);
}

/** The first `columns` cells of a line, spans kept. */
export function cutLine(line: Line, columns: number): Line {
	const kept: Span[] = [];
	let left = columns;
	for (const part of line) {
		if (left <= 0) break;
		const cells = width(part.text);
		kept.push(cells <= left ? part : {...part, text: head(part.text, left)});
		left -= cells;
	}
	return kept;
}

/** A line without its first `columns` cells; what is left of a wide character is a blank. */
export function dropCells(line: Line, columns: number): Line {
	const kept: Span[] = [];
	let left = columns;
	for (const part of line) {
		const cells = width(part.text);
		if (left >= cells) left -= cells;
		else if (left <= 0) kept.push(part);
		else {
			kept.push({...part, text: tail(part.text, cells - left)});
			left = 0;
		}
	}
	return kept;
}

/** Filled with blanks, or cut, to exactly `columns` cells. */
export function fitLine(line: Line, columns: number): Line {
	const cells = lineWidth(line);
	return cells > columns ? cutLine(line, columns) : cells < columns ? [...line, {text: ' '.repeat(columns - cells)}] : line;
}

/** `over` drawn over a line from a column on. */
export function overlayLine(line: Line, from: number, over: Line, columns: number): Line {
	const filled = fitLine(line, columns);
	return [...cutLine(filled, from), ...over, ...dropCells(filled, from + lineWidth(over))];
}

/** `left` and `right` with blanks between, exactly `columns` cells; the left gives way. */
export function spreadLine(left: Line, right: Line, columns: number): Line {
	const room = columns - lineWidth(right);
	return room <= 0 ? cutLine(right, columns) : [...fitLine(left, room), ...right];
}
