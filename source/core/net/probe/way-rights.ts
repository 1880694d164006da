import type {ClusterView} from '../../check.ts';
import {isNodeSource, type ProbePlan, type ProbeWay} from './probe-plan.ts';

/** `refused`: the client cannot be asked from, so the way is closed. `partly`: what beside it stays empty, and why. Neither: it is open, as far as is known. */
export type WayRights = Readonly<{refused?: string; partly?: readonly string[]}>;

const enforceLabel = 'pod-security.kubernetes.io/enforce';

/** What the Pod Security of the namespace will refuse: the pods that we make are `restricted` but for the network of a node. */
export function podSecurityNote(view: ClusterView, {plan, way, namespace}: Readonly<{plan: ProbePlan; way: ProbeWay; namespace: string}>): readonly string[] {
	if (way !== 'pod' || !plan.sources.some(isNodeSource)) return [];
	const level = view.all('namespaces').find(({metadata}) => metadata.name === namespace)?.metadata.labels?.[enforceLabel];
	return level === 'baseline' || level === 'restricted'
		? [`Namespace ${namespace} enforces PodSecurity ${level}: it refuses the pods in the network of a node`]
		: [];
}
