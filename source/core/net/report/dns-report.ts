import {unreadKinds, whyUnread} from '../../diagnose/coverage.ts';
import {rank} from '../../diagnose/rank.ts';
import {verdictOf} from '../../diagnose/verdict.ts';
import type {Finding} from '../../finding.ts';
import type {KubeObject, Ref} from '../../kubernetes.ts';
import {dnsCluster} from '../dns/dns-cluster.ts';
import {judgeDns} from '../dns/judge-dns.ts';
import type {NetReport} from '../net-report.ts';
import {refOf} from '../trace/cluster-index.ts';
import {holdsFor, isOfSomePods} from './of-client.ts';
import {mergeFindings} from './merge-findings.ts';
import {refutedBy} from './refuted.ts';
import {aboutObjects, waitingAbout} from './relevant.ts';
import type {ProbedQuestion} from './probed-question.ts';

export type DnsReportQuestion = ProbedQuestion &
	Readonly<{
		/** `namespace/pod` */
		from?: string;
		/** Findings about pods other than the client count only where no client was named. */
		fromNamed: boolean;
		name?: string;
	}>;

/** Without these nothing can be said about DNS. */
const essential = ['services', 'endpointslices.discovery.k8s.io', 'pods'];

/** Families that are about the way of a lookup, wherever their object is. */
const lookupFamilies = new Set(['dns', 'network', 'overlay', 'kube-proxy', 'node']);
/** Those of them that are about the whole cluster. */
const everywhere = new Set(['dns', 'network', 'overlay']);

/** What the cluster's DNS comes to, by the objects, by what CoreDNS says of itself, and by probes. */
export function wholeDnsReport(question: DnsReportQuestion): NetReport {
	const {view, judged, cells, probed, from, name, sources, leftBehind} = question;
	const dns = dnsCluster(view);
	const subject: Ref = dns.service ? refOf(dns.service) : {apiVersion: 'v1', kind: 'Service', namespace: 'kube-system', name: 'kube-dns'};
	const client = clientOf(question);
	const objects = [subject, ...(client ? [refOf(client)] : [])];
	// A pod that resolves nothing is a fault of that pod: it is told where it is the client, or where nobody in particular was meant.
	const holds = holdsFor(client, view);
	const about = judged.findings.filter(finding => (isOfSomePods(finding) ? !(question.fromNamed || probed) || holds(finding) : isAboutDns(finding)));
	const near = new Set(aboutObjects(about, objects, view));
	const seen = judgeDns({view, cells, probed, ...(from === undefined ? {} : {from}), ...(name === undefined ? {} : {name})});
	const kept = about.filter(finding => near.has(finding) || everywhere.has(finding.family.toLowerCase()));
	const over = kept.flatMap(finding => {
		const why = probed ? refutedBy(finding, cells) : undefined;
		return why === undefined ? [] : [{finding, why}];
	});
	const present = kept.filter(finding => !over.some(one => one.finding === finding));
	const {all, roots} = rank(mergeFindings(present, seen.findings), view);
	const found = new Set(all.map(({id}) => id));
	return {
		verdict: verdictOf(roots, {
			about: name === undefined ? 'DNS' : `DNS for ${name}`,
			subject,
			probed,
			cells,
			...undecidedOf(question, seen.undecided),
		}),
		findings: all,
		ruledOut: [...over.map(({finding, why}) => ({id: finding.id, why})), ...seen.ruledOut].filter(({id}) => !found.has(id)),
		notChecked: [...seen.notChecked, ...judged.notChecked, ...waitingAbout(judged, objects, view)],
		cells,
		...(sources === undefined ? {} : {sources}),
		...(leftBehind === undefined ? {} : {leftBehind}),
	};
}

/** What was not read cannot be well, unless probes were answered. */
function undecidedOf({view, probed, notSent}: DnsReportQuestion, seen: string | undefined): Readonly<{undecided?: string}> {
	const unread = probed ? [] : unreadKinds(view, essential);
	const why = notSent === undefined ? (unread.length > 0 ? `DNS: ${whyUnread(view, unread)}` : seen) : `DNS: ${notSent}`;
	return why === undefined ? {} : {undecided: why};
}

function clientOf({from, view}: DnsReportQuestion): KubeObject | undefined {
	return view.all('pods').find(({metadata}) => `${metadata.namespace ?? ''}/${metadata.name}` === from);
}

function isAboutDns({family, class: kind}: Finding): boolean {
	if (kind === 'coverage') return lookupFamilies.has(family.toLowerCase()) || family === 'NetworkPolicy';
	return lookupFamilies.has(family.toLowerCase());
}
