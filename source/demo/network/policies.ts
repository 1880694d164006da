import type {DemoCluster} from '../cluster.ts';
import {at, type Json, type JsonObject, listAt, numberAt, recordsAt, textAt, textsAt} from '../json.ts';
import type {StoredObject} from '../stored-object.ts';
import type {Protocol} from './addresses.ts';

/** One end of a connection: a pod, or only an address. */
export type End = Readonly<{address: string; pod?: StoredObject}>;
export type Port = Readonly<{number: number; protocol: Protocol}>;

function matches(selector: Json | undefined, labels: Readonly<Record<string, string>>): boolean {
	if (!Object.entries(textsAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value)) return false;
	return recordsAt(selector, 'matchExpressions').every(expression => {
		const key = textAt(expression, 'key');
		const values = listAt(expression, 'values');
		switch (textAt(expression, 'operator')) {
			case 'In':
				return values.includes(labels[key] ?? '');
			case 'NotIn':
				return !values.includes(labels[key] ?? '');
			case 'Exists':
				return labels[key] !== undefined;
			default:
				return labels[key] === undefined;
		}
	});
}

function number(address: string): number {
	return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function isIn(address: string, cidr: string): boolean {
	const [base = '', bits = '32'] = cidr.split('/');
	const size = 2 ** (32 - Number(bits));
	return Math.floor(number(address) / size) === Math.floor(number(base) / size);
}

function isPeer(cluster: DemoCluster, policy: StoredObject, peer: JsonObject, end: End): boolean {
	const block = at(peer, 'ipBlock');
	if (block !== undefined) return isIn(end.address, textAt(block, 'cidr')) && !listAt(block, 'except').some(except => isIn(end.address, String(except)));
	const {pod} = end;
	if (pod === undefined || at(pod, 'spec', 'hostNetwork') === true) return false;
	const namespace = pod.metadata.namespace ?? '';
	const wanted = at(peer, 'namespaceSelector');
	const isInNamespace =
		wanted === undefined ? namespace === policy.metadata.namespace : matches(wanted, cluster.get('namespaces', undefined, namespace)?.metadata.labels ?? {});
	const podSelector = at(peer, 'podSelector');
	return isInNamespace && (podSelector === undefined || matches(podSelector, pod.metadata.labels ?? {}));
}

function isPort(rule: JsonObject, port: Port, target: StoredObject | undefined): boolean {
	const ports = recordsAt(rule, 'ports');
	if (ports.length === 0) return true;
	return ports.some(entry => {
		if ((textAt(entry, 'protocol') || 'TCP') !== port.protocol) return false;
		const own = entry['port'];
		if (own === undefined) return true;
		if (typeof own === 'number') return own <= port.number && port.number <= (numberAt(entry, 'endPort') || own);
		const named = recordsAt(target, 'spec', 'containers').flatMap(container => recordsAt(container, 'ports'));
		return named.some(candidate => textAt(candidate, 'name') === own && numberAt(candidate, 'containerPort') === port.number);
	});
}

function applies(policy: StoredObject, pod: StoredObject, direction: 'Ingress' | 'Egress'): boolean {
	const types = listAt(policy, 'spec', 'policyTypes');
	const isOfType = types.length === 0 ? direction === 'Ingress' || at(policy, 'spec', 'egress') !== undefined : types.includes(direction);
	return isOfType && matches(at(policy, 'spec', 'podSelector'), pod.metadata.labels ?? {});
}

function lets(
	cluster: DemoCluster,
	pod: StoredObject,
	direction: 'Ingress' | 'Egress',
	other: End,
	wanted: Readonly<{port: Port; target: StoredObject | undefined}>,
): boolean {
	if (at(pod, 'spec', 'hostNetwork') === true) return true;
	const policies = cluster.list('networkpolicies.networking.k8s.io', pod.metadata.namespace).filter(policy => applies(policy, pod, direction));
	if (policies.length === 0) return true;
	const [rules, peers] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
	return policies.some(policy =>
		recordsAt(policy, 'spec', rules).some(rule => {
			const list = recordsAt(rule, peers);
			return (list.length === 0 || list.some(peer => isPeer(cluster, policy, peer, other))) && isPort(rule, wanted.port, wanted.target);
		}),
	);
}

/** Whether the NetworkPolicies let a packet through: out of the one end and into the other. A pod always reaches itself. */
export function isLetThrough(cluster: DemoCluster, from: End, to: End, port: Port): boolean {
	if (from.address === to.address) return true;
	const wanted = {port, target: to.pod};
	return (from.pod === undefined || lets(cluster, from.pod, 'Egress', to, wanted)) && (to.pod === undefined || lets(cluster, to.pod, 'Ingress', from, wanted));
}
