import type {ClusterView} from '../../check.ts';
import type {Finding, Remedy} from '../../finding.ts';
import type {Ref} from '../../kubernetes.ts';
import type {ProbeCell} from '../cell.ts';
import {fact, fault} from '../fault.ts';
import {publicIpMismatch} from '../flannel-public-ip.ts';
import type {NetNode} from '../net-objects.ts';
import {cellEvidence} from './cell-evidence.ts';
import {arrived, type Matrix, wayOf} from './matrix.ts';
import type {Outcome} from './outcome.ts';
import {systemConfig, type SystemConfig} from './system-config.ts';

/** Two nodes and the cells between their pods, in both directions. */
export type NodePair = Readonly<{nodes: readonly [string, string]; cells: readonly ProbeCell[]; broken: boolean}>;

/**
 * Every pair of nodes between whose pods something was sent, by pod address. Broken: nothing arrived in at least one direction.
 * A pod that its own node did not reach either tells nothing of the way to it: it is gone, or does not listen.
 */
export function nodePairs({rows}: Pick<Matrix, 'rows'>): readonly NodePair[] {
	const asked = rows('R4', 'R11').filter(({to}) => (to.kind === 'dns-pod' || to.kind === 'endpoint') && to.node !== undefined);
	const own = Map.groupBy(
		asked.filter(({from, to}) => to.node === from.node),
		({to}) => to.address,
	);
	const direct = asked.filter(({from, to}) => to.node !== from.node && (own.get(to.address)?.some(arrived) ?? true));
	return [...Map.groupBy(direct, ({from, to}) => [from.node, to.node ?? ''].toSorted().join(' ')).values()].map(cells => {
		const [first] = cells;
		const nodes = [first?.from.node ?? '', first?.to.node ?? ''].toSorted();
		const ways = [...Map.groupBy(cells, ({from}) => from.node).values()];
		return {nodes: [nodes[0] ?? '', nodes[1] ?? ''], cells, broken: ways.some(way => !way.some(arrived))};
	});
}

/**
 * Rows 5 and 7: pods of different nodes do not reach each other by their own addresses, while those of one node do. All pairs of a node:
 * its overlay; one pair: the way between the two. Both leave Service addresses broken as well, so what comes after is a consequence.
 */
export function judgePairs(view: ClusterView, matrix: Matrix): Outcome {
	const pairs = nodePairs(matrix);
	const broken = pairs.filter(pair => pair.broken);
	if (pairs.length === 0) {
		const why = 'no probe went from a pod of one node to a pod of another that its own node reaches';
		return {notChecked: [{what: 'NET_OVERLAY_DROPPED, NET_NODE_PAIR', why}]};
	}
	if (broken.length === 0) {
		const why = `pods reach each other by their own addresses across ${pairs.length === 1 ? 'the pair of nodes' : `all ${pairs.length} pairs of nodes`} that were tried`;
		return {
			ruledOut: [
				{id: 'NET_OVERLAY_DROPPED', why},
				{id: 'NET_NODE_PAIR', why},
			],
		};
	}
	const config = systemConfig(view);
	const nodes = cutNodes(pairs, broken, view.all('nodes').length);
	const left = broken.filter(pair => !pair.nodes.some(node => nodes.includes(node)));
	return {
		settled: true,
		findings: [
			...(nodes.length > 0 ? [overlay(nodes, pairs, config)] : []),
			...left.map(pair => onePair(pair, pairs, config)),
			// An address that flannel announces wrongly is no guess any more once that node's pods are cut off.
			...view
				.all<NetNode>('nodes')
				.filter(({metadata: {name}}) => nodes.includes(name) || left.some(pair => pair.nodes.includes(name)))
				.flatMap(node => publicIpMismatch(node, 'likely') ?? []),
		],
		...(nodes.length > 0 && left.length === 0 ? {ruledOut: [{id: 'NET_NODE_PAIR', why: `every pair of ${nodes.join(', ')} fails, not one alone`}]} : {}),
		...(nodes.length === 0 ? {ruledOut: [{id: 'NET_OVERLAY_DROPPED', why: 'other pairs of the same nodes work'}]} : {}),
	};
}

/** Nodes that reach nobody: every pair of theirs is broken, and there is more than one, or the cluster has no third node. */
function cutNodes(pairs: readonly NodePair[], broken: readonly NodePair[], clusterNodes: number): readonly string[] {
	const all = [...new Set(broken.flatMap(({nodes}) => nodes))];
	const cut = all.filter(node => {
		const own = pairs.filter(({nodes}) => nodes.includes(node));
		return own.every(pair => pair.broken) && (own.length > 1 || clusterNodes === 2);
	});
	// Two of three nodes cut means that every pair is: then it is nobody's in particular.
	const worst = Math.max(0, ...cut.map(node => broken.filter(({nodes}) => nodes.includes(node)).length));
	const most = cut.filter(node => broken.filter(({nodes}) => nodes.includes(node)).length === worst);
	const covered = broken.every(({nodes}) => nodes.some(node => most.includes(node)));
	return covered ? most : cut;
}

function nodeRef(name: string): Ref {
	return {apiVersion: 'v1', kind: 'Node', name};
}

function overlay(nodes: readonly string[], pairs: readonly NodePair[], {flannel}: SystemConfig): Finding {
	const [first = ''] = nodes;
	const subject = nodeRef(first);
	const touched = pairs.filter(pair => pair.broken && pair.nodes.some(node => nodes.includes(node)));
	const well = pairs.filter(pair => !pair.broken);
	const whole = well.length === 0;
	const carrier = flannel ? `flannel ${flannel.backend}${flannel.port === undefined ? '' : `, UDP ${flannel.port}`}` : 'overlay';
	return fault({
		id: 'NET_OVERLAY_DROPPED',
		family: 'network',
		severity: 'critical',
		confidence: 'proven',
		subject,
		title:
			whole && touched.length > 1
				? `No pod reaches a pod of another node: the ${carrier} is dropped`
				: `Node ${nodes.join(', ')}: its pods reach no pod of another node, nor are they reached (${carrier})`,
		evidence: [
			...cellEvidence(
				subject,
				touched.flatMap(({cells}) => cells.filter(cell => wayOf(cell) === 'bad').slice(0, 2)),
			),
			...cellEvidence(
				subject,
				well.flatMap(({cells}) => cells.filter(arrived).slice(0, 1)),
			).slice(0, 2),
			...(flannel ? [fact(flannel.ref, 'net-conf.json Backend', `${flannel.backend}${flannel.port === undefined ? '' : ` port ${flannel.port}`}`)] : []),
		],
		remedy: overlayRemedy(flannel, first),
	});
}

function overlayRemedy(flannel: SystemConfig['flannel'], node: string): readonly Remedy[] {
	const port = flannel?.port ?? 8472;
	const protocol = flannel?.backend === 'host-gw' ? undefined : `udp port ${port}`;
	const known: Remedy =
		protocol === undefined
			? {text: `On ${node}: host-gw needs a route for the pods of each node, and a network that lets them through`, command: 'ip route', changes: false}
			: {text: `On ${node}, while a pod of another node calls: do the packets come in?`, command: `tcpdump -ni any ${protocol}`, changes: false};
	return [
		known,
		{
			text: flannel
				? `Let UDP ${port} through between all nodes: their firewall, the security group`
				: 'Let the overlay through between all nodes: UDP 8472 (flannel VXLAN), 4789 (Calico VXLAN), 51820 (WireGuard)',
			command: `iptables -I INPUT -p udp --dport ${port} -j ACCEPT`,
			changes: true,
		},
		{
			text: 'Where the packets come in and are thrown away: a driver with wrong checksums',
			command: 'ethtool -K flannel.1 tx-checksum-ip-generic off',
			changes: true,
		},
	];
}

function onePair({nodes, cells}: NodePair, pairs: readonly NodePair[], {flannel}: SystemConfig): Finding {
	const [a, b] = nodes;
	const subject = nodeRef(a);
	const directions = [...Map.groupBy(cells, ({from}) => from.node)].filter(([, way]) => !way.some(arrived)).map(([from]) => from);
	const others = pairs.filter(pair => !pair.broken && pair.nodes.some(node => nodes.includes(node)));
	const oneWay = directions.length === 1 && new Set(cells.map(({from}) => from.node)).size === 2;
	const bothElsewhere = nodes.every(node => others.some(pair => pair.nodes.includes(node)));
	return fault({
		id: 'NET_NODE_PAIR',
		family: 'network',
		severity: 'critical',
		// Where one of the two was seen with no other node, it may as well be that one's overlay.
		confidence: bothElsewhere ? 'proven' : 'likely',
		subject,
		part: b,
		title: `Nodes ${a} and ${b}: their pods do not reach each other${oneWay ? ` (from ${directions[0]})` : ''}; other pairs work`,
		evidence: [
			...cellEvidence(
				subject,
				cells.filter(cell => wayOf(cell) === 'bad'),
			).slice(0, 4),
			...cellEvidence(
				subject,
				others.flatMap(pair => pair.cells.filter(arrived).slice(0, 1)),
			).slice(0, 3),
		],
		remedy: pairRemedy(nodes, flannel),
	});
}

function pairRemedy([a, b]: NodePair['nodes'], flannel: SystemConfig['flannel']): readonly Remedy[] {
	return [
		{
			text: `On ${a} and ${b}: is there a route to the other's pods, and the same as on other nodes?`,
			command: 'ip route; ip -d link show type vxlan; bridge fdb show dev flannel.1',
			changes: false,
		},
		{text: 'Is a reply dropped because it comes in by another interface?', command: 'sysctl net.ipv4.conf.all.rp_filter', changes: false},
		flannel
			? {
					text: 'flannel writes the routes again when it starts',
					command: `kubectl -n ${flannel.ref.namespace} get pods -o wide --field-selector spec.nodeName=${a}`,
					changes: false,
				}
			: {
					text: 'The network plugin writes the routes again when it starts',
					command: `kubectl get pods -A -o wide --field-selector spec.nodeName=${a}`,
					changes: false,
				},
	];
}
