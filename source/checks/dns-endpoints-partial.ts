import type {Check} from '../core/check.ts';
import {dnsCluster, isReady, nameOf, refTo} from '../core/net/dns/dns-cluster.ts';
import {conditionOf} from '../core/conditions.ts';
import {fact, fault} from '../core/net/fault.ts';
import {unreadySince} from '../core/net/unready-since.ts';

/** diagnosis.md 2.1, check 3. Autoscalers and rollouts take less than its grace time. */
export const dnsEndpointsPartial: Check = {
	ids: ['DNS_ENDPOINTS_PARTIAL'],
	title: 'all CoreDNS pods are ready',
	family: 'DNS',
	reads: ['services', 'pods', 'deployments.apps', 'daemonsets.apps'],
	graceMs: 120_000,
	*run(view) {
		const {owner, pods, service} = dnsCluster(view);
		if (!owner || owner.ready <= 0 || owner.ready >= owner.wanted) return;
		const unready = pods.filter(pod => !isReady(pod));
		const moments = unready.flatMap(pod => unreadySince(pod) ?? []);
		const namespace = owner.ref.namespace ?? 'kube-system';
		yield fault({
			id: 'DNS_ENDPOINTS_PARTIAL',
			family: 'DNS',
			severity: 'warning',
			confidence: 'proven',
			subject: owner.ref,
			title: `${owner.ref.kind} ${namespace}/${owner.ref.name}: ${owner.ready} of ${owner.wanted} CoreDNS pods ready`,
			...(moments.length === 0 ? {} : {since: Math.min(...moments)}),
			evidence: [
				fact(owner.ref, 'status.readyReplicas', `${owner.ready} of ${owner.wanted}`),
				...unready
					.slice(0, 6)
					.map(pod => fact(refTo(pod), 'status.conditions[Ready]', `${nameOf(pod)} ${conditionOf(pod.status?.conditions, 'Ready')?.reason ?? 'not ready'}`)),
			],
			remedy: [
				{
					text: 'See where they run and why they wait',
					command: `kubectl -n ${namespace} get pods -l ${Object.entries(service?.spec?.selector ?? {'k8s-app': 'kube-dns'})
						.map(([key, value]) => `${key}=${value}`)
						.join(',')} -o wide`,
					changes: false,
				},
			],
		});
	},
};
