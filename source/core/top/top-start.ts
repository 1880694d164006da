import type {TopWish} from '../invocation.ts';
import type {TopScreen} from '../screen.ts';
import {topScreenOf} from './top-screen.ts';
import {topLevels, type TopLevel, type TopView} from './top-view.ts';

const sorts: Readonly<Record<string, TopView['sort']>> = {cpu: 'cpu', mem: 'memory', memory: 'memory', name: 'name', namespace: 'namespace', ns: 'namespace'};
const shortLevels: Readonly<Record<string, TopLevel>> = {
	node: 'nodes',
	no: 'nodes',
	pod: 'pods',
	po: 'pods',
	container: 'containers',
	workload: 'workloads',
	namespace: 'namespaces',
	ns: 'namespaces',
};

/** The Top screen that `k8tui top` asks for; `namespace`: the one in force. */
export function topScreenFor({level, name, allNamespaces, labelSelector, sort}: TopWish, namespace: string | undefined): TopScreen {
	const where = level === 'nodes' || allNamespaces || namespace === undefined ? {} : {namespace};
	const by = sort && sorts[sort.by];
	return topScreenOf({
		level,
		...where,
		...(name === undefined ? {} : level === 'nodes' ? {node: name} : {pod: `${namespace ?? ''}/${name}`}),
		...(labelSelector === undefined ? {} : {labelSelector}),
		...(by === undefined ? {} : {sort: by, descending: sort?.descending ?? false}),
	});
}

/** The words behind `k8tui top` that open this screen in a new shell. A node's pods are opened by the node, below which they stand. */
export function topWords({level, namespace, node, pod, labelSelector, sort, descending}: TopScreen): readonly string[] {
	const name = pod?.split('/')[1] ?? node;
	const shown = pod === undefined && node !== undefined ? 'nodes' : level;
	const where =
		shown === 'nodes' || shown === 'namespaces'
			? []
			: namespace === undefined
				? name === undefined
					? ['-A']
					: ['-n', pod?.split('/')[0] ?? '']
				: ['-n', namespace];
	return [
		shown,
		...(name === undefined ? [] : [name]),
		...where,
		...(labelSelector === undefined ? [] : ['-l', labelSelector]),
		...(sort === 'cpu' && descending ? [] : [`--sort=${descending ? '-' : ''}${sort}`]),
	];
}

/** The level a word means: `pods`, `po`; undefined: none. */
export function topLevelOf(word: string): TopLevel | undefined {
	return topLevels.find(level => level === word) ?? shortLevels[word];
}
