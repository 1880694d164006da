import type {ClusterView} from '../../check.ts';
import {nearest} from '../../nearest.ts';
import type {KubeObject} from '../../kubernetes.ts';
import {type EndFacts, endFacts} from './end-facts.ts';
import {parseIp} from './ip-address.ts';
import {gridEnd} from './policy-grid.ts';
import {type PolicyGroup, policyGroups} from './policy-groups.ts';
import {isCurrentPod, type PolicyWorld} from './policy-world.ts';

/** An end that was named: its facts, and the object behind it where there is one. */
export type FoundEnd = Readonly<{ok: true; facts: EndFacts; title: string; object?: KubeObject; group?: PolicyGroup} | {ok: false; refusal: string}>;

/**
 * Who is meant by `shop/cart-7d9f-x` (a pod), `shop/cart` (the pods of a workload), `cart` (in `namespace`), `node/n1`, an address,
 * or `internet`. An address of a pod or a node is that pod or node.
 */
export function findEnd(world: PolicyWorld, view: ClusterView, text: string, namespace: string): FoundEnd {
	if (text === 'internet') return {ok: true, facts: endFacts({kind: 'internet'}), title: 'the internet'};
	if (parseIp(text)) return endOfAddress(world, view, text);
	const [first = '', second, ...more] = text.split('/');
	if (first === 'node' && second !== undefined) return endOfNode(world, view, second);
	if (more.length > 0 || first === '') return {ok: false, refusal: `${text} names nobody: write NAMESPACE/POD, node/NAME, an address or internet`};
	const [place, name] = second === undefined ? [namespace, first] : [first, second];
	const pods = view.all('pods').filter(pod => pod.metadata.namespace === place && isCurrentPod(pod));
	const pod = pods.find(({metadata}) => metadata.name === name);
	if (pod) return endOfPod(world, pod);
	const groups = policyGroups(world, pods);
	const group = groups.find(one => one.name === name);
	if (group) return {ok: true, facts: gridEnd(group).from, title: group.id, group, ...(group.members[0] ? {object: group.members[0]} : {})};
	return {ok: false, refusal: missing(view, {place, name}, [...new Set([...groups.map(one => one.name), ...pods.map(({metadata}) => metadata.name)])])};
}

function endOfPod(world: PolicyWorld, pod: KubeObject): FoundEnd {
	const facts = world.factsOf({kind: 'pod', pod});
	return {ok: true, facts, title: facts.title, object: pod};
}

function endOfNode(world: PolicyWorld, view: ClusterView, name: string): FoundEnd {
	const node = view.all('nodes').find(({metadata}) => metadata.name === name);
	return node
		? {ok: true, facts: world.factsOf({kind: 'node', node}), title: `node ${name}`, object: node}
		: {ok: false, refusal: `There is no node ${name} that could be read`};
}

function endOfAddress(world: PolicyWorld, view: ClusterView, text: string): FoundEnd {
	const wanted = parseIp(text);
	const has = (facts: EndFacts): boolean => facts.addresses.some(({family, value}) => family === wanted?.family && value === wanted.value);
	const pod = view
		.all('pods')
		.find(one => isCurrentPod(one) && has(world.factsOf({kind: 'pod', pod: one})) && !world.factsOf({kind: 'pod', pod: one}).hostNetwork);
	if (pod) return endOfPod(world, pod);
	const node = view.all('nodes').find(one => has(world.factsOf({kind: 'node', node: one})));
	return node ? endOfNode(world, view, node.metadata.name) : {ok: true, facts: endFacts({kind: 'address', address: text}), title: text};
}

type Named = Readonly<{place: string; name: string}>;

function missing(view: ClusterView, {place, name}: Named, names: readonly string[]): string {
	const {state} = view.readIn?.('pods', place) ?? view.readable('pods');
	if (state !== 'ready') return `Pods in ${place} could not be read`;
	const near = nearest(name, names);
	const elsewhere = near === undefined ? view.all('pods').find(({metadata}) => metadata.name === name) : undefined;
	const hint = near === undefined ? (elsewhere ? `. It is in ${elsewhere.metadata.namespace ?? ''}` : '') : `. Did you mean ${place}/${near}?`;
	return `There is no pod or workload ${name} in ${place}${hint}`;
}
