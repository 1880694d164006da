import type {Span} from '../line.ts';
import {width} from '../text.ts';
import type {Theme} from '../theme.ts';
import type {Shot} from './shot.ts';

const cell = {width: 8.4, height: 18, baseline: 13.5, margin: 12} as const;

/** The frame as a picture: every span stands at its own column, so that fonts of another width cannot move columns. */
export function shotSvg({columns, rows, lines}: Shot, theme: Theme): string {
	const size = {width: columns * cell.width + 2 * cell.margin, height: rows * cell.height + 2 * cell.margin};
	const body = lines.slice(0, rows).map(({line, selected}, row) => {
		const top = cell.margin + row * cell.height;
		const back = selected ? rectangle(cell.margin, top, columns * cell.width, theme.selection.background.hex) : '';
		let column = 0;
		const spans = line.map(span => {
			const at = column;
			column += width(span.text);
			return spanSvg(span, {at, top, selected, theme});
		});
		return back + spans.join('');
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}">`,
		`<rect width="100%" height="100%" fill="${theme.background}"/>`,
		`<g font-family="ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" xml:space="preserve">`,
		...body,
		'</g></svg>\n',
	].join('\n');
}

type Place = Readonly<{at: number; top: number; selected: boolean; theme: Theme}>;

function spanSvg(span: Span, {at, top, selected, theme}: Place): string {
	const cells = width(span.text);
	const isSelected = selected || span.selected === true;
	const own = theme.tones[span.tone ?? 'text'].hex;
	const front = isSelected ? theme.selection.foreground.hex : span.inverse ? theme.background : own;
	const x = cell.margin + at * cell.width;
	const back =
		span.inverse && !isSelected
			? rectangle(x, top, cells * cell.width, own)
			: span.selected
				? rectangle(x, top, cells * cell.width, theme.selection.background.hex)
				: '';
	if (span.text.trim() === '') return back;
	const look = `${span.bold ? ' font-weight="bold"' : ''}${span.underline ? ' text-decoration="underline"' : ''}`;
	return `${back}<text x="${x.toFixed(1)}" y="${top + cell.baseline}" textLength="${(cells * cell.width).toFixed(1)}" fill="${front}"${look}>${escaped(span.text)}</text>`;
}

function rectangle(x: number, y: number, wide: number, fill: string): string {
	return `<rect x="${x.toFixed(1)}" y="${y}" width="${wide.toFixed(1)}" height="${cell.height}" fill="${fill}"/>`;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
