import type {Check} from '../core/check.ts';
import type {KubeletFacts} from '../core/net/dns/dns-observations.ts';
import {addressesOf, dnsCluster, refTo} from '../core/net/dns/dns-cluster.ts';
import {systemConfig} from '../core/net/dns/system-config.ts';
import type {NetService} from '../core/net/net-objects.ts';
import {fact, fault} from '../core/net/fault.ts';

/** diagnosis.md 2.1, check 15: by each kubelet's own answer; without one, by the ConfigMap from which kubeadm sets kubelets up. */
export const dnsClusterDns: Check = {
	ids: ['DNS_CLUSTERDNS_MISMATCH'],
	title: 'kubelets give pods the address of the DNS Service',
	family: 'DNS',
	reads: ['services'],
	graceMs: 0,
	*run(view) {
		const {service, ips, nodeLocal, kubelets} = dnsCluster(view);
		if (!service || ips.length === 0) return;
		const others = view.all<NetService>('services').filter(({metadata: {labels, name}}) => labels?.['k8s-app'] === 'kube-dns' || name === 'kube-dns-upstream');
		const right = new Set([...ips, ...others.flatMap(addressesOf), ...(nodeLocal?.addresses ?? [])]);
		const isWrong = ({clusterDns}: Pick<KubeletFacts, 'clusterDns'>): boolean => clusterDns.length > 0 && !clusterDns.some(address => right.has(address));
		const expected = ips.join(', ');
		for (const [node, kubelet] of kubelets) {
			if (!isWrong(kubelet)) continue;
			const subject = {apiVersion: 'v1', kind: 'Node', name: node};
			yield fault({
				id: 'DNS_CLUSTERDNS_MISMATCH',
				family: 'DNS',
				severity: 'critical',
				confidence: 'proven',
				subject,
				title: `Node ${node}: kubelet clusterDNS ${kubelet.clusterDns.join(', ')} is not the DNS Service's address ${expected}`,
				evidence: [fact(subject, 'configz kubeletconfig.clusterDNS', kubelet.clusterDns.join(', ')), fact(refTo(service), 'spec.clusterIPs', expected)],
				remedy: [
					{
						text: `On ${node}: set clusterDNS to ${ips[0]} in /var/lib/kubelet/config.yaml, then restart the kubelet; only new pods get it`,
						command: 'systemctl restart kubelet',
						changes: true,
					},
				],
			});
		}
		const {kubelet} = systemConfig(view, service.metadata.namespace);
		if (kubelets.size > 0 || !kubelet || !isWrong(kubelet)) return;
		yield fault({
			id: 'DNS_CLUSTERDNS_MISMATCH',
			family: 'DNS',
			severity: 'warning',
			confidence: 'possible',
			subject: kubelet.ref,
			title: `ConfigMap ${kubelet.ref.name}: clusterDNS ${kubelet.clusterDns.join(', ')} is not the DNS Service's address ${expected}`,
			evidence: [fact(kubelet.ref, 'data.kubelet clusterDNS', kubelet.clusterDns.join(', ')), fact(refTo(service), 'spec.clusterIPs', expected)],
			remedy: [{text: 'New nodes are set up from it: correct it', command: `kubectl -n kube-system edit configmap ${kubelet.ref.name}`, changes: true}],
		});
	},
};
