import type {Check} from '../core/check.ts';
import type {Finding} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';
import {labelSelectorText} from '../core/label-selector.ts';
import {
	type NetworkPolicy,
	policyApplies,
	type PolicyDirection,
	policyDirections,
	type PolicyPeer,
	policyRules,
	rulePeers,
} from '../core/net/policy/network-policy.ts';
import {networkPolicyKind, policyWorld, type PolicyWorld} from '../core/net/policy/policy-world.ts';
import {peerText} from '../core/net/policy/rule-text.ts';
import {ownersOfSelector} from '../core/net/template-owners.ts';
import {refOf, titleOf} from '../core/net/trace/cluster-index.ts';

/** diagnosis.md 2.3, check 37. */
export const networkPolicyPeers: Check = {
	ids: ['NP_PEER_SELECTS_NOTHING'],
	title: 'the rules of NetworkPolicies name somebody',
	family: 'NetworkPolicy',
	reads: [networkPolicyKind, 'pods', 'namespaces'],
	graceMs: 10 * 60_000,
	*run(view) {
		const world = policyWorld(view);
		const namespaces = view.all('namespaces').map(({metadata}) => metadata.name);
		for (const policy of world.policies) {
			for (const direction of policyDirections.filter(one => policyApplies(policy, one))) {
				for (const [rule, one] of policyRules(policy, direction).entries()) {
					const peers = rulePeers(one, direction);
					const place = {policy, direction, rule};
					yield* mixedUp(place, peers);
					const empty = peers.filter(peer => !peer.ipBlock && !names(world, peer, policy));
					// Pods that a workload would have count: it may be scaled to 0 or be about to start.
					const without = empty.filter(
						peer =>
							!namespaces.some(namespace => isPlace(world, peer, policy, namespace) && ownersOfSelector(view, namespace, peer.podSelector ?? {}).length > 0),
					);
					for (const peer of without) yield namesNobody(place, peer, peers.length);
				}
			}
		}
	},
};

type Place = Readonly<{policy: NetworkPolicy; direction: PolicyDirection; rule: number}>;

function names(world: PolicyWorld, peer: PolicyPeer, policy: NetworkPolicy): boolean {
	return world.pods.some(pod => world.peer(peer, policy.metadata.namespace ?? '', pod).is !== 'no');
}

/** Is the namespace one that the peer means? Asked of a pod that any podSelector would take. */
function isPlace(world: PolicyWorld, {namespaceSelector}: PolicyPeer, policy: NetworkPolicy, namespace: string): boolean {
	if (!namespaceSelector) return namespace === policy.metadata.namespace;
	const anybody = world.factsOf({kind: 'pod', pod: {apiVersion: 'v1', kind: 'Pod', metadata: {name: '', namespace}}});
	return world.peer({namespaceSelector}, '', anybody).is !== 'no';
}

function where({direction, rule}: Place): string {
	return `spec.${direction}[${rule}].${direction === 'ingress' ? 'from' : 'to'}`;
}

function namesNobody(place: Place, peer: PolicyPeer, of: number): Finding {
	const {policy, direction, rule} = place;
	const ref = refOf(policy);
	const text = peerText(peer, policy.metadata.namespace ?? '');
	const effect = of === 1 ? `so rule ${rule} admits nobody` : 'so this part of the rule admits nobody';
	return fault({
		id: 'NP_PEER_SELECTS_NOTHING',
		family: 'NetworkPolicy',
		severity: 'info',
		confidence: 'proven',
		subject: ref,
		part: `${where(place)} ${text}`,
		title: `NetworkPolicy ${titleOf(policy)}: ${direction} rule ${rule} names ${text}, which matches no pod, ${effect}`,
		evidence: [fact(ref, where(place), text)],
		remedy: [
			{
				text: 'Compare it with the labels of pods and namespaces',
				command: `kubectl get pods -A --show-labels${peer.namespaceSelector ? '; kubectl get namespaces --show-labels' : ''}`,
				changes: false,
			},
		],
	});
}

/** Two list items, one of which alone already means every pod of the cluster: most likely one item with both was meant. */
function* mixedUp(place: Place, peers: readonly PolicyPeer[]): Iterable<Finding> {
	const wide = peers.find(
		({namespaceSelector, podSelector}) => podSelector === undefined && namespaceSelector !== undefined && labelSelectorText(namespaceSelector) === '',
	);
	const narrow = peers.find(
		({ipBlock, namespaceSelector, podSelector}) => ipBlock === undefined && namespaceSelector === undefined && podSelector !== undefined,
	);
	if (!wide || !narrow) return;
	const {policy, direction, rule} = place;
	const ref = refOf(policy);
	const namespace = policy.metadata.namespace ?? '';
	yield fault({
		id: 'NP_PEER_SELECTS_NOTHING',
		family: 'NetworkPolicy',
		severity: 'info',
		confidence: 'possible',
		subject: ref,
		part: `${where(place)} or`,
		title: `NetworkPolicy ${titleOf(policy)}: ${direction} rule ${rule} lists "${peerText(wide, namespace)}" and "${peerText(narrow, namespace)}" apart: either will do, and the first alone admits every pod of the cluster`,
		evidence: [fact(ref, where(place), `${peers.length} items; namespaceSelector and podSelector hold together only within one`)],
		remedy: [
			{
				text: 'If both were meant to hold, write them into one list item (without the second dash)',
				command: `kubectl -n ${namespace} edit networkpolicy ${ref.name}`,
				changes: true,
			},
		],
	});
}
