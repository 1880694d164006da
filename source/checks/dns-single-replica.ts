import type {Check} from '../core/check.ts';
import {dnsCluster} from '../core/net/dns/dns-cluster.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetNode} from '../core/net/net-objects.ts';

const fewNodes = 3;

/** diagnosis.md 2.1, check 18: practice, never a fault. */
export const dnsSingleReplica: Check = {
	ids: ['DNS_SINGLE_REPLICA'],
	title: 'CoreDNS survives the loss of a node',
	family: 'DNS',
	reads: ['services', 'pods', 'nodes', 'deployments.apps'],
	graceMs: 600_000,
	*run(view) {
		const {owner, pods} = dnsCluster(view);
		const schedulable = view.all<NetNode>('nodes').filter(({spec}) => spec?.unschedulable !== true);
		const nodes = new Set(pods.map(({spec}) => spec?.nodeName));
		if (!owner || owner.daemon || pods.length === 0 || schedulable.length < fewNodes || nodes.size > 1) return;
		const namespace = owner.ref.namespace ?? 'kube-system';
		yield fault({
			id: 'DNS_SINGLE_REPLICA',
			family: 'DNS',
			severity: 'info',
			class: 'practice',
			confidence: 'proven',
			subject: owner.ref,
			title:
				pods.length === 1 ? `One CoreDNS pod serves ${schedulable.length} nodes` : `All ${pods.length} CoreDNS pods run on node ${[...nodes][0] ?? 'unknown'}`,
			evidence: pods.map(pod => fact(owner.ref, `pod ${pod.metadata.name}`, pod.spec?.nodeName ?? 'no node')),
			remedy: [
				pods.length === 1
					? {text: 'Run two', command: `kubectl -n ${namespace} scale deployment ${owner.ref.name} --replicas=2`, changes: true}
					: {
							text: 'Have them spread: a topologySpreadConstraint or anti-affinity by hostname',
							command: `kubectl -n ${namespace} rollout restart deployment/${owner.ref.name}`,
							changes: true,
						},
			],
		});
	},
};
