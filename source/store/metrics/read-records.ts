import type {Catalogue} from '../../core/catalogue.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {TopWish} from '../../core/invocation.ts';
import type {KubeObject} from '../../core/kubernetes.ts';
import type {Node} from '../../core/node-state.ts';
import type {Pod} from '../../core/pod.ts';
import {type Problem, ProblemError, problemOf} from '../../core/problem.ts';
import type {ResourceType} from '../../core/resource-type.ts';
import {addAmounts, type Amounts, amountsOf} from '../../core/top/amounts.ts';
import {type MetricsReading, nothingRead, type UsageKind} from '../../core/top/metrics-reading.ts';
import {emptyStep, kubeletStep, type MissingStep} from '../../core/top/missing-step.ts';
import {milliOf, unitsOf} from '../../core/top/nano.ts';
import type {NodeSummary} from '../../core/top/node-summary.ts';
import {type PodNumbers, podNumbers} from '../../core/top/pod-numbers.ts';
import {topRows} from '../../core/top/top-rows.ts';
import type {RecordAmounts, TopRecord} from '../../core/top/top-record.ts';
import {topScreenOf} from '../../core/top/top-screen.ts';
import {podKey, type PodUsage, type Usage} from '../../core/top/usage.ts';
import {within} from './json-within.ts';
import {readSummary} from './kubelets.ts';
import {limited} from './limited.ts';
import {readMetricsApi} from './metrics-api.ts';

const answerWithinMs = 15_000;
const inFlight = 8;

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
	const {wish} = options;
	const kind: UsageKind = wish.level === 'nodes' ? 'nodes' : 'pods';
	const object = wish.name === undefined ? undefined : await namedObject(options, kind, wish.name, signal);
	if (object !== undefined && typeof object === 'string') return {type: 'gone', sentence: object};
	const [nodes, numbers, answer] = await Promise.all([
		kind === 'nodes' ? readNodes(options, signal) : [],
		needsNumbers(options) ? readNumbers(options, signal) : undefined,
		askApi(options, kind, signal),
	]);
	const missing = answer.missing[kind];
	const reading: MetricsReading = {...nothingRead, nodes: answer.nodes ?? new Map(), pods: answer.pods ?? new Map()};
	if (missing === undefined) {
		if (reading[kind].size > 0)
			return {type: 'records', records: recordsOf(options, reading, {nodes, numbers}), ...(answer.only === undefined ? {} : {only: answer.only})};
		if (kind === 'pods' && wish.name === undefined && (await countPods(options, signal)) === 0)
			return {type: 'none', sentence: wish.allNamespaces ? 'No resources found' : `No resources found in ${options.client.context.namespace} namespace.`};
		return {type: 'missing', steps: [emptyStep(kind, 0)]};
	}
	const kubelets = await readKubelets(options, signal);
	const found = merged(kubelets.summaries);
	if (found[kind].size === 0) return {type: 'missing', steps: [missing, ...(kubelets.missing === undefined ? [] : [kubelets.missing])]};
	return {type: 'records', records: recordsOf(options, {...nothingRead, ...(await chosen(options, found, signal))}, {nodes, numbers}), fallback: missing};
}

/** undefined: it is there. A text: it is not, in words. */
async function namedObject({client, catalogue, wish}: ReadRecordsOptions, kind: UsageKind, name: string, signal: AbortSignal): Promise<string | undefined> {
	const type = coreType(catalogue, kind);
	const namespace = kind === 'nodes' ? undefined : client.context.namespace;
	try {
		await client.get(type, namespace, name, {managedFields: false}, signal);
		return undefined;
	} catch (error) {
		const problem = problemOf(error, `Could not read ${type.singular} ${wish.name}`);
		if (problem.code === 'not-found')
			return `There is no ${kind === 'nodes' ? 'node' : 'pod'} ${name}${namespace === undefined ? '' : ` in namespace ${namespace}`}.`;
		// Who may read metrics need not be allowed to read the object.
		if (problem.code === 'forbidden') return undefined;
		throw error;
	}
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

function isEverywhere({level, allNamespaces}: TopWish): boolean {
	return level === 'nodes' || level === 'namespaces' || allNamespaces;
}

/** Workloads are made of what pods say of their owners. */
function needsNumbers({wish, amounts}: ReadRecordsOptions): boolean {
	return wish.level === 'workloads' || wish.level === 'namespaces' || amounts;
}

async function readNodes({client, catalogue, wish}: ReadRecordsOptions, signal: AbortSignal): Promise<readonly Node[]> {
	try {
		// The kind asked for is that of Nodes.
		const nodes = (await client.list(coreType(catalogue, 'nodes'), selectorOf(wish), signal)) as readonly Node[];
		return wish.name === undefined ? nodes : nodes.filter(({metadata}) => metadata.name === wish.name);
	} catch (error) {
		if (isDenied(error)) return [];
		throw error;
	}
}

async function readNumbers({client, catalogue, wish}: ReadRecordsOptions, signal: AbortSignal): Promise<ReadonlyMap<string, PodNumbers> | undefined> {
	const numbers = new Map<string, PodNumbers>();
	try {
		// The kind asked for is that of Pods.
		// The labels of nodes say nothing of the pods that run there.
		const options = {...(wish.level === 'nodes' ? {} : selectorOf(wish)), ...namespaceOf(client, wish)};
		for await (const page of client.pages(coreType(catalogue, 'pods'), options, signal))
			for (const pod of page as readonly Pod[]) numbers.set(podKey(pod.metadata.namespace, pod.metadata.name), podNumbers(pod));
		return numbers;
	} catch (error) {
		if (isDenied(error)) return undefined;
		throw error;
	}
}

async function countPods({client, catalogue, wish}: ReadRecordsOptions, signal: AbortSignal): Promise<number> {
	let count = 0;
	for await (const page of client.pages(coreType(catalogue, 'pods'), {...selectorOf(wish), ...namespaceOf(client, wish)}, signal)) count += page.length;
	return count;
}

function selectorOf({labelSelector}: TopWish): Readonly<{labelSelector?: string}> {
	return labelSelector === undefined ? {} : {labelSelector};
}

function namespaceOf(client: ReadRecordsOptions['client'], wish: TopWish): Readonly<{namespace?: string}> {
	return isEverywhere(wish) ? {} : {namespace: client.context.namespace};
}

function isDenied(error: unknown): boolean {
	return error instanceof ProblemError && error.problem.code === 'forbidden';
}

function coreType(catalogue: Catalogue, plural: 'nodes' | 'pods'): ResourceType {
	const type = catalogue.find(plural);
	if (type === undefined) throw new ProblemError({code: 'not-found', what: `Could not read ${plural}`, cause: `the server has no kind ${plural}`});
	return type;
}

type Kubelets = Readonly<{summaries: readonly NodeSummary[]; missing?: MissingStep}>;

/** All kubelets, or that of the node that was named; the first failure is the reason where none answers. */
async function readKubelets(options: ReadRecordsOptions, signal: AbortSignal): Promise<Kubelets> {
	const {client, catalogue, clock, wish} = options;
	let names: readonly string[];
	try {
		const all = await client.list(coreType(catalogue, 'nodes'), wish.level === 'nodes' ? selectorOf(wish) : {}, signal);
		names = all.map(({metadata}) => metadata.name).filter(name => wish.level !== 'nodes' || wish.name === undefined || name === wish.name);
	} catch (error) {
		const problem = problemOf(error, 'Could not list the nodes');
		return {summaries: [], missing: kubeletStep(problem, 'any node')};
	}
	const summaries: NodeSummary[] = [];
	let failed: Problem | undefined;
	let silent = '';
	await limited(names, inFlight, async name => {
		if (failed?.code === 'forbidden') return;
		try {
			summaries.push(await readSummary({client, clock}, name, signal));
		} catch (error) {
			signal.throwIfAborted();
			failed ??= problemOf(error, `Could not read the kubelet of ${name}`);
			silent ||= name;
		}
	});
	return {summaries, ...(failed === undefined ? {} : {missing: kubeletStep(failed, silent)})};
}

type Found = Readonly<{nodes: ReadonlyMap<string, Usage>; pods: ReadonlyMap<string, PodUsage>}>;

function merged(summaries: readonly NodeSummary[]): Found {
	return {
		nodes: new Map(summaries.flatMap(({node, usage}) => (usage ? [[node, usage] as const] : []))),
		pods: new Map(summaries.flatMap(({pods}) => [...pods].flatMap(([key, {usage}]) => (usage ? [[key, usage] as const] : [])))),
	};
}

/** Kubelets know neither namespaces nor labels: the pods that were asked for. */
async function chosen(options: ReadRecordsOptions, found: Found, signal: AbortSignal): Promise<Found> {
	const {client, catalogue, wish} = options;
	if (wish.level === 'nodes') return found;
	const own = [...found.pods].filter(([key]) => isEverywhere(wish) || key.startsWith(`${client.context.namespace}/`));
	if (wish.labelSelector === undefined) return {...found, pods: new Map(own)};
	const selected = new Set<string>();
	for await (const page of client.pages(coreType(catalogue, 'pods'), {...selectorOf(wish), ...namespaceOf(client, wish)}, signal))
		for (const {metadata} of page) selected.add(podKey(metadata.namespace, metadata.name));
	return {...found, pods: new Map(own.filter(([key]) => selected.has(key)))};
}

type Around = Readonly<{nodes: readonly Node[]; numbers: ReadonlyMap<string, PodNumbers> | undefined}>;

function recordsOf({wish}: ReadRecordsOptions, reading: MetricsReading, {nodes, numbers}: Around): readonly TopRecord[] {
	switch (wish.level) {
		case 'nodes':
			return nodeRecords(reading, nodes, numbers).filter(({name}) => wish.name === undefined || name === wish.name);
		case 'pods':
		case 'containers': {
			const {level, name} = wish;
			const asked = [...reading.pods].filter(([key]) => name === undefined || key.endsWith(`/${name}`));
			return asked.flatMap(([key, usage]) => podRecords(level, key, usage, numbers?.get(key)));
		}
		case 'workloads':
		case 'namespaces':
			return groupRecords(wish.level, reading, numbers);
	}
}

function nodeRecords({nodes: usages}: MetricsReading, nodes: readonly Node[], numbers: Around['numbers']): readonly TopRecord[] {
	const byNode =
		numbers &&
		Map.groupBy(
			[...numbers.values()].filter(({ended}) => !ended),
			({node}) => node ?? '',
		);
	const sumOf = (name: string, part: 'requests' | 'limits') => ({
		cpu: 0,
		memory: 0,
		...numbersOf(addAmounts(...(byNode?.get(name) ?? []).map(pod => pod[part]))),
	});
	const objects = new Map<string, KubeObject & Node>(nodes.map(node => [node.metadata.name, node]));
	return [...new Set([...usages.keys(), ...objects.keys()])].map(name => {
		const status = objects.get(name)?.status;
		return {
			level: 'nodes',
			name,
			...sampleOf(usages.get(name)),
			...(byNode === undefined ? {} : {requests: sumOf(name, 'requests'), limits: sumOf(name, 'limits')}),
			...(status?.allocatable === undefined ? {} : {allocatable: numbersOf(amountsOf(status.allocatable))}),
			...(status?.capacity === undefined ? {} : {capacity: numbersOf(amountsOf(status.capacity))}),
		};
	});
}

function podRecords(level: 'pods' | 'containers', key: string, usage: PodUsage, pod: PodNumbers | undefined): readonly TopRecord[] {
	const [namespace = '', name = ''] = key.split('/');
	const who = {level, namespace, name};
	if (level === 'pods') {
		const limits = pod && {
			...(pod.unlimited.cpu || pod.limits.cpu === undefined ? {} : {cpu: pod.limits.cpu}),
			...(pod.unlimited.memory || pod.limits.memory === undefined ? {} : {memory: pod.limits.memory}),
		};
		return [
			{
				...who,
				...sampleOf(usage),
				...(pod === undefined ? {} : {requests: numbersOf(pod.requests)}),
				...(limits === undefined ? {} : {limits: numbersOf(limits)}),
			},
		];
	}
	return [...usage.containers].map(([container, amounts]) => {
		const own = pod?.containers.find(one => one.name === container);
		return {
			...who,
			container,
			...sampleOf({...amounts, at: usage.at, source: usage.source}),
			...(own === undefined ? {} : {requests: numbersOf(own.requests), limits: numbersOf(own.limits)}),
		};
	});
}

function groupRecords(level: 'workloads' | 'namespaces', reading: MetricsReading, numbers: Around['numbers']): readonly TopRecord[] {
	const newest = [...reading.pods.values()].reduce<Usage | undefined>((last, usage) => (last === undefined || usage.at > last.at ? usage : last), undefined);
	const rows = topRows({view: topScreenOf({level, sort: 'name', descending: false}), reading, numbers, nodes: [], now: newest?.at ?? 0});
	return rows.map(row => {
		const amounts = (of: 'used' | 'requested' | 'limit'): RecordAmounts => ({
			...(row.cpu[of] === undefined ? {} : {cpu: row.cpu[of]}),
			...(row.memory[of] === undefined ? {} : {memory: row.memory[of]}),
		});
		return {
			level,
			name: row.name,
			...(row.namespace === undefined || level === 'namespaces' ? {} : {namespace: row.namespace}),
			...(row.of === undefined ? {} : {kind: row.of}),
			pods: row.pods ?? 0,
			used: amounts('used'),
			...(newest === undefined ? {} : {source: newest.source, at: newest.at}),
			requests: amounts('requested'),
			limits: amounts('limit'),
		};
	});
}

function sampleOf(usage: (Amounts & Pick<Usage, 'at' | 'source'>) | undefined): Pick<TopRecord, 'used' | 'source' | 'at'> {
	return usage === undefined ? {used: {}} : {used: numbersOf(usage), source: usage.source, at: usage.at};
}

function numbersOf({cpu, memory}: Amounts): RecordAmounts {
	return {...(cpu === undefined ? {} : {cpu: milliOf(cpu)}), ...(memory === undefined ? {} : {memory: unitsOf(memory)})};
}
