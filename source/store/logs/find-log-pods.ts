import type {Catalogue} from '../../core/catalogue.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {KubeObject} from '../../core/kubernetes.ts';
import type {LogTarget} from '../../core/logs/log-target.ts';
import type {Pod} from '../../core/pod.ts';
import {ProblemError} from '../../core/problem.ts';
import type {ResourceType} from '../../core/resource-type.ts';
import {podShape} from './log-pod.ts';
import {podSelector} from './target-pods.ts';

type Asking = Readonly<{client: Pick<ClusterClient, 'get' | 'list'>; catalogue: Catalogue}>;
type PodTarget = Exclude<LogTarget, {type: 'node'}>;

/** The pods of a target as they are now, by name. Rejects with a ProblemError; `not-found` means the object that was named. */
export async function findLogPods({client, catalogue}: Asking, target: PodTarget, signal: AbortSignal): Promise<readonly Pod[]> {
	const pods = typeOf(catalogue, 'pods');
	if (target.type === 'pod') return [podShape(await client.get(pods, target.namespace, target.name, {managedFields: false}, signal))];
	if (target.type === 'selector') return await listed(client, pods, target, signal);
	const {kind, namespace, name} = target;
	const owner = await client.get(typeOf(catalogue, kind), namespace, name, {managedFields: false}, signal);
	if (kind === 'cronjobs.batch') {
		const jobs = await client.list(typeOf(catalogue, 'jobs.batch'), {namespace}, signal);
		const uids = new Set(jobs.filter(job => isOwnedBy(job, new Set([owner.metadata.uid]))).map(job => job.metadata.uid));
		return (await listed(client, pods, {namespace, labelSelector: 'job-name'}, signal)).filter(pod => isOwnedBy(pod, uids));
	}
	const labelSelector = podSelector(owner);
	if (labelSelector === undefined)
		throw new ProblemError({
			code: 'invalid',
			what: `Could not read the logs of ${kind}/${name} in ${namespace}`,
			cause: 'it selects no pods: it has no selector',
		});
	return await listed(client, pods, {namespace, labelSelector}, signal);
}

async function listed(
	client: Asking['client'],
	type: ResourceType,
	{namespace, labelSelector}: Readonly<{namespace?: string; labelSelector: string}>,
	signal: AbortSignal,
): Promise<readonly Pod[]> {
	const found = await client.list(type, {labelSelector, ...(namespace === undefined ? {} : {namespace})}, signal);
	return found.map(podShape);
}

function typeOf(catalogue: Catalogue, name: string): ResourceType {
	const type = catalogue.find(name);
	if (type === undefined) throw new ProblemError({code: 'not-found', what: 'Could not find the pods', cause: `the server has no kind ${name}`});
	return type;
}

function isOwnedBy({metadata}: KubeObject, uids: ReadonlySet<string | undefined>): boolean {
	return metadata.ownerReferences?.some(({uid}) => uids.has(uid)) === true;
}
