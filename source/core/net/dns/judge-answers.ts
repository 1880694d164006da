import type {ClusterView} from '../../check.ts';
import type {Finding} from '../../finding.ts';
import type {Ref} from '../../kubernetes.ts';
import type {ProbeCell} from '../cell.ts';
import {fact, fault} from '../fault.ts';
import {cellEvidence} from './cell-evidence.ts';
import {type DnsCluster, refTo} from './dns-cluster.ts';
import {inZone} from './corefile.ts';
import {hostPort} from '../../host-port.ts';
import {upstreamsOf} from '../probe/upstreams.ts';
import {arrived, type Matrix, wayOf} from './matrix.ts';
import {predictAnswer} from './name-answer.ts';
import type {Outcome} from './outcome.ts';
import {systemConfig} from './system-config.ts';
import {upstreamRemedy} from './upstream-remedy.ts';

function serviceRef(dns: DnsCluster): Ref {
	return dns.service ? refTo(dns.service) : {apiVersion: 'v1', kind: 'Service', namespace: 'kube-system', name: 'kube-dns'};
}

function isGood({transport, answer}: ProbeCell): boolean {
	return transport === 'ok' && (answer === 'NOERROR' || answer === 'NODATA' || answer === 'NXDOMAIN');
}

/** Rows 12 and 13: names outside fail while names of the cluster are answered. An NXDOMAIN is an answer of the upstream. */
export function judgeOutside(view: ClusterView, matrix: Matrix, dns: DnsCluster): Outcome {
	const outside = [...matrix.rows('R6'), ...matrix.rows('R2').filter(({name}) => name !== undefined && !inZone(name, view.clusterDomain))];
	if (outside.length === 0) return {notChecked: [{what: 'DNS_UPSTREAM_FAILING', why: 'no name outside of the cluster was looked up'}]};
	const inside = matrix.rows('R2').filter(({name}) => name === undefined || inZone(name, view.clusterDomain));
	// Where names of the cluster are not answered either, this is no matter of the upstream.
	if (!inside.some(isGood)) return {};
	const failing = outside.filter(cell => !isGood(cell) || wayOf(cell) === 'some');
	if (failing.length === 0) return {ruledOut: [{id: 'DNS_UPSTREAM_FAILING', why: `names outside are answered (${outside[0]?.answer})`}]};
	const direct = matrix.rows('R7');
	const dead = direct.filter(cell => wayOf(cell) === 'bad' || wayOf(cell) === 'refused' || cell.answer === 'SERVFAIL');
	const subject = serviceRef(dns);
	if (direct.length > 0 && dead.length === 0)
		return {
			findings: [egressBlocked(subject, failing, direct)],
			ruledOut: [{id: 'DNS_UPSTREAM_FAILING', why: 'the upstream answers when it is asked directly'}],
		};
	const addresses = dead.length > 0 ? [...new Set(dead.map(({to}) => hostPort(to.address, to.port)))] : upstreamsOf(view);
	const unasked = `nobody beside CoreDNS asked it directly${addresses.length === 0 ? ', and its address stands in a file of the node' : ''}`;
	return {
		findings: [upstreamFinding(subject, {failing, dead, addresses, all: failing.length === outside.length})],
		...(dead.length > 0 ? {ruledOut: [{id: 'DNS_EGRESS_BLOCKED', why: 'the upstream does not answer others either'}]} : {}),
		...(direct.length === 0 ? {notChecked: [{what: 'the upstream itself', why: unasked}]} : {}),
	};
}

type OutsideCells = Readonly<{failing: readonly ProbeCell[]; dead: readonly ProbeCell[]; addresses: readonly string[]; all: boolean}>;

function upstreamFinding(subject: Ref, {failing, dead, addresses, all}: OutsideCells): Finding {
	const where = addresses.length === 0 ? 'its upstream' : addresses.join(', ');
	const answers = [...new Set(failing.map(({answer, transport}) => answer ?? transport))].join(', ');
	return fault({
		id: 'DNS_UPSTREAM_FAILING',
		family: 'DNS',
		severity: all ? 'critical' : 'warning',
		confidence: dead.length > 0 ? 'proven' : 'likely',
		subject,
		part: addresses[0] ?? '',
		title: `CoreDNS gets no answer from ${where}: names outside of the cluster fail (${answers}), names inside are answered`,
		evidence: [...cellEvidence(subject, failing).slice(0, 4), ...cellEvidence(subject, dead).slice(0, 4)],
		remedy: upstreamRemedy(addresses[0] ?? 'the upstream', subject.namespace ?? 'kube-system'),
	});
}

function egressBlocked(subject: Ref, failing: readonly ProbeCell[], direct: readonly ProbeCell[]): Finding {
	return fault({
		id: 'DNS_EGRESS_BLOCKED',
		family: 'DNS',
		severity: 'critical',
		confidence: 'likely',
		subject,
		title: `CoreDNS cannot ask the upstream, though it answers others beside it: a policy on ${subject.namespace ?? 'kube-system'}, or its forward line`,
		evidence: [...cellEvidence(subject, failing).slice(0, 4), ...cellEvidence(subject, direct.filter(arrived)).slice(0, 4)],
		remedy: [
			{text: 'See the policies that select CoreDNS', command: `kubectl -n ${subject.namespace ?? 'kube-system'} get networkpolicies`, changes: false},
			{
				text: 'See the forward line: its addresses, max_concurrent',
				command: `kubectl -n ${subject.namespace ?? 'kube-system'} get configmap coredns -o yaml`,
				changes: false,
			},
		],
	});
}

/** Rows 14 and 15: what CoreDNS answers about names of the cluster. */
export function judgeInside(view: ClusterView, matrix: Matrix, dns: DnsCluster): Outcome {
	// A name that was typed may well not exist: this one always does.
	const asked = matrix
		.rows('R2', 'R3', 'R4')
		.filter(({transport, name}) => transport === 'ok' && (name === undefined || name.startsWith('kubernetes.default.svc.')));
	if (asked.length === 0) return {};
	const bad = (answer: ProbeCell['answer']) => asked.filter(cell => cell.answer === answer);
	const [servfail, nxdomain] = [bad('SERVFAIL'), bad('NXDOMAIN')];
	if (servfail.length > 0) return {findings: [unsynced(servfail, asked, dns)]};
	if (nxdomain.length > 0) return {findings: [unknownZone(view, nxdomain, asked, dns)]};
	return {
		ruledOut: [{id: 'DNS_APISERVER_UNREACHABLE', why: `CoreDNS answers names of the cluster (${asked[0]?.answer} for ${asked[0]?.name ?? 'a Service'})`}],
	};
}

function podOf(cells: readonly ProbeCell[]): Ref | undefined {
	const pods = [...new Set(cells.flatMap(({to}) => (to.kind === 'dns-pod' && to.pod !== undefined ? [`${to.namespace ?? 'kube-system'}/${to.pod}`] : [])))];
	const [namespace = '', name = ''] = (pods[0] ?? '').split('/');
	return pods.length === 1 ? {apiVersion: 'v1', kind: 'Pod', namespace, name} : undefined;
}

function unsynced(servfail: readonly ProbeCell[], asked: readonly ProbeCell[], dns: DnsCluster): Finding {
	const subject = podOf(servfail) ?? serviceRef(dns);
	const all = servfail.length === asked.length;
	return fault({
		id: 'DNS_APISERVER_UNREACHABLE',
		family: 'DNS',
		severity: 'critical',
		confidence: all ? 'proven' : 'likely',
		subject,
		title: `${subject.kind} ${subject.namespace}/${subject.name} answers names of the cluster with SERVFAIL: CoreDNS has not read the API`,
		evidence: cellEvidence(subject, servfail),
		remedy: [
			{text: 'See what its kubernetes plugin says', command: 'kubectl -n kube-system logs -l k8s-app=kube-dns --tail=50', changes: false},
			{
				text: 'May it list what it needs?',
				command: 'kubectl auth can-i list endpointslices.discovery.k8s.io -A --as=system:serviceaccount:kube-system:coredns',
				changes: false,
			},
		],
	});
}

/** All pods: the zone is not theirs. One pod: its copy of the API is stale. */
function unknownZone(view: ClusterView, nxdomain: readonly ProbeCell[], asked: readonly ProbeCell[], dns: DnsCluster): Finding {
	const direct = asked.filter(({to}) => to.kind === 'dns-pod');
	const wrong = nxdomain.filter(({to}) => to.kind === 'dns-pod');
	const onePod = wrong.length > 0 && wrong.length < direct.length ? podOf(wrong) : undefined;
	const name = nxdomain[0]?.name ?? `kubernetes.default.svc.${view.clusterDomain}.`;
	const subject = onePod ?? systemConfig(view, dns.service?.metadata.namespace).corefile?.ref ?? serviceRef(dns);
	return fault({
		id: onePod ? 'DNS_APISERVER_UNREACHABLE' : 'DNS_COREFILE_NO_KUBERNETES',
		family: 'DNS',
		severity: 'critical',
		confidence: onePod ? 'likely' : 'proven',
		subject,
		title: onePod
			? `CoreDNS ${onePod.namespace}/${onePod.name} alone does not know ${name}: what it read of the API is old`
			: `CoreDNS does not know ${name}: it does not serve ${view.clusterDomain}, or another domain is meant`,
		evidence: cellEvidence(subject, nxdomain),
		remedy: onePod
			? [{text: 'Have it read the API again', command: `kubectl -n ${onePod.namespace} delete pod ${onePod.name}`, changes: true}]
			: [{text: 'Which zone does its kubernetes plugin serve?', command: 'kubectl -n kube-system get configmap coredns -o yaml', changes: false}],
	});
}

/** Rows 17 and 18: a headless name with too few addresses; a name that cannot exist and is answered all the same. */
export function judgeNames(view: ClusterView, matrix: Matrix, dns: DnsCluster): Outcome {
	const invented = matrix.rows('R8').filter(({answer}) => answer === 'NOERROR');
	const controls = matrix.rows('R8');
	const headless = matrix.rows('R5').flatMap(cell => {
		const expected = predictAnswer(view, cell.name ?? '');
		const seen = cell.values?.filter(value => !value.includes(':')) ?? [];
		return cell.transport === 'ok' && expected.rcode === 'NOERROR' && seen.length > 0 && seen.length < expected.values.length ? [{cell, expected}] : [];
	});
	return {
		findings: [...(invented.length > 0 ? [hijack(invented, dns)] : []), ...headless.slice(0, 1).map(({cell, expected}) => partial(cell, expected.values, dns))],
		ruledOut:
			controls.length > 0 && invented.length === 0
				? [{id: 'DNS_WILDCARD_HIJACK', why: `an invented name is answered ${controls[0]?.answer ?? 'not at all'}`}]
				: [],
	};
}

function hijack(invented: readonly ProbeCell[], dns: DnsCluster): Finding {
	const subject = serviceRef(dns);
	return fault({
		id: 'DNS_WILDCARD_HIJACK',
		family: 'DNS',
		severity: 'warning',
		confidence: 'proven',
		subject,
		title: `A name that cannot exist has an address (${invented[0]?.values?.join(', ') ?? 'some'}): a wildcard answers for the search domain`,
		evidence: cellEvidence(subject, invented),
		remedy: [
			{
				text: 'Use names with a final dot, or ndots 1, until the wildcard is gone; look for it in the search domains of the nodes',
				command: 'cat /etc/resolv.conf',
				changes: false,
			},
		],
	});
}

function partial(cell: ProbeCell, expected: readonly string[], dns: DnsCluster): Finding {
	const subject = serviceRef(dns);
	const seen = new Set(cell.values);
	return fault({
		id: 'DNS_HEADLESS_PARTIAL',
		family: 'DNS',
		severity: 'warning',
		confidence: 'likely',
		subject,
		part: cell.name ?? '',
		title: `${cell.name ?? 'A headless name'} has ${seen.size} of ${expected.length} ready endpoints: what CoreDNS read of the API is behind`,
		evidence: [...cellEvidence(subject, [cell]), fact(subject, 'ready endpoints that are missing', expected.filter(value => !seen.has(value)).join(', '))],
		remedy: [{text: 'See what its kubernetes plugin says', command: 'kubectl -n kube-system logs -l k8s-app=kube-dns --tail=50', changes: false}],
	});
}
