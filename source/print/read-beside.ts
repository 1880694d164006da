import type {Item} from '../core/kubernetes.ts';
import {ProblemError} from '../core/problem.ts';
import type {ResourceKind} from '../core/resource-kind.ts';
import type {Beside} from '../core/table.ts';
import type {PrintJob} from './print-job.ts';
import {sideBySide} from './side-by-side.ts';

/** Nothing is known of other kinds: columns and tones that look at them judge nothing. */
export const noBeside: Beside = {ready: () => false, find: () => undefined, list: () => []};

/** Reads the other kinds that the columns of this one look at, once. One that cannot be read counts as unknown. */
export async function readBeside(job: PrintJob, kind: ResourceKind, namespace: string | undefined, signal: AbortSignal): Promise<Beside> {
	const read = await sideBySide(
		kind.beside ?? [],
		kind.beside?.length ?? 0,
		async plural => [plural, await readItems(job, plural, namespace, signal)] as const,
	);
	const known = new Map(read.flatMap(([plural, items]) => (items === undefined ? [] : [[plural, items] as const])));
	const list = (plural: string, inNamespace: string | undefined) =>
		(known.get(plural) ?? []).filter(item => inNamespace === undefined || item.meta.namespace === inNamespace);
	return {
		ready: plural => known.has(plural),
		list,
		find: (plural, inNamespace, name) => list(plural, inNamespace).find(item => item.meta.name === name),
	};
}

async function readItems(job: PrintJob, plural: string, namespace: string | undefined, signal: AbortSignal): Promise<readonly Item[] | undefined> {
	const [type] = job.catalogue.resolve(plural);
	if (!type) return undefined;
	try {
		const options = {mode: job.catalogue.kindOf(type, []).mode, ...(type.namespaced && namespace !== undefined ? {namespace} : {})};
		const {items} = await job.client.table(type, options, signal);
		return items;
	} catch (error) {
		if (error instanceof ProblemError) return undefined;
		throw error;
	}
}
