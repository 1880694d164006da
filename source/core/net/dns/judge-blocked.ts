import type {ClusterView} from '../../check.ts';
import type {Finding} from '../../finding.ts';
import type {Ref} from '../../kubernetes.ts';
import type {ProbeCell, ProbeSource} from '../cell.ts';
import {fact, fault} from '../fault.ts';
import type {RuledOut} from '../net-report.ts';
import {evaluatePolicy} from '../policy/evaluate-policy.ts';
import type {PolicyAnswer, PolicyProtocol} from '../policy/policy-answer.ts';
import {policyWorld} from '../policy/policy-world.ts';
import {cellEvidence} from './cell-evidence.ts';
import {type DnsCluster, type DnsPod, refTo} from './dns-cluster.ts';
import {fromSource, type Matrix, type Plane, sourceName, wayOf} from './matrix.ts';
import type {Outcome} from './outcome.ts';

/** Pods from which nothing of DNS arrives, or nothing by one protocol, and what says so. */
export type Blocked = Outcome & Readonly<{/** `namespace/pod`: their cells say nothing of the network between nodes. */ sources: ReadonlySet<string>}>;

/**
 * Rows 3, 10 and 11, before everything else: a client that reaches nothing at all says nothing of overlays and Services. A policy that
 * denies what the probe saw fail is proven by it (diagnosis.md 4.5, "Which verdict wins").
 */
export function judgeBlocked(view: ClusterView, matrix: Matrix, plane: Plane, dns: DnsCluster): Blocked {
	const all = [...plane.service, ...plane.direct];
	const asking = matrix.sources.filter(source => fromSource(all, source).length >= 2);
	const silent = asking.filter(source => reachesNothing(fromSource(all, source)));
	const oneProtocol = asking.filter(source => !silent.includes(source)).flatMap(source => lackingProtocol(source, all));
	const denied = [
		...silent.map(source => ({source, cells: fromSource(all, source), answer: deniedBy(view, source, dns, 'UDP') ?? deniedBy(view, source, dns, 'TCP')})),
		...oneProtocol.map(({source, protocol, cells}) => ({source, cells, answer: deniedBy(view, source, dns, protocol)})),
	];
	const byPolicy = denied.flatMap(({source, cells, answer}) => (answer ? [{source, cells, answer}] : []));
	const unexplained = silent.filter(source => !byPolicy.some(one => one.source === source));
	const alone = unexplained.filter(source => asking.some(other => other.node === source.node && !silent.includes(other)));
	const protocols = oneProtocol.filter(({source}) => !byPolicy.some(one => one.source === source));
	return {
		sources: new Set([...byPolicy.map(({source}) => sourceName(source)), ...alone.map(sourceName)]),
		findings: [
			...policyFindings(byPolicy),
			...alone.map(source => aloneFinding(source, fromSource(all, source), asking)),
			...protocolFindings(protocols, plane),
		],
		ruledOut: ruledOut(byPolicy.length + alone.length > 0, asking),
		settled: byPolicy.length + alone.length > 0 && asking.every(source => [...byPolicy.map(one => one.source), ...alone].includes(source)),
	};
}

function ruledOut(found: boolean, asking: readonly ProbeSource[]): readonly RuledOut[] {
	return found || asking.length === 0 ? [] : [{id: 'NP_EGRESS_BLOCKS_DNS', why: `each of ${asking.map(sourceName).join(', ')} reaches DNS in some way`}];
}

/** Nothing arrives, neither by the Service nor from a CoreDNS pod directly. */
function reachesNothing(cells: readonly ProbeCell[]): boolean {
	return cells.some(({to}) => to.kind === 'dns-pod') && cells.every(cell => wayOf(cell) === 'bad');
}

function lackingProtocol(
	source: ProbeSource,
	all: readonly ProbeCell[],
): ReadonlyArray<Readonly<{source: ProbeSource; protocol: PolicyProtocol; cells: readonly ProbeCell[]}>> {
	const own = fromSource(all, source);
	const of = (protocol: 'udp' | 'tcp') => own.filter(cell => cell.protocol === protocol);
	const dead = (protocol: 'udp' | 'tcp') => of(protocol).length > 0 && of(protocol).every(cell => wayOf(cell) === 'bad');
	const well = (protocol: 'udp' | 'tcp') => of(protocol).length > 0 && of(protocol).every(cell => wayOf(cell) === 'ok');
	if (dead('udp') && well('tcp')) return [{source, protocol: 'UDP', cells: of('udp')}];
	return dead('tcp') && well('udp') ? [{source, protocol: 'TCP', cells: of('tcp')}] : [];
}

/** What the policies say about this pod and CoreDNS; undefined where they let it through, or cannot be evaluated. */
function deniedBy(view: ClusterView, source: ProbeSource, dns: DnsCluster, protocol: PolicyProtocol): PolicyAnswer | undefined {
	const from = view.all<DnsPod>('pods').find(({metadata}) => metadata.namespace === source.namespace && metadata.name === source.pod);
	const [to] = dns.pods;
	if (!from || !to) return undefined;
	const answer = evaluatePolicy(policyWorld(view), {from: {kind: 'pod', pod: from}, to: {kind: 'pod', pod: to}, protocol, port: 53});
	return answer.verdict === 'deny' ? answer : undefined;
}

type ByPolicy = Readonly<{source: ProbeSource; cells: readonly ProbeCell[]; answer: PolicyAnswer}>;

/** One finding for each policy: the pods that it cuts off stand in its evidence. */
function policyFindings(blocked: readonly ByPolicy[]): readonly Finding[] {
	const side = ({answer}: ByPolicy) => (answer.egress.verdict === 'deny' ? answer.egress : answer.ingress);
	const groups = Map.groupBy(blocked, one => JSON.stringify(side(one).policies[0] ?? one.source.namespace));
	return [...groups.values()].flatMap((group): readonly Finding[] => {
		const [first] = group;
		if (!first) return [];
		const {policies, reason, nearest} = side(first);
		const subject: Ref = policies[0] ?? podRef(first.source);
		const pods = group.map(({source}) => sourceName(source));
		return [
			fault({
				id: 'NP_EGRESS_BLOCKS_DNS',
				family: 'network',
				severity: 'critical',
				confidence: 'proven',
				subject,
				title: `NetworkPolicy ${subject.namespace}/${subject.name} keeps ${pods.join(', ')} from DNS: no name resolves there`,
				evidence: [
					fact(subject, 'spec', reason),
					...(nearest ? [fact(nearest.policy, `spec rule ${nearest.rule + 1}`, nearest.miss)] : []),
					...cellEvidence(
						subject,
						group.flatMap(({cells}) => cells),
					).slice(0, 6),
				],
				remedy: [
					{
						text: 'Add an egress rule for UDP and TCP 53 to the DNS pods',
						command: `kubectl -n ${subject.namespace} patch networkpolicy ${subject.name} --type json -p '[{"op":"add","path":"/spec/egress/-","value":{"to":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"kube-system"}},"podSelector":{"matchLabels":{"k8s-app":"kube-dns"}}}],"ports":[{"protocol":"UDP","port":53},{"protocol":"TCP","port":53}]}}]'`,
						changes: true,
					},
					{text: 'See the policy', command: `kubectl -n ${subject.namespace} describe networkpolicy ${subject.name}`, changes: false},
				],
			}),
		];
	});
}

function podRef({namespace, pod}: ProbeSource): Ref {
	return {apiVersion: 'v1', kind: 'Pod', namespace, name: pod};
}

/** A pod that reaches nothing while another of its node does: something that only it has. */
function aloneFinding(source: ProbeSource, cells: readonly ProbeCell[], asking: readonly ProbeSource[]): Finding {
	const subject = podRef(source);
	const neighbour = asking.find(other => other.node === source.node && sourceName(other) !== sourceName(source));
	return fault({
		id: 'NP_EGRESS_BLOCKS_DNS',
		family: 'network',
		severity: 'critical',
		confidence: 'likely',
		subject,
		title: `Pod ${sourceName(source)} alone reaches no DNS: a policy of another engine, or its own network namespace`,
		evidence: [
			...cellEvidence(subject, cells),
			...(neighbour ? [fact(podRef(neighbour), 'probe', `${sourceName(neighbour)} on the same node reaches DNS`)] : []),
		],
		remedy: [
			{text: 'See the policies of its namespace', command: `kubectl -n ${source.namespace} get networkpolicies`, changes: false},
			{
				text: `On ${source.node}: look at the pod's own routes and rules`,
				command: `crictl pods --name ${source.pod} --namespace ${source.namespace} -q`,
				changes: false,
			},
		],
	});
}

function protocolFindings(
	lacking: ReadonlyArray<Readonly<{source: ProbeSource; protocol: PolicyProtocol; cells: readonly ProbeCell[]}>>,
	plane: Plane,
): readonly Finding[] {
	return [...Map.groupBy(lacking, ({protocol}) => protocol)].map(([protocol, group]) => {
		const {to} = plane.service[0] ?? plane.direct[0] ?? {};
		const subject: Ref = {apiVersion: 'v1', kind: 'Service', namespace: to?.namespace ?? 'kube-system', name: plane.title};
		const effect = protocol === 'TCP' ? 'answers over 512 bytes are lost' : 'most lookups fail';
		return fault({
			id: 'DNS_PROTOCOL_BLOCKED',
			family: 'network',
			severity: protocol === 'TCP' ? 'warning' : 'critical',
			confidence: 'proven',
			subject,
			part: protocol,
			title: `Service ${subject.namespace}/${subject.name}: ${protocol} 53 fails from ${group.map(({source}) => sourceName(source)).join(', ')}, the other protocol works: ${effect}`,
			evidence: cellEvidence(
				subject,
				group.flatMap(({cells}) => cells),
			),
			remedy: [
				{text: 'Does the Service have both ports?', command: `kubectl -n ${subject.namespace} get service ${subject.name} -o yaml`, changes: false},
				{text: `Let ${protocol} 53 through in policies and firewalls`, command: 'kubectl get networkpolicies -A', changes: false},
			],
		});
	});
}

/** Row 3: the way is good, and every CoreDNS pod refuses the port. */
export function judgeRefused(plane: Plane, dns: DnsCluster): Outcome {
	const refused = plane.direct.filter(cell => wayOf(cell) === 'refused');
	if (plane.direct.length === 0 || refused.length < plane.direct.length) return {};
	const subject = dns.service ? refTo(dns.service) : {apiVersion: 'v1', kind: 'Service', namespace: 'kube-system', name: plane.title};
	return {
		settled: true,
		findings: [
			fault({
				id: 'DNS_NO_READY_ENDPOINTS',
				family: 'DNS',
				severity: 'critical',
				confidence: 'proven',
				subject,
				title: `Service ${subject.namespace}/${subject.name}: every CoreDNS pod refuses port 53`,
				evidence: cellEvidence(subject, refused),
				remedy: [
					{text: 'See what CoreDNS says', command: `kubectl -n ${subject.namespace} logs -l k8s-app=kube-dns --tail=50`, changes: false},
					{
						text: 'Does a server block of the Corefile listen on port 53?',
						command: `kubectl -n ${subject.namespace} get configmap coredns -o yaml`,
						changes: false,
					},
				],
			}),
		],
	};
}
