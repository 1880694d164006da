import type {KubeObject} from '../../core/kubernetes.ts';
import type {BlackboxExporter, BlackboxQuestion} from '../../core/net/blackbox.ts';
import type {ProbeCell} from '../../core/net/cell.ts';
import type {NetPod} from '../../core/net/net-objects.ts';
import type {ProbePlan, ProbeWay} from '../../core/net/probe/probe-plan.ts';
import type {Observation} from '../../core/observation.ts';
import {ProblemError} from '../../core/problem.ts';
import {askBlackbox} from './ask-blackbox.ts';
import type {NetTools} from './net-tools.ts';
import {type ProbeRun, runProbes} from './run-probes.ts';

/** What a run found; `blackbox`: what the cluster's own exporter said, where it was asked. */
export type SentRun = ProbeRun & Readonly<{blackbox: readonly Observation[]}>;

/** Who in the cluster is to ask as well, and what. */
export type BlackboxPlan = Readonly<{exporter: BlackboxExporter; questions: readonly BlackboxQuestion[]}>;

/** `image`, `namespace`: of what is made in the cluster. */
export type Sending = Readonly<{
	plan: ProbePlan;
	way: ProbeWay;
	image?: string;
	namespace?: string;
	blackbox?: BlackboxPlan | undefined;
	onCell?(cell: ProbeCell): void;
}>;

/** Runs a plan with the tools of a cluster, and asks its blackbox exporter at the same time. Never rejects. */
export async function sendProbes(tools: NetTools, sending: Sending, signal: AbortSignal): Promise<SentRun> {
	const {client, clock} = tools;
	const asked = sending.blackbox ? askBlackbox(client, {...sending.blackbox, clock}, signal).catch(() => []) : [];
	const [run, blackbox] = await Promise.all([sent(tools, sending, signal), asked]);
	return {...run, blackbox};
}

async function sent(
	{client, catalogue, clock, random, record, probes}: NetTools,
	{plan, way, image, namespace, onCell}: Sending,
	signal: AbortSignal,
): Promise<ProbeRun> {
	return await runProbes(
		{
			plan,
			way,
			...(image === undefined ? {} : {image}),
			...(namespace === undefined ? {} : {namespace}),
			probes: client.probes,
			kinds: probes,
			can: (question, until) => client.can(question, until),
			readPod: async (namespace, name, until) => {
				const type = catalogue.find('pods');
				if (!type) throw new ProblemError({code: 'not-found', what: `Could not read pod ${namespace}/${name}`, cause: 'the server has no pods'});
				return podShape(await client.get(type, namespace, name, {managedFields: false}, until));
			},
			clock,
			skewMs: () => client.skewMs(),
			random,
			...(record ? {record} : {}),
			...(onCell ? {onCell} : {}),
		},
		signal,
	);
}

// A pod that was asked for by its name is one; every field is read as optional.
const podShape = (object: KubeObject): NetPod => object as NetPod;
