import type {Line} from '../line.ts';
import {truncate, width} from '../text.ts';
import {maskText, type MaskOptions} from './mask-text.ts';

/** A drawn line as people who watch may see it. Every part keeps its width, so that columns stay where they are; the last may grow. */
export function maskLine(line: Line, options: MaskOptions): Line {
	let changed = false;
	const masked = line.map((span, index) => {
		const text = maskText(span.text, options);
		if (text === span.text) return span;
		changed = true;
		return {...span, text: index === line.length - 1 ? text : fitted(text, width(span.text))};
	});
	return changed ? masked : line;
}

function fitted(text: string, cells: number): string {
	const cut = truncate(text, cells, 'end', '~');
	return cut + ' '.repeat(Math.max(0, cells - width(cut)));
}
