import type {ClusterView} from '../../check.ts';
import type {Evidence, Finding, Remedy} from '../../finding.ts';
import type {Ref} from '../../kubernetes.ts';
import type {ProbeCell, ProbeSource} from '../cell.ts';
import {fact, fault} from '../fault.ts';
import type {NetPod} from '../net-objects.ts';
import {cellEvidence} from './cell-evidence.ts';
import {judgeChecksum, type ServiceWay} from './judge-checksum.ts';
import {arrived, fromSource, type Matrix, nodeFact, type Plane, sourceName, wayOf} from './matrix.ts';
import type {Outcome} from './outcome.ts';
import {sameNodeRemedy} from './same-node-remedy.ts';
import {systemConfig} from './system-config.ts';

/** So many failures in a row are no chance any more where another endpoint could have been hit. */
const enoughTries = 4;

/** How the Service address does from one client pod. */
type Seen = ServiceWay & Readonly<{sameNode: boolean}>;

/**
 * Rows 4, 6, 8 and 9: endpoints answer by their own address, the Service address does not. From pods beside an endpoint alone: bridged
 * replies are not translated back; from one node alone: that node's rules; from everywhere: the Service itself.
 */
export function judgeServicePlane(view: ClusterView, matrix: Matrix, plane: Plane): Outcome {
	const seen = matrix.sources.flatMap(source => seenFrom(source, plane));
	const failing = seen.filter(({way}) => way !== 'ok');
	const ids = ['DNS_SAME_NODE_NO_UNNAT', 'KPROXY_NODE_RULES', 'SERVICE_PLANE'];
	if (seen.length === 0) return {notChecked: [{what: ids.join(', '), why: `the address of Service ${plane.title} was not probed`}]};
	if (failing.length === 0) {
		const why = `Service ${plane.title} answers from ${seen.map(({source}) => source.node).join(', ')} in ${tries(seen)} tries`;
		return {ruledOut: ids.map(id => ({id, why}))};
	}
	// A pod whose endpoints do not answer either says nothing of the Service.
	const comparable = failing.filter(({source}) => directOk(fromSource(plane.direct, source)));
	if (comparable.length === 0)
		return {undecided: `Service ${plane.title} fails, and its endpoints were not reached directly: probe an endpoint from the same pod`};
	const well = seen.filter(({way}) => way === 'ok');
	const sameNode = comparable.filter(one => one.sameNode && looksSameNode(matrix, one, plane));
	if (sameNode.length === comparable.length && (well.length > 0 || sameNode.some(one => isProof(matrix, one, plane)))) {
		const why = well.length > 0 ? `the Service answers from ${nodesOf(well)}` : 'the reply came straight from the pod';
		return {
			settled: true,
			findings: [sameNodeFinding(view, matrix, plane, sameNode, well)],
			ruledOut: [
				{id: 'KPROXY_NODE_RULES', why: "only replies from the client's own node are lost"},
				{id: 'SERVICE_PLANE', why},
			],
		};
	}
	const checksum = judgeChecksum(view, plane, seen);
	if (checksum) return checksum;
	const badNodes = [...new Set(comparable.map(({source}) => source.node))];
	if (well.length > 0 && badNodes.length === 1)
		return {
			settled: true,
			findings: [nodeRules(view, plane, comparable, well)],
			ruledOut: [{id: 'SERVICE_PLANE', why: `the Service answers from ${nodesOf(well)}`}, notSameNode(comparable)],
		};
	if (well.length === 0 && badNodes.length === 1 && view.all('nodes').length > 1)
		return {
			undecided: `Service ${plane.title} fails from node ${badNodes[0]}, its endpoints answer: the Service from a pod of another node would decide between KPROXY_NODE_RULES and SERVICE_PLANE`,
		};
	return {
		settled: true,
		findings: [globalPlane(plane, comparable)],
		ruledOut: [{id: 'KPROXY_NODE_RULES', why: `it fails from ${nodesOf(comparable)}, not from one node alone`}, notSameNode(comparable)],
	};
}

function notSameNode(failing: readonly Seen[]): Readonly<{id: string; why: string}> {
	const elsewhere = failing.find(({sameNode}) => !sameNode);
	return {
		id: 'DNS_SAME_NODE_NO_UNNAT',
		why: elsewhere ? `it fails from ${elsewhere.source.node} too, where no endpoint runs` : 'every try fails, also those that go to other nodes',
	};
}

function seenFrom(source: ProbeSource, {service, direct}: Plane): readonly Seen[] {
	const cells = fromSource(service, source);
	if (cells.length === 0) return [];
	const ways = cells.map(wayOf);
	const way = ways.every(one => one === 'ok') ? 'ok' : ways.some(one => one === 'ok' || one === 'some') ? 'some' : 'bad';
	const sameNode = source.hasDns && service.some(({to}) => to.kind === 'dns-service') ? true : direct.some(({to}) => to.node === source.node);
	return [{source, cells, way, sameNode}];
}

function directOk(cells: readonly ProbeCell[]): boolean {
	return cells.length > 0 && cells.every(arrived);
}

/** Only the share that hits the endpoint of this node is lost; where all tries fail, another endpoint must have been hit as well. */
function looksSameNode(matrix: Matrix, seen: Seen, plane: Plane): boolean {
	if (isProof(matrix, seen, plane)) return true;
	const forwarded = nodeFact(matrix, seen.source.node, 'bridge-nf-call-iptables');
	if (forwarded === '1') return false;
	const elsewhere = new Set(plane.direct.filter(({to}) => to.node !== seen.source.node).map(({to}) => to.address)).size;
	const [tried, failed] = [sum(seen.cells, 'tried'), sum(seen.cells, 'failed')];
	return elsewhere === 0 || tried - failed > 0 || tried < enoughTries;
}

/** The answer came from an endpoint's own address, or the node does not pass bridged packets to iptables. */
function isProof(matrix: Matrix, {source, cells}: Seen, plane: Plane): boolean {
	const endpoints = new Set(plane.direct.map(({to}) => to.address));
	const direct = cells.some(({transport, answeredBy}) => transport === 'wrong-source' && answeredBy !== undefined && endpoints.has(answeredBy));
	return direct || nodeFact(matrix, source.node, 'bridge-nf-call-iptables') === '0';
}

function sum(cells: readonly ProbeCell[], field: 'tried' | 'failed'): number {
	return cells.reduce((total, cell) => total + cell[field], 0);
}

function tries(seen: readonly Seen[]): number {
	return seen.reduce((total, {cells}) => total + sum(cells, 'tried'), 0);
}

function nodesOf(seen: readonly Seen[]): string {
	return [...new Set(seen.map(({source}) => source.node))].join(', ');
}

function nodeRef(name: string): Ref {
	return {apiVersion: 'v1', kind: 'Node', name};
}

function sameNodeFinding(view: ClusterView, matrix: Matrix, plane: Plane, group: readonly Seen[], well: readonly Seen[]): Finding {
	const nodes = [...new Set(group.map(({source}) => source.node))];
	const subject = nodeRef(nodes[0] ?? '');
	const {kubeProxy} = systemConfig(view);
	const bridges = nodes.flatMap(node => {
		const value = nodeFact(matrix, node, 'bridge-nf-call-iptables');
		return value === undefined ? [] : [fact(nodeRef(node), 'net.bridge.bridge-nf-call-iptables', value)];
	});
	const proven = group.some(one => isProof(matrix, one, plane));
	const cells = group.flatMap(one => one.cells);
	return fault({
		id: 'DNS_SAME_NODE_NO_UNNAT',
		family: 'network',
		severity: 'critical',
		confidence: proven ? 'proven' : 'likely',
		subject,
		title: `${nodes.length === 1 ? 'Node' : 'Nodes'} ${nodes.join(', ')}: pods beside ${plane.title}'s endpoint lose replies from the Service address: ${sum(cells, 'failed')} of ${sum(cells, 'tried')} fail`,
		evidence: [
			...cellEvidence(subject, cells),
			...cellEvidence(
				subject,
				group.flatMap(({source}) => fromSource(plane.direct, source)),
			).slice(0, 3),
			...cellEvidence(
				subject,
				well.flatMap(one => one.cells),
			).slice(0, 2),
			...bridges,
			...(kubeProxy ? [fact(kubeProxy.ref, 'data["config.conf"]', `mode ${kubeProxy.mode}, masqueradeAll ${kubeProxy.masqueradeAll}`)] : []),
		],
		remedy: sameNodeRemedy(nodes.join(', '), kubeProxy),
	});
}

function nodeRules(view: ClusterView, plane: Plane, failing: readonly Seen[], well: readonly Seen[]): Finding {
	const node = failing[0]?.source.node ?? '';
	const subject = nodeRef(node);
	return fault({
		id: 'KPROXY_NODE_RULES',
		family: 'network',
		severity: 'critical',
		confidence: 'proven',
		subject,
		part: plane.title,
		title: `Node ${node}: Service ${plane.title} fails from here alone; its endpoints answer, so the Service rules of this node are wrong or old`,
		evidence: [
			...planeEvidence(subject, plane, failing),
			...cellEvidence(
				subject,
				well.flatMap(({cells}) => cells),
			).slice(0, 2),
		],
		remedy: proxyRemedy(view, node),
	});
}

/** The Service fails, and from the same sources its endpoints answer directly. */
function planeEvidence(subject: Ref, plane: Plane, failing: readonly Seen[]): readonly Evidence[] {
	return [
		...cellEvidence(
			subject,
			failing.flatMap(({cells}) => cells),
		),
		...cellEvidence(
			subject,
			failing.flatMap(({source}) => fromSource(plane.direct, source)),
		).slice(0, 3),
	];
}

/** kube-proxy as a pod, else as a process of the node. */
function proxyRemedy(view: ClusterView, node: string): readonly Remedy[] {
	const proxy = view.all<NetPod>('pods').find(({metadata, spec}) => metadata.labels?.['k8s-app'] === 'kube-proxy' && spec?.nodeName === node);
	return proxy
		? [
				{text: 'See what its kube-proxy says', command: `kubectl -n ${proxy.metadata.namespace} logs ${proxy.metadata.name} --tail=50`, changes: false},
				{
					text: 'Have it made again: it then writes all rules anew',
					command: `kubectl -n ${proxy.metadata.namespace} delete pod ${proxy.metadata.name}`,
					changes: true,
				},
			]
		: [
				{
					text: `On ${node}: kube-proxy is no pod here; is it alive, and what does it say?`,
					command: 'ps -C kube-proxy -o pid,etime,args; journalctl -u kube-proxy -u k3s -u rke2-agent -n 50',
					changes: false,
				},
				{text: `On ${node}: restart it, or what it is part of (k3s, k3s-agent, rke2-agent)`, command: 'systemctl restart kube-proxy', changes: true},
			];
}

function globalPlane(plane: Plane, failing: readonly Seen[]): Finding {
	const {to} = failing[0]?.cells[0] ?? {};
	const subject: Ref = {apiVersion: 'v1', kind: 'Service', ...(to?.namespace === undefined ? {} : {namespace: to.namespace}), name: plane.title};
	return fault({
		id: 'SERVICE_PLANE',
		family: 'network',
		severity: 'critical',
		confidence: 'proven',
		subject,
		title: `Service ${plane.title} fails from ${failing.length === 1 ? sourceName(failing[0]?.source ?? nobody) : `${nodesOf(failing)}`}, while its endpoints answer`,
		evidence: planeEvidence(subject, plane, failing),
		remedy: [
			{
				text: 'Compare its ports with those of the endpoints',
				command: `kubectl -n ${subject.namespace ?? 'kube-system'} get service,endpointslices ${plane.title === '' ? '' : `-l kubernetes.io/service-name=${plane.title}`} -o yaml`,
				changes: false,
			},
			{
				text: 'Does kube-proxy, or what replaces it, run on every node?',
				command: 'kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide',
				changes: false,
			},
		],
	});
}

const nobody: ProbeSource = {role: 'A', namespace: '', pod: '', container: '', node: '', podIp: '', hasDns: false};
