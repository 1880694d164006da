import type {ClusterView, Readability} from '../../check.ts';
import type {KubeObject} from '../../kubernetes.ts';
import {selectorMatches} from '../../label-selector.ts';
import {type EndFacts, endFacts} from './end-facts.ts';
import {type NetworkPolicy, type PolicyDirection, type PolicyPeer, policyApplies, type Selector} from './network-policy.ts';
import {type LabelsOfNamespace, type Match, matchPeer, matchPlace, namespaceNameLabel, type ParsedBlock, parseBlock, type PeerContext} from './peer-match.ts';
import type {PolicyEnd, UnevaluatedPolicy} from './policy-answer.ts';
import {type OtherPolicy, otherPolicies} from './other-policies.ts';

export const networkPolicyKind = 'networkpolicies.networking.k8s.io';

/** What policies are evaluated against: one moment of the cluster, indexed. Make it once for many questions; it remembers what it was asked. */
export type PolicyWorld = Readonly<{
	readable: Readability;
	policies: readonly NetworkPolicy[];
	namespaceLabels: LabelsOfNamespace;
	/** Pods that have not ended. */
	pods: readonly EndFacts[];
	factsOf(end: PolicyEnd): EndFacts;
	/** The policies of its namespace that select it, in this direction. */
	isolating(end: EndFacts, direction: PolicyDirection): readonly NetworkPolicy[];
	peer(peer: PolicyPeer, policyNamespace: string, end: EndFacts): Match;
	/** For what is asked once for each pod, and is not worth remembering. */
	context: PeerContext;
	/** Objects of policy APIs that are not evaluated. */
	others: readonly OtherPolicy[];
	/** Those of them that (may) select this end, in this direction. */
	unevaluated(end: EndFacts, direction: PolicyDirection): readonly UnevaluatedPolicy[];
}>;

/** The world of a view; with `policies` instead of the cluster's own (what if). */
export function policyWorld(view: ClusterView, policies?: readonly NetworkPolicy[]): PolicyWorld {
	const all = policies ?? view.all<NetworkPolicy>(networkPolicyKind);
	const byNamespace = Map.groupBy(all, ({metadata}) => metadata.namespace ?? '');
	const facts = new Map<KubeObject, EndFacts>();
	const factsOf = (end: PolicyEnd): EndFacts => {
		const object = end.kind === 'pod' ? end.pod : end.kind === 'node' ? end.node : undefined;
		if (object === undefined) return endFacts(end);
		return remembered(facts, object, () => endFacts(end));
	};
	const others = otherPolicies(view);
	const peers = new Map<PolicyPeer, Map<EndFacts, Match>>();
	const isolated = {egress: new Map<EndFacts, readonly NetworkPolicy[]>(), ingress: new Map<EndFacts, readonly NetworkPolicy[]>()};
	const namespaceLabels = namespaceReader(view);
	const blocks = new Map<PolicyPeer, Readonly<{block: ParsedBlock}>>();
	const places = new Map<Selector, Map<string, Match>>();
	const context: PeerContext = {
		labelsOf: namespaceLabels,
		blockOf: peer => remembered(blocks, peer, () => ({block: parseBlock(peer)})).block,
		placeOf: (selector, namespace) =>
			remembered(
				remembered(places, selector, () => new Map()),
				namespace,
				() => matchPlace(selector, namespace, namespaceLabels),
			),
	};
	const othersOf = (end: EndFacts, direction: PolicyDirection): readonly UnevaluatedPolicy[] =>
		others.filter(other => other.directions.includes(direction) && other.selects(end, namespaceLabels(end.namespace))).map(({ref, api}) => ({ref, api}));
	return {
		readable: view.readable(networkPolicyKind),
		policies: all,
		namespaceLabels,
		pods: view
			.all('pods')
			.filter(isCurrentPod)
			.map(pod => factsOf({kind: 'pod', pod})),
		factsOf,
		isolating: (end, direction) =>
			remembered(isolated[direction], end, () =>
				end.kind === 'pod'
					? (byNamespace.get(end.namespace) ?? []).filter(
							policy => policyApplies(policy, direction) && selectorMatches(policy.spec?.podSelector ?? {}, end.labels),
						)
					: [],
			),
		peer: (peer, policyNamespace, end) =>
			remembered(
				remembered(peers, peer, () => new Map()),
				end,
				() => matchPeer(peer, policyNamespace, end, context),
			),
		context,
		others,
		unevaluated: (end, direction) => (others.length === 0 || end.kind !== 'pod' ? [] : othersOf(end, direction)),
	};
}

/** A pod that has ended has no address any more (its phase says so). */
export function isCurrentPod(pod: KubeObject): boolean {
	// Objects of the kind `pods` have a status with a phase.
	const {status} = pod as KubeObject & Readonly<{status?: Readonly<{phase?: string}>}>;
	return status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

/** Labels by namespace; the one with its own name is always there. */
function namespaceReader(view: ClusterView): LabelsOfNamespace {
	if (view.readable('namespaces').state !== 'ready') return () => undefined;
	const labels = new Map(view.all('namespaces').map(({metadata}) => [metadata.name, {...metadata.labels, [namespaceNameLabel]: metadata.name}] as const));
	return namespace => labels.get(namespace) ?? {[namespaceNameLabel]: namespace};
}

function remembered<K, V>(memory: Map<K, V>, key: K, make: () => V): V {
	const found = memory.get(key);
	if (found !== undefined) return found;
	const made = make();
	memory.set(key, made);
	return made;
}
