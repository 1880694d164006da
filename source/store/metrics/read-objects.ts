import type {Catalogue} from '../../core/catalogue.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {TopWish} from '../../core/invocation.ts';
import type {Node} from '../../core/node-state.ts';
import type {Pod} from '../../core/pod.ts';
import {ProblemError} from '../../core/problem.ts';
import type {ResourceType} from '../../core/resource-type.ts';
import {type PodNumbers, podNumbers} from '../../core/top/pod-numbers.ts';
import {podKey} from '../../core/top/usage.ts';

export type ObjectsQuestion = Readonly<{client: Pick<ClusterClient, 'context' | 'list' | 'pages'>; catalogue: Catalogue; wish: TopWish}>;

/** The nodes that were asked for; none where they may not be listed. */
export async function readNodes({client, catalogue, wish}: ObjectsQuestion, signal: AbortSignal): Promise<readonly Node[]> {
	try {
		// The kind asked for is that of Nodes.
		const nodes = (await client.list(coreType(catalogue, 'nodes'), selectorOf(wish), signal)) as readonly Node[];
		return wish.name === undefined ? nodes : nodes.filter(({metadata}) => metadata.name === wish.name);
	} catch (error) {
		if (isDenied(error)) return [];
		throw error;
	}
}

/** The numbers of the pods that were asked for, by `namespace/name`; undefined where they may not be listed and nothing depends on them. */
export async function readNumbers({client, catalogue, wish}: ObjectsQuestion, signal: AbortSignal): Promise<ReadonlyMap<string, PodNumbers> | undefined> {
	const numbers = new Map<string, PodNumbers>();
	try {
		// The labels of nodes say nothing of the pods that run there.
		const options = {...(wish.level === 'nodes' ? {} : selectorOf(wish)), ...namespaceOf(client, wish)};
		for await (const page of client.pages(coreType(catalogue, 'pods'), options, signal)) {
			// The kind asked for is that of Pods.
			for (const pod of (page as readonly Pod[]).map(podNumbers)) if (isMeant(wish, pod)) numbers.set(pod.key, pod);
		}
		return numbers;
	} catch (error) {
		if (isDenied(error) && !isNarrowed(wish)) return undefined;
		throw error;
	}
}

/** Only pods of a node or of a workload: what pods say of themselves decides. */
export function isNarrowed({node, workload}: TopWish): boolean {
	return node !== undefined || workload !== undefined;
}

function isMeant({node, workload}: TopWish, pod: PodNumbers): boolean {
	if (node !== undefined && pod.node !== node) return false;
	return workload === undefined || (pod.workload.kind === workload.kind && pod.workload.name === workload.name);
}

/** `namespace/name` of the pods that were asked for. */
export async function podKeys({client, catalogue, wish}: ObjectsQuestion, signal: AbortSignal): Promise<ReadonlySet<string>> {
	const keys = new Set<string>();
	for await (const page of client.pages(coreType(catalogue, 'pods'), {...selectorOf(wish), ...namespaceOf(client, wish)}, signal))
		for (const {metadata} of page) keys.add(podKey(metadata.namespace, metadata.name));
	return keys;
}

export function isEverywhere({level, allNamespaces}: TopWish): boolean {
	return level === 'nodes' || level === 'namespaces' || allNamespaces;
}

export function selectorOf({labelSelector}: TopWish): Readonly<{labelSelector?: string}> {
	return labelSelector === undefined ? {} : {labelSelector};
}

function namespaceOf(client: ObjectsQuestion['client'], wish: TopWish): Readonly<{namespace?: string}> {
	return isEverywhere(wish) ? {} : {namespace: client.context.namespace};
}

function isDenied(error: unknown): boolean {
	return error instanceof ProblemError && error.problem.code === 'forbidden';
}

/** Throws a ProblemError where the server does not tell of the kind. */
export function coreType(catalogue: Catalogue, plural: 'nodes' | 'pods'): ResourceType {
	const type = catalogue.find(plural);
	if (type === undefined) throw new ProblemError({code: 'not-found', what: `Could not read ${plural}`, cause: `the server has no kind ${plural}`});
	return type;
}
