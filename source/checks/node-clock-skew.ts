import type {Check, ClusterView} from '../core/check.ts';
import {coverageFinding} from '../core/diagnose/coverage.ts';
import {numberAt, timeAt} from '../core/field.ts';
import type {Finding} from '../core/finding.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import {refTo} from '../core/net/dns/dns-cluster.ts';
import {fact, fault} from '../core/net/fault.ts';
import {clockOffset, enoughRenewals, type HeartbeatFacts, type Renewal} from '../core/net/heartbeats.ts';
import type {NetNode} from '../core/net/net-objects.ts';

const skewMs = 2000;
const graveMs = 10_000;
/** How wrong a measure may be: the server tells its time in whole seconds, and renewals are looked at once a second. */
const measureMs = 1000;
/** Of one look the server's time rests on one answer, which a busy machine may have read late. */
const oneLookMs = 3000;

const heading = {ids: ['NODE_CLOCK_SKEW'], title: 'clocks of the nodes', family: 'node'};

type Offset = Readonly<{node: NetNode; ms: number; proven: boolean; how: string}>;

/**
 * diagnosis.md 2.9, check 102: when a kubelet renews its lease it writes its own time. One look shows a clock that is ahead, for nobody
 * renews in the future; that one is behind takes several renewals, seen as they come.
 */
export const nodeClockSkew: Check = {
	...heading,
	reads: ['nodes', 'leases.coordination.k8s.io'],
	graceMs: 0,
	*run(view) {
		const leases = new Map(view.all('leases.coordination.k8s.io').map(lease => [lease.metadata.name, lease]));
		const nodes = view.all<NetNode>('nodes').filter(({metadata}) => leases.has(metadata.name));
		const measured = nodes.flatMap(node => offsetOf(view, node, leases.get(node.metadata.name)) ?? []);
		const off = measured.filter(({ms}) => Math.abs(ms) > skewMs);
		// All of them off to one side may as well be the server itself.
		const all = off.length > 1 && off.length === nodes.length && new Set(off.map(({ms}) => ms > 0)).size === 1;
		for (const one of off) yield skewFinding(one, all);
		if (measured.length < nodes.length || nodes.length === 0) yield coverageFinding(heading, whyUnmeasured(view, nodes));
	},
};

/** Where its clock stands; undefined where too little was seen to say that it is right. */
function offsetOf(view: ClusterView, node: NetNode, lease: KubeObject | undefined): Offset | undefined {
	const renewals = renewalsOf(view, node, lease);
	const offset = clockOffset(renewals, numberAt(lease, 'spec', 'leaseDurationSeconds'));
	if (offset) {
		const ms = offset.offsetMs > 0 ? Math.max(0, offset.offsetMs - measureMs) : Math.min(0, offset.offsetMs + measureMs);
		const how = `median of ${enoughRenewals} renewals: ${seconds(offset.offsetMs)} against the server's time`;
		// What came late and unevenly says that something is slow, and nothing of the clock.
		return {node, ms: ms < 0 && !offset.regular ? 0 : ms, proven: ms > 0, how};
	}
	const most = Math.max(0, ...renewals.map(({renewedAt, seenAt}) => renewedAt - seenAt));
	const ms = most - oneLookMs;
	return ms > skewMs ? {node, ms, proven: true, how: `${seconds(most)} against the server's time at which it was seen`} : undefined;
}

/** Those that were seen to come, else what the lease says now. */
function renewalsOf(view: ClusterView, node: NetNode, lease: KubeObject | undefined): readonly Renewal[] {
	const seen = view.observed<HeartbeatFacts>('node-heartbeats').find(({target}) => target === node.metadata.name);
	if (seen?.outcome === 'ok') return seen.facts.renewals;
	const renewedAt = timeAt(lease, 'spec', 'renewTime');
	return renewedAt === undefined ? [] : [{renewedAt, seenAt: view.now}];
}

function seconds(ms: number): string {
	return `${ms < 0 ? '-' : '+'}${(Math.abs(ms) / 1000).toFixed(1)} s`;
}

function whyUnmeasured(view: ClusterView, nodes: readonly NetNode[]): string {
	if (nodes.length === 0) return 'no node has a lease in kube-node-lease';
	if (view.oneShot) return 'one look shows a clock that is ahead, not one that is behind: the Probes tab of the screen sees both within a minute';
	return `of some fewer than ${enoughRenewals} heartbeats have been seen yet; each node sends one every 10 s`;
}

function skewFinding({node, ms, proven, how}: Offset, all: boolean): Finding {
	const subject = refTo(node);
	const side = ms > 0 ? 'ahead of' : 'behind';
	return fault({
		id: 'NODE_CLOCK_SKEW',
		family: 'node',
		severity: Math.abs(ms) > graveMs ? 'critical' : 'warning',
		confidence: proven && !all ? 'proven' : 'likely',
		subject,
		title: `Node ${subject.name}: its clock is at least ${Math.floor(Math.abs(ms) / 1000)} s ${side} the API server's`,
		evidence: [
			fact(subject, 'lease spec.renewTime', how),
			...(all ? [fact(subject, 'clocks of the other nodes', "off to the same side: it may be the API server's clock that is wrong")] : []),
		],
		remedy: [
			{
				text: `On ${all ? 'the host of the API server, then on ' : ''}${subject.name}: is its clock kept by a time server?`,
				command: 'chronyc tracking || timedatectl',
				changes: false,
			},
			{text: `On ${subject.name}: set it right at once`, command: 'chronyc makestep', changes: true},
		],
	});
}
