import type {ClusterView} from '../../check.ts';
import {fieldsOf, listAt, textAt} from '../../field.ts';
import {labelsMatch} from '../../label-selector.ts';
import {type PolicyDirection, type PolicyPeer, policyRules, rulePeers} from './network-policy.ts';
import {type GridEnd, gridEnd, internetEnd} from './policy-grid.ts';
import type {PolicyGroup} from './policy-groups.ts';
import type {PortWish} from './policy-port.ts';
import type {PolicyWorld} from './policy-world.ts';

/** Wider grids are read by nobody; what is left out is counted. */
const mostEnds = 60;
/** How the pods of a cluster's DNS are labelled (kubeadm, k3s, RKE2, GKE, node-local too). */
const dnsLabel = 'k8s-app';
const dnsNames = new Set(['kube-dns', 'coredns', 'node-local-dns']);

export type GridEnds = Readonly<{rows: readonly GridEnd[]; columns: readonly GridEnd[]; hiddenRows: number; hiddenColumns: number}>;

/**
 * The lines and columns of one namespace: its own groups; of the others those that a rule here names, or that have a rule that names one
 * of ours; as receivers also DNS and the internet, because almost everybody needs them.
 */
export function namespaceEnds(world: PolicyWorld, groups: readonly PolicyGroup[], namespace: string): GridEnds {
	const own = groups.filter(group => group.namespace === namespace);
	const others = groups.filter(group => group.namespace !== namespace);
	const [ingress, egress] = (['ingress', 'egress'] as const).map(direction => namedPeers(world, direction, own));
	const namesUs = (direction: PolicyDirection, group: PolicyGroup): boolean =>
		own[0] !== undefined && areNamed(world, namedPeers(world, direction, [group]), own[0]);
	const senders = others.filter(group => areNamed(world, ingress ?? [], group) || namesUs('egress', group));
	const receivers = others.filter(group => areNamed(world, egress ?? [], group) || namesUs('ingress', group) || isDns(group));
	const [rows, columns] = [
		[...senders, ...own],
		[...own, ...receivers],
	].map(list => list.slice(0, mostEnds).map(group => gridEnd(group, namespace)));
	// A line always says whose group it is; columns have no room for it where the name alone will do.
	const titled = (rows ?? []).map(end => ({...end, title: end.id}));
	const isUnique = (end: GridEnd): boolean => (columns ?? []).filter(one => one.group?.name === end.group?.name).length === 1;
	const short = (columns ?? []).map(end => (isUnique(end) ? {...end, title: end.group?.name ?? end.title} : end));
	return {
		rows: titled,
		columns: own.length === 0 ? [] : [...short, internetEnd],
		hiddenRows: Math.max(0, senders.length + own.length - mostEnds),
		hiddenColumns: Math.max(0, own.length + receivers.length - mostEnds),
	};
}

type NamedPeer = Readonly<{peer: PolicyPeer; namespace: string}>;

/** The selectors in the rules on these subjects. A rule for everybody names nobody in particular. */
function namedPeers(world: PolicyWorld, direction: PolicyDirection, subjects: readonly PolicyGroup[]): readonly NamedPeer[] {
	const policies = new Set(subjects.flatMap(({first}) => world.isolating(first, direction)));
	return [...policies].flatMap(policy =>
		policyRules(policy, direction)
			.flatMap(rule => rulePeers(rule, direction))
			.filter(isParticular)
			.flatMap(peer => withPlace(peer))
			.map(peer => ({peer, namespace: policy.metadata.namespace ?? ''})),
	);
}

/** Whoever is in a namespace that a rule names counts, also where its labels are not the right ones: that is what one looks for. */
function withPlace(peer: PolicyPeer): readonly PolicyPeer[] {
	const {namespaceSelector, podSelector} = peer;
	const isPlace = namespaceSelector !== undefined && podSelector !== undefined && isParticular({namespaceSelector});
	return isPlace ? [peer, {namespaceSelector}] : [peer];
}

function areNamed(world: PolicyWorld, peers: readonly NamedPeer[], {first}: PolicyGroup): boolean {
	return peers.some(({peer, namespace}) => world.peer(peer, namespace, first).is !== 'no');
}

function isParticular({ipBlock, namespaceSelector, podSelector}: PolicyPeer): boolean {
	const asks = [namespaceSelector, podSelector].flatMap(selector => [...Object.keys(fieldsOf(selector?.matchLabels)), ...listAt(selector, 'matchExpressions')]);
	return ipBlock === undefined && asks.length > 0;
}

export function isDns({first}: PolicyGroup): boolean {
	return dnsNames.has(first.labels[dnsLabel] ?? '');
}

/** What is asked of each receiver where no port is given: DNS by UDP 53, the internet by TCP 443, else what its Services lead to, else what it declares. */
export function usualPorts(view: ClusterView): (end: GridEnd) => PortWish {
	const byNamespace = Map.groupBy(view.all('services'), ({metadata}) => metadata.namespace ?? '');
	return ({group}) => {
		if (!group) return {protocol: 'TCP', port: 443};
		const {ports, labels} = group.last;
		if (isDns(group)) {
			const dns = ports.find(({name, protocol}) => protocol === 'UDP' && name?.startsWith('dns') === true);
			return {protocol: 'UDP', port: dns?.number ?? 53};
		}
		const services = (byNamespace.get(group.namespace) ?? []).filter(service => {
			const selector = fieldsOf(fieldsOf(fieldsOf(service)['spec'])['selector']);
			return Object.keys(selector).length > 0 && labelsMatch(selector, labels);
		});
		const targets = services.flatMap(service => listAt(service, 'spec', 'ports')).map(port => textAt(port, 'targetPort') ?? textAt(port, 'port') ?? '');
		const led = targets.flatMap(target => ports.find(({name, number}) => name === target || String(number) === target) ?? []);
		const [first] = [...led, ...ports];
		if (first) return {protocol: first.protocol === 'UDP' || first.protocol === 'SCTP' ? first.protocol : 'TCP', port: first.number};
		const number = targets.map(Number).find(port => port > 0);
		return number === undefined ? {protocol: 'TCP'} : {protocol: 'TCP', port: number};
	};
}
