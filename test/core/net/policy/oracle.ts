import type {KubeObject} from '../../../../source/core/kubernetes.ts';
import type {PolicyPeer, PolicyPort, PolicyRule, Selector} from '../../../../source/core/net/policy/network-policy.ts';
import type {PolicyEnd, PolicyProtocol, PolicyVerdict} from '../../../../source/core/net/policy/policy-answer.ts';
import type {Random} from '../../../tools/random.ts';
import {namespaceObject, nodeObject, podObject, policyObject} from '../../../tools/cluster-view.ts';

// Nine pods x/a .. z/c. Whom a selector or an address block names is written down by hand beside it: the oracle reads these tables and no selector.

const nodes = {n1: '10.9.0.1', n2: '10.9.0.2'};
const podLabels: Readonly<Record<string, Readonly<Record<string, string>>>> = {a: {pod: 'a', tier: 'front'}, b: {pod: 'b', tier: 'back'}, c: {pod: 'c'}};
const namespaceLabels: Readonly<Record<string, Readonly<Record<string, string>>>> = {x: {team: 'red'}, y: {team: 'red', old: 'yes'}, z: {}};
const podPorts = {
	a: [
		{name: 'http', containerPort: 80},
		{name: 'dns', containerPort: 53, protocol: 'UDP'},
	],
	b: [{name: 'http', containerPort: 81}],
	c: [{name: 'dns', containerPort: 53}],
};
const letters = ['a', 'b', 'c'] as const;
const places = ['x', 'y', 'z'] as const;

/** The pods of the universe: a on n1, b and c on n2; z/c has the node's network. */
export const universe: readonly KubeObject[] = [
	...places.map(place => namespaceObject(place, namespaceLabels[place])),
	...Object.entries(nodes).map(([name, address]) => nodeObject(name, {address})),
	...places.flatMap((place, row) =>
		letters.map((letter, column) =>
			podObject(`${place}/${letter}`, {
				labels: podLabels[letter] ?? {},
				ip: place === 'z' && letter === 'c' ? nodes.n2 : `10.0.${row + 1}.${column + 1}`,
				node: letter === 'a' ? 'n1' : 'n2',
				ports: podPorts[letter],
				hostNetwork: place === 'z' && letter === 'c',
			}),
		),
	),
];

/** `x/a` .. `z/c`, `n1`, `n2`, addresses outside. */
export const ends = [...places.flatMap(place => letters.map(letter => `${place}/${letter}`)), 'n1', 'n2', '203.0.113.5', '198.51.100.7'];

export function endOf(name: string): PolicyEnd {
	const found = universe.find(
		({kind, metadata}) => (kind === 'Pod' ? `${metadata.namespace}/${metadata.name}` : metadata.name) === name && kind !== 'Namespace',
	);
	if (!found) return {kind: 'address', address: name};
	return found.kind === 'Pod' ? {kind: 'pod', pod: found} : {kind: 'node', node: found};
}

type Row<T> = readonly [value: T, names: string];

/** Pod selectors, and the letters they name. */
const podRows: ReadonlyArray<Row<Selector>> = [
	[{}, 'abc'],
	[{matchLabels: {pod: 'a'}}, 'a'],
	[{matchLabels: {pod: 'b', tier: 'back'}}, 'b'],
	[{matchLabels: {pod: 'a', tier: 'back'}}, ''],
	[{matchExpressions: [{key: 'pod', operator: 'In', values: ['a', 'c']}]}, 'ac'],
	[{matchExpressions: [{key: 'tier', operator: 'NotIn', values: ['front']}]}, 'bc'],
	[{matchExpressions: [{key: 'tier', operator: 'Exists'}]}, 'ab'],
	[{matchExpressions: [{key: 'tier', operator: 'DoesNotExist'}]}, 'c'],
	[{matchLabels: {tier: 'front'}, matchExpressions: [{key: 'pod', operator: 'NotIn', values: ['b']}]}, 'a'],
];
/** Namespace selectors, and the namespaces they name. */
const placeRows: ReadonlyArray<Row<Selector>> = [
	[{}, 'xyz'],
	[{matchLabels: {'kubernetes.io/metadata.name': 'x'}}, 'x'],
	[{matchLabels: {team: 'red'}}, 'xy'],
	[{matchExpressions: [{key: 'old', operator: 'DoesNotExist'}]}, 'xz'],
	[{matchExpressions: [{key: 'team', operator: 'NotIn', values: ['red']}]}, 'z'],
	[{matchLabels: {team: 'blue'}}, ''],
];
/** Address blocks: whom they hold. A pod in one (but in the whole world) is only maybe meant. `z/c` and the nodes have 10.9.0.x. */
const blockRows: ReadonlyArray<Row<NonNullable<PolicyPeer['ipBlock']>>> = [
	[{cidr: '0.0.0.0/0'}, 'everybody'],
	[{cidr: '0.0.0.0/0', except: ['10.0.0.0/8']}, '203.0.113.5 198.51.100.7'],
	[{cidr: '10.0.1.0/24'}, 'x/a? x/b? x/c?'],
	[{cidr: '10.0.2.0/24', except: ['10.0.2.2/32']}, 'y/a? y/c?'],
	[{cidr: '10.9.0.0/30'}, 'n1 n2 z/c'],
	[{cidr: '10.9.0.1/32'}, 'n1'],
	[{cidr: '203.0.113.0/24', except: ['203.0.113.128/25']}, '203.0.113.5'],
	[{cidr: '198.51.100.0/24', except: ['198.51.100.0/29']}, ''],
	[{cidr: 'fd00::/8'}, ''],
];
/** Ports: what they admit of `asked`; a name by the letter of the pod it is looked up in. */
const portRows: ReadonlyArray<Row<PolicyPort>> = [
	[{}, 'TCP80 TCP81 TCP53 TCP443'],
	[{protocol: 'UDP'}, 'UDP53 UDP80'],
	[{port: 80}, 'TCP80'],
	[{protocol: 'TCP', port: 80, endPort: 81}, 'TCP80 TCP81'],
	[{protocol: 'UDP', port: 53}, 'UDP53'],
	[{protocol: 'SCTP', port: 80}, 'SCTP80'],
	[{protocol: 'TCP', port: 50, endPort: 100}, 'TCP80 TCP81 TCP53'],
	[{port: 'http'}, 'TCP80@a TCP81@b'],
	[{protocol: 'UDP', port: 'dns'}, 'UDP53@a'],
	[{port: 'dns'}, 'TCP53@c'],
	[{port: 'metrics'}, ''],
];
export const asked: ReadonlyArray<readonly [PolicyProtocol, number]> = [
	['TCP', 80],
	['TCP', 81],
	['TCP', 53],
	['TCP', 443],
	['UDP', 53],
	['UDP', 80],
	['SCTP', 80],
];

type Names = Readonly<{pods: string; places?: string} | {block: string}>;
type OraclePeer = Readonly<{peer: PolicyPeer; names: Names}>;
type OracleRule = Readonly<{peers: readonly OraclePeer[]; ports: ReadonlyArray<Row<PolicyPort>>}>;
export type OraclePolicy = Readonly<{
	object: KubeObject;
	namespace: string;
	selects: string;
	ingress: readonly OracleRule[];
	egress: readonly OracleRule[];
	directions: readonly string[];
}>;

export function randomRule(random: Random): OracleRule {
	return {
		peers: Array.from({length: random.below(3)}, () => randomPeer(random)),
		ports: Array.from({length: random.below(3)}, () => random.pick(portRows)),
	};
}

function randomPeer(random: Random): OraclePeer {
	const kind = random.below(4);
	const [podSelector, pods] = random.pick(podRows);
	const [namespaceSelector, placesNamed] = random.pick(placeRows);
	if (kind === 0) return {peer: {podSelector}, names: {pods}};
	if (kind === 1) return {peer: {namespaceSelector}, names: {pods: 'abc', places: placesNamed}};
	if (kind === 2) return {peer: {namespaceSelector, podSelector}, names: {pods, places: placesNamed}};
	const [ipBlock, block] = random.pick(blockRows);
	return {peer: {ipBlock}, names: {block}};
}

export function randomPolicy(random: Random, name: string): OraclePolicy {
	const [podSelector, selects] = random.pick(podRows);
	const types = random.pick([['Ingress'], ['Egress'], ['Ingress', 'Egress'], []]);
	const rules = (): readonly OracleRule[] => Array.from({length: random.below(3)}, () => randomRule(random));
	const [ingress, egress] = [rules(), rules()];
	// Without policyTypes: ingress, and egress where there is an egress rule.
	const directions = types.length > 0 ? types : egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
	return policyOf(name, {namespace: random.pick(places), podSelector, selects, ingress, egress, directions, types});
}

type Parts = Omit<OraclePolicy, 'object'> & Readonly<{podSelector: Selector; types: readonly string[]}>;

function policyOf(name: string, {podSelector, types, ...parts}: Parts): OraclePolicy {
	const rulesOf = (rules: readonly OracleRule[], key: 'from' | 'to'): readonly PolicyRule[] =>
		rules.map(rule => ({[key]: rule.peers.map(({peer}) => peer), ports: rule.ports.map(([port]) => port)}));
	const spec = {podSelector, ...(types.length > 0 ? {policyTypes: types} : {}), ingress: rulesOf(parts.ingress, 'from'), egress: rulesOf(parts.egress, 'to')};
	return {...parts, object: policyObject(`${parts.namespace}/${name}`, spec)};
}

/** The same policy with one rule more in one of its directions. */
export function withRule(policy: OraclePolicy, direction: 'ingress' | 'egress', rule: OracleRule): OraclePolicy {
	const {name} = policy.object.metadata;
	const {podSelector} = (policy.object as unknown as Readonly<{spec: Readonly<{podSelector: Selector}>}>).spec;
	const {namespace, selects, directions} = policy;
	const rules = {ingress: policy.ingress, egress: policy.egress, [direction]: [...policy[direction], rule]};
	return policyOf(name, {namespace, selects, directions, podSelector, types: directions, ...rules});
}

/** 2 yes, 1 maybe, 0 no. */
type Degree = 0 | 1 | 2;
const verdicts: Readonly<Record<Degree, PolicyVerdict>> = {2: 'allow', 1: 'unknown', 0: 'deny'};
const hostPod = 'z/c';

/** What the tables say. */
export function oracle(policies: readonly OraclePolicy[], from: string, to: string, question: string): PolicyVerdict {
	const sides = [side(policies, 'egress', [from, to], to, question), side(policies, 'ingress', [to, from], to, question)];
	return verdicts[sides.includes(0) ? 0 : sides.includes(1) ? 1 : 2];
}

function side(
	policies: readonly OraclePolicy[],
	direction: 'ingress' | 'egress',
	[subject, other]: readonly [string, string],
	to: string,
	question: string,
): Degree {
	if (!subject.includes('/') || subject === other || isNodeOf(other, subject)) return 2;
	const [place = '', letter = ''] = subject.split('/');
	const title = direction === 'ingress' ? 'Ingress' : 'Egress';
	const isolating = policies.filter(one => one.namespace === place && one.selects.includes(letter) && one.directions.includes(title));
	if (isolating.length === 0) return 2;
	if (subject === hostPod) return 1;
	const degrees = isolating.flatMap(policy => policy[direction].map(rule => ruleDegree(rule, policy.namespace, other, [to, question])));
	return degrees.includes(2) ? 2 : degrees.includes(1) ? 1 : 0;
}

/** a runs on n1, b and c on n2; z/c is n2 itself. */
function isNodeOf(other: string, pod: string): boolean {
	const node = pod.endsWith('/a') ? 'n1' : 'n2';
	return other === node || (other === hostPod && node === 'n2');
}

function ruleDegree({peers, ports}: OracleRule, policyPlace: string, other: string, [to, question]: readonly [string, string]): Degree {
	const letter = to.includes('/') ? to.split('/')[1] : '-';
	const admits = ports.length === 0 || ports.some(([, names]) => names.split(' ').some(one => one === question || one === `${question}@${letter}`));
	if (!admits) return 0;
	if (peers.length === 0) return 2;
	const degrees = peers.map(({names}) => peerDegree(names, policyPlace, other));
	return degrees.includes(2) ? 2 : degrees.includes(1) ? 1 : 0;
}

function peerDegree(names: Names, policyPlace: string, other: string): Degree {
	if ('block' in names) {
		const list = names.block.split(' ');
		return names.block === 'everybody' || list.includes(other) ? 2 : list.includes(`${other}?`) ? 1 : 0;
	}
	const [place = '', letter] = other.split('/');
	if (letter === undefined || !names.pods.includes(letter) || !(names.places ?? policyPlace).includes(place)) return 0;
	return other === hostPod ? 1 : 2;
}
