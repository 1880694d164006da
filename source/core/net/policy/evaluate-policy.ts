import {decideSide, type SideDecision, type Way} from './decide-side.ts';
import {type EndFacts, numbersOfName} from './end-facts.ts';
import {explainSide} from './explain-side.ts';
import {policyDirections, policyRules} from './network-policy.ts';
import type {PolicyAnswer, PolicyProtocol, PolicyQuestion, PolicySide, PolicyVerdict} from './policy-answer.ts';
import type {PolicyWorld} from './policy-world.ts';
import {portRanges, protocolOf} from './port-match.ts';

/** Both sides of a way, without words: cheap enough for every cell of a grid. */
export type Decision = Readonly<{verdict: PolicyVerdict; egress: SideDecision; ingress: SideDecision}>;

/** Both must allow: deny where either denies, unknown where either is unknown. Replies of what is allowed come back, policies being stateful. */
export function decidePolicy(world: PolicyWorld, way: Way): Decision {
	const [egress, ingress] = [decideSide(world, 'egress', way), decideSide(world, 'ingress', way)];
	return {verdict: bothSides(egress.verdict, ingress.verdict), egress, ingress};
}

function bothSides(egress: PolicyVerdict, ingress: PolicyVerdict): PolicyVerdict {
	if (egress === 'deny' || ingress === 'deny') return 'deny';
	return egress === 'unknown' || ingress === 'unknown' ? 'unknown' : 'allow';
}

/** May `from` reach `to` on this port, by the NetworkPolicies of the cluster, and why (diagnosis.md 5.2)? */
export function evaluatePolicy(world: PolicyWorld, {from, to, protocol, port}: PolicyQuestion): PolicyAnswer {
	return evaluateWay(world, {from: world.factsOf(from), to: world.factsOf(to), protocol}, port);
}

/** The same for ends whose facts are known already; a name of a port is looked up in the receiver, undefined is any port. */
export function evaluateWay(world: PolicyWorld, ends: Omit<Way, 'port'>, port: number | string | undefined): PolicyAnswer {
	if (port === undefined) return anyPort(world, ends);
	const number = typeof port === 'number' ? port : numbersOfName(ends.to, port, ends.protocol)[0];
	if (number !== undefined) return answerOf(world, {...ends, port: number});
	const answer = anyPort(world, ends);
	// Where no port is admitted, the missing one is not either.
	return answer.verdict === 'deny' ? answer : unknownPort(answer, ends.to, String(port));
}

function answerOf(world: PolicyWorld, way: Way): PolicyAnswer {
	const decision = decidePolicy(world, way);
	const egress = explainSide(world, 'egress', way, decision.egress);
	const ingress = explainSide(world, 'ingress', way, decision.ingress);
	const notEvaluated = [...world.unevaluated(way.from, 'egress'), ...world.unevaluated(way.to, 'ingress')];
	return {verdict: decision.verdict, egress, ingress, reasons: reasonsOf(egress, ingress), notEvaluated};
}

function reasonsOf(egress: PolicySide, ingress: PolicySide): readonly string[] {
	return [`egress of ${egress.subject}: ${egress.reason}`, ...missOf(egress), `ingress of ${ingress.subject}: ${ingress.reason}`, ...missOf(ingress)];
}

function missOf({nearest}: PolicySide): readonly string[] {
	if (!nearest) return [];
	const rule = nearest.rule < 0 ? '' : ` rule ${nearest.rule} (${nearest.text})`;
	return [`nearest: ${nearest.policy.namespace ?? ''}/${nearest.policy.name}${rule}: ${nearest.miss}`];
}

function unknownPort(answer: PolicyAnswer, to: EndFacts, name: string): PolicyAnswer {
	const reason = `port ${name} is declared by no container of ${to.title}, so it has no number to look for`;
	return {...answer, verdict: 'unknown', reasons: [reason, ...answer.reasons]};
}

type Segment = Readonly<{first: number; last: number; decision: Decision}>;

/** Of all ports of a protocol: allow where at least one is admitted (`ports` says which, unless all are), else unknown, else deny. */
function anyPort(world: PolicyWorld, ends: Omit<Way, 'port'>): PolicyAnswer {
	const segments = segmentsOf(world, ends).map(([first, last]) => ({first, last, decision: decidePolicy(world, {...ends, port: first})}));
	const of = (verdict: PolicyVerdict): readonly Segment[] => segments.filter(({decision}) => decision.verdict === verdict);
	const [best] = [of('allow'), of('unknown'), segments.toSorted((a, b) => allowing(b) - allowing(a))].find(list => list.length > 0) ?? [];
	const answer = answerOf(world, {...ends, port: best?.first ?? 1});
	const admitted = of(answer.verdict);
	return answer.verdict === 'deny' || admitted.length === segments.length ? answer : {...answer, ports: rangesText(ends.protocol, admitted)};
}

/** How many of the sides would allow it: the explanation of a denial is taken from where it is nearest. */
function allowing({decision}: Segment): number {
	return Number(decision.egress.verdict === 'allow') + Number(decision.ingress.verdict === 'allow');
}

/** The ports, cut where any rule of either side begins or ends: within a segment every port has the same answer. */
function segmentsOf(world: PolicyWorld, {from, to, protocol}: Omit<Way, 'port'>): ReadonlyArray<readonly [number, number]> {
	const cuts = new Set([1]);
	for (const direction of policyDirections) {
		const policies = world.isolating(direction === 'egress' ? from : to, direction);
		const ports = policies.flatMap(policy => policyRules(policy, direction)).flatMap(rule => rule.ports ?? []);
		for (const entry of ports.filter(one => protocolOf(one) === protocol)) {
			for (const [first, last] of portRanges(entry, protocol, to)) {
				cuts.add(first);
				cuts.add(last + 1);
			}
		}
	}
	const starts = [...cuts].filter(port => port >= 1 && port <= 65_535).sort((a, b) => a - b);
	return starts.map((first, index) => [first, (starts[index + 1] ?? 65_536) - 1] as const);
}

/** `TCP 80, 8080-8090`; neighbouring segments as one. */
function rangesText(protocol: PolicyProtocol, segments: readonly Segment[]): string {
	const merged: Array<[number, number]> = [];
	for (const {first, last} of segments) {
		const before = merged.at(-1);
		if (before && before[1] + 1 === first) before[1] = last;
		else merged.push([first, last]);
	}
	return `${protocol} ${merged.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ')}`;
}
