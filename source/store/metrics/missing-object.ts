import type {Catalogue} from '../../core/catalogue.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {TopWish} from '../../core/invocation.ts';
import {problemOf} from '../../core/problem.ts';
import type {ResourceType} from '../../core/resource-type.ts';
import {coreType} from './read-objects.ts';

type Question = Readonly<{client: Pick<ClusterClient, 'context' | 'get'>; catalogue: Catalogue; wish: TopWish}>;

/** That the object which was named does not exist, in words; undefined: it does, nobody may know, or none was named. */
export async function missingObject({client, catalogue, wish}: Question, signal: AbortSignal): Promise<string | undefined> {
	const {name, node, workload, level} = wish;
	if (workload !== undefined) {
		const [type] = catalogue.resolve(workload.kind);
		return type && (await missing(client, {type, name: workload.name, namespace: client.context.namespace}, signal));
	}
	if (node !== undefined) return await missing(client, {type: coreType(catalogue, 'nodes'), name: node}, signal);
	if (name === undefined) return undefined;
	const type = coreType(catalogue, level === 'nodes' ? 'nodes' : 'pods');
	return await missing(client, {type, name, ...(level === 'nodes' ? {} : {namespace: client.context.namespace})}, signal);
}

type Named = Readonly<{type: ResourceType; name: string; namespace?: string}>;

async function missing(client: Question['client'], {type, name, namespace}: Named, signal: AbortSignal): Promise<string | undefined> {
	try {
		await client.get(type, namespace, name, {managedFields: false}, signal);
		return undefined;
	} catch (error) {
		const problem = problemOf(error, `Could not read ${type.singular} ${name}`);
		if (problem.code === 'not-found') return `There is no ${type.singular} ${name}${namespace === undefined ? '' : ` in namespace ${namespace}`}.`;
		// Who may read metrics need not be allowed to read the object.
		if (problem.code === 'forbidden') return undefined;
		throw error;
	}
}
