import type {Check, ClusterView} from '../core/check.ts';
import type {Finding} from '../core/finding.ts';
import {dnsCluster, type DnsPod, nameOf, refTo} from '../core/net/dns/dns-cluster.ts';
import type {DnsRates} from '../core/net/dns/dns-rates.ts';
import {inZone} from '../core/net/dns/corefile.ts';
import {ratesOf} from '../core/net/dns/scrapes.ts';
import {fact, fault} from '../core/net/fault.ts';

const errorLimit = 0.05;
const errorResponses = 50;
const nxdomainLimit = 0.6;
const nxdomainGrave = 0.8;
const nxdomainQps = 100;
const slowSeconds = 1;
const slowClusterSeconds = 0.1;
const latencySamples = 100;

/** diagnosis.md 2.1, checks 10 to 12, from two intervals between scrapes; a one-shot run has one, and tells it as likely. */
export const dnsMetrics: Check = {
	ids: ['DNS_HIGH_ERROR_RATE', 'DNS_NDOTS_AMPLIFICATION', 'DNS_LATENCY_HIGH'],
	title: 'CoreDNS answers well and soon, by its metrics',
	family: 'DNS',
	reads: ['services', 'pods'],
	graceMs: 0,
	*run(view) {
		for (const pod of dnsCluster(view).pods) {
			const [newest, before] = ratesOf(view, nameOf(pod));
			const intervals = newest && before ? [newest, before] : newest && view.oneShot ? [newest] : [];
			if (intervals.length === 0) continue;
			yield* errorRate(view, pod, intervals);
			yield* amplification(view, pod, intervals);
			yield* latency(view, pod, intervals);
		}
	},
};

type Judge = (view: ClusterView, pod: DnsPod, intervals: readonly DnsRates[]) => Iterable<Finding>;

function percent(share: number | undefined): string {
	return `${Math.round((share ?? 0) * 100)}%`;
}

function rcodes({responses}: DnsRates): string {
	return Object.entries(responses)
		.filter(([, count]) => count > 0)
		.map(([rcode, count]) => `${rcode} ${count}`)
		.join(', ');
}

const errorRate: Judge = function* (view, pod, intervals) {
	if (!intervals.every(({errorShare = 0, responseCount}) => errorShare > errorLimit && responseCount >= errorResponses)) return;
	const [newest] = intervals;
	if (!newest) return;
	const subject = refTo(pod);
	yield fault({
		id: 'DNS_HIGH_ERROR_RATE',
		family: 'DNS',
		severity: 'warning',
		confidence: view.oneShot ? 'likely' : 'proven',
		subject,
		title: `CoreDNS ${nameOf(pod)} answers ${percent(newest.errorShare)} with SERVFAIL or REFUSED, ${newest.queriesPerSecond.toFixed(1)} questions/s`,
		evidence: intervals.map(rates => fact(subject, 'coredns_dns_responses_total', `${rcodes(rates)} in ${Math.round(rates.seconds)}s`)),
		remedy: [{text: 'See what it complains about', command: `kubectl -n ${subject.namespace} logs ${subject.name} --tail=100`, changes: false}],
	});
};

const amplification: Judge = function* (view, pod, intervals) {
	if (!intervals.every(({nxdomainShare = 0, queriesPerSecond}) => nxdomainShare > nxdomainLimit && queriesPerSecond > nxdomainQps)) return;
	const [newest] = intervals;
	if (!newest) return;
	const subject = refTo(pod);
	const grave = (newest.nxdomainShare ?? 0) > nxdomainGrave;
	yield fault({
		id: 'DNS_NDOTS_AMPLIFICATION',
		family: 'DNS',
		severity: grave ? 'warning' : 'info',
		class: grave ? 'fault' : 'practice',
		confidence: view.oneShot ? 'possible' : 'likely',
		subject,
		title: `CoreDNS ${nameOf(pod)}: ${percent(newest.nxdomainShare)} of the answers are NXDOMAIN; with ndots 5 each name outside costs about 8 questions`,
		evidence: intervals.map(rates => fact(subject, 'coredns_dns_responses_total', `${rcodes(rates)} in ${Math.round(rates.seconds)}s`)),
		remedy: [
			{
				text: 'In workloads that call names outside: ndots 2, or names with a final dot',
				command: `kubectl -n NAMESPACE patch deployment NAME --type merge -p '{"spec":{"template":{"spec":{"dnsConfig":{"options":[{"name":"ndots","value":"2"}]}}}}}'`,
				changes: true,
			},
		],
	});
};

const latency: Judge = function* (view, pod, intervals) {
	const clusterZones = (rates: DnsRates) => Object.entries(rates.byZone).filter(([zone]) => zone !== '.' && inZone(view.clusterDomain, zone));
	const slowOverall = intervals.every(({latency: {samples, p99 = 0}}) => samples >= latencySamples && p99 > slowSeconds);
	const slowCluster = intervals.every(rates => clusterZones(rates).some(([, {samples, p99 = 0}]) => samples >= latencySamples && p99 > slowClusterSeconds));
	const [newest] = intervals;
	if (!newest || (!slowOverall && !slowCluster)) return;
	const subject = refTo(pod);
	const zone = slowCluster ? clusterZones(newest)[0] : undefined;
	const p99 = zone?.[1].p99 ?? newest.latency.p99 ?? 0;
	yield fault({
		id: 'DNS_LATENCY_HIGH',
		family: 'DNS',
		severity: 'warning',
		confidence: view.oneShot ? 'likely' : 'proven',
		subject,
		title: `CoreDNS ${nameOf(pod)} is slow${zone ? ` for ${zone[0]}` : ''}: p99 ${Math.round(p99 * 1000)} ms`,
		evidence: intervals.map(({latency: {p50 = 0, p90 = 0, p99: high = 0, samples}, seconds}) =>
			fact(
				subject,
				'coredns_dns_request_duration_seconds',
				`p50 ${Math.round(p50 * 1000)} ms, p90 ${Math.round(p90 * 1000)} ms, p99 ${Math.round(high * 1000)} ms of ${samples} in ${Math.round(seconds)}s`,
			),
		),
		remedy: [{text: 'Compare its CPU with its limit', command: `kubectl -n ${subject.namespace} top pod ${subject.name}`, changes: false}],
	});
};
