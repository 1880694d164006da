import type {Action, ActionContext} from '../core/action.ts';
import {topScreen} from '../core/app-state.ts';
import type {Effect} from '../core/effect.ts';
import type {TopScreen} from '../core/screen.ts';
import {focusedLine, openObject} from '../core/targets.ts';
import {atLevel, topScreenOf} from '../core/top/top-screen.ts';
import {topLevels, topRowPrefix, type TopView} from '../core/top/top-view.ts';

function screenOf({frame}: ActionContext): TopScreen | undefined {
	const screen = topScreen(frame.state);
	return screen.type === 'top' ? screen : undefined;
}

function level(context: ActionContext, step: -1 | 1): readonly Effect[] {
	const screen = screenOf(context);
	const next = screen && topLevels[(topLevels.indexOf(screen.level) + step + topLevels.length) % topLevels.length];
	return screen === undefined || next === undefined ? [] : [{type: 'replace', screen: atLevel(screen, next)}];
}

/** From the top again: another order, other rows. */
function changed(view: Partial<TopView>): readonly Effect[] {
	return [{type: 'change', screen: {type: 'top', ...view, cursor: topRowPrefix, top: 0}}];
}

/** What one looks for is at the top at the first press; the same again turns it round. */
function sortBy(context: ActionContext, sort: TopView['sort']): readonly Effect[] {
	const screen = screenOf(context);
	if (screen === undefined) return [];
	return changed({sort, descending: screen.sort === sort ? !screen.descending : sort === 'cpu' || sort === 'memory'});
}

/** In one namespace or in all; at the level of nodes that changes nothing one could see. */
function inNamespace(context: ActionContext, namespace: string | undefined): readonly Effect[] {
	const screen = screenOf(context);
	if (screen === undefined) return [];
	const {namespace: _namespace, pod: _pod, workload: _workload, ...rest} = screen;
	const next = topScreenOf({...rest, ...(namespace === undefined ? {} : {namespace})});
	return [
		{type: 'namespace', namespace},
		{type: 'replace', screen: {...next, level: screen.level === 'nodes' && namespace !== undefined ? 'pods' : screen.level}},
		{type: 'notice', tone: 'muted', text: namespace === undefined ? 'All namespaces' : `Namespace ${namespace}`},
	];
}

/** The node or pod of the row under the cursor: `row:pod|shop/web-0`, `row:container|shop/web-0|app`, `row:node|n1`. */
function open(tab: 'metrics' | 'summary' | 'yaml'): Action['run'] {
	return context => {
		const [kind, key = ''] = focusedLine(context.frame)?.id?.slice(topRowPrefix.length).split('|') ?? [];
		if (kind === 'node') return [openObject('nodes', {apiVersion: 'v1', kind: 'Node', name: key}, tab)];
		if (kind !== 'pod' && kind !== 'container') return [{type: 'notice', tone: 'muted', text: 'This row is more than one object. Enter shows its pods'}];
		const [namespace = '', name = ''] = key.split('/');
		return [openObject('pods', {apiVersion: 'v1', kind: 'Pod', name, ...(namespace === '' ? {} : {namespace})}, tab)];
	};
}

const sorts = [
	['C', 'cpu', 'CPU'],
	['M', 'memory', 'memory'],
	['N', 'name', 'name'],
	['P', 'namespace', 'namespace'],
] as const;

const favourites = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(
	(digit): Action => ({
		id: `top.namespace-${digit}`,
		title: digit === 0 ? 'All namespaces' : `Favourite namespace ${digit}`,
		on: ['top'],
		keys: [String(digit)],
		group: 'view',
		disabled: ({frame}) =>
			digit === 0 || frame.state.favourites[digit - 1] !== undefined ? undefined : `There is no favourite namespace ${digit} yet. :ns NAME adds one`,
		run: context => inNamespace(context, digit === 0 ? undefined : context.frame.state.favourites[digit - 1]),
	}),
);

/** Keys of the Top screen (screens.md M6). */
export const topActions: readonly Action[] = [
	{id: 'go.top', title: 'top: what is used', on: ['any'], keys: ['g t'], group: 'go', run: () => [{type: 'open', screen: topScreenOf()}]},
	{
		id: 'top.level',
		title: 'Next level: nodes, pods, containers, workloads, namespaces',
		on: ['top'],
		keys: ['tab'],
		group: 'view',
		run: context => level(context, 1),
	},
	{id: 'top.level-before', title: 'Level before', on: ['top'], keys: ['shift-tab'], group: 'view', run: context => level(context, -1)},
	{
		id: 'top.enter',
		title: 'Into it: pods of a node, containers of a pod',
		on: ['top'],
		keys: ['enter'],
		group: 'general',
		run: ({frame}) => focusedLine(frame)?.enter ?? [],
	},
	...sorts.map(
		([key, sort, word]): Action => ({
			id: `top.sort-${sort}`,
			title: `Sort by ${word}; again reverses`,
			on: ['top'],
			keys: [key],
			group: 'sort',
			run: context => sortBy(context, sort),
		}),
	),
	{
		id: 'top.best-effort',
		title: 'pods without requests',
		on: ['top'],
		keys: ['z b'],
		group: 'view',
		run: context => {
			const screen = screenOf(context);
			if (screen === undefined) return [];
			if (screen.level !== 'nodes') return changed({bestEffort: !screen.bestEffort});
			return [{type: 'open', screen: {...atLevel(screen, 'pods'), bestEffort: true}}];
		},
	},
	{
		id: 'top.units',
		title: 'amounts or percentages',
		on: ['top'],
		keys: ['z n'],
		group: 'view',
		run: context => {
			const screen = screenOf(context);
			return screen === undefined ? [] : [{type: 'change', screen: {type: 'top', units: screen.units === 'quantity' ? 'percent' : 'quantity'}}];
		},
	},
	...favourites,
	{id: 'top.metrics', title: 'Metrics of the object', on: ['top'], keys: ['m'], group: 'object', run: open('metrics')},
	{id: 'top.describe', title: 'Describe: summary, conditions, events', on: ['top'], keys: ['d'], group: 'object', run: open('summary')},
	{id: 'top.yaml', title: 'YAML', on: ['top'], keys: ['y'], group: 'object', run: open('yaml')},
	{id: 'top.reload', title: 'Measure again now', on: ['top'], keys: ['r'], group: 'general', run: () => [{type: 'reload'}]},
];
