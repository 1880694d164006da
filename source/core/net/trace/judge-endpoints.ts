import type {ClusterView} from '../../check.ts';
import type {Evidence, Finding, Remedy} from '../../finding.ts';
import type {KubeObject, Ref} from '../../kubernetes.ts';
import type {ProbeCell} from '../cell.ts';
import {fact} from '../fault.ts';
import type {PolicyAnswer} from '../policy/policy-answer.ts';
import {traceFinding} from './draft.ts';
import {failedShare, isTold, measured, type PathCells} from './path-cells.ts';
import type {Trace} from './trace.ts';

/** What asking each endpoint directly shows: a policy that is carried out, an overlay that drops, a port on which nobody listens. */
export function judgeEndpointCells(view: ClusterView, trace: Trace, {endpoints}: PathCells): readonly Finding[] {
	const told = endpoints.filter(isTold);
	const failed = told.filter(cell => failedShare(cell) === 1);
	if (failed.length === 0) return [];
	const refused = failed.filter(({transport}) => transport === 'refused');
	const dropped = failed.filter(({transport}) => transport === 'timeout' || transport === 'no-route');
	return [...nobodyListens(trace, refused), ...blockedByPolicy(trace, dropped), ...betweenNodes(view, {trace, told, dropped})];
}

/** A pod's address that refuses: nothing listens on that port, or only on 127.0.0.1. */
function nobodyListens(trace: Trace, refused: readonly ProbeCell[]): readonly Finding[] {
	const [first] = refused;
	if (!first) return [];
	const subject = trace.subject;
	const port = String(first.to.port);
	return [
		traceFinding({
			id: 'SVC_TARGETPORT_UNDECLARED',
			severity: 'critical',
			confidence: 'proven',
			subject,
			part: port,
			title: `${first.to.title} refuses connections on port ${port}: nothing listens there, or only on 127.0.0.1`,
			evidence: cellFacts(subject, refused),
			remedy: [
				{
					text: 'See which port the program says it listens on',
					command: `kubectl -n ${first.to.namespace ?? subject.namespace ?? ''} logs ${first.to.pod ?? first.to.title} --tail=50`,
					changes: false,
				},
			],
		}),
	];
}

/** Packets that vanish where a policy says that they must: the policy is carried out, whatever was known of the network plugin. */
function blockedByPolicy(trace: Trace, dropped: readonly ProbeCell[]): readonly Finding[] {
	const denied = dropped.flatMap(cell => {
		const endpoint = trace.endpoints.find(({address}) => address === cell.to.address);
		const isClient = trace.from?.metadata.name === cell.from.pod && trace.from.metadata.namespace === cell.from.namespace;
		return isClient && endpoint?.policy?.verdict === 'deny' ? [{cell, policy: endpoint.policy}] : [];
	});
	const [first] = denied;
	if (!first) return [];
	const {policy} = first;
	const side = sideOf(policy);
	const [named] = side.policies;
	const names = side.policies.map(({namespace, name}) => `${namespace ?? ''}/${name}`).join(', ');
	const who = `${first.cell.from.namespace}/${first.cell.from.pod}`;
	return [
		traceFinding({
			id: 'NP_BLOCKS_SERVICE',
			confidence: 'proven',
			subject: trace.subject,
			part: who,
			title: `NetworkPolicy ${names} blocks ${who} from ${trace.destination}: ${side.reason}`,
			evidence: [
				fact(named ?? trace.subject, side === policy.ingress ? 'ingress' : 'egress', side.reason),
				...cellFacts(
					trace.subject,
					denied.map(({cell}) => cell),
				),
			],
			remedy: named ? policyRemedy(named) : [],
		}),
	];
}

function policyRemedy(policy: Ref): readonly Remedy[] {
	return [
		{text: 'See what the policy admits', command: `kubectl -n ${policy.namespace ?? ''} describe networkpolicy ${policy.name}`, changes: false},
		{text: 'Add a rule that admits the client', command: `kubectl -n ${policy.namespace ?? ''} edit networkpolicy ${policy.name}`, changes: true},
	];
}

function sideOf({egress, ingress}: PolicyAnswer): PolicyAnswer['ingress'] {
	return ingress.verdict === 'deny' ? ingress : egress;
}

type Cells = Readonly<{trace: Trace; told: readonly ProbeCell[]; dropped: readonly ProbeCell[]}>;

/** Rows 5 and 7 of diagnosis.md 4.5: every way to or from one node fails, or one pair alone. Ways on one node must have worked. */
function betweenNodes(view: ClusterView, {trace, told, dropped}: Cells): readonly Finding[] {
	const across = dropped.filter(isAcross).filter(cell => !isDenied(trace, cell));
	const [first] = across;
	const local = told.filter(cell => !isAcross(cell));
	if (!first || local.some(cell => failedShare(cell) > 0)) return [];
	const pairs = new Set(across.map(pairOf));
	const allAcross = told.filter(isAcross);
	const nodes = [...new Set(across.flatMap(({from, to}) => [from.node, to.node ?? '']))];
	// The node all of whose ways fail; where two nodes were asked only, either may be it.
	const cut = nodes.find(node => {
		const ways = allAcross.filter(({from, to}) => from.node === node || to.node === node);
		return new Set(ways.map(pairOf)).size > 1 && ways.every(cell => failedShare(cell) === 1);
	});
	if (cut !== undefined) return [overlayFinding(view, cut, across)];
	return pairs.size >= 1 ? [pairFinding(view, first, across)] : [];
}

function isDenied(trace: Trace, {to}: ProbeCell): boolean {
	return trace.endpoints.some(({address, policy}) => address === to.address && policy?.verdict === 'deny');
}

function isAcross({from, to}: ProbeCell): boolean {
	return to.node !== undefined && to.node !== '' && to.node !== from.node;
}

function pairOf({from, to}: ProbeCell): string {
	return [from.node, to.node ?? ''].sort().join(' ');
}

function overlayFinding(view: ClusterView, node: string, cells: readonly ProbeCell[]): Finding {
	const subject = nodeRef(view, node);
	return traceFinding({
		id: 'NET_OVERLAY_DROPPED',
		confidence: 'proven',
		subject,
		title: `Node ${node}: packets between its pods and those of other nodes are lost`,
		evidence: cellFacts(subject, cells),
		remedy: [
			{
				text: 'Let the tunnel through between the nodes (flannel VXLAN: UDP 8472)',
				command: `kubectl get node ${node} -o jsonpath='{.metadata.annotations}'`,
				changes: false,
			},
			{text: 'On the node: does the tunnel see packets?', command: 'ip -s link show flannel.1', changes: false},
		],
	});
}

function pairFinding(view: ClusterView, {from, to}: ProbeCell, cells: readonly ProbeCell[]): Finding {
	const [a = '', b = ''] = [from.node, to.node ?? ''].sort();
	const subject = nodeRef(view, a);
	return traceFinding({
		id: 'NET_NODE_PAIR',
		confidence: 'proven',
		subject,
		part: b,
		title: `Nodes ${a} and ${b}: packets between their pods are lost, other nodes are reached`,
		evidence: cellFacts(subject, cells),
		remedy: [
			{
				text: 'Compare the routes of both nodes, and rp_filter',
				command: `kubectl get nodes ${a} ${b} -o custom-columns=NAME:.metadata.name,PODS:.spec.podCIDR,ADDRESS:.status.addresses[0].address`,
				changes: false,
			},
		],
	});
}

/** The node as an object, also where it could not be read. */
export function nodeRef(view: ClusterView, name: string): Ref {
	const node: KubeObject | undefined = view.all('nodes').find(({metadata}) => metadata.name === name);
	return {apiVersion: 'v1', kind: 'Node', name, ...(node?.metadata.uid === undefined ? {} : {uid: node.metadata.uid})};
}

/** What was measured, as evidence. */
export function cellFacts(ref: Ref, cells: readonly ProbeCell[]): readonly Evidence[] {
	return cells
		.slice(0, 6)
		.map(cell =>
			fact(
				ref,
				`probe ${cell.from.namespace}/${cell.from.pod} (${cell.from.node}) -> ${cell.to.title} ${cell.to.address}:${cell.to.port}/${cell.protocol}`,
				measured(cell),
			),
		);
}
