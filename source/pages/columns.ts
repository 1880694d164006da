import {type Line, type Span, span} from '../core/line.ts';
import {type Cut, clean, fit, width} from '../core/text.ts';

/** A column of a small table on a page. */
export type PageColumn = Readonly<{
	title: string;
	align?: 'start' | 'end';
	cut?: Cut;
	/** May get this narrow; without it the column keeps its width. */
	min?: number;
	/** Others leave before it gets narrower than this. */
	ideal?: number;
	/** Leaves when there is no room, the highest first; without it the column stays. */
	drop?: number;
}>;

export type PageTable = Readonly<{head: Line; rows: readonly Line[] /** Titles that found no room. */; dropped: readonly string[]}>;

const gap = 2;

/**
 * Cells under their titles in at most `columns` cells: columns leave in their order, then those that may shrink get
 * narrower, the widest first. Texts are made safe. No cell for the cursor is set aside.
 */
export function layoutColumns(specs: readonly PageColumn[], rows: ReadonlyArray<readonly Span[]>, columns: number, glyph: string): PageTable {
	const cells = rows.map(row => row.map(cell => ({...cell, text: clean(cell.text)})));
	const natural = specs.map((spec, index) => Math.max(width(spec.title), ...cells.map(row => width(row[index]?.text ?? ''))));
	const kept = keep(specs, natural, columns);
	const widths = shrink(specs, natural, kept, columns);
	const draw = (row: readonly Span[], title: boolean): Line =>
		kept.flatMap((index, position) => {
			const spec = specs[index];
			const cell = row[index] ?? span('');
			if (!spec) return [];
			const last = position === kept.length - 1 && spec.align !== 'end';
			const text = fit(cell.text, widths.get(index) ?? 0, {align: spec.align ?? 'start', cut: title ? 'end' : (spec.cut ?? 'end'), glyph});
			const drawn = {...cell, text: last ? text.trimEnd() : text};
			return position === 0 ? [drawn] : [span(' '.repeat(gap)), drawn];
		});
	return {
		head: draw(
			specs.map(spec => span(spec.title, 'muted')),
			true,
		),
		rows: cells.map(row => draw(row, false)),
		dropped: specs.filter((_, index) => !kept.includes(index)).map(spec => spec.title),
	};
}

function keep(specs: readonly PageColumn[], natural: readonly number[], columns: number): readonly number[] {
	let kept = specs.map((_, index) => index);
	const least = (index: number): number => Math.min(natural[index] ?? 0, specs[index]?.ideal ?? specs[index]?.min ?? natural[index] ?? 0);
	while (total(kept, least) > columns) {
		const leaving = kept.reduce((worst, index) => ((specs[index]?.drop ?? 0) > (specs[worst]?.drop ?? 0) ? index : worst), kept[0] ?? 0);
		if ((specs[leaving]?.drop ?? 0) === 0) break;
		kept = kept.filter(index => index !== leaving);
	}
	return kept;
}

function shrink(specs: readonly PageColumn[], natural: readonly number[], kept: readonly number[], columns: number): ReadonlyMap<number, number> {
	const widths = new Map(kept.map(index => [index, natural[index] ?? 0]));
	const widthOf = (index: number): number => widths.get(index) ?? 0;
	let excess = total(kept, widthOf) - columns;
	while (excess > 0) {
		const room = (index: number): number => widthOf(index) - (specs[index]?.min ?? widthOf(index));
		const shrinkable = kept.filter(index => room(index) > 0);
		const widest = shrinkable.reduce((best, index) => (widthOf(index) > widthOf(best) ? index : best), shrinkable[0] ?? -1);
		if (widest === -1) break;
		widths.set(widest, widthOf(widest) - 1);
		excess--;
	}
	return widths;
}

function total(kept: readonly number[], widthOf: (index: number) => number): number {
	return kept.reduce((sum, index) => sum + widthOf(index), 0) + gap * Math.max(0, kept.length - 1);
}
