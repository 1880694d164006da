import type {ClusterView} from '../../check.ts';
import type {Finding} from '../../finding.ts';
import type {ProbeCell} from '../cell.ts';
import {fact} from '../fault.ts';
import {titleOf} from './cluster-index.ts';
import {traceFinding} from './draft.ts';
import {cellFacts, nodeRef} from './judge-endpoints.ts';
import {failedShare, isTold, type PathCells} from './path-cells.ts';
import type {Trace} from './trace.ts';

/** What the Service's address does that its endpoints, asked directly, do not: rows 4, 8, 9 and 21 of diagnosis.md 4.5. */
export function judgeServiceCells(view: ClusterView, trace: Trace, {service, endpoints, hairpin}: PathCells): readonly Finding[] {
	if (!trace.service) return [];
	const failing = [...service, ...hairpin].filter(cell => isTold(cell) && failedShare(cell) > 0);
	const answers = (cell: ProbeCell): boolean => {
		const direct = endpoints.filter(one => isTold(one) && one.from.pod === cell.from.pod);
		return direct.length > 0 && direct.every(one => failedShare(one) === 0);
	};
	const unexplained = failing.filter(answers);
	const [first] = unexplained;
	if (!first) return [];
	const self = hairpin.filter(cell => unexplained.includes(cell));
	// A pod that reaches everybody but itself: only the tries that picked itself fail.
	const [own] = self.filter(cell => failedShare(cell) < 1 || trace.endpoints.filter(one => one.used).length === 1);
	if (own && service.every(cell => !isTold(cell) || failedShare(cell) === 0)) return [hairpinFinding(trace, own, self)];
	const failingNodes = new Set(unexplained.map(({from}) => from.node));
	const wellNodes = service.filter(cell => isTold(cell) && failedShare(cell) === 0).map(({from}) => from.node);
	const isEverywhere = wellNodes.length === 0 && new Set(service.filter(isTold).map(({from}) => from.node)).size > 1;
	if (isEverywhere) return [planeFinding(trace, unexplained)];
	const [node = ''] = failingNodes;
	const isPart = unexplained.every(cell => failedShare(cell) < 1);
	const isLocal = trace.endpoints.some(one => one.used && one.node === node) && trace.endpoints.some(one => one.used && one.node !== node);
	if (isPart && isLocal) return [sameNodeFinding(view, trace, unexplained)];
	return [nodeRulesFinding(view, {trace, node, cells: unexplained, isCompared: wellNodes.length > 0})];
}

function hairpinFinding(trace: Trace, cell: ProbeCell, cells: readonly ProbeCell[]): Finding {
	const who = `${cell.from.namespace}/${cell.from.pod}`;
	const {subject} = trace;
	return traceFinding({
		id: 'NET_HAIRPIN',
		confidence: 'proven',
		subject,
		part: who,
		title: `Pod ${who} does not reach itself through Service ${trace.service ? titleOf(trace.service) : ''}: the hairpin fails`,
		evidence: [fact(subject, 'endpoints', `${who} is one of them; asked directly they all answer`), ...cellFacts(subject, cells)],
		remedy: [
			{text: 'Does the bridge send packets back where they came from? On the node', command: `cat /sys/class/net/*/brport/hairpin_mode`, changes: false},
			{
				text: 'Set hairpinMode true in the CNI configuration of the node, and see that kube-proxy masquerades (KUBE-MARK-MASQ)',
				command: 'iptables -t nat -S KUBE-POSTROUTING',
				changes: false,
			},
		],
	});
}

function nodeRulesFinding(
	view: ClusterView,
	{trace, node, cells, isCompared}: Readonly<{trace: Trace; node: string; cells: readonly ProbeCell[]; isCompared: boolean}>,
): Finding {
	const subject = nodeRef(view, node);
	const name = trace.service ? titleOf(trace.service) : trace.destination;
	return traceFinding({
		id: 'KPROXY_NODE_RULES',
		confidence: isCompared ? 'proven' : 'likely',
		subject,
		title: `Node ${node}: its Service rules are wrong or old: ${name} fails from there, while its endpoints answer${isCompared ? ' and other nodes reach it' : ''}`,
		evidence: cellFacts(subject, cells),
		remedy: [
			{
				text: 'Start kube-proxy of that node again',
				command: `kubectl -n kube-system delete pod -l k8s-app=kube-proxy --field-selector spec.nodeName=${node}`,
				changes: true,
			},
			{text: 'Where kube-proxy is no pod, on the node', command: 'systemctl status kube-proxy', changes: false},
		],
	});
}

function planeFinding(trace: Trace, cells: readonly ProbeCell[]): Finding {
	const {subject} = trace;
	return traceFinding({
		id: 'SERVICE_PLANE',
		confidence: 'proven',
		subject,
		title: `Service ${trace.service ? titleOf(trace.service) : ''} fails from every node, while its endpoints answer`,
		evidence: cellFacts(subject, cells),
		remedy: [{text: 'Is kube-proxy, or what stands in for it, running?', command: 'kubectl -n kube-system get daemonsets,pods -o wide', changes: false}],
	});
}

/** A share of the tries fails, and one endpoint is on the client's own node: its replies go over the bridge and are not translated back. */
function sameNodeFinding(view: ClusterView, trace: Trace, cells: readonly ProbeCell[]): Finding {
	const node = cells[0]?.from.node ?? '';
	const subject = nodeRef(view, node);
	return traceFinding({
		id: 'DNS_SAME_NODE_NO_UNNAT',
		confidence: 'likely',
		subject,
		title: `Node ${node}: answers of pods on the same node do not come back through the Service address (bridge-nf-call-iptables)`,
		evidence: [fact(trace.subject, 'endpoints', 'all of them answer when asked directly'), ...cellFacts(subject, cells)],
		remedy: [
			{text: 'On the node', command: 'modprobe br_netfilter && sysctl -w net.bridge.bridge-nf-call-iptables=1', changes: true},
			{
				text: 'Or let kube-proxy masquerade everything (masqueradeAll: true), then',
				command: 'kubectl -n kube-system rollout restart daemonset kube-proxy',
				changes: true,
			},
		],
	});
}
