import {type EndFacts, isSameEnd} from './end-facts.ts';
import {type NetworkPolicy, type PolicyDirection, type PolicyPeer, policyRules, rulePeers} from './network-policy.ts';
import type {Match} from './peer-match.ts';
import type {PolicyProtocol, PolicyVerdict} from './policy-answer.ts';
import type {PolicyWorld} from './policy-world.ts';
import {portsAdmit} from './port-match.ts';

/** One packet's way: who, to whom, which port of the receiver. */
export type Way = Readonly<{from: EndFacts; to: EndFacts; protocol: PolicyProtocol; port: number}>;

/** Why a side decides as it does; the words are made by explain-side.ts. */
export type SideDecision = Readonly<{
	verdict: PolicyVerdict;
	cause: 'not-a-pod' | 'self' | 'own-node' | 'unread' | 'open' | 'host-network' | 'rule' | 'maybe' | 'no-rule' | 'other-api';
	/** Those that isolate the subject. */
	policies: readonly NetworkPolicy[];
	/** The rule that admits it, or that may. */
	rule?: Readonly<{policy: NetworkPolicy; rule: number}>;
	/** Of `maybe` and `unread`. */
	why?: string;
}>;

/** What the policies of one end say about a way: of the sender (egress), of the receiver (ingress). Rules: diagnosis.md 5.2. */
export function decideSide(world: PolicyWorld, direction: PolicyDirection, way: Way): SideDecision {
	const decision = decideByRules(world, direction, way);
	const subject = direction === 'egress' ? way.from : way.to;
	const beyondPolicy = decision.cause === 'self' || decision.cause === 'own-node';
	if (decision.verdict !== 'allow' || beyondPolicy || world.unevaluated(subject, direction).length === 0) return decision;
	return {...decision, verdict: 'unknown', cause: 'other-api'};
}

function decideByRules(world: PolicyWorld, direction: PolicyDirection, way: Way): SideDecision {
	const [subject, other] = direction === 'egress' ? [way.from, way.to] : [way.to, way.from];
	if (subject.kind !== 'pod') return {verdict: 'allow', cause: 'not-a-pod', policies: []};
	// A pod reaches its own address, and its node reaches it, whatever policies say (Kubernetes documentation, Network Policies).
	if (isSameEnd(subject, other)) return {verdict: 'allow', cause: 'self', policies: []};
	if (isOwnNode(subject, other)) return {verdict: 'allow', cause: 'own-node', policies: []};
	const unread = unreadWhy(world);
	if (unread !== undefined) return {verdict: 'unknown', cause: 'unread', policies: [], why: unread};
	const policies = world.isolating(subject, direction);
	if (policies.length === 0) return {verdict: 'allow', cause: 'open', policies};
	if (subject.hostNetwork) return {verdict: 'unknown', cause: 'host-network', policies};
	return admittedBy(world, direction, {policies, other, way});
}

type Admission = Readonly<{policies: readonly NetworkPolicy[]; other: EndFacts; way: Way}>;

/** The first rule that surely admits it, else the first that may. */
function admittedBy(world: PolicyWorld, direction: PolicyDirection, {policies, other, way}: Admission): SideDecision {
	let maybe: SideDecision | undefined;
	for (const policy of policies) {
		for (const [rule, one] of policyRules(policy, direction).entries()) {
			if (!portsAdmit(one.ports, way.protocol, way.port, way.to)) continue;
			const match = anyPeer(world, policy, rulePeers(one, direction), other);
			if (match.is === 'yes') return {verdict: 'allow', cause: 'rule', policies, rule: {policy, rule}};
			if (match.is === 'maybe') maybe ??= {verdict: 'unknown', cause: 'maybe', policies, rule: {policy, rule}, why: match.why};
		}
	}
	return maybe ?? {verdict: 'deny', cause: 'no-rule', policies};
}

/** Peers are ORed; no peers admit everybody. */
function anyPeer(world: PolicyWorld, {metadata}: NetworkPolicy, peers: readonly PolicyPeer[], other: EndFacts): Match {
	let best: Match = {is: peers.length === 0 ? 'yes' : 'no'};
	for (const peer of peers) {
		const match = world.peer(peer, metadata.namespace ?? '', other);
		if (match.is === 'yes') return match;
		if (match.is === 'maybe' && best.is === 'no') best = match;
	}
	return best;
}

function isOwnNode(subject: EndFacts, other: EndFacts): boolean {
	return subject.node !== '' && subject.node === other.node && (other.kind === 'node' || other.hostNetwork);
}

/** Why the policies themselves are not known; undefined where they are, also on a server that has none. */
function unreadWhy({readable}: PolicyWorld): string | undefined {
	if (readable.state === 'ready' || readable.state === 'absent') return undefined;
	return 'problem' in readable ? `NetworkPolicies could not be read: ${readable.problem.cause}` : 'NetworkPolicies are still being read';
}
