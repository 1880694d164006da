import type {Catalogue} from '../../core/catalogue.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {KubeObject} from '../../core/kubernetes.ts';
import {leanObject} from '../../core/net/lean-object.ts';
import {type Problem, problemOf} from '../../core/problem.ts';
import {apiVersionOf, type ResourceType} from '../../core/resource-type.ts';
import type {ReadKind, ReadObjects} from './read-objects.ts';
import type {KindQuestion} from './view-kinds.ts';

export type GatherOptions = Readonly<{
	client: Pick<ClusterClient, 'list' | 'table'>;
	/** What the server has: a kind that is not in it is absent. */
	catalogue: Catalogue;
	kinds: readonly KindQuestion[];
	/** Tried one by one where a list of the whole cluster is denied. */
	namespaces: readonly string[];
}>;

/** Reads the kinds once, all at a time, by pages; of each object stays what checks read. Never rejects: why a kind could not be read stands in its place. */
export async function gatherObjects(options: GatherOptions, signal: AbortSignal): Promise<ReadObjects> {
	const read = options.kinds.map(async question => [question.kind, await gatherKind(question, options, signal)] as const);
	return new Map(await Promise.all(read));
}

async function gatherKind(question: KindQuestion, options: GatherOptions, signal: AbortSignal): Promise<ReadKind> {
	const type = options.catalogue.find(question.kind);
	if (!type || type.state === 'gone') return {readable: {state: 'absent'}, objects: []};
	const ask = async (namespace?: string): Promise<readonly KubeObject[]> =>
		await listKind(type, {...question, ...(namespace === undefined ? {} : {namespace})}, options, signal);
	if (question.namespaces) return await someNamespaces(type, question.namespaces, ask);
	try {
		return {readable: {state: 'ready'}, objects: await ask()};
	} catch (error) {
		const problem = problemOf(error, `Could not list ${type.plural}`);
		if (problem.code === 'not-found') return {readable: {state: 'absent'}, objects: []};
		if (problem.code !== 'forbidden' || !type.namespaced) return {readable: unreadable(problem), objects: []};
		const {objects, namespaces} = await someNamespaces(type, options.namespaces, ask);
		return {readable: unreadable(problem), objects, ...(namespaces === undefined ? {} : {namespaces})};
	}
}

function unreadable(problem: Problem): ReadKind['readable'] {
	return {state: problem.code === 'forbidden' ? 'denied' : 'failed', problem};
}

/** The kind in these namespaces: ready where each of them could be read; a namespace that is not there holds nothing. */
async function someNamespaces(
	type: ResourceType,
	namespaces: readonly string[],
	ask: (namespace: string) => Promise<readonly KubeObject[]>,
): Promise<ReadKind> {
	const answers = await Promise.all(
		namespaces.map(async namespace => {
			try {
				return {namespace, objects: await ask(namespace)};
			} catch (error) {
				return {namespace, objects: [], problem: problemOf(error, `Could not list ${type.plural} in ${namespace}`)};
			}
		}),
	);
	const problem = answers.find(answer => answer.problem)?.problem;
	return {
		readable: problem === undefined ? {state: 'ready'} : unreadable(problem),
		objects: answers.flatMap(({objects}) => objects),
		namespaces: answers.filter(answer => answer.problem === undefined).map(({namespace}) => namespace),
	};
}

type Place = Readonly<{namespace?: string; fieldSelector?: string; metadataOnly?: boolean}>;

async function listKind(type: ResourceType, {metadataOnly, ...place}: Place, {client}: GatherOptions, signal: AbortSignal): Promise<readonly KubeObject[]> {
	const {namespace, fieldSelector} = place;
	const where = {...(namespace === undefined ? {} : {namespace}), ...(fieldSelector === undefined ? {} : {fieldSelector})};
	if (!metadataOnly) return await client.list(type, {...where, keep: leanObject}, signal);
	const {items} = await client.table(type, {...where, mode: 'metadata'}, signal);
	return items.map(item => ({apiVersion: apiVersionOf(type), kind: type.kind, metadata: item.meta, type: item.printed('Type')}));
}
