import type {Check, ClusterView} from '../core/check.ts';
import type {Evidence, Finding} from '../core/finding.ts';
import type {Ref} from '../core/kubernetes.ts';
import {blocksOverlap} from '../core/net/dns/addresses.ts';
import {refTo} from '../core/net/dns/dns-cluster.ts';
import {systemConfig} from '../core/net/dns/system-config.ts';
import type {NetNode, NetService} from '../core/net/net-objects.ts';
import {fact, fault} from '../core/net/fault.ts';
import {blockCovers, blockHas, type IpBlock, parseCidr, parseIp} from '../core/net/policy/ip-address.ts';

type Range = Readonly<{block: IpBlock; text: string; from: Evidence}>;

/** diagnosis.md 2.9, check 100: two facts of the API contradict each other; nothing is guessed. */
export const netCidrOverlap: Check = {
	ids: ['NET_CIDR_OVERLAP'],
	title: 'ranges of pods, Services and nodes do not overlap',
	family: 'network',
	reads: ['nodes', 'services'],
	graceMs: 0,
	*run(view) {
		const nodes = view.all<NetNode>('nodes');
		const pods = nodes.flatMap(node => podRanges(node));
		const services = serviceRanges(view);
		yield* amongNodes(pods);
		for (const pod of pods) {
			for (const service of services)
				if (blocksOverlap(pod.block, service.block)) yield overlap(`pod range ${pod.text} and Service range ${service.text} overlap`, [pod.from, service.from]);
		}
		yield* nodeAddresses(nodes, [...pods, ...services]);
		yield* outsideFlannel(view, pods);
	},
};

function podRanges(node: NetNode): readonly Range[] {
	const ref = refTo(node);
	const texts = node.spec?.podCIDRs ?? (node.spec?.podCIDR === undefined ? [] : [node.spec.podCIDR]);
	return texts.flatMap(text => rangeOf(text, fact(ref, 'spec.podCIDRs', text)));
}

function rangeOf(text: string, from: Evidence): readonly Range[] {
	const block = parseCidr(text);
	return block ? [{block, text, from}] : [];
}

/** By the API (ServiceCIDR, 1.33 and later) or by kubeadm; else each Service's own address is a range of one. */
function serviceRanges(view: ClusterView): readonly Range[] {
	const {kubeadm} = systemConfig(view);
	if (kubeadm && kubeadm.serviceSubnet.length > 0)
		return kubeadm.serviceSubnet.flatMap(text => rangeOf(text, fact(kubeadm.ref, 'networking.serviceSubnet', text)));
	return view.all<NetService>('services').flatMap(service => {
		const ip = service.spec?.clusterIP ?? '';
		return parseIp(ip) ? rangeOf(`${ip}/${ip.includes(':') ? 128 : 32}`, fact(refTo(service), 'spec.clusterIP', ip)) : [];
	});
}

function* amongNodes(pods: readonly Range[]): Iterable<Finding> {
	const sorted = pods.toSorted((a, b) => a.block.family - b.block.family || (a.block.first < b.block.first ? -1 : 1));
	for (const [index, range] of sorted.entries()) {
		const next = sorted[index + 1];
		// Sorted by where they begin: what overlaps stands beside it.
		if (next && next.from.ref.name !== range.from.ref.name && blocksOverlap(range.block, next.block))
			yield overlap(`nodes ${range.from.ref.name} and ${next.from.ref.name} have the pod ranges ${range.text} and ${next.text}`, [range.from, next.from]);
	}
}

function* nodeAddresses(nodes: readonly NetNode[], ranges: readonly Range[]): Iterable<Finding> {
	for (const node of nodes) {
		for (const {type, address} of node.status?.addresses ?? []) {
			const ip = type === 'InternalIP' ? parseIp(address) : undefined;
			const hit = ip && ranges.find(({block}) => blockHas(block, ip));
			if (hit)
				yield overlap(`node ${node.metadata.name} has the address ${address}, which is in ${hit.text}`, [
					fact(refTo(node), 'status.addresses[InternalIP]', address),
					hit.from,
				]);
		}
	}
}

function* outsideFlannel(view: ClusterView, pods: readonly Range[]): Iterable<Finding> {
	const {flannel} = systemConfig(view);
	if (!flannel) return;
	const networks = flannel.network.flatMap(text => parseCidr(text) ?? []);
	for (const {block, text, from} of pods) {
		const family = networks.filter(one => one.family === block.family);
		if (family.length > 0 && !family.some(one => blockCovers(one, block)))
			yield overlap(`flannel serves ${flannel.network.join(', ')}, but node ${from.ref.name} has ${text}`, [
				from,
				fact(flannel.ref, 'net-conf.json Network', flannel.network.join(', ')),
			]);
	}
}

function overlap(what: string, evidence: readonly [Evidence, Evidence]): Finding {
	const subject: Ref = evidence[0].ref;
	return fault({
		id: 'NET_CIDR_OVERLAP',
		family: 'network',
		severity: 'critical',
		confidence: 'proven',
		subject,
		part: evidence[1].ref.name,
		title: `Address ranges contradict each other: ${what}`,
		evidence,
		remedy: [
			{
				text: 'Compare the nodes',
				command: 'kubectl get nodes -o custom-columns=NAME:.metadata.name,IP:.status.addresses[0].address,CIDR:.spec.podCIDRs',
				changes: false,
			},
			{text: 'See what flannel serves', command: 'kubectl -n kube-flannel get configmap kube-flannel-cfg -o yaml', changes: false},
		],
	});
}
