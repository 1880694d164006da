import type {Command} from '../core/command.ts';
import {tableIn, tableOf, tableScreen} from '../core/targets.ts';

export const namespace: Command = {
	name: 'namespace',
	aliases: ['ns', 'namespaces'],
	usage: ':ns [NAME | all]',
	summary: 'The namespaces; with a name, look at that one',
	choices: context => ['all', ...context.namespaces],
	run: ([name], context) => {
		if (name === undefined) return context.catalogue.find('namespaces') ? [{type: 'open', screen: tableScreen('namespaces')}] : [];
		const to = name === 'all' || name === '-A' ? undefined : name;
		const table = tableOf(context.frame);
		if (!table?.view.resource.namespaced)
			return [
				{type: 'namespace', namespace: to},
				{type: 'notice', tone: 'muted', text: to === undefined ? 'All namespaces' : `Namespace ${to}`},
			];
		return [
			{type: 'namespace', namespace: to},
			{type: 'replace', screen: tableIn(table.screen, to)},
		];
	},
};
