import type {ClusterView} from '../../check.ts';
import type {Finding} from '../../finding.ts';
import type {ProbeCell} from '../cell.ts';
import {fact, fault} from '../fault.ts';
import {cellEvidence} from './cell-evidence.ts';
import {type DnsCluster, type DnsPod, refTo} from './dns-cluster.ts';
import {predictedResolvConf} from './lookup-plan.ts';
import {clusterNameMention} from './mentions.ts';
import {arrived, type Matrix, sourceName} from './matrix.ts';
import type {Outcome} from './outcome.ts';
import {parseResolvConf, type ResolvConf} from './resolv-conf.ts';

/** The resolv.conf that a probe read in a pod. */
export function seenResolvConf(matrix: Matrix, pod: string): ResolvConf | undefined {
	const cell = matrix.rows('R1').find(({from}) => sourceName(from) === pod);
	const conf = cell?.values && parseResolvConf(cell.values.join('\n'));
	return conf && conf.nameservers.length > 0 ? conf : undefined;
}

/** Rows 1, 2 and 19: whom the pods ask, and whether the search list does what it should. */
export function judgeResolver(view: ClusterView, matrix: Matrix, dns: DnsCluster): Outcome {
	const servers = new Set([...dns.ips, ...(dns.nodeLocal?.addresses ?? [])]);
	const pods = new Map(view.all<DnsPod>('pods').map(pod => [`${pod.metadata.namespace}/${pod.metadata.name}`, pod]));
	const read = matrix.rows('R1').flatMap(cell => {
		const conf = seenResolvConf(matrix, sourceName(cell.from));
		const pod = pods.get(sourceName(cell.from));
		return conf && pod ? [{cell, conf, pod}] : [];
	});
	const strangers = servers.size === 0 ? [] : read.filter(({conf}) => !conf.nameservers.some(address => servers.has(address)));
	const wrong = strangers.map(({cell, conf, pod}) => strangerFinding(view, cell, conf, pod, [...servers]));
	const search = judgeSearch(view, matrix, pods);
	const ids = ['DNS_CLUSTERDNS_MISMATCH', 'DNS_HOSTNET_POLICY'];
	return {
		findings: [...wrong, ...(search.findings ?? [])],
		ruledOut: [
			...(read.length > 0 && wrong.length === 0
				? ids.map(id => ({id, why: `resolv.conf in ${read.map(({cell}) => sourceName(cell.from)).join(', ')} names the DNS of the cluster`}))
				: []),
			...(search.ruledOut ?? []),
		],
		...(search.notChecked ? {notChecked: search.notChecked} : {}),
	};
}

function strangerFinding(view: ClusterView, cell: ProbeCell, conf: ResolvConf, pod: DnsPod, expected: readonly string[]): Finding {
	const predicted = predictedResolvConf(view, pod);
	const isNode = predicted.policy === 'ClusterFirst';
	const subject = isNode ? {apiVersion: 'v1', kind: 'Node', name: cell.from.node} : refTo(pod);
	const mentions = clusterNameMention(view, pod) !== undefined;
	const asked = conf.nameservers.join(', ');
	return fault({
		id: isNode ? 'DNS_CLUSTERDNS_MISMATCH' : predicted.policy === 'None' ? 'DNS_POLICY_NONE_INCOMPLETE' : 'DNS_HOSTNET_POLICY',
		family: 'DNS',
		severity: isNode ? 'critical' : mentions ? 'warning' : 'info',
		class: isNode || mentions ? 'fault' : 'practice',
		confidence: 'proven',
		subject,
		title: isNode
			? `Node ${cell.from.node}: pods get the nameserver ${asked}, the DNS Service is ${expected.join(', ')}`
			: `Pod ${sourceName(cell.from)} asks ${asked}, not the DNS of the cluster: ${predicted.why[0] ?? 'its dnsPolicy says so'}`,
		evidence: [fact(subject, `${sourceName(cell.from)} /etc/resolv.conf`, `nameserver ${asked}`), fact(subject, 'expected', expected.join(', '))],
		remedy: isNode
			? [
					{
						text: `On ${cell.from.node}: set clusterDNS to ${expected[0]} in /var/lib/kubelet/config.yaml and restart the kubelet; pods made before keep the old one`,
						command: 'systemctl restart kubelet',
						changes: true,
					},
				]
			: [
					{
						text: 'See its dnsPolicy and dnsConfig',
						command: `kubectl -n ${subject.namespace} get pod ${subject.name} -o jsonpath='{.spec.dnsPolicy} {.spec.dnsConfig}'`,
						changes: false,
					},
				],
	});
}

/** Row 19: the full name resolves, the short one that libc completes by the search list does not. */
function judgeSearch(view: ClusterView, matrix: Matrix, pods: ReadonlyMap<string, DnsPod>): Outcome {
	const lookups = matrix.rows('R9');
	if (lookups.length === 0) return {notChecked: [{what: 'DNS_SEARCH_PATH', why: 'no container could look up a short name by its C library'}]};
	const failed = lookups.filter(cell => !arrived(cell) || !['NOERROR', 'NODATA'].includes(cell.answer ?? 'OTHER'));
	const full = (cell: ProbeCell) =>
		matrix
			.rows('R2')
			.filter(
				({from, to, name}) => sourceName(from) === sourceName(cell.from) && to.kind === 'dns-service' && name?.startsWith('kubernetes.default.svc.') !== false,
			);
	// Where full names are lost now and then, a short one says nothing of the search list.
	const short = failed.filter(cell => full(cell).length > 0 && full(cell).every(one => one.transport === 'ok' && one.failed === 0 && one.answer === 'NOERROR'));
	const byPod = short.flatMap(cell => {
		const pod = pods.get(sourceName(cell.from));
		return pod ? [searchFinding(view, cell, pod, seenResolvConf(matrix, sourceName(cell.from)))] : [];
	});
	return failed.length === 0
		? {
				ruledOut: [
					{
						id: 'DNS_SEARCH_PATH',
						why: `the short name ${lookups[0]?.name ?? ''} resolves by the search list from ${lookups.map(({from}) => sourceName(from)).join(', ')}`,
					},
				],
			}
		: {findings: byPod};
}

function searchFinding(view: ClusterView, cell: ProbeCell, pod: DnsPod, seen: ResolvConf | undefined): Finding {
	const subject = refTo(pod);
	const conf = seen ?? predictedResolvConf(view, pod);
	const lacks = !conf.searches.some(search => search.replace(/\.$/, '') === `svc.${view.clusterDomain}`);
	return fault({
		id: 'DNS_SEARCH_PATH',
		family: 'DNS',
		severity: 'warning',
		confidence: 'proven',
		subject,
		title: `Pod ${sourceName(cell.from)}: the full name resolves, ${cell.name ?? 'the short one'} does not: ${lacks ? `its search list lacks svc.${view.clusterDomain}` : 'its C library does not use the search list that is there'}`,
		evidence: [
			...cellEvidence(subject, [cell]),
			fact(subject, '/etc/resolv.conf search', conf.searches.join(' ') || 'none'),
			fact(subject, '/etc/resolv.conf options', conf.options.join(' ') || 'none'),
		],
		remedy: [
			{
				text: 'Use full names: web.shop.svc.cluster.local with a final dot',
				command: `kubectl -n ${subject.namespace} get pod ${subject.name} -o jsonpath='{.spec.dnsPolicy} {.spec.dnsConfig}'`,
				changes: false,
			},
		],
	});
}
