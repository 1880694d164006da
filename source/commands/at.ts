import {topScreen} from '../core/app-state.ts';
import type {Command} from '../core/command.ts';

export const at: Command = {
	name: 'at',
	aliases: ['jump'],
	usage: ':at 14:02',
	summary: 'In logs, to the first line of that time (UTC)',
	run: ([text = ''], {frame}) =>
		topScreen(frame.state).type === 'logs'
			? [{type: 'page-command', command: 'at', words: [text]}]
			: [{type: 'notice', tone: 'muted', text: ':at is for logs: l opens them'}],
};
