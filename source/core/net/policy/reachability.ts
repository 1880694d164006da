import {evaluateWay} from './evaluate-policy.ts';
import type {EndFacts} from './end-facts.ts';
import type {PolicyProtocol, PolicyVerdict} from './policy-answer.ts';
import {type GridEnd, gridEnd, internetEnd} from './policy-grid.ts';
import type {PolicyGroup} from './policy-groups.ts';
import type {PortWish} from './policy-port.ts';
import type {PolicyWorld} from './policy-world.ts';

/** Groups of one namespace that get the same answer. `ports`: `TCP 80, 443`; undefined: every port of the protocol. */
export type Reach = Readonly<{namespace: string; names: readonly string[]; verdict: PolicyVerdict; protocol: PolicyProtocol; ports?: string}>;

export type ReachQuestion = Readonly<{world: PolicyWorld; groups: readonly PolicyGroup[]; wish: PortWish}>;

/** Who may reach this end, by namespace and port. */
export function whoReaches({world, groups, wish}: ReachQuestion, to: EndFacts): readonly Reach[] {
	return collected(groups, end => (end.id === to.title ? undefined : answer(world, end.from, to, wish)));
}

/** Whom this end may reach. */
export function whomReaches({world, groups, wish}: ReachQuestion, from: EndFacts): readonly Reach[] {
	return collected(groups, end => (end.id === from.title ? undefined : answer(world, from, end.to, wish)));
}

type Told = Pick<Reach, 'verdict' | 'protocol' | 'ports'>;

function answer(world: PolicyWorld, from: EndFacts, to: EndFacts, {protocol, port}: PortWish): Told {
	const {verdict, ports} = evaluateWay(world, {from, to, protocol}, port);
	return {verdict, protocol, ...(ports === undefined ? {} : {ports})};
}

/** One line for those of a namespace with the same answer, the internet last. */
function collected(groups: readonly PolicyGroup[], ask: (end: GridEnd) => Told | undefined): readonly Reach[] {
	const ends = [...groups.map(group => gridEnd(group)), internetEnd];
	const told = ends.flatMap(end => {
		const found = ask(end);
		return found ? [{...found, namespace: end.group?.namespace ?? '', name: end.group?.name ?? end.title}] : [];
	});
	const same = Map.groupBy(told, ({namespace, verdict, ports}) => JSON.stringify([namespace, verdict, ports]));
	return [...same.values()]
		.flatMap(([first, ...more]) => (first ? [{...first, names: [first.name, ...more.map(({name}) => name)]}] : []))
		.map(({name: _name, ...reach}) => reach);
}

/** `+ shop: cart, web  TCP 80`, for a list. */
export function reachText({namespace, names, verdict, protocol, ports}: Reach): string {
	const sign = verdict === 'allow' ? '+' : verdict === 'deny' ? 'X' : '?';
	const who = namespace === '' ? names.join(', ') : `${namespace}: ${names.join(', ')}`;
	return `${sign} ${who}  ${verdict === 'deny' ? 'denied' : (ports ?? `${protocol}, any port`)}`;
}
