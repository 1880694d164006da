import type {Command} from '../core/command.ts';
import {exportFormats} from '../core/export/shot.ts';

/** Writes the screen to a file. */
export const exportScreen: Command = {
	name: 'export',
	aliases: [],
	usage: ':export text|markdown|json|svg',
	summary: 'Write this screen to a file, masked',
	choices: () => exportFormats,
	run: ([word = 'text']) => {
		const format = exportFormats.find(name => name === word || name.startsWith(word));
		return format === undefined
			? [{type: 'notice', tone: 'warning', text: `There is no export as ${word}. There are ${exportFormats.join(', ')}`}]
			: [{type: 'export', format}];
	},
};
