import {textAt} from '../../field.ts';
import type {KubeObject} from '../../kubernetes.ts';
import type {DnsCluster} from '../dns/dns-cluster.ts';
import type {NetPod} from '../net-objects.ts';
import {resolveTarget, targetPortOf} from '../trace/service-port.ts';
import {evaluatePolicy} from './evaluate-policy.ts';
import type {PolicyAnswer, PolicyEnd, PolicyVerdict} from './policy-answer.ts';
import type {PolicyWorld} from './policy-world.ts';

type DnsProtocol = 'UDP' | 'TCP';

/** That policies keep a pod from the cluster's DNS. `protocols`: `UDP and TCP`, or the one of them that is closed. */
export type DnsDenial = Readonly<{answer: PolicyAnswer; protocols: 'UDP and TCP' | 'UDP' | 'TCP'}>;

/** What the policies deny this pod of the cluster's DNS; undefined where it gets through, does not ask the cluster, or nothing is known. */
export function dnsDenial(world: PolicyWorld, dns: DnsCluster, pod: KubeObject): DnsDenial | undefined {
	if (!usesClusterDns(pod)) return undefined;
	const [udp, tcp] = [askDns(world, dns, pod, 'UDP'), askDns(world, dns, pod, 'TCP')];
	if (udp?.verdict === 'deny') return {answer: udp, protocols: tcp?.verdict === 'deny' ? 'UDP and TCP' : 'UDP'};
	return tcp?.verdict === 'deny' ? {answer: tcp, protocols: 'TCP'} : undefined;
}

/** dnsPolicy None and Default do not ask the cluster; a pod on its node's network has the node's resolver unless it says otherwise. */
export function usesClusterDns(pod: KubeObject): boolean {
	const policy = textAt(pod, 'spec', 'dnsPolicy') ?? 'ClusterFirst';
	if (policy === 'None' || policy === 'Default') return false;
	return textAt(pod, 'spec', 'hostNetwork') !== 'true';
}

/** The best answer of any DNS pod, or of node-local-dns where there is one: a pod needs one way only. */
function askDns(world: PolicyWorld, {pods, service, nodeLocal}: DnsCluster, pod: KubeObject, protocol: DnsProtocol): PolicyAnswer | undefined {
	const ask = (to: PolicyEnd, port: number): PolicyAnswer => evaluatePolicy(world, {from: {kind: 'pod', pod}, to, protocol, port});
	const answers = [
		...pods.map(to => ask({kind: 'pod', pod: to}, targetPort(service, to, protocol))),
		// It listens on every node under an address of its own.
		...(nodeLocal?.addresses ?? []).slice(0, 1).map(address => ask({kind: 'address', address}, 53)),
	];
	const rank: Readonly<Record<PolicyVerdict, number>> = {allow: 2, unknown: 1, deny: 0};
	// The far side has to be asked about alone: what CoreDNS lets in is not this pod's policy.
	return answers.toSorted((a, b) => rank[b.egress.verdict] - rank[a.egress.verdict])[0];
}

/** The port of the pod (OpenShift's is 5353), not of the Service. */
function targetPort(service: DnsCluster['service'], pod: NetPod, protocol: DnsProtocol): number {
	const port = (service?.spec?.ports ?? []).find(one => one.port === 53 && (one.protocol ?? 'TCP') === protocol);
	return (port && resolveTarget(pod, targetPortOf(port), protocol)) ?? 53;
}

/** The side that denies: the pod's own policies, else those of CoreDNS. */
export function denyingSide({egress, ingress}: PolicyAnswer): PolicyAnswer['egress'] {
	return egress.verdict === 'deny' ? egress : ingress;
}
