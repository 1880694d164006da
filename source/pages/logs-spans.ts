import {cutLine, dropCells, lineWidth} from '../core/cut-line.ts';
import type {Line, Span} from '../core/line.ts';
import type {Pattern} from '../core/logs/pattern.ts';
import type {StyleRun} from '../core/logs/styled-text.ts';
import {clean} from '../core/text.ts';

/** Found places drawn in one line: more would not be told apart. */
const mostPlaces = 200;

/** A text in the looks that the application gave it, with what is searched for drawn inverse. Safe to draw. */
export function textSpans(text: string, runs: readonly StyleRun[], search: Pattern | undefined): readonly Span[] {
	const places = search?.places(text, mostPlaces) ?? [];
	if (runs.length === 0 && places.length === 0) return text === '' ? [] : [{text: clean(text)}];
	const edges = [...new Set([0, text.length, ...runs.map(run => run.from), ...places.flat()])].filter(edge => edge <= text.length).sort((a, b) => a - b);
	return edges.slice(0, -1).map((from, index): Span => {
		const run = runs.findLast(one => one.from <= from);
		const isFound = places.some(([start, end]) => from >= start && from < end);
		const look =
			run === undefined
				? {}
				: {...(run.tone === undefined ? {} : {tone: run.tone}), ...(run.bold ? {bold: true} : {}), ...(run.underline ? {underline: true} : {})};
		return {text: clean(text.slice(from, edges[index + 1])), ...look, ...(isFound !== (run?.inverse === true) ? {inverse: true} : {})};
	});
}

/** A line broken after every `columns` cells; at most `most` lines, the rest is left out. */
export function brokenLine(line: Line, columns: number, most: number): Readonly<{lines: readonly Line[]; isCut: boolean}> {
	const lines: Line[] = [];
	let rest = line;
	while (lines.length < most) {
		lines.push(cutLine(rest, columns));
		if (lineWidth(rest) <= columns) return {lines, isCut: false};
		rest = dropCells(rest, columns);
	}
	return {lines, isCut: true};
}
