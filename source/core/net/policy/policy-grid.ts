import {decidePolicy, type Decision, evaluateWay} from './evaluate-policy.ts';
import type {PolicyAnswer} from './policy-answer.ts';
import {type EndFacts, endFacts, numbersOfName} from './end-facts.ts';
import {policyRules, type PolicyDirection} from './network-policy.ts';
import type {SideDecision} from './decide-side.ts';
import type {PolicyGroup} from './policy-groups.ts';
import {type PortWish, portWishText} from './policy-port.ts';
import type {PolicyWorld} from './policy-world.ts';

/**
 * `allowed` by a rule for this port, `any-port` by rules that do not look at ports, `open`: no policy selects either end,
 * `not-meaningful`: the one pod there is would speak to itself.
 */
export type GridCell = 'allowed' | 'any-port' | 'open' | 'denied' | 'unknown' | 'not-meaningful';

/** A line or a column of the grid: a group of pods, or everything outside. */
export type GridEnd = Readonly<{id: string; title: string; group?: PolicyGroup; from: EndFacts; to: EndFacts}>;

/** Why a cell is as it is; the ends by id. */
export type CellWhy = Readonly<{from: string; to: string; port: string; answer: PolicyAnswer}>;

const internetFacts = endFacts({kind: 'internet'});
export const internetEnd: GridEnd = {id: 'internet', title: 'internet', from: internetFacts, to: internetFacts};

/** A group as it stands in the grid; its namespace is left out of the title where all are of that one. */
export function gridEnd(group: PolicyGroup, namespace?: string): GridEnd {
	const named = (facts: EndFacts): EndFacts => ({...facts, title: group.id, name: group.name});
	return {id: group.id, title: group.namespace === namespace ? group.name : group.id, group, from: named(group.first), to: named(group.last)};
}

/** The numbers behind a wish at one receiver; looked up once for a column. */
export type AskedPorts = Readonly<{protocol: PortWish['protocol']; numbers: readonly number[]}>;

/** A number as it is; a name as the receiver declares it; nothing as what the receiver declares. What it does not know is asked as a port that nobody names. */
export function askedPorts(to: GridEnd, {protocol, port}: PortWish): AskedPorts {
	const numbers = typeof port === 'number' ? [port] : port === undefined ? samplePorts(to.to, protocol) : numbersOfName(to.to, port, protocol);
	return {protocol, numbers: numbers.length === 0 ? [unnamedPort] : numbers};
}

/** One cell: the best that any of the ports gets. The ports are the receiver's (after DNAT). */
export function gridCell(world: PolicyWorld, from: GridEnd, to: GridEnd, {protocol, numbers}: AskedPorts): GridCell {
	if (from.id === to.id && (from.group?.pods ?? 1) === 1) return 'not-meaningful';
	let best: Decision | undefined;
	for (const port of numbers) {
		const decision = decidePolicy(world, {from: from.from, to: to.to, protocol, port});
		if (decision.verdict === 'allow') return cellOf(decision);
		if (best === undefined || decision.verdict === 'unknown') best = decision;
	}
	return best === undefined ? 'unknown' : cellOf(best);
}

/** The cell's answer in full. */
export function whyCell(world: PolicyWorld, from: GridEnd, to: GridEnd, wish: PortWish): CellWhy {
	const answer = evaluateWay(world, {from: from.from, to: to.to, protocol: wish.protocol}, wish.port);
	return {from: from.id, to: to.id, port: portWishText(wish), answer};
}

/** A port that hardly any rule names. */
const unnamedPort = 65_521;

/** The ports of this protocol that it declares. */
function samplePorts(to: EndFacts, protocol: PortWish['protocol']): readonly number[] {
	return to.ports.filter(port => port.protocol === protocol).map(({number}) => number);
}

function cellOf({verdict, egress, ingress}: Decision): GridCell {
	if (verdict !== 'allow') return verdict === 'deny' ? 'denied' : 'unknown';
	if (egress.cause !== 'rule' && ingress.cause !== 'rule') return 'open';
	return allPorts(egress, 'egress') && allPorts(ingress, 'ingress') ? 'any-port' : 'allowed';
}

/** Does the rule that admits it, if any, look at no port? */
function allPorts({rule}: SideDecision, direction: PolicyDirection): boolean {
	if (!rule) return true;
	const ports = policyRules(rule.policy, direction)[rule.rule]?.ports ?? [];
	return ports.length === 0;
}
