import type {Check, ClusterView} from '../core/check.ts';
import {textAt} from '../core/field.ts';
import type {Finding} from '../core/finding.ts';
import {refTo} from '../core/net/dns/dns-cluster.ts';
import type {NetNode, NetPod} from '../core/net/net-objects.ts';
import {fact, fault} from '../core/net/fault.ts';
import {blockHas, parseCidr, parseIp} from '../core/net/policy/ip-address.ts';

/** Network, bridge and broadcast address of a node's range, and a little air (diagnosis.md 2.9, check 99). */
const spare = 3;

/** diagnosis.md 2.9, check 99. Network plugins that do not use podCIDR are told by what speaks of it: an event, a flannel annotation, addresses in the range. */
export const nodePodCidr: Check = {
	ids: ['NODE_NO_PODCIDR', 'NODE_POD_IPS_EXHAUSTED'],
	title: 'every node has a range of pod addresses with room',
	family: 'node',
	reads: ['nodes', 'pods'],
	graceMs: 30_000,
	*run(view) {
		const nodes = view.all<NetNode>('nodes');
		const given = nodes.filter(({spec}) => spec?.podCIDR !== undefined);
		const pods = Map.groupBy(view.all<NetPod>('pods'), ({spec}) => spec?.nodeName ?? '');
		for (const node of nodes) {
			if (node.spec?.podCIDR === undefined) {
				const refused = eventAbout(view, node.metadata.name);
				if (given.length > 0 && (refused !== undefined || isFlannel(node))) yield noPodCidr(node, refused);
			} else yield* exhausted(node, pods.get(node.metadata.name) ?? []);
		}
	},
};

function eventAbout(view: ClusterView, node: string): string | undefined {
	const reasons = new Set(['CIDRNotAvailable', 'CIDRAssignmentFailed']);
	const found = view
		.all('events')
		.find(event => reasons.has(textAt(event, 'reason') ?? '') && [textAt(event, 'involvedObject', 'name'), textAt(event, 'regarding', 'name')].includes(node));
	return found && (textAt(found, 'message') ?? textAt(found, 'note') ?? textAt(found, 'reason'));
}

function isFlannel({metadata: {annotations = {}}}: NetNode): boolean {
	return annotations['flannel.alpha.coreos.com/kube-subnet-manager'] === 'true';
}

function noPodCidr(node: NetNode, refused: string | undefined): Finding {
	const subject = refTo(node);
	return fault({
		id: 'NODE_NO_PODCIDR',
		family: 'node',
		severity: 'critical',
		confidence: refused === undefined ? 'likely' : 'proven',
		subject,
		title: `Node ${subject.name} has no podCIDR, other nodes have one: pods on it get no address`,
		evidence: [fact(subject, 'spec.podCIDR', 'empty'), ...(refused === undefined ? [] : [fact(subject, 'event', refused)])],
		remedy: [
			{text: 'Compare the nodes', command: 'kubectl get nodes -o custom-columns=NAME:.metadata.name,CIDR:.spec.podCIDR', changes: false},
			{
				text: 'The controller manager gives out ranges of --cluster-cidr: is one free?',
				command: 'kubectl -n kube-system get pods -l component=kube-controller-manager -o yaml',
				changes: false,
			},
		],
	});
}

function* exhausted(node: NetNode, pods: readonly NetPod[]): Iterable<Finding> {
	const block = parseCidr(node.spec?.podCIDR ?? '');
	if (!block || block.family === 6) return;
	const usable = 2 ** (32 - block.prefix) - 2;
	const inside = pods.filter(({spec, status}) => {
		const ip = parseIp(status?.podIP ?? '');
		return spec?.hostNetwork !== true && status?.phase !== 'Succeeded' && status?.phase !== 'Failed' && ip !== undefined && blockHas(block, ip);
	}).length;
	if (inside < usable - spare) return;
	const subject = refTo(node);
	yield fault({
		id: 'NODE_POD_IPS_EXHAUSTED',
		family: 'node',
		severity: 'critical',
		confidence: 'proven',
		subject,
		title: `Node ${subject.name} has no pod addresses left: ${inside} of ${usable} in ${node.spec?.podCIDR}`,
		evidence: [fact(subject, 'spec.podCIDR', node.spec?.podCIDR ?? ''), fact(subject, 'pods with an address in it', String(inside))],
		remedy: [
			{
				text: 'Move pods to other nodes, or give nodes larger ranges (--node-cidr-mask-size)',
				command: `kubectl get pods -A -o wide --field-selector spec.nodeName=${subject.name}`,
				changes: false,
			},
		],
	});
}
