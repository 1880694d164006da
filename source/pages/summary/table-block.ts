import type {Effect} from '../../core/effect.ts';
import {type Span, span} from '../../core/line.ts';
import type {Page, PageLine, PageSetting} from '../../core/page.ts';
import type {Tone} from '../../core/tone.ts';
import {layoutColumns, type PageColumn} from '../columns.ts';
import {line, still} from '../fit.ts';
import {stateMark} from '../state-mark.ts';
import type {Block} from './summary.ts';

/** A row of a small table: its state and its cells. With an id it takes the cursor. */
export type BlockRow = Readonly<{tone?: Tone; cells: readonly Span[]; id?: string; copy?: string; enter?: readonly Effect[]}>;

type Parts = Readonly<{head: PageLine; lines: readonly PageLine[] /** Names the columns without room. */; hidden: readonly PageLine[]}>;

/** A table as a block, its titles in the first line; nothing when it has no rows. The symbol of the state stands before each row; columns without room are named below. */
export function tableBlock(specs: readonly PageColumn[], rows: readonly BlockRow[], setting: PageSetting): readonly Block[] {
	if (rows.length === 0) return [];
	const {head, lines, hidden} = partsOf(specs, rows, setting);
	return [{lines: [head, ...lines, ...hidden]}];
}

/**
 * A table that is a page of its own under `above` fixed lines: its titles do not scroll, and neither does the line on columns
 * without room once the rows do. Without rows all parts are empty.
 */
export function tablePage(
	specs: readonly PageColumn[],
	rows: readonly BlockRow[],
	setting: PageSetting,
	above: number,
): Pick<Page, 'fixed' | 'lines' | 'foot'> {
	if (rows.length === 0) return {fixed: [], lines: []};
	const {head, lines, hidden} = partsOf(specs, rows, setting);
	const fixed = [head.line];
	if (above + fixed.length + lines.length + hidden.length <= setting.body.rows) return {fixed, lines: [...lines, ...hidden]};
	return {fixed, lines, foot: hidden.map(({line: text}) => text)};
}

function partsOf(specs: readonly PageColumn[], rows: readonly BlockRow[], setting: PageSetting): Parts {
	const table = layoutColumns(
		specs,
		rows.map(row => row.cells),
		setting.body.columns - 3,
		setting.glyphs.cut,
	);
	const head: PageLine = {line: line('  ', ...table.head)};
	const lines = rows.map(({tone, id, copy, enter}, index): PageLine => {
		const mark = tone === undefined ? span(' ') : stateMark(tone, setting);
		return {
			line: line(mark, ' ', ...(table.rows[index] ?? [])),
			...(id === undefined ? {} : {id}),
			...(copy === undefined ? {} : {copy}),
			...(enter === undefined ? {} : {enter}),
		};
	});
	const hidden = table.dropped.length === 0 ? [] : [still(span(`  hidden at this width: ${table.dropped.join(', ')}`, 'muted'))];
	return {head, lines, hidden};
}
