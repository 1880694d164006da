import {visibleControls} from './text-table.ts';

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

/** A text that Markdown shows as it is: `<none>` would be a tag, a pipe would end the cell, a star begin an emphasis. */
export function markdownCell(text: string): string {
	return visibleControls(text.replaceAll('\n', ' ')).replace(/[\\|<>`*_[\]~]/g, sign => `\\${sign}`);
}
