import type {Command} from '../core/command.ts';

export const theme: Command = {
	name: 'theme',
	aliases: ['skin'],
	usage: ':theme NAME',
	summary: 'Colours: dark, light, contrast, cvd or mono',
	choices: context => context.themes,
	run: ([name], context) => {
		if (name !== undefined && context.themes.includes(name)) return [{type: 'theme', name}];
		return [{type: 'notice', tone: 'warning', text: `${name === undefined ? 'Name a theme' : `There is no theme ${name}`}: ${context.themes.join(', ')}`}];
	},
};
