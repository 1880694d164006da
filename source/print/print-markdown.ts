import {cellText} from '../core/cell-text.ts';
import {visibleControls} from '../core/text-table.ts';
import type {Column, Row} from '../core/table.ts';

/** What stands over a table that leaves the terminal: where it comes from and how old it is. */
export type Caption = Readonly<{command: string; context: string; version: string; at: number; demo: boolean}>;

/** `> \`k8tui pods -n shop -o md\` - context prod-eu1, v1.34.2, 2026-11-21 14:02:31Z`; demo data is always marked. */
export function markdownCaption(caption: Caption): string {
	const time = new Date(caption.at).toISOString().replace('T', ' ').slice(0, 19);
	const command = visibleControls(caption.command);
	const quoted = command.includes('`') ? `\`\` ${command} \`\`` : `\`${command}\``;
	const demo = caption.demo ? 'DEMO DATA, no cluster was contacted; ' : '';
	return `> ${quoted} - ${demo}context ${markdownCell(caption.context)}, ${markdownCell(caption.version)}, ${time}Z\n`;
}

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

/** A text that Markdown shows as it is: `<none>` would be a tag, a pipe would end the cell, a star begin an emphasis. */
export function markdownCell(text: string): string {
	return visibleControls(text.replaceAll('\n', ' ')).replace(/[\\|<>`*_[\]~]/g, sign => `\\${sign}`);
}
