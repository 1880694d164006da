import type {Catalogue} from '../../core/catalogue.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {TopWish} from '../../core/invocation.ts';
import {problemOf} from '../../core/problem.ts';
import {type MetricsReading, nothingRead, type UsageKind} from '../../core/top/metrics-reading.ts';
import {emptyStep, type MissingStep} from '../../core/top/missing-step.ts';
import type {TopRecord} from '../../core/top/top-record.ts';
import {topRecords} from '../../core/top/top-records.ts';
import {within} from './json-within.ts';
import {readMetricsApi} from './metrics-api.ts';
import {missingObject} from './missing-object.ts';
import {chosenPods, readKubelets} from './read-kubelets.ts';
import {isEverywhere, isNarrowed, podKeys, readNodes, readNumbers} from './read-objects.ts';

const answerWithinMs = 15_000;

export type ReadRecordsOptions = Readonly<{
	client: Pick<ClusterClient, 'context' | 'get' | 'list' | 'pages' | 'text'>;
	catalogue: Catalogue;
	clock: Clock;
	wish: TopWish;
	/** Requests and limits of pods are wanted: whole pods are read for them. */
	amounts: boolean;
}>;

/** What was found. `gone`: the object that was named does not exist. `missing`: nothing is readable, and why, from either source. */
export type ReadRecords = Readonly<
	| {type: 'records'; records: readonly TopRecord[]; fallback?: MissingStep; only?: string}
	| {type: 'gone'; sentence: string}
	| {type: 'missing'; steps: readonly MissingStep[]}
	| {type: 'none'; sentence: string}
>;

/** Reads what `k8tui top` prints, once: metrics.k8s.io, else the kubelets. Rejects with a ProblemError on what neither can help. */
export async function readRecords(options: ReadRecordsOptions, signal: AbortSignal): Promise<ReadRecords> {
	const {wish, client} = options;
	const kind: UsageKind = wish.level === 'nodes' ? 'nodes' : 'pods';
	const gone = await missingObject(options, signal);
	if (gone !== undefined) return {type: 'gone', sentence: gone};
	const [nodes, numbers, answer] = await Promise.all([
		kind === 'nodes' ? readNodes(options, signal) : [],
		needsNumbers(options) ? readNumbers(options, signal) : undefined,
		askApi(options, kind, signal),
	]);
	const recordsOf = (found: Pick<MetricsReading, UsageKind>): readonly TopRecord[] => {
		const pods = isNarrowed(wish) ? new Map([...found.pods].filter(([key]) => numbers?.has(key))) : found.pods;
		return topRecords(wish, {...nothingRead, ...found, pods}, {nodes, numbers});
	};
	const isNone = async (): Promise<boolean> => {
		if (kind === 'nodes' || wish.name !== undefined) return false;
		return isNarrowed(wish) ? numbers?.size === 0 : (await podKeys(options, signal)).size === 0;
	};
	const none = {type: 'none', sentence: wish.allNamespaces ? 'No resources found' : `No resources found in ${client.context.namespace} namespace.`} as const;
	const missing = answer.missing[kind];
	if (missing === undefined) {
		const found = {nodes: answer.nodes ?? new Map(), pods: answer.pods ?? new Map()};
		const records = found[kind].size === 0 ? [] : recordsOf(found);
		if (records.length > 0) return {type: 'records', records, ...(answer.only === undefined ? {} : {only: answer.only})};
		return (await isNone()) ? none : {type: 'missing', steps: [emptyStep(kind, 0)]};
	}
	const kubelets = await readKubelets(options, signal);
	if (kubelets[kind].size === 0) return {type: 'missing', steps: [missing, ...(kubelets.missing === undefined ? [] : [kubelets.missing])]};
	return {type: 'records', records: recordsOf(await chosenPods(options, kubelets, signal)), fallback: missing};
}

async function askApi(options: ReadRecordsOptions, kind: UsageKind, signal: AbortSignal): ReturnType<typeof readMetricsApi> {
	const {client, catalogue, clock, wish} = options;
	const question = {
		nodes: kind === 'nodes',
		pods: kind === 'pods',
		...(isEverywhere(wish) ? {} : {namespace: client.context.namespace}),
		...(wish.labelSelector === undefined ? {} : {labelSelector: wish.labelSelector}),
	};
	try {
		return await within(clock, {what: 'Could not read the metrics API', withinMs: answerWithinMs}, signal, limit =>
			readMetricsApi({client, catalogue, clock}, question, limit),
		);
	} catch (error) {
		signal.throwIfAborted();
		const problem = problemOf(error, 'Could not read the metrics API');
		if (problem.code !== 'timeout') throw error;
		return {missing: {[kind]: {step: 'unreachable', word: 'no answer', text: `The metrics API did not answer: ${problem.cause}.`, remedy: 'Try again later.'}}};
	}
}

/** Workloads are made of what pods say of their owners. */
function needsNumbers({wish, amounts}: ReadRecordsOptions): boolean {
	return wish.level === 'workloads' || wish.level === 'namespaces' || amounts || isNarrowed(wish);
}
