import {defaultProbeNamespace} from '../../core/net/probe/debug-pod.ts';
import type {ProbePlan, ProbeWay} from '../../core/net/probe/probe-plan.ts';
import {isAskedBy} from '../../core/net/probe/sources-for-way.ts';
import type {WayRights} from '../../core/net/probe/way-rights.ts';
import {type Can, probeRefusal} from './may-probe.ts';

/** What the server says of a way of probing, before anything is sent. Never rejects: what cannot be asked is not refused. */
export async function askWayRights(
	can: Can,
	{plan, way, namespace = defaultProbeNamespace}: Readonly<{plan: ProbePlan; way: ProbeWay; namespace?: string}>,
	signal: AbortSignal,
): Promise<WayRights> {
	const sources = plan.sources.filter(source => isAskedBy(way, source));
	const namespaces = [...new Set(sources.map(source => (way === 'pod' ? namespace : source.namespace)))];
	const answers = await Promise.all(namespaces.map(name => probeRefusal(can, way, name, signal).catch(() => undefined)));
	const [first, ...others] = answers;
	if (first !== undefined) return {refused: first};
	const partly = others.flatMap(answer => answer ?? []);
	return partly.length > 0 ? {partly} : {};
}
