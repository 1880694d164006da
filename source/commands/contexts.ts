import type {Command} from '../core/command.ts';

export const contexts: Command = {
	name: 'contexts',
	aliases: ['ctx', 'context'],
	usage: ':ctx [NAME]',
	summary: 'The contexts of the kubeconfig; with a name, go to that cluster',
	choices: context => context.contexts,
	run: ([name], context) => {
		if (name === undefined) return [{type: 'open', screen: {type: 'contexts', top: 0}}];
		if (context.contexts.includes(name)) return [{type: 'context', name}];
		return [{type: 'notice', tone: 'warning', text: `There is no context ${name}. There is: ${context.contexts.join(', ')}`}];
	},
};
