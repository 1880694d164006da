import type {Check, ClusterView} from '../core/check.ts';
import {conditionOf} from '../core/conditions.ts';
import type {Evidence, Finding} from '../core/finding.ts';
import {type DnsCluster, dnsCluster, type DnsPod, nameOf, refTo} from '../core/net/dns/dns-cluster.ts';
import {fact, fault} from '../core/net/fault.ts';
import {allUnreadySince} from '../core/net/unready-since.ts';

/** diagnosis.md 2.1, check 2. */
export const dnsNoReadyEndpoints: Check = {
	ids: ['DNS_NO_READY_ENDPOINTS'],
	title: 'the cluster DNS Service has ready endpoints',
	family: 'DNS',
	reads: ['services', 'endpointslices.discovery.k8s.io', 'pods'],
	graceMs: 15_000,
	*run(view) {
		const dns = dnsCluster(view);
		// A Service without a selector has its endpoints from somebody else; without a slice nothing is known of them.
		if (!dns.service || dns.endpoints.some(({ready}) => ready)) return;
		yield noReadyEndpoints(view, dns);
	},
};

function noReadyEndpoints(view: ClusterView, dns: DnsCluster): Finding {
	const {service, endpoints, owner, pods} = dns;
	const subject = service ? refTo(service) : {apiVersion: 'v1', kind: 'Service', namespace: 'kube-system', name: 'kube-dns'};
	const terminating = endpoints.filter(one => one.terminating);
	// kube-proxy sends to endpoints that are going as long as they serve and there is nothing else (KEP 1669).
	const serving = terminating.some(one => one.serving);
	// Where that is what somebody asked for, it will not pass by itself.
	const since = owner?.wanted === 0 ? undefined : allUnreadySince(pods, view.now);
	const namespace = subject.namespace ?? 'kube-system';
	const counts = `${endpoints.length - terminating.length} not ready, ${terminating.length} terminating`;
	const why = owner?.wanted === 0 ? `${owner.ref.kind} ${owner.ref.name} is scaled to 0` : counts;
	return fault({
		id: 'DNS_NO_READY_ENDPOINTS',
		family: 'DNS',
		severity: serving && owner?.wanted !== 0 ? 'warning' : 'critical',
		confidence: 'proven',
		subject,
		title: `Service ${namespace}/${subject.name} has no ready endpoint: ${why}`,
		...(since === undefined ? {} : {since}),
		evidence: [
			fact(subject, 'endpointslices', `0 ready, ${counts}`),
			...(owner ? [fact(owner.ref, 'spec.replicas', `${owner.wanted} wanted, ${owner.ready} ready`)] : []),
			...pods.slice(0, 6).map(podFact),
		],
		remedy: [
			...(owner?.wanted === 0
				? [{text: 'Run CoreDNS again', command: `kubectl -n ${namespace} scale ${owner.ref.kind.toLowerCase()} ${owner.ref.name} --replicas=2`, changes: true}]
				: []),
			{text: 'See why its pods are not ready', command: `kubectl -n ${namespace} describe pods -l ${selectorText(dns)}`, changes: false},
		],
	});
}

function selectorText({service}: DnsCluster): string {
	const pairs = Object.entries(service?.spec?.selector ?? {});
	return pairs.length === 0 ? 'k8s-app=kube-dns' : pairs.map(([key, value]) => `${key}=${value}`).join(',');
}

function podFact(pod: DnsPod): Evidence {
	const {phase, containerStatuses = [], conditions} = pod.status ?? {};
	const waiting = containerStatuses.map(({state}) => state?.waiting?.reason).find(reason => reason !== undefined);
	const unscheduled = conditionOf(conditions, 'PodScheduled');
	const restarts = containerStatuses.reduce((sum, {restartCount = 0}) => sum + restartCount, 0);
	const reason =
		pod.metadata.deletionTimestamp !== undefined
			? 'Terminating'
			: (waiting ?? (unscheduled?.status === 'False' ? (unscheduled.reason ?? 'Pending') : (phase ?? 'Unknown')));
	return fact(refTo(pod), 'status', `${nameOf(pod)} ${reason}, ${restarts} restarts${pod.spec?.nodeName === undefined ? '' : `, on ${pod.spec.nodeName}`}`);
}
