import type {Check} from '../core/check.ts';
import {conditionOf} from '../core/conditions.ts';
import {dnsCluster, type DnsPod, isReady, nameOf, refTo} from '../core/net/dns/dns-cluster.ts';
import {systemConfig} from '../core/net/dns/system-config.ts';
import {fact, fault} from '../core/net/fault.ts';
import {unreadySince} from '../core/net/unready-since.ts';

/** diagnosis.md 2.1, check 17. A node on which the DaemonSet does not run is left out by its selector: no fault. */
export const dnsNodeLocal: Check = {
	ids: ['DNS_NODELOCAL_DOWN'],
	title: 'node-local-dns runs on every node that asks it',
	family: 'DNS',
	reads: ['pods', 'services', 'daemonsets.apps'],
	graceMs: 60_000,
	*run(view) {
		const {nodeLocal, kubelets, ips, service} = dnsCluster(view);
		if (!nodeLocal) return;
		const common = systemConfig(view, service?.metadata.namespace).kubelet?.clusterDns;
		const isAsked = (pod: DnsPod): boolean => {
			// It listens on the Service's own address as well: then everybody's question goes through it.
			if (nodeLocal.addresses.some(address => ips.includes(address))) return true;
			const told = kubelets.get(pod.spec?.nodeName ?? '')?.clusterDns ?? common ?? [];
			return told.some(address => nodeLocal.addresses.includes(address));
		};
		for (const pod of nodeLocal.pods) {
			if (isReady(pod) || pod.metadata.deletionTimestamp !== undefined || !isAsked(pod)) continue;
			const subject = refTo(pod);
			const since = unreadySince(pod);
			const node = pod.spec?.nodeName ?? 'no node yet';
			yield fault({
				id: 'DNS_NODELOCAL_DOWN',
				family: 'DNS',
				severity: 'critical',
				confidence: 'proven',
				subject,
				title: `node-local-dns is not ready on ${node}: pods there resolve through it`,
				...(since === undefined ? {} : {since}),
				evidence: [
					fact(subject, 'status.conditions[Ready]', `${nameOf(pod)} ${conditionOf(pod.status?.conditions, 'Ready')?.reason ?? 'not ready'}`),
					fact(nodeLocal.ref, 'args -localip', nodeLocal.addresses.join(', ')),
				],
				remedy: [
					{text: 'See why', command: `kubectl -n ${subject.namespace} logs ${subject.name} --tail=50`, changes: false},
					{text: 'Have it made again', command: `kubectl -n ${subject.namespace} delete pod ${subject.name}`, changes: true},
				],
			});
		}
	},
};
