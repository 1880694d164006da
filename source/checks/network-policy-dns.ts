import type {Check, ClusterView} from '../core/check.ts';
import type {Finding} from '../core/finding.ts';
import type {KubeObject, Ref} from '../core/kubernetes.ts';
import type {ProbeCell} from '../core/net/cell.ts';
import {dnsCluster} from '../core/net/dns/dns-cluster.ts';
import {fact, fault} from '../core/net/fault.ts';
import {denyingSide, type DnsDenial, dnsDenial, usesClusterDns} from '../core/net/policy/dns-denial.ts';
import {policyEnforcer} from '../core/net/policy/policy-enforcer.ts';
import {policyGroups} from '../core/net/policy/policy-groups.ts';
import {policyWorld} from '../core/net/policy/policy-world.ts';
import {refOf} from '../core/net/trace/cluster-index.ts';
import {plural} from '../core/text.ts';

const manyGroups = 300;
/** Workloads that are named in the evidence; of the others their number is told. */
const mostNamed = 5;

/** diagnosis.md 2.3, check 35: one finding a policy, because that is what has to be changed. Pods with the same policies are judged once. */
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
		const clients = (groups.length > manyGroups ? policyGroups(world, isolated, true) : groups).flatMap(({members}): readonly Client[] => {
			// A pod that was probed speaks for its group.
			const pod = members.find(one => timedOut(view, one)) ?? members[0];
			const denial = pod && dnsDenial(world, dns, pod);
			return denial ? [{pod, pods: members.length, denial}] : [];
		});
		for (const cut of Map.groupBy(clients, policyKey).values()) yield blocks(view, cut);
	},
};

/** A workload whose pods get no answer: one of them, and how many there are. */
type Client = Readonly<{pod: KubeObject; pods: number; denial: DnsDenial}>;

function policyKey({pod, denial}: Client): string {
	const [policy] = denyingSide(denial.answer).policies;
	const {kind, namespace, name} = policy ?? refOf(pod);
	return `${kind} ${namespace ?? ''}/${name}`;
}

function blocks(view: ClusterView, cut: readonly Client[]): Finding {
	// What was probed says most, what is closed wholly more than what is closed in part.
	const clients = cut.toSorted((a, b) => Number(timedOut(view, b.pod)) - Number(timedOut(view, a.pod)) || weight(b) - weight(a));
	const [client] = clients;
	if (!client) throw new Error('a policy was to be told that cuts off nobody');
	const {pod, denial} = client;
	const {answer, protocols} = denial;
	const side = denyingSide(answer);
	const isEgress = side === answer.egress;
	const [subject = refOf(pod)] = side.policies;
	const confirmed = timedOut(view, pod);
	const enforcer = policyEnforcer(view);
	const isDoubtful = enforcer.state === 'not-enforced' && !confirmed;
	const whole = protocols !== 'TCP';
	return fault({
		id: 'NP_EGRESS_BLOCKS_DNS',
		family: 'NetworkPolicy',
		severity: isDoubtful ? 'info' : whole ? 'critical' : 'warning',
		confidence: confirmed ? 'proven' : isDoubtful || enforcer.state === 'unknown' ? 'possible' : 'likely',
		subject,
		title: `${namesOf(side.policies)} ${podsText(clients)} from DNS: ${isEgress ? `no rule allows ${protocols} 53` : `${side.subject} is closed for ${protocols} 53`}, ${whole ? 'every look-up fails' : 'large answers fail'}`,
		evidence: [
			fact(subject, isEgress ? 'egress' : 'ingress', side.reason),
			...(side.nearest
				? [fact(side.nearest.policy, side.nearest.rule < 0 ? 'spec' : `rule ${side.nearest.rule}: ${side.nearest.text}`, side.nearest.miss)]
				: []),
			...clients
				.slice(0, mostNamed)
				.map(one => fact(refOf(one.pod), 'pod', `${podName(one.pod)}${one.pods > 1 ? ` and ${plural(one.pods - 1, 'pod')} like it` : ''}`)),
			...(clients.length > mostNamed ? [fact(subject, 'pods', `and ${plural(clients.length - mostNamed, 'more workload')}`)] : []),
			...(confirmed ? [fact(refOf(pod), 'probe', 'its look-ups ran into a timeout')] : []),
			...(enforcer.state === 'not-enforced' ? [fact(refOf(pod), 'network plugin', `${enforcer.cni} does not enforce policies: they may have no effect`)] : []),
		],
		remedy: [
			isEgress
				? {text: `Let the pods of ${pod.metadata.namespace ?? ''} ask DNS`, command: applyLine(egressPolicy(pod.metadata.namespace ?? '')), changes: true}
				: {text: 'Let every pod ask the DNS pods', command: applyLine(ingressPolicy(subject.namespace ?? '')), changes: true},
			{text: 'See what the policy admits', command: `kubectl -n ${subject.namespace ?? ''} describe networkpolicy ${subject.name}`, changes: false},
		],
	});
}

function weight({denial}: Client): number {
	return denial.protocols === 'TCP' ? 0 : 1;
}

/** `NetworkPolicy shop/a keeps`, `NetworkPolicies shop/a, shop/b keep`. */
function namesOf(policies: readonly Ref[]): string {
	const names = policies.map(({namespace, name}) => `${namespace ?? ''}/${name}`).join(', ');
	return policies.length === 1 ? `NetworkPolicy ${names} keeps` : `NetworkPolicies ${names} keep`;
}

function podsText(clients: readonly Client[]): string {
	const others = clients.reduce((sum, {pods}) => sum + pods, 0) - 1;
	return `${clients[0] ? podName(clients[0].pod) : ''}${others > 0 ? ` and ${plural(others, 'more pod')}` : ''}`;
}

function podName({metadata}: KubeObject): string {
	return `${metadata.namespace ?? ''}/${metadata.name}`;
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

const dnsPods = {matchLabels: {'k8s-app': 'kube-dns'}};
const dnsPorts = [
	{protocol: 'UDP', port: 53},
	{protocol: 'TCP', port: 53},
];

/** For every pod of the namespace. */
function egressPolicy(namespace: string): object {
	const to = [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'kube-system'}}, podSelector: dnsPods}];
	return policyOf(namespace, {podSelector: {}, policyTypes: ['Egress'], egress: [{to, ports: dnsPorts}]});
}

/** For the DNS pods, from everywhere in the cluster. */
function ingressPolicy(namespace: string): object {
	return policyOf(namespace, {podSelector: dnsPods, policyTypes: ['Ingress'], ingress: [{from: [{namespaceSelector: {}}], ports: dnsPorts}]});
}

function policyOf(namespace: string, spec: object): object {
	return {apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: {name: 'allow-dns', namespace}, spec};
}

/** As one line for a shell. */
function applyLine(policy: object): string {
	return `kubectl apply -f - <<< '${JSON.stringify(policy)}'`;
}
