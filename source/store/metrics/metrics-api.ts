import type {Catalogue} from '../../core/catalogue.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {Condition} from '../../core/conditions.ts';
import {listAt} from '../../core/field.ts';
import type {KubeObject} from '../../core/kubernetes.ts';
import {type Problem, problemOf} from '../../core/problem.ts';
import type {ResourceType} from '../../core/resource-type.ts';
import type {UsageKind} from '../../core/top/metrics-reading.ts';
import {metricsApiStep, metricsGroup, type MissingStep} from '../../core/top/missing-step.ts';
import {nodeUsage, podKey, type PodUsage, podUsage, type Usage} from '../../core/top/usage.ts';

export type MetricsClient = Pick<ClusterClient, 'context' | 'get' | 'list' | 'text'>;

/** What is to be read; without a namespace pods of all. */
export type MetricsQuestion = Readonly<{nodes: boolean; pods: boolean; namespace?: string; labelSelector?: string}>;

/** What came of it: samples, or why there are none; neither for what was not asked. */
export type MetricsAnswer = Readonly<{
	nodes?: ReadonlyMap<string, Usage>;
	pods?: ReadonlyMap<string, PodUsage>;
	missing: Readonly<Partial<Record<UsageKind, MissingStep>>>;
	/** The namespace that pods were read in where all are denied. */
	only?: string;
}>;

type Options = Readonly<{client: MetricsClient; catalogue: Catalogue; clock: Clock}>;

/** Read in some 10 ms. */
const sliceLength = 1000;

/** Reads metrics.k8s.io once, nodes and pods together. What cannot be read is a named step; rejects only when the signal aborts. */
export async function readMetricsApi({client, catalogue, clock}: Options, question: MetricsQuestion, signal: AbortSignal): Promise<MetricsAnswer> {
	const selector = question.labelSelector === undefined ? {} : {labelSelector: question.labelSelector};
	const list = (kind: UsageKind, namespace?: string): Promise<readonly KubeObject[] | Problem> =>
		client.list(metricsType(catalogue, kind), {...selector, ...(namespace === undefined ? {} : {namespace})}, signal).catch((error: unknown) => {
			signal.throwIfAborted();
			return problemOf(error, `Could not list ${kind} in ${metricsGroup}`);
		});
	const [nodes, wide] = await Promise.all([question.nodes ? list('nodes') : undefined, question.pods ? list('pods', question.namespace) : undefined]);
	const isDenied = wide !== undefined && 'code' in wide && wide.code === 'forbidden' && question.namespace === undefined;
	const narrow = isDenied ? await list('pods', client.context.namespace) : undefined;
	const isNarrow = narrow !== undefined && !('code' in narrow);
	const pods = isNarrow ? narrow : wide;
	const step = async (kind: UsageKind, problem: Problem) => metricsApiStep(problem, kind, await registrationOf(client, catalogue, problem, signal));
	return {
		...(nodes === undefined || 'code' in nodes ? {} : {nodes: await byKey(nodes, {key: ({metadata}) => metadata.name, usage: nodeUsage}, clock)}),
		...(pods === undefined || 'code' in pods
			? {}
			: {pods: await byKey(pods, {key: ({metadata}) => podKey(metadata.namespace, metadata.name), usage: podUsage}, clock)}),
		missing: {
			...(nodes !== undefined && 'code' in nodes ? {nodes: await step('nodes', nodes)} : {}),
			...(pods !== undefined && 'code' in pods ? {pods: await step('pods', pods)} : {}),
		},
		...(isNarrow ? {only: client.context.namespace} : {}),
	};
}

/** The kind in the version that the server prefers; before discovery, and where it does not have the group, the one that all servers know. */
export function metricsType(catalogue: Catalogue, kind: UsageKind): ResourceType {
	const served = catalogue.find(`${kind}.${metricsGroup}`);
	return (
		served ?? {
			group: metricsGroup,
			version: 'v1beta1',
			plural: kind,
			kind: kind === 'nodes' ? 'NodeMetrics' : 'PodMetrics',
			singular: '',
			namespaced: kind === 'pods',
			verbs: ['get', 'list'],
			shortNames: [],
			categories: [],
			subresources: [],
			preferred: true,
			state: 'current',
		}
	);
}

type Read<U> = Readonly<{key(object: KubeObject): string; usage(object: KubeObject): U | undefined}>;

/** Samples by key, some at a time: between them a key that was pressed gets its turn. */
async function byKey<U>(objects: readonly KubeObject[], {key, usage}: Read<U>, clock: Clock): Promise<ReadonlyMap<string, U>> {
	const samples = new Map<string, U>();
	for (const [index, object] of objects.entries()) {
		if (index > 0 && index % sliceLength === 0) await new Promise<void>(resolve => clock.after(0, resolve));
		const sample = usage(object);
		if (sample !== undefined) samples.set(key(object), sample);
	}
	return samples;
}

/** What the registration of the group says of itself: why the API server cannot reach what serves it. undefined where that may not be read. */
async function registrationOf(client: MetricsClient, catalogue: Catalogue, problem: Problem, signal: AbortSignal): Promise<Condition | undefined> {
	const type = catalogue.find('apiservices.apiregistration.k8s.io');
	if (type === undefined || problem.code === 'forbidden') return undefined;
	const {version} = metricsType(catalogue, 'nodes');
	const object = await client.get(type, undefined, `${version}.${metricsGroup}`, {managedFields: false}, signal).catch(() => undefined);
	signal.throwIfAborted();
	// The conditions of an APIService have the shape of all conditions.
	return (listAt(object, 'status', 'conditions') as readonly Condition[]).find(({type: name}) => name === 'Available');
}
