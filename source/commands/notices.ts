import type {Command} from '../core/command.ts';

export const notices: Command = {
	name: 'notices',
	aliases: ['messages'],
	usage: ':notices',
	summary: 'What the status line said, with times',
	run: () => [{type: 'open', screen: {type: 'notices', top: 0}}],
};
