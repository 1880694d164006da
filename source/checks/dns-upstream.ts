import type {Check, ClusterView} from '../core/check.ts';
import type {Finding} from '../core/finding.ts';
import {countMatches, type LogCount} from '../core/net/dns/coredns-log.ts';
import {dnsCluster, type DnsCluster, nameOf, refTo} from '../core/net/dns/dns-cluster.ts';
import {upstreamAddresses} from '../core/net/dns/forwards.ts';
import {podLogs} from '../core/net/dns/log-state.ts';
import {ratesOf} from '../core/net/dns/scrapes.ts';
import {systemConfig} from '../core/net/dns/system-config.ts';
import {upstreamRemedy} from '../core/net/dns/upstream-remedy.ts';
import {fact, fault} from '../core/net/fault.ts';

const manyLines = 10;
/** In a one-shot run nobody waits for ten: a few, the newest just now, are told as likely. */
const fewLines = 3;
const freshMs = 30_000;
const liveMs = 300_000;

/** diagnosis.md 2.1, check 8: by the error lines of CoreDNS, and by failed health checks between scrapes of its metrics. */
export const dnsUpstream: Check = {
	ids: ['DNS_UPSTREAM_FAILING'],
	title: 'CoreDNS reaches the servers that it forwards to',
	family: 'DNS',
	reads: ['services', 'pods'],
	graceMs: 0,
	*run(view) {
		const dns = dnsCluster(view);
		if (dns.pods.length === 0) return;
		const {corefile} = systemConfig(view, dns.service?.metadata.namespace);
		const logged = failingByLog(view, dns);
		const measured = failingByMetrics(view, dns);
		const failing = new Set([...logged.keys(), ...measured.keys()]);
		const known = new Set([...(corefile ? upstreamAddresses(corefile.parsed) : []), ...measuredUpstreams(view, dns)]);
		const broken = brokenForwards(view, dns);
		const all = broken > 0 || (known.size > 0 && [...known].every(address => failing.has(address)));
		for (const address of failing) yield upstreamFinding({address, dns, counts: logged.get(address), checks: measured.get(address), broken, all, view});
	},
};

function failingByLog(view: ClusterView, {pods}: DnsCluster): ReadonlyMap<string, LogCount> {
	const counts = podLogs(view, pods)
		.filter(({running}) => running)
		.flatMap(({matches}) => countMatches(matches, view.now).filter(({kind}) => kind === 'upstream'));
	const enough = counts.filter(({last5, newest}) =>
		view.oneShot ? last5 >= fewLines && view.now - newest.at <= freshMs : last5 >= manyLines && view.now - newest.at <= liveMs,
	);
	const byUpstream = Map.groupBy(enough, ({upstream = ''}) => upstream);
	return new Map([...byUpstream].flatMap(([upstream, [first, ...more]]) => (first ? [[upstream, more.reduce(together, first)] as const] : [])));
}

function together(a: LogCount, b: LogCount): LogCount {
	return {...a, last1: a.last1 + b.last1, last5: a.last5 + b.last5, last15: a.last15 + b.last15, newest: a.newest.at > b.newest.at ? a.newest : b.newest};
}

/** By upstream, health checks that failed: in the two newest intervals each, in a one-shot run in its only one. */
function failingByMetrics(view: ClusterView, {pods}: DnsCluster): ReadonlyMap<string, number> {
	const failing = new Map<string, number>();
	for (const pod of pods) {
		const [newest, before] = ratesOf(view, nameOf(pod));
		for (const {address, healthcheckFailures} of newest?.upstreams ?? []) {
			const earlier = before?.upstreams.find(one => one.address === address)?.healthcheckFailures ?? 0;
			if (healthcheckFailures > 0 && (view.oneShot || earlier > 0)) failing.set(address, (failing.get(address) ?? 0) + healthcheckFailures);
		}
	}
	return failing;
}

/** Questions for which every upstream was dead, in the newest interval; as for health checks, one interval alone counts in a one-shot run. */
function brokenForwards(view: ClusterView, {pods}: DnsCluster): number {
	return pods
		.map(pod => ratesOf(view, nameOf(pod)))
		.filter(([, before]) => view.oneShot || (before?.healthcheckBroken ?? 0) > 0)
		.reduce((sum, [newest]) => sum + (newest?.healthcheckBroken ?? 0), 0);
}

function measuredUpstreams(view: ClusterView, {pods}: DnsCluster): readonly string[] {
	return pods.flatMap(pod => ratesOf(view, nameOf(pod))[0]?.upstreams.map(({address}) => address) ?? []);
}

type Failing = Readonly<{
	address: string;
	dns: DnsCluster;
	counts: LogCount | undefined;
	checks: number | undefined;
	broken: number;
	all: boolean;
	view: ClusterView;
}>;

function upstreamFinding({address, dns, counts, checks, broken, all, view}: Failing): Finding {
	const subject = dns.service ? refTo(dns.service) : {apiVersion: 'v1', kind: 'Service', namespace: 'kube-system', name: 'kube-dns'};
	const cause = counts?.newest.cause ?? 'its health checks fail';
	const onlyAaaa = counts !== undefined && checks === undefined && counts.onlyAaaa;
	const told = counts ? `${counts.last5} errors in 5m` : `${checks} failed health checks`;
	return fault({
		id: 'DNS_UPSTREAM_FAILING',
		family: 'DNS',
		severity: all && !onlyAaaa ? 'critical' : 'warning',
		confidence: counts && counts.last5 >= manyLines && !view.oneShot ? 'proven' : 'likely',
		subject,
		part: address,
		title: `CoreDNS cannot reach upstream ${address}: ${cause}, ${told}${onlyAaaa ? ', AAAA questions only' : ''}`,
		evidence: [
			...(counts
				? [
						fact(subject, 'log of CoreDNS', counts.newest.line),
						fact(subject, 'log lines in 1, 5 and 15m', `${counts.last1}, ${counts.last5}, ${counts.last15}`),
					]
				: []),
			...(checks === undefined ? [] : [fact(subject, `coredns_proxy_healthcheck_failures_total{to="${address}"}`, `+${checks}`)]),
			...(broken === 0 ? [] : [fact(subject, 'coredns_forward_healthcheck_broken_total', `+${broken}: no upstream was left to ask`)]),
		],
		remedy: upstreamRemedy(address, subject.namespace ?? 'kube-system'),
	});
}
