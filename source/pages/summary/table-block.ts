import type {Effect} from '../../core/effect.ts';
import {type Span, span} from '../../core/line.ts';
import type {PageLine, PageSetting} from '../../core/page.ts';
import type {Tone} from '../../core/tone.ts';
import {layoutColumns, type PageColumn} from '../columns.ts';
import {line, still} from '../fit.ts';
import {stateMark} from '../state-mark.ts';
import type {Block} from './summary.ts';

/** A row of a small table: its state and its cells. With an id it takes the cursor. */
export type BlockRow = Readonly<{tone?: Tone; cells: readonly Span[]; id?: string; copy?: string; enter?: readonly Effect[]}>;

/** A table as a block, its titles in the first line; nothing when it has no rows. The symbol of the state stands before each row; columns without room are named below. */
export function tableBlock(specs: readonly PageColumn[], rows: readonly BlockRow[], setting: PageSetting): readonly Block[] {
	if (rows.length === 0) return [];
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
	const dropped = table.dropped.length === 0 ? [] : [still(span(`  hidden at this width: ${table.dropped.join(', ')}`, 'muted'))];
	return [{lines: [head, ...lines, ...dropped]}];
}
