import type {Action} from '../core/action.ts';
import {exportFormats} from '../core/export/shot.ts';

const keys = {text: 't', markdown: 'm', json: 'j', svg: 's'} as const;
const titles = {text: 'Export the screen as text', markdown: 'Export as Markdown, for a ticket', json: 'Export as JSON', svg: 'Export as SVG'} as const;

/** `E` and a letter: the screen to a file, always masked. */
export const exportActions: readonly Action[] = [
	...exportFormats.map(
		(format): Action => ({
			id: `export.${format}`,
			title: titles[format],
			on: ['any'],
			keys: format === 'text' ? ['E t', 'ctrl-s'] : [`E ${keys[format]}`],
			group: 'copy',
			run: () => [{type: 'export', format}],
		}),
	),
	{id: 'export.record', title: 'Record the session as an asciicast', on: ['any'], keys: ['E c'], group: 'copy', run: () => [{type: 'record', on: true}]},
	{id: 'export.end-record', title: 'End the recording', on: ['any'], keys: ['E e'], group: 'copy', run: () => [{type: 'record', on: false}]},
];
