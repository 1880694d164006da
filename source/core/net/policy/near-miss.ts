import {fieldsOf, listAt, textAt} from '../../field.ts';
import {labelSelectorText, selectorMatches} from '../../label-selector.ts';
import type {Way} from './decide-side.ts';
import type {EndFacts} from './end-facts.ts';
import {type NetworkPolicy, type PolicyDirection, type PolicyPeer, policyRules, rulePeers, type Selector} from './network-policy.ts';
import type {NearMiss} from './policy-answer.ts';
import {refOf} from '../trace/cluster-index.ts';
import type {PolicyWorld} from './policy-world.ts';
import {portsAdmit} from './port-match.ts';
import {namespacesText, peerText, portsText, ruleText} from './rule-text.ts';

type Candidate = Readonly<{distance: number; miss: NearMiss}>;
type Missed = Readonly<{distance: number; text: string}>;

/** The rule of these policies that comes nearest to admitting the way, and which of its clauses does not hold. */
export function nearestMiss(world: PolicyWorld, direction: PolicyDirection, policies: readonly NetworkPolicy[], way: Way): NearMiss | undefined {
	const candidates = policies.flatMap(policy => candidatesOf(world, direction, policy, way));
	return candidates.toSorted((a, b) => a.distance - b.distance)[0]?.miss;
}

function candidatesOf(world: PolicyWorld, direction: PolicyDirection, policy: NetworkPolicy, way: Way): readonly Candidate[] {
	const rules = policyRules(policy, direction);
	const of = {policy: refOf(policy)};
	if (rules.length === 0) {
		const text = direction === 'ingress' ? 'admits nobody' : 'lets nothing out';
		return [{distance: 100, miss: {...of, rule: -1, text, clause: 'no-rule', miss: `it has no ${direction} rule`}}];
	}
	const other = direction === 'egress' ? way.to : way.from;
	return rules.map((one, rule) => {
		const peers = rulePeers(one, direction).map(peer => missedPeer(world, policy.metadata.namespace ?? '', peer, other));
		const peer = peers.toSorted((a, b) => a.distance - b.distance)[0] ?? {distance: 0, text: ''};
		const isPort = portsAdmit(one.ports, way.protocol, way.port, way.to);
		const text = ruleText(policy, direction, rule);
		const asked = `${way.protocol.toLowerCase()}/${way.port}`;
		if (peer.distance > 0) return {distance: peer.distance + (isPort ? 0 : 1), miss: {...of, rule, text, clause: 'peer', miss: peer.text}};
		return {distance: 1, miss: {...of, rule, text, clause: 'port', miss: `it admits ${portsText(one.ports)}, and ${asked} is asked for`}};
	});
}

/** How far a peer is from naming the end: 0 it does, then by the number of labels that differ, a namespace more than a label, an address most. */
function missedPeer(world: PolicyWorld, policyNamespace: string, peer: PolicyPeer, other: EndFacts): Missed {
	if (world.peer(peer, policyNamespace, other).is !== 'no') return {distance: 0, text: ''};
	if (peer.ipBlock) return {distance: 50, text: `${other.title} is not in ${peerText(peer, policyNamespace)}`};
	if (other.kind !== 'pod') return {distance: 60, text: `${other.title} is no pod, and the rule names pods`};
	const isPlace = peer.namespaceSelector ? world.context.placeOf(peer.namespaceSelector, other.namespace).is !== 'no' : other.namespace === policyNamespace;
	const wrong = failedRequirements(peer.podSelector, other.labels);
	const parts = [...(isPlace ? [] : [placeMiss(world, policyNamespace, peer, other)]), ...(wrong.length > 0 ? [labelMiss(world, peer, other, wrong)] : [])];
	return {distance: (isPlace ? 0 : 10) + 2 * wrong.length, text: parts.join('; ')};
}

function placeMiss(world: PolicyWorld, policyNamespace: string, {namespaceSelector}: PolicyPeer, other: EndFacts): string {
	if (!namespaceSelector) return `${other.name} is in ns ${other.namespace}, and without a namespaceSelector only ns ${policyNamespace} is meant`;
	const asks = namespacesText(namespaceSelector);
	if (asks.startsWith('ns ') && !asks.startsWith('ns with ')) return `${other.name} is in ns ${other.namespace}, and the rule asks for ${asks}`;
	const keys = failedRequirements(namespaceSelector, world.namespaceLabels(other.namespace) ?? {});
	const labels = world.namespaceLabels(other.namespace) ?? {};
	return `ns ${other.namespace} has ${keys.map(key => labelText(key, labels)).join(', ')}, and the rule asks for ${labelSelectorText(namespaceSelector)}`;
}

function labelMiss(world: PolicyWorld, {podSelector}: PolicyPeer, other: EndFacts, wrong: readonly string[]): string {
	const asks = labelSelectorText(podSelector) ?? '';
	const matching = world.pods.filter(({labels}) => selectorMatches(podSelector, labels)).length;
	const count = matching === 0 ? `${asks} matches no pod` : `the rule asks for ${asks}`;
	return `${other.name} has ${wrong.map(key => labelText(key, other.labels)).join(', ')}, and ${count}`;
}

function labelText(key: string, labels: Readonly<Record<string, string>>): string {
	return labels[key] === undefined ? `no label ${key}` : `${key}=${labels[key]}`;
}

/** The keys of a selector that do not hold for these labels, each once. */
export function failedRequirements(selector: Selector | undefined, labels: Readonly<Record<string, string>>): readonly string[] {
	const equal = Object.entries(fieldsOf(selector?.matchLabels)).flatMap(([key, value]) => (labels[key] === value ? [] : [key]));
	const expressions = listAt(selector, 'matchExpressions').flatMap(one =>
		selectorMatches({matchExpressions: [one]}, labels) ? [] : (textAt(one, 'key') ?? []),
	);
	return [...new Set([...equal, ...expressions])];
}
