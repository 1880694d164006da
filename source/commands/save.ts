import {topScreen} from '../core/app-state.ts';
import type {Command} from '../core/command.ts';

export const save: Command = {
	name: 'save',
	aliases: [],
	usage: ':save PATH',
	summary: 'Write the lines of a log, or the report of the network screen, to a file of your own',
	run: (words, {frame}) => {
		const {type} = topScreen(frame.state);
		if (type !== 'logs' && type !== 'network')
			return [{type: 'notice', tone: 'muted', text: ':save is for logs (l opens them) and for the report of the network screen'}];
		const path = words.join(' ');
		return path === '' ? [{type: 'notice', tone: 'warning', text: 'Name the file: :save ~/web.log'}] : [{type: 'page-command', command: 'save', words: [path]}];
	},
};
