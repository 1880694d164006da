import type {ClusterView} from '../../check.ts';
import type {Finding} from '../../finding.ts';
import type {Ref} from '../../kubernetes.ts';
import type {ProbeCell} from '../cell.ts';
import {fact, fault} from '../fault.ts';
import {cellEvidence} from './cell-evidence.ts';
import {arrived, type Matrix, nodeFact, sourceName, wayOf} from './matrix.ts';
import type {Outcome} from './outcome.ts';
import {systemConfig} from './system-config.ts';

const fullShare = 0.9;

function nodeRef(name: string): Ref {
	return {apiVersion: 'v1', kind: 'Node', name};
}

/** Row 22: over the same way a small answer arrives and a large one does not. */
export function judgeMtu(view: ClusterView, matrix: Matrix): Outcome {
	const cells = matrix.rows('R13');
	const ways = [...Map.groupBy(cells, ({from, to}) => `${sourceName(from)} ${to.address}`).values()].map(group => ({
		small: group.filter(({values}) => values?.[0] !== 'large'),
		large: group.filter(({values}) => values?.[0] === 'large'),
	}));
	const broken = ways.filter(({small, large}) => small.length > 0 && small.every(arrived) && large.length > 0 && large.every(cell => wayOf(cell) === 'bad'));
	const compared = ways.filter(({small, large}) => small.length > 0 && large.length > 0);
	if (compared.length === 0) return {notChecked: [{what: 'NET_MTU_BLACKHOLE', why: 'no small and large answer could be compared over the same way'}]};
	if (broken.length === 0)
		return {
			ruledOut: [{id: 'NET_MTU_BLACKHOLE', why: `large answers arrive as small ones do (${compared.length === 1 ? '1 way' : `${compared.length} ways`})`}],
		};
	return {
		findings: [
			mtuFinding(
				view,
				broken.flatMap(({small, large}) => [...small, ...large]),
				ways,
			),
		],
	};
}

function mtuFinding(view: ClusterView, cells: readonly ProbeCell[], ways: ReadonlyArray<Readonly<{large: readonly ProbeCell[]}>>): Finding {
	const bad = cells.filter(cell => wayOf(cell) === 'bad');
	const nodes = [...new Set(bad.flatMap(({from, to}) => [from.node, to.node ?? '']))].filter(node => node !== '');
	const well = new Set(ways.flatMap(({large}) => large.filter(arrived)).flatMap(({from, to}) => [`${from.node} ${to.node}`]));
	// The node that every broken way has in common, if there is just one.
	const common = nodes.filter(node => bad.every(({from, to}) => from.node === node || to.node === node));
	const suspects = common.length === 1 || well.size === 0 ? common : common.filter(node => ![...well].some(way => way.split(' ').includes(node)));
	const name = suspects[0] ?? common[0] ?? nodes[0] ?? '';
	const subject = nodeRef(name);
	const {flannel} = systemConfig(view);
	const between = [...new Set(bad.map(({from, to}) => `${from.node} -> ${to.node ?? to.title}`))].join(', ');
	return fault({
		id: 'NET_MTU_BLACKHOLE',
		family: 'network',
		severity: 'critical',
		confidence: 'proven',
		subject,
		title: `Large packets are lost without a word on the way ${between}; small ones arrive`,
		evidence: [...cellEvidence(subject, cells), ...(flannel ? [fact(flannel.ref, 'net-conf.json Backend', flannel.backend)] : [])],
		remedy: [
			{text: 'Find the size that still fits between the nodes, from one node to the other', command: 'ping -M do -s 1422 OTHER_NODE', changes: false},
			{
				text: 'Compare the MTUs: that of the pods must be that of the way less the overlay (VXLAN 50, WireGuard 60)',
				command: 'ip -d link show',
				changes: false,
			},
			flannel
				? {
						text: 'Give flannel the right one ("MTU" beside Type in Backend) and restart it',
						command: `kubectl -n ${flannel.ref.namespace} edit configmap ${flannel.ref.name}`,
						changes: true,
					}
				: {
						text: 'Until the way is mended: let TCP use smaller segments',
						command: 'iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu',
						changes: true,
					},
		],
	});
}

/** Row 21: a pod does not reach itself by its own Service, while others reach it. */
export function judgeHairpin(matrix: Matrix): Outcome {
	const cells = matrix.rows('R12');
	if (cells.length === 0) return {};
	const failing = cells.filter(cell => wayOf(cell) === 'bad' || wayOf(cell) === 'some');
	if (failing.length === 0) return {ruledOut: [{id: 'NET_HAIRPIN', why: 'a pod reaches itself by its own Service'}]};
	const others = matrix.rows('R11');
	// Where nobody reaches the Service, that it does not reach itself is no news.
	if (others.some(({to}) => to.kind === 'service') && !others.some(cell => cell.to.kind === 'service' && arrived(cell))) return {};
	const [first] = failing;
	const subject: Ref = {
		apiVersion: 'v1',
		kind: 'Service',
		...(first?.to.namespace === undefined ? {} : {namespace: first.to.namespace}),
		name: first?.to.title ?? '',
	};
	return {
		findings: [
			fault({
				id: 'NET_HAIRPIN',
				family: 'network',
				severity: 'warning',
				confidence: 'proven',
				subject,
				title: `Service ${subject.name}: its own pod ${first ? sourceName(first.from) : ''} does not reach it whenever the choice falls on itself`,
				evidence: [...cellEvidence(subject, failing), ...cellEvidence(subject, others.filter(arrived)).slice(0, 3)],
				remedy: [
					{
						text: `On ${first?.from.node ?? 'the node'}: may the bridge send a packet back where it came from?`,
						command: 'cat /sys/class/net/cni0/brif/*/hairpin_mode',
						changes: false,
					},
					{
						text: 'Set hairpinMode: true in the bridge plugin of the CNI configuration, or hairpinMode of the kubelet',
						command: 'ls /etc/cni/net.d',
						changes: false,
					},
					{
						text: 'kube-proxy must mark such packets to be masqueraded: is its clusterCIDR right?',
						command: 'kubectl -n kube-system get configmap kube-proxy -o yaml',
						changes: false,
					},
				],
			}),
		],
	};
}

/** Rows 23 and 24, and the bridge setting: what the kernel of a node says, where that was read. */
export function judgeFacts(matrix: Matrix, sameNodeFound: boolean): Outcome {
	const findings = [...matrix.facts.keys()].flatMap((node): readonly Finding[] => [
		...ipForward(matrix, node),
		...conntrack(matrix, node),
		...(sameNodeFound ? [] : bridge(matrix, node)),
	]);
	const known = [...matrix.facts.keys()].filter(node => nodeFact(matrix, node, 'ip_forward') !== undefined);
	if (known.length === 0)
		return {
			notChecked: [
				{what: 'NODE_IP_FORWARD_OFF, NODE_BRIDGE_NF_OFF, NODE_CONNTRACK_FULL', why: 'no pod on the host network was asked for the settings of its node'},
			],
		};
	return findings.length > 0
		? {findings}
		: {ruledOut: ['NODE_IP_FORWARD_OFF', 'NODE_BRIDGE_NF_OFF', 'NODE_CONNTRACK_FULL'].map(id => ({id, why: `settings of ${known.join(', ')} are right`}))};
}

function nodeFault(
	id: string,
	node: string,
	severity: Finding['severity'],
	title: string,
	facts: ReadonlyArray<readonly [string, string]>,
	command: string,
): Finding {
	const subject = nodeRef(node);
	return fault({
		id,
		family: 'node',
		severity,
		confidence: 'proven',
		subject,
		title,
		evidence: facts.map(([path, value]) => fact(subject, path, value)),
		remedy: [{text: `On ${node}`, command, changes: true}],
	});
}

function ipForward(matrix: Matrix, node: string): readonly Finding[] {
	return nodeFact(matrix, node, 'ip_forward') === '0'
		? [
				nodeFault(
					'NODE_IP_FORWARD_OFF',
					node,
					'critical',
					`Node ${node} forwards no packets: its pods reach nothing outside of it`,
					[['net.ipv4.ip_forward', '0']],
					'sysctl -w net.ipv4.ip_forward=1',
				),
			]
		: [];
}

/** Harmless where no pod calls a Service of its own node; as a cause it stands in DNS_SAME_NODE_NO_UNNAT. */
function bridge(matrix: Matrix, node: string): readonly Finding[] {
	return nodeFact(matrix, node, 'bridge-nf-call-iptables') === '0'
		? [
				nodeFault(
					'NODE_BRIDGE_NF_OFF',
					node,
					'info',
					`Node ${node} does not pass bridged packets to iptables: a Service whose pod is on the caller's node may fail`,
					[['net.bridge.bridge-nf-call-iptables', '0']],
					'modprobe br_netfilter && sysctl -w net.bridge.bridge-nf-call-iptables=1',
				),
			]
		: [];
}

function conntrack(matrix: Matrix, node: string): readonly Finding[] {
	const [count, max] = ['conntrack_count', 'conntrack_max'].map(name => Number(nodeFact(matrix, node, name) ?? Number.NaN));
	if (count === undefined || max === undefined || !(count / max > fullShare)) return [];
	const share = Math.round((count / max) * 100);
	return [
		nodeFault(
			'NODE_CONNTRACK_FULL',
			node,
			'critical',
			`Node ${node}: its table of connections is ${share}% full; new ones are dropped at 100%`,
			[
				['net.netfilter.nf_conntrack_count', String(count)],
				['net.netfilter.nf_conntrack_max', String(max)],
			],
			`sysctl -w net.netfilter.nf_conntrack_max=${max * 2}`,
		),
	];
}
