import {humanDuration} from '../core/age.ts';
import type {Check, ClusterView} from '../core/check.ts';
import {conditionOf} from '../core/conditions.ts';
import {textAt, timeAt} from '../core/field.ts';
import type {Finding} from '../core/finding.ts';
import {refTo} from '../core/net/dns/dns-cluster.ts';
import type {NetNode, NetPod} from '../core/net/net-objects.ts';
import {fact, fault} from '../core/net/fault.ts';
import {timestamp} from '../core/timestamp.ts';

const newNodeMs = 90_000;
const staleMs = 25_000;
const removing = new Set(['ToBeDeletedByClusterAutoscaler', 'DeletionCandidateOfClusterAutoscaler', 'karpenter.sh/disrupted']);

/** diagnosis.md 2.9, check 96. */
export const nodeNotReady: Check = {
	ids: ['NODE_NOT_READY', 'NODE_LEASE_STALE'],
	title: 'nodes are ready and their kubelets report',
	family: 'node',
	reads: ['nodes'],
	graceMs: 10_000,
	*run(view) {
		const leases = new Map(view.all('leases.coordination.k8s.io').map(lease => [lease.metadata.name, lease]));
		for (const node of view.all<NetNode>('nodes')) {
			const ready = conditionOf(node.status?.conditions, 'Ready');
			const renewed = timeAt(leases.get(node.metadata.name), 'spec', 'renewTime');
			if (ready?.status === 'True') {
				if (renewed !== undefined && view.now - renewed > staleMs) yield staleLease(view, node, renewed);
				continue;
			}
			const created = timestamp(node.metadata.creationTimestamp) ?? view.now;
			if (view.now - created < newNodeMs && ready?.status !== 'Unknown') continue;
			yield notReady(view, node, renewed);
		}
	},
};

function notReady(view: ClusterView, node: NetNode, renewed: number | undefined): Finding {
	const subject = refTo(node);
	const ready = conditionOf(node.status?.conditions, 'Ready');
	const since = timestamp(ready?.lastTransitionTime);
	const isLost = ready?.status === 'Unknown';
	const leaving = taintsOf(node).some(key => removing.has(key));
	const pods = view.all<NetPod>('pods').filter(({spec}) => spec?.nodeName === node.metadata.name).length;
	const silent = renewed === undefined ? '' : ` for ${humanDuration(view.now - renewed)}`;
	return fault({
		id: 'NODE_NOT_READY',
		family: 'node',
		severity: leaving ? 'info' : 'critical',
		confidence: 'proven',
		subject,
		title: `Node ${subject.name} is not ready: ${isLost ? `no heartbeat${silent}` : (ready?.message ?? ready?.reason ?? 'its kubelet has not reported')}`,
		...(since === undefined ? {} : {since}),
		evidence: [
			fact(subject, 'status.conditions[Ready]', `${ready?.status ?? 'absent'} ${ready?.reason ?? ''}`.trim()),
			...(renewed === undefined ? [] : [fact(subject, 'lease spec.renewTime', `${humanDuration(view.now - renewed)} ago`)]),
			fact(subject, 'pods on it', String(pods)),
			...(leaving ? [fact(subject, 'spec.taints', 'an autoscaler removes it')] : []),
		],
		remedy: [
			{text: 'See what the control plane knows', command: `kubectl describe node ${subject.name}`, changes: false},
			{text: `On ${subject.name}: see what the kubelet says`, command: 'systemctl status kubelet; journalctl -u kubelet -n 100', changes: false},
		],
	});
}

function staleLease(view: ClusterView, node: NetNode, renewed: number): Finding {
	const subject = refTo(node);
	return fault({
		id: 'NODE_LEASE_STALE',
		family: 'node',
		severity: 'warning',
		confidence: 'proven',
		subject,
		title: `Node ${subject.name}: its kubelet has been silent for ${humanDuration(view.now - renewed)}`,
		since: renewed,
		evidence: [fact(subject, 'lease spec.renewTime', `${humanDuration(view.now - renewed)} ago`)],
		remedy: [{text: `On ${subject.name}: see what the kubelet says`, command: 'systemctl status kubelet; journalctl -u kubelet -n 100', changes: false}],
	});
}

function taintsOf(node: NetNode): readonly string[] {
	// Taints are no part of what the network reads of a node.
	const {spec} = node as NetNode & Readonly<{spec?: Readonly<{taints?: readonly unknown[]}>}>;
	return (spec?.taints ?? []).flatMap(taint => textAt(taint, 'key') ?? []);
}
