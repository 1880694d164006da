import type {Action} from '../core/action.ts';
import {networkScreen} from '../core/net/network-start.ts';
import {namespaceFor, tableScreen} from '../core/targets.ts';

/** `g` and a letter: a screen, or a table of a kind in the namespace in force. */
function kind(key: string, name: string): Action {
	return {
		id: `go.${name}`,
		title: name.split('.')[0] ?? name,
		on: ['any'],
		keys: [`g ${key}`],
		group: 'go',
		disabled: context => (context.catalogue.find(name) ? undefined : `This cluster has no ${name}`),
		run: context => {
			const type = context.catalogue.find(name);
			return type ? [{type: 'go', screen: tableScreen(name, namespaceFor(type, context.frame.state.namespace))}] : [];
		},
	};
}

export const goActions: readonly Action[] = [
	{id: 'go.overview', title: 'overview', on: ['any'], keys: ['g o'], group: 'go', run: () => [{type: 'go', screen: {type: 'overview', top: 0}}]},
	kind('p', 'pods'),
	kind('d', 'deployments.apps'),
	kind('s', 'services'),
	kind('n', 'nodes'),
	kind('e', 'events'),
	{
		id: 'go.network',
		title: 'network: DNS, path, policy',
		on: ['any'],
		keys: ['g w'],
		group: 'go',
		run: ({frame}) => [{type: 'go', screen: networkScreen(frame.state.namespace === undefined ? {} : {namespace: frame.state.namespace})}],
	},
	{id: 'go.calls', title: 'calls: our own requests', on: ['any'], keys: ['g a'], group: 'go', run: () => [{type: 'open', screen: {type: 'calls', top: 0}}]},
	{id: 'go.contexts', title: 'contexts', on: ['any'], keys: ['g c'], group: 'go', run: () => [{type: 'open', screen: {type: 'contexts', top: 0}}]},
	...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(
		(digit): Action => ({
			id: `go.tab-${digit}`,
			title: `pinned tab ${digit}`,
			on: ['any'],
			keys: [`g ${digit}`],
			group: 'go',
			disabled: ({frame}) => (frame.state.pins[digit - 1] === undefined ? `There is no pinned tab ${digit}. z p pins this view` : undefined),
			run: () => [{type: 'tab', index: digit - 1}],
		}),
	),
];
