import {fieldAt, listAt, numberAt, textAt} from '../../field.ts';
import type {KubeObject} from '../../kubernetes.ts';
import {type IpAddress, parseIp} from './ip-address.ts';
import type {PolicyEnd, PolicyProtocol} from './policy-answer.ts';

export type DeclaredPort = Readonly<{name?: string; number: number; protocol: string}>;

/** What policies can ask about an end, read once. */
export type EndFacts = Readonly<{
	kind: PolicyEnd['kind'];
	/** `shop/cart-7d`, `node node-a1`, `203.0.113.5`, `the internet`. */
	title: string;
	/** `cart-7d`: where its namespace is said already. */
	name: string;
	/** Of a pod. */
	namespace: string;
	uid: string;
	labels: Readonly<Record<string, string>>;
	addresses: readonly IpAddress[];
	/** Of a pod: where it runs; of a node: itself. */
	node: string;
	hostNetwork: boolean;
	/** Of a pod: what its containers (and sidecars) declare. */
	ports: readonly DeclaredPort[];
}>;

const none = {namespace: '', uid: '', labels: {}, addresses: [], node: '', hostNetwork: false, ports: []};

/** The facts of an end. Make them once for each end that is asked about often. */
export function endFacts(end: PolicyEnd): EndFacts {
	switch (end.kind) {
		case 'pod':
			return podFacts(end.pod);
		case 'node':
			return nodeFacts(end.node);
		case 'address':
			return {...none, kind: 'address', title: end.address, name: end.address, addresses: addressesOf([end.address])};
		default:
			return {...none, kind: 'internet', title: 'the internet', name: 'the internet'};
	}
}

function podFacts(pod: KubeObject): EndFacts {
	const {namespace = '', name, uid = '', labels = {}} = pod.metadata;
	const listed = listAt(pod, 'status', 'podIPs').flatMap(ip => textAt(ip, 'ip') ?? []);
	const single = textAt(pod, 'status', 'podIP');
	return {
		kind: 'pod',
		title: `${namespace}/${name}`,
		name,
		namespace,
		uid,
		labels,
		addresses: addressesOf(listed.length > 0 || single === undefined ? listed : [single]),
		node: textAt(pod, 'spec', 'nodeName') ?? '',
		hostNetwork: fieldAt(pod, 'spec', 'hostNetwork') === true,
		ports: declaredPorts(pod),
	};
}

function nodeFacts(node: KubeObject): EndFacts {
	const {name, labels = {}} = node.metadata;
	const addresses = listAt(node, 'status', 'addresses').flatMap(address => textAt(address, 'address') ?? []);
	return {...none, kind: 'node', title: `node ${name}`, name, labels, addresses: addressesOf(addresses), node: name};
}

function addressesOf(texts: readonly string[]): readonly IpAddress[] {
	return texts.flatMap(text => parseIp(text) ?? []);
}

/** The ports that a pod (or a pod template) declares, of containers and of sidecars (init containers that stay). */
export function declaredPorts(pod: unknown): readonly DeclaredPort[] {
	const sidecars = listAt(pod, 'spec', 'initContainers').filter(container => textAt(container, 'restartPolicy') === 'Always');
	return [...listAt(pod, 'spec', 'containers'), ...sidecars]
		.flatMap(container => listAt(container, 'ports'))
		.flatMap(port => {
			const number = numberAt(port, 'containerPort');
			const name = textAt(port, 'name');
			const protocol = textAt(port, 'protocol') ?? 'TCP';
			return number === undefined ? [] : [{number, protocol, ...(name === undefined ? {} : {name})}];
		});
}

/** The numbers that a port name stands for in the pod. */
export function numbersOfName(facts: EndFacts, name: string, protocol: PolicyProtocol): readonly number[] {
	return facts.ports.filter(port => port.name === name && port.protocol === protocol).map(({number}) => number);
}

/** The same pod, or the same node? */
export function isSameEnd(a: EndFacts, b: EndFacts): boolean {
	if (a.kind !== b.kind || a.title !== b.title) return false;
	return a.kind === 'pod' ? a.uid === b.uid : a.kind === 'node';
}
