import type {Check} from '../core/check.ts';
import {dnsCluster, refTo} from '../core/net/dns/dns-cluster.ts';
import {fact, fault} from '../core/net/fault.ts';

const subject = {apiVersion: 'v1', kind: 'Service', namespace: 'kube-system', name: 'kube-dns'};

/** diagnosis.md 2.1, check 1. */
export const dnsService: Check = {
	ids: ['DNS_SVC_MISSING'],
	title: 'the cluster has a DNS Service',
	family: 'DNS',
	reads: ['services'],
	graceMs: 60_000,
	*run(view) {
		const {service, nodeLocal, kubelets, pods} = dnsCluster(view);
		if (service) return;
		const addresses = [...new Set([...kubelets.values()].flatMap(({clusterDns}) => clusterDns))];
		// DNS outside of the cluster, or a cache on each node alone, is a choice.
		const elsewhere = nodeLocal !== undefined || (addresses.length > 0 && pods.length === 0);
		yield fault({
			id: 'DNS_SVC_MISSING',
			family: 'DNS',
			severity: elsewhere ? 'info' : 'critical',
			confidence: elsewhere ? 'possible' : 'proven',
			subject,
			title: elsewhere
				? 'There is no DNS Service in the cluster; names are resolved elsewhere'
				: 'There is no DNS Service: none with k8s-app=kube-dns, none named kube-dns, coredns or rke2-coredns',
			evidence: [
				fact(subject, 'services', `${view.all('services').length} read, none of them DNS`),
				...(nodeLocal ? [fact(nodeLocal.ref, 'spec.template', 'node-local-dns')] : []),
				...addresses.map(address => fact(subject, 'kubelet clusterDNS', address)),
				...pods.slice(0, 4).map(pod => fact(refTo(pod), 'metadata.labels', 'k8s-app=kube-dns')),
			],
			remedy: [
				{text: 'Look for a DNS Service in every namespace', command: 'kubectl get services -A -l k8s-app=kube-dns', changes: false},
				{text: 'On a kubeadm control plane: make it again', command: 'kubeadm init phase addon coredns', changes: true},
			],
		});
	},
};
