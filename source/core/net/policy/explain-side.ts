import type {SideDecision, Way} from './decide-side.ts';
import {nearestMiss} from './near-miss.ts';
import type {PolicyDirection} from './network-policy.ts';
import type {PolicySide} from './policy-answer.ts';
import {refOf} from '../trace/cluster-index.ts';
import type {PolicyWorld} from './policy-world.ts';
import {ruleText} from './rule-text.ts';

/** A decision in words, with the rule that admits or the one that comes nearest. */
export function explainSide(world: PolicyWorld, direction: PolicyDirection, way: Way, decision: SideDecision): PolicySide {
	const {verdict, policies, rule} = decision;
	const subject = direction === 'egress' ? way.from : way.to;
	const nearest = verdict === 'deny' ? nearestMiss(world, direction, policies, way) : undefined;
	const isAdmitted = rule !== undefined && (decision.cause === 'rule' || decision.cause === 'other-api');
	return {
		verdict,
		subject: subject.title,
		policies: policies.map(refOf),
		...(isAdmitted ? {allowedBy: {policy: refOf(rule.policy), rule: rule.rule, text: ruleText(rule.policy, direction, rule.rule)}} : {}),
		...(nearest ? {nearest} : {}),
		reason: reasonOf(world, direction, way, decision),
	};
}

function reasonOf(world: PolicyWorld, direction: PolicyDirection, way: Way, decision: SideDecision): string {
	const subject = direction === 'egress' ? way.from : way.to;
	const {policies, rule, why = ''} = decision;
	const names = policies.map(({metadata}) => `${metadata.namespace ?? ''}/${metadata.name}`);
	const ruleName = rule === undefined ? '' : `rule ${rule.rule} of ${rule.policy.metadata.namespace ?? ''}/${rule.policy.metadata.name}`;
	switch (decision.cause) {
		case 'not-a-pod':
			return `no NetworkPolicy holds for ${subject.title}`;
		case 'self':
			return `${subject.title} speaks to itself, which no policy stops`;
		case 'own-node':
			return `a node always reaches its own pods and they reach it`;
		case 'unread':
			return why;
		case 'open':
			return `no policy selects ${subject.title} for ${direction}, so it is open`;
		case 'host-network':
			return `${subject.title} has the node's network: whether ${names.join(', ')} holds for it depends on the network plugin`;
		case 'rule':
			return `${ruleName} allows it: ${rule === undefined ? '' : ruleText(rule.policy, direction, rule.rule)}`;
		case 'maybe':
			return `${ruleName} may allow it: ${why}`;
		case 'other-api': {
			const others = world.unevaluated(subject, direction).map(({api, ref}) => `${api} ${ref.namespace === undefined ? '' : `${ref.namespace}/`}${ref.name}`);
			return `NetworkPolicies allow it, but ${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} not evaluated`;
		}
		default:
			return `${names.join(', ')} ${names.length === 1 ? 'selects' : 'select'} ${subject.title} for ${direction} and no rule allows it`;
	}
}
