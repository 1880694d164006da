import {cellText} from '../core/cell-text.ts';
import {markdownCell} from '../core/markdown.ts';
import type {Column, Row} from '../core/table.ts';

/** A Markdown table of the columns as the screen shows them; numbers stand right. `now`: server time, ms since the epoch. */
export function markdownTable(columns: readonly Column[], rows: readonly Row[], options: Readonly<{withNamespace: boolean; now: number}>): string {
	const shown = columns.flatMap((column, index) => (column.wide || column.id === 'namespace' ? [] : [{column, index}]));
	const lead = options.withNamespace ? ['NAMESPACE'] : [];
	const lines = [
		[...lead, ...shown.map(({column}) => markdownCell(column.title))],
		[...lead.map(() => '---'), ...shown.map(({column}) => (column.align === 'end' ? '--:' : '---'))],
		...rows.map(row => [
			...lead.map(() => markdownCell(row.ref.namespace ?? '')),
			...shown.map(({index}) => markdownCell(row.cells[index] === undefined ? '' : cellText(row.cells[index], options.now))),
		]),
	];
	return lines.map(cells => `| ${cells.join(' | ')} |\n`).join('');
}
