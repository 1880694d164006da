import type {ClusterClient} from '../../core/cluster-client.ts';
import type {Clock} from '../../core/clock.ts';
import {type Problem, problemOf} from '../../core/problem.ts';
import {kubeletStep, type MissingStep} from '../../core/top/missing-step.ts';
import type {NodeSummary} from '../../core/top/node-summary.ts';
import type {PodUsage, Usage} from '../../core/top/usage.ts';
import {readSummary} from './kubelets.ts';
import {limited} from './limited.ts';
import {coreType, isEverywhere, type ObjectsQuestion, podKeys, selectorOf} from './read-objects.ts';

const inFlight = 8;

type Question = ObjectsQuestion & Readonly<{client: Pick<ClusterClient, 'get' | 'text'>; clock: Clock}>;
type Found = Readonly<{nodes: ReadonlyMap<string, Usage>; pods: ReadonlyMap<string, PodUsage>}>;
/** `missing`: the first failure, which is the reason where none answers. */
export type KubeletSamples = Found & Readonly<{missing?: MissingStep}>;

/** What all kubelets measure, or those of the nodes that were asked for. */
export async function readKubelets(question: Question, signal: AbortSignal): Promise<KubeletSamples> {
	const {client, catalogue, clock, wish} = question;
	let names: readonly string[];
	try {
		const all = await client.list(coreType(catalogue, 'nodes'), wish.level === 'nodes' ? selectorOf(wish) : {}, signal);
		const only = wish.level === 'nodes' ? wish.name : wish.node;
		names = all.map(({metadata}) => metadata.name).filter(name => only === undefined || name === only);
	} catch (error) {
		return {...merged([]), missing: kubeletStep(problemOf(error, 'Could not list the nodes'), 'any node')};
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
	return {...merged(summaries), ...(failed === undefined ? {} : {missing: kubeletStep(failed, silent)})};
}

function merged(summaries: readonly NodeSummary[]): Found {
	return {
		nodes: new Map(summaries.flatMap(({node, usage}) => (usage ? [[node, usage] as const] : []))),
		pods: new Map(summaries.flatMap(({pods}) => [...pods].flatMap(([key, {usage}]) => (usage ? [[key, usage] as const] : [])))),
	};
}

/** Kubelets know neither namespaces nor labels: the pods that were asked for. */
export async function chosenPods(question: Question, found: KubeletSamples, signal: AbortSignal): Promise<Found> {
	const {client, wish} = question;
	if (wish.level === 'nodes') return found;
	const own = [...found.pods].filter(([key]) => isEverywhere(wish) || key.startsWith(`${client.context.namespace}/`));
	if (wish.labelSelector === undefined) return {...found, pods: new Map(own)};
	const selected = await podKeys(question, signal);
	return {...found, pods: new Map(own.filter(([key]) => selected.has(key)))};
}
