import type {Command} from '../core/command.ts';

export const freeze: Command = {
	name: 'freeze',
	aliases: ['hold'],
	usage: ':freeze',
	summary: 'Hold the screen still; again lets it go on',
	run: (_words, {frame}) => [
		{type: 'switch', to: {frozen: !frame.state.frozen}},
		{
			type: 'notice',
			tone: frame.state.frozen ? 'muted' : 'warning',
			text: frame.state.frozen ? 'The screen goes on' : 'FROZEN: the screen holds still, the watches go on. :freeze lets it go on',
		},
	],
};
