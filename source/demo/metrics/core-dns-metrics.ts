import {dnsTroubleAnnotation} from '../logs/core-dns-profile.ts';
import {seedOf} from '../random.ts';
import type {StoredObject} from '../stored-object.ts';
import {recordsAt, textAt} from '../json.ts';

const server = 'server="dns://:53"';
const buckets = [0.00025, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 2.048, 4.096, 8.192] as const;
/** The upstream of a node's own resolv.conf. */
const upstream = '10.0.0.2:53';

type Counters = Readonly<{requests: number; external: number; failed: number}>;

/** How much a pod has answered since it started: some dozens a second, a tenth of it names of the outside. */
function countersOf(pod: StoredObject, now: number): Counters {
	const startedAt = Date.parse(textAt(recordsAt(pod, 'status', 'containerStatuses')[0], 'state', 'running', 'startedAt'));
	const seconds = Math.max(0, (now - (Number.isNaN(startedAt) ? now : startedAt)) / 1000);
	const perSecond = 28 + (seedOf(pod.metadata.uid) % 17);
	const requests = Math.floor(seconds * perSecond);
	const [, , since = ''] = (pod.metadata.annotations?.[dnsTroubleAnnotation] ?? '').split(' ');
	const failedSeconds = since === '' ? 0 : Math.max(0, (now - Date.parse(since)) / 1000);
	return {requests, external: Math.floor(requests * 0.1), failed: Math.floor(failedSeconds * perSecond * 0.1)};
}

function family(name: string, type: string, lines: readonly string[]): string {
	return `# HELP ${name} ${name.replaceAll('_', ' ')}.\n# TYPE ${name} ${type}\n${lines.map(line => `${name}${line}\n`).join('')}`;
}

/** Cumulative buckets: nearly all within a millisecond; what fails takes two seconds. */
function durations({requests, failed}: Counters): readonly string[] {
	const share = (le: number): number => Math.min(1, 1 - 0.62 ** (le / 0.00025));
	const below = (le: number): number => Math.floor((requests - failed) * share(le)) + (le >= 2.048 ? failed : 0);
	const labels = `${server},view="",zone="."`;
	return [
		...buckets.map(le => `_bucket{${labels},le="${le}"} ${below(le)}`),
		`_bucket{${labels},le="+Inf"} ${requests}`,
		`_sum{${labels}} ${(requests - failed) * 0.0006 + failed * 2}`,
		`_count{${labels}} ${requests}`,
	];
}

/** What CoreDNS serves on :9153/metrics, as far as anybody reads it here: rates, codes, latency, cache, upstreams. */
export function coreDnsMetrics(pod: StoredObject, now: number): string {
	const counters = countersOf(pod, now);
	const {requests, external, failed} = counters;
	const nxdomain = Math.floor((requests - external) * 0.34);
	const rcodes = {NOERROR: requests - nxdomain - failed, NXDOMAIN: nxdomain, SERVFAIL: failed};
	const zone = `${server},view="",zone="."`;
	const hits = Math.floor(requests * 0.71);
	const to = `proxy_name="forward",to="${upstream}"`;
	const forwarded = external - failed;
	return [
		family('coredns_build_info', 'gauge', ['{goversion="go1.25.1",revision="1b0a0cf",version="1.12.4"} 1']),
		family(
			'coredns_cache_entries',
			'gauge',
			['success', 'denial'].map((type, index) => `{${server},type="${type}",view="",zones="."} ${index === 0 ? 412 : 95}`),
		),
		family('coredns_cache_hits_total', 'counter', [
			`{${server},type="denial",view="",zones="."} ${Math.floor(hits * 0.3)}`,
			`{${server},type="success",view="",zones="."} ${hits - Math.floor(hits * 0.3)}`,
		]),
		family('coredns_cache_misses_total', 'counter', [`{${server},view="",zones="."} ${requests - hits}`]),
		family('coredns_cache_requests_total', 'counter', [`{${server},view="",zones="."} ${requests}`]),
		family('coredns_dns_request_duration_seconds', 'histogram', durations(counters)),
		family('coredns_dns_requests_total', 'counter', [
			`{family="1",proto="udp",${server},type="A",view="",zone="."} ${Math.floor(requests * 0.52)}`,
			`{family="1",proto="udp",${server},type="AAAA",view="",zone="."} ${requests - Math.floor(requests * 0.52) - Math.floor(requests * 0.004)}`,
			`{family="1",proto="tcp",${server},type="A",view="",zone="."} ${Math.floor(requests * 0.004)}`,
		]),
		family(
			'coredns_dns_responses_total',
			'counter',
			Object.entries(rcodes).map(([rcode, count]) => `{plugin="loadbalance",rcode="${rcode}",${zone}} ${count}`),
		),
		family('coredns_forward_healthcheck_broken_total', 'counter', [` ${Math.floor(failed / 40)}`]),
		family('coredns_forward_max_concurrent_rejects_total', 'counter', [' 0']),
		family('coredns_health_request_failures_total', 'counter', [' 0']),
		family('coredns_kubernetes_rest_client_requests_total', 'counter', [`{code="200",host="10.96.0.1:443",method="GET"} ${Math.floor(requests / 900)}`]),
		family('coredns_panics_total', 'counter', [' 0']),
		family(
			'coredns_plugin_enabled',
			'gauge',
			['cache', 'errors', 'forward', 'health', 'kubernetes', 'loadbalance', 'loop', 'prometheus', 'ready'].map(name => `{name="${name}",${zone}} 1`),
		),
		family('coredns_proxy_healthcheck_failures_total', 'counter', [`{${to}} ${Math.floor(failed / 10)}`]),
		family('coredns_proxy_request_duration_seconds', 'histogram', [
			`_bucket{${to},rcode="NOERROR",le="+Inf"} ${forwarded}`,
			`_sum{${to},rcode="NOERROR"} ${forwarded * 0.003}`,
			`_count{${to},rcode="NOERROR"} ${forwarded}`,
		]),
	].join('');
}
