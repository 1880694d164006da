import {fieldsOf, listAt, textAt} from '../../field.ts';
import type {KubeObject} from '../../kubernetes.ts';
import type {EndFacts} from './end-facts.ts';
import {type PolicyPeer, policyDirections, policyRules, rulePeers} from './network-policy.ts';
import {matchPeer} from './peer-match.ts';
import {isCurrentPod, type PolicyWorld} from './policy-world.ts';
import {workloadName} from './workload-name.ts';

/** Pods of one workload that no policy can tell apart. */
export type PolicyGroup = Readonly<{
	/** `shop/web`: unique among the groups of a world. */
	id: string;
	namespace: string;
	name: string;
	/** Two of its pods, one and the same where it has only one; without their nodes, which differ within a group. */
	first: EndFacts;
	last: EndFacts;
	pods: number;
	members: readonly KubeObject[];
}>;

/** What policies ask about: label keys, and the address blocks that may hold a pod. */
type Asked = Readonly<{keys: readonly string[]; blocks: readonly PolicyPeer[]}>;

/**
 * The pods of a view in equivalence classes, by namespace and name. `coarse`: workloads that policies do not tell apart are one, and
 * address blocks do not split any: for pictures of thousands of pods, where a block that holds a part of a workload is not worth a line.
 */
export function policyGroups(world: PolicyWorld, pods: readonly KubeObject[], coarse = false): readonly PolicyGroup[] {
	const asked = askedBy(world);
	const classes = new Map<string, KubeObject[]>();
	for (const pod of pods.filter(isCurrentPod)) {
		const key = coarse ? coarseKey(world, pod, asked) : classKey(world, pod, asked);
		const members = classes.get(key);
		if (members) members.push(pod);
		else classes.set(key, [pod]);
	}
	const groups = [...classes.values()].flatMap(members => groupOf(world, members));
	return uniqueIds(groups, asked.keys).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function groupOf(world: PolicyWorld, members: readonly KubeObject[]): readonly PolicyGroup[] {
	const [pod, last = pod] = [members[0], members.at(-1)];
	if (!pod || !last) return [];
	const facts = (of: KubeObject): EndFacts => ({...world.factsOf({kind: 'pod', pod: of}), node: ''});
	const {namespace = ''} = pod.metadata;
	const name = workloadName(pod);
	const first = facts(pod);
	return [{id: `${namespace}/${name}`, namespace, name, first, last: last === pod ? first : facts(last), pods: members.length, members}];
}

function classKey(world: PolicyWorld, pod: KubeObject, {keys, blocks}: Asked): string {
	const facts = world.factsOf({kind: 'pod', pod});
	const labels = keys.map(key => facts.labels[key]);
	const ports = facts.ports.filter(({name}) => name !== undefined).map(({name, number, protocol}) => `${name}=${number}${protocol}`);
	const held = blocks.map(block => matchPeer(block, '', facts, world.context).is);
	return JSON.stringify([facts.namespace, workloadName(pod), facts.hostNetwork, labels, ports, held]);
}

function coarseKey(world: PolicyWorld, pod: KubeObject, {keys}: Asked): string {
	const facts = world.factsOf({kind: 'pod', pod});
	return JSON.stringify([facts.namespace, facts.hostNetwork, keys.map(key => facts.labels[key]), facts.ports]);
}

function askedBy({policies, others}: PolicyWorld): Asked {
	const peers = policies.flatMap(policy => policyDirections.flatMap(direction => policyRules(policy, direction).flatMap(rule => rulePeers(rule, direction))));
	const selectors = [...policies.map(({spec}) => spec?.podSelector), ...peers.map(({podSelector}) => podSelector)];
	const keys = new Set(selectors.flatMap(selectorKeys));
	const blocks = new Map(peers.flatMap(peer => (peer.ipBlock ? [[JSON.stringify(peer.ipBlock), peer] as const] : [])));
	// What other engines ask about is not known: then every label counts that a workload may carry on purpose.
	if (others.length > 0) for (const key of ['app', 'app.kubernetes.io/name', 'k8s-app', 'tier', 'track', 'version']) keys.add(key);
	return {keys: [...keys], blocks: [...blocks.values()]};
}

function selectorKeys(selector: unknown): readonly string[] {
	const expressions = listAt(selector, 'matchExpressions').flatMap(one => textAt(one, 'key') ?? []);
	return [...Object.keys(fieldsOf(fieldsOf(selector)['matchLabels'])), ...expressions];
}

/** Classes of one workload get what tells them apart into their names: `shop/web track=canary`. */
function uniqueIds(groups: readonly PolicyGroup[], keys: readonly string[]): readonly PolicyGroup[] {
	return [...Map.groupBy(groups, ({id}) => id).values()].flatMap(same => {
		if (same.length === 1) return same;
		const key = keys.find(one => new Set(same.map(({first}) => first.labels[one])).size === same.length);
		return same.map((group, index) => {
			const suffix = key === undefined ? `#${index + 1}` : `${key}=${group.first.labels[key] ?? '-'}`;
			return {...group, id: `${group.id} ${suffix}`, name: `${group.name} ${suffix}`};
		});
	});
}
