import type {Check, ClusterView} from '../core/check.ts';
import type {Evidence, Finding} from '../core/finding.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import type {ProbeCell} from '../core/net/cell.ts';
import {dnsCluster, type DnsCluster} from '../core/net/dns/dns-cluster.ts';
import {fact, fault} from '../core/net/fault.ts';
import {refOf} from '../core/net/trace/cluster-index.ts';
import {resolveTarget, targetPortOf} from '../core/net/trace/service-port.ts';
import type {NetPod} from '../core/net/net-objects.ts';
import {evaluatePolicy} from '../core/net/policy/evaluate-policy.ts';
import type {PolicyAnswer, PolicyEnd, PolicyVerdict} from '../core/net/policy/policy-answer.ts';
import {policyEnforcer} from '../core/net/policy/policy-enforcer.ts';
import {policyGroups} from '../core/net/policy/policy-groups.ts';
import {policyWorld, type PolicyWorld} from '../core/net/policy/policy-world.ts';
import {textAt} from '../core/field.ts';

const manyGroups = 300;

type DnsProtocol = 'UDP' | 'TCP';

/** diagnosis.md 2.3, check 35: one finding a workload, because its pods have the same policies. */
export const networkPolicyDns: Check = {
	ids: ['NP_EGRESS_BLOCKS_DNS'],
	title: 'policies let pods reach the cluster DNS',
	family: 'NetworkPolicy',
	reads: ['networkpolicies.networking.k8s.io', 'pods', 'services'],
	graceMs: 0,
	*run(view) {
		if (view.all('networkpolicies.networking.k8s.io').length === 0) return;
		const dns = dnsCluster(view);
		if (dns.pods.length === 0 && (dns.nodeLocal?.addresses ?? []).length === 0) return;
		const world = policyWorld(view);
		const isolated = view.all('pods').filter(pod => usesClusterDns(pod) && world.isolating(world.factsOf({kind: 'pod', pod}), 'egress').length > 0);
		const groups = policyGroups(world, isolated);
		// Of very many workloads those that no policy tells apart are told together.
		for (const {members} of groups.length > manyGroups ? policyGroups(world, isolated, true) : groups) {
			// A pod that was probed speaks for its group.
			const pod = members.find(one => timedOut(view, one)) ?? members[0];
			if (pod) yield* judgePod(view, world, dns, {pod, pods: members.length});
		}
	},
};

/** dnsPolicy None and Default do not ask the cluster; a pod on its node's network has the node's resolver unless it says otherwise. */
function usesClusterDns(pod: KubeObject): boolean {
	const policy = textAt(pod, 'spec', 'dnsPolicy') ?? 'ClusterFirst';
	if (policy === 'None' || policy === 'Default') return false;
	return textAt(pod, 'spec', 'hostNetwork') !== 'true';
}

type Client = Readonly<{pod: KubeObject; pods: number}>;

function* judgePod(view: ClusterView, world: PolicyWorld, dns: DnsCluster, client: Client): Iterable<Finding> {
	const [udp, tcp] = [askDns(world, dns, client.pod, 'UDP'), askDns(world, dns, client.pod, 'TCP')];
	if (udp?.verdict === 'deny') yield blocks(view, client, udp, tcp?.verdict === 'deny' ? 'UDP and TCP' : 'UDP');
	else if (tcp?.verdict === 'deny') yield blocks(view, client, tcp, 'TCP');
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

function blocks(view: ClusterView, {pod, pods}: Client, answer: PolicyAnswer, protocols: string): Finding {
	const side = answer.egress.verdict === 'deny' ? answer.egress : answer.ingress;
	const direction = side === answer.egress ? 'Egress' : 'Ingress';
	const subject = refOf(pod);
	const [policy] = side.policies;
	const names = side.policies.map(({namespace, name}) => `${namespace ?? ''}/${name}`).join(', ');
	const confirmed = timedOut(view, pod);
	const enforcer = policyEnforcer(view);
	const isDoubtful = enforcer.state === 'not-enforced' && !confirmed;
	const doubt: readonly Evidence[] =
		enforcer.state === 'not-enforced' ? [fact(subject, 'network plugin', `${enforcer.cni} does not enforce policies: they may have no effect`)] : [];
	const whole = protocols !== 'TCP';
	return fault({
		id: 'NP_EGRESS_BLOCKS_DNS',
		family: 'NetworkPolicy',
		severity: isDoubtful ? 'info' : whole ? 'critical' : 'warning',
		confidence: confirmed ? 'proven' : isDoubtful || enforcer.state === 'unknown' ? 'possible' : 'likely',
		subject,
		title: `${direction} policies on ${direction === 'Egress' ? `pod ${subject.namespace ?? ''}/${subject.name}` : side.subject} allow no ${protocols} 53 to the cluster DNS${pods > 1 && direction === 'Egress' ? ` (${pods} pods like it)` : ''}: ${whole ? 'every look-up fails' : 'large answers fail'}`,
		evidence: [
			fact(policy ?? subject, direction.toLowerCase(), `${names}: ${side.reason}`),
			...(side.nearest
				? [fact(side.nearest.policy, side.nearest.rule < 0 ? 'spec' : `rule ${side.nearest.rule}: ${side.nearest.text}`, side.nearest.miss)]
				: []),
			...(confirmed ? [fact(subject, 'probe', 'its look-ups ran into a timeout')] : []),
			...doubt,
		],
		remedy: [
			{text: 'Let the pods of the namespace ask DNS', command: applyLine(subject.namespace ?? ''), changes: true},
			...(policy
				? [{text: 'See what the policy admits', command: `kubectl -n ${policy.namespace ?? ''} describe networkpolicy ${policy.name}`, changes: false}]
				: []),
		],
	});
}

/** Every question of this pod to DNS that was probed ran into a timeout. */
function timedOut(view: ClusterView, {metadata}: KubeObject): boolean {
	const cells = view
		.observed<ProbeCell>('dns-query')
		.flatMap(one => (one.outcome === 'ok' && one.facts.from.pod === metadata.name && one.facts.from.namespace === metadata.namespace ? [one.facts] : []));
	const told = cells.filter(
		({to, transport}) => (to.kind === 'dns-service' || to.kind === 'dns-pod') && (transport === 'timeout' || transport === 'ok' || transport === 'refused'),
	);
	return told.length > 0 && told.every(({transport}) => transport === 'timeout');
}

/** A policy for every pod of the namespace, as one line for a shell. */
function applyLine(namespace: string): string {
	const dnsPods = {namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'kube-system'}}, podSelector: {matchLabels: {'k8s-app': 'kube-dns'}}};
	const ports = [
		{protocol: 'UDP', port: 53},
		{protocol: 'TCP', port: 53},
	];
	const policy = {
		apiVersion: 'networking.k8s.io/v1',
		kind: 'NetworkPolicy',
		metadata: {name: 'allow-dns', namespace},
		spec: {podSelector: {}, policyTypes: ['Egress'], egress: [{to: [dnsPods], ports}]},
	};
	return `kubectl apply -f - <<< '${JSON.stringify(policy)}'`;
}
