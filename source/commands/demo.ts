import type {Command} from '../core/command.ts';

export const demo: Command = {
	name: 'demo',
	aliases: [],
	usage: ':demo [STORY]',
	summary: 'A simulated cluster; no real one is contacted',
	choices: context => context.stories,
	run: ([story], context) => {
		if (story === undefined || context.stories.includes(story)) return [{type: 'connect', demo: story ?? 'healthy'}];
		return [{type: 'notice', tone: 'warning', text: `There is no story ${story}. There is: ${context.stories.join(', ')}`}];
	},
};
