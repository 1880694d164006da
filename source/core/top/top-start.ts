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
export function topScreenFor({level, name, node, workload, allNamespaces, labelSelector, sort}: TopWish, namespace: string | undefined): TopScreen {
	const where = level === 'nodes' || allNamespaces || namespace === undefined ? {} : {namespace};
	const by = sort && sorts[sort.by];
	return topScreenOf({
		level,
		...where,
		...(name === undefined ? {} : level === 'nodes' ? {node: name} : {pod: `${namespace ?? ''}/${name}`}),
		...(node === undefined ? {} : {node}),
		...(workload === undefined ? {} : {workload: `${workload.kind} ${namespace ?? ''}/${workload.name}`}),
		...(labelSelector === undefined ? {} : {labelSelector}),
		...(by === undefined ? {} : {sort: by, descending: sort?.descending ?? false}),
	});
}

/** The words behind `k8tui top` that open this screen in a new shell; which pods have no requests (`z b`) they cannot say. */
export function topWords({level, namespace, node, pod, workload, labelSelector, sort, descending}: TopScreen): readonly string[] {
	const order = sort === 'cpu' && descending ? [] : [`--sort=${descending ? '-' : ''}${sort}`];
	const labels = labelSelector === undefined ? [] : ['-l', labelSelector];
	if (level === 'nodes') return [level, ...(node === undefined ? [] : [node]), ...labels, ...order];
	const [, kind = '', owned, name = ''] = /^(\S+) (.*)\/(.*)$/.exec(workload ?? '') ?? [];
	const [podNamespace, podName] = pod?.split('/') ?? [];
	const part = podName ?? (owned === undefined ? (node === undefined ? undefined : `node/${node}`) : `${kindWord(kind)}/${name}`);
	const within = podNamespace ?? owned ?? namespace;
	// A node's pods are of every namespace without a word about it.
	const where = within !== undefined ? ['-n', within] : level === 'namespaces' || part !== undefined ? [] : ['-A'];
	return [level, ...(part === undefined ? [] : [part]), ...where, ...(podName === undefined ? labels : []), ...order];
}

/** `Deployment` as it is typed; a kind of somebody else's keeps its capitals, by which it is known. */
function kindWord(kind: string): string {
	return Object.values(workloadKinds).includes(kind) ? kind.toLowerCase() : kind;
}

const nodeWords: ReadonlySet<string> = new Set(['node', 'nodes', 'no']);
const workloadKinds: Readonly<Record<string, string>> = {
	...{deploy: 'Deployment', deployment: 'Deployment', deployments: 'Deployment'},
	...{sts: 'StatefulSet', statefulset: 'StatefulSet', statefulsets: 'StatefulSet'},
	...{ds: 'DaemonSet', daemonset: 'DaemonSet', daemonsets: 'DaemonSet'},
	...{rs: 'ReplicaSet', replicaset: 'ReplicaSet', replicasets: 'ReplicaSet'},
	...{rc: 'ReplicationController', replicationcontroller: 'ReplicationController', replicationcontrollers: 'ReplicationController'},
	...{job: 'Job', jobs: 'Job'},
	...{po: 'Pod', pod: 'Pod', pods: 'Pod'},
};

/** The kind of the workload that a word means: `deploy`, `deployments.apps`, or any kind in its own capitals. undefined: none. */
function workloadKindOf(word: string): string | undefined {
	const known = workloadKinds[word.toLowerCase().split('.')[0] ?? ''];
	return known ?? (/^[A-Z][A-Za-z0-9]*$/.test(word) ? word : undefined);
}

/** What the pods belong to by `node/n1` or `deploy/web`; undefined where they belong to nothing of that kind. */
export function topOwnerOf(word: string): Pick<TopWish, 'node' | 'workload'> | undefined {
	const [kind = '', name = '', ...more] = word.split('/');
	if (name === '' || more.length > 0) return undefined;
	if (nodeWords.has(kind.toLowerCase())) return {node: name};
	const workload = workloadKindOf(kind);
	return workload === undefined ? undefined : {workload: {kind: workload, name}};
}

/** The level a word means: `pods`, `po`; undefined: none. */
export function topLevelOf(word: string): TopLevel | undefined {
	return topLevels.find(level => level === word) ?? shortLevels[word];
}
