import type {KubeObject} from '../../core/kubernetes.ts';
import type {ProbeCell} from '../../core/net/cell.ts';
import type {NetPod} from '../../core/net/net-objects.ts';
import type {ProbePlan, ProbeWay} from '../../core/net/probe/probe-plan.ts';
import {ProblemError} from '../../core/problem.ts';
import type {NetTools} from './net-tools.ts';
import {type ProbeRun, runProbes} from './run-probes.ts';

export type {ProbeRun} from './run-probes.ts';

export type Sending = Readonly<{plan: ProbePlan; way: ProbeWay; image?: string; onCell?(cell: ProbeCell): void}>;

/** Runs a plan with the tools of a cluster. */
export async function sendProbes(
	{client, catalogue, clock, random, record, probes}: NetTools,
	{plan, way, image, onCell}: Sending,
	signal: AbortSignal,
): Promise<ProbeRun> {
	return await runProbes(
		{
			plan,
			way,
			...(image === undefined ? {} : {image}),
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
