import assert from 'node:assert/strict';
import {test} from 'node:test';
import {corednsMetrics} from '../../../../source/core/net/dns/coredns-metrics.ts';
import {dnsRates, quantiles} from '../../../../source/core/net/dns/dns-rates.ts';

/** As CoreDNS 1.12 writes them, shortened. */
function scrape(requests: number, servfail: number, slow: number): string {
	return `# HELP coredns_build_info A metric
# TYPE coredns_build_info gauge
coredns_build_info{goversion="go1.26",revision="",version="1.12.4"} 1
coredns_dns_requests_total{family="1",proto="udp",server="dns://:53",type="A",view="",zone="."} ${requests - 10}
coredns_dns_requests_total{family="1",proto="tcp",server="dns://:53",type="AAAA",view="",zone="."} 10
coredns_dns_responses_total{plugin="loadbalance",rcode="NOERROR",server="dns://:53",view="",zone="."} ${requests - servfail - 20}
coredns_dns_responses_total{plugin="",rcode="SERVFAIL",server="dns://:53",view="",zone="."} ${servfail}
coredns_dns_responses_total{plugin="loadbalance",rcode="NXDOMAIN",server="dns://:53",view="",zone="."} 20
coredns_dns_request_duration_seconds_bucket{server="dns://:53",view="",zone=".",le="0.001"} ${requests - slow}
coredns_dns_request_duration_seconds_bucket{server="dns://:53",view="",zone=".",le="1.024"} ${requests - slow}
coredns_dns_request_duration_seconds_bucket{server="dns://:53",view="",zone=".",le="2.048"} ${requests}
coredns_dns_request_duration_seconds_bucket{server="dns://:53",view="",zone=".",le="+Inf"} ${requests}
coredns_cache_requests_total{server="dns://:53",view="",zones="."} ${requests}
coredns_cache_hits_total{server="dns://:53",type="success",view="",zones="."} ${requests / 2}
coredns_cache_misses_total{server="dns://:53",view="",zones="."} ${requests / 2}
coredns_proxy_request_duration_seconds_sum{proxy_name="forward",rcode="NOERROR",to="10.0.0.2:53"} ${requests / 100}
coredns_proxy_request_duration_seconds_count{proxy_name="forward",rcode="NOERROR",to="10.0.0.2:53"} ${requests}
coredns_proxy_request_duration_seconds_count{proxy_name="grpc",rcode="NOERROR",to="10.9.9.9:53"} 5
coredns_proxy_healthcheck_failures_total{proxy_name="forward",to="10.0.0.2:53"} ${servfail}
coredns_forward_healthcheck_broken_total ${servfail}
coredns_panics_total 0
coredns_reload_failed_total 0
coredns_plugin_enabled{name="forward",server="dns://:53",view="",zone="."} 1
coredns_plugin_enabled{name="kubernetes",server="dns://:53",view="",zone="."} 1
go_goroutines 51
`;
}

function between(before: string, after: string, seconds = 15): NonNullable<ReturnType<typeof dnsRates>> {
	const [a, b] = [corednsMetrics(before), corednsMetrics(after)];
	assert.ok(a && b);
	const rates = dnsRates({at: 0, metrics: a}, {at: seconds * 1000, metrics: b});
	assert.ok(rates);
	return rates;
}

test('the names that are needed are kept and summed, others are not', () => {
	const metrics = corednsMetrics(scrape(100, 4, 0));
	assert.equal(metrics?.version, '1.12.4');
	assert.deepEqual(metrics?.requests, {udp: 90, tcp: 10});
	assert.deepEqual(metrics?.types, {A: 90, AAAA: 10});
	assert.deepEqual(metrics?.responses, {NOERROR: 76, SERVFAIL: 4, NXDOMAIN: 20});
	assert.deepEqual(metrics?.plugins, ['forward', 'kubernetes']);
	assert.deepEqual(Object.keys(metrics?.upstreams ?? {}), ['10.0.0.2:53']);
	assert.equal(corednsMetrics('go_goroutines 51\n'), undefined);
	assert.equal(corednsMetrics('<html>no metrics</html>'), undefined);
});

test('names of before 1.9, escaped labels, timestamps and broken lines', () => {
	const metrics = corednsMetrics(
		'coredns_forward_request_duration_seconds_count{rcode="NOERROR",to="10.0.0.2:53"} 7 1700000000000\ncoredns_dns_responses_total{rcode="a\\"b\\nc"} 1\ncoredns_dns_responses_total{rcode= 2\ncoredns_panics_total NaN\n',
	);
	assert.equal(metrics?.upstreams['10.0.0.2:53']?.count, 7);
	assert.deepEqual(metrics?.responses, {'a"b\nc': 1});
	assert.equal(metrics?.panics, 0);
});

test('rates, rcodes, cache and upstreams of an interval', () => {
	const rates = between(scrape(1000, 4, 0), scrape(1300, 34, 0));
	assert.equal(rates.queriesPerSecond, 20);
	assert.equal(rates.responseCount, 300);
	assert.equal(rates.errorShare, 0.1);
	assert.equal(rates.nxdomainShare, 0);
	assert.equal(rates.cacheHitShare, 0.5);
	assert.deepEqual(rates.upstreams, [{address: '10.0.0.2:53', asked: 300, meanSeconds: 0.01, healthcheckFailures: 30, rcodes: {NOERROR: 300}}]);
	assert.equal(rates.healthcheckBroken, 30);
});

test('a counter that fell was reset: it counts from zero', () => {
	const rates = between(scrape(1000, 40, 0), scrape(150, 0, 0));
	assert.equal(rates.queriesPerSecond, 10);
	assert.equal(rates.latency.samples, 150);
	assert.equal(rates.upstreams[0]?.healthcheckFailures, 0);
	const [a] = [corednsMetrics(scrape(10, 0, 0))];
	assert.ok(a);
	assert.equal(dnsRates({at: 5, metrics: a}, {at: 5, metrics: a}), undefined);
});

test('nothing was asked: shares are not known, and are not 0', () => {
	const rates = between(scrape(1000, 4, 0), scrape(1000, 4, 0));
	assert.equal(rates.errorShare, undefined);
	assert.equal(rates.cacheHitShare, undefined);
	assert.deepEqual(rates.latency, {samples: 0, few: true});
});

test('quantiles lie between the bounds of their bucket; under 50 samples they are few', () => {
	assert.deepEqual(
		quantiles([
			[0.1, 0],
			[0.2, 100],
			[Number.POSITIVE_INFINITY, 100],
		]),
		{samples: 100, few: false, p50: 0.15000000000000002, p90: 0.19, p99: 0.199},
	);
	assert.equal(
		quantiles([
			[0.1, 10],
			[Number.POSITIVE_INFINITY, 49],
		]).few,
		true,
	);
	// Above the last bound nothing more is known than that bound.
	assert.equal(
		quantiles([
			[8.192, 0],
			[Number.POSITIVE_INFINITY, 60],
		]).p99,
		8.192,
	);
	assert.deepEqual(quantiles([]), {samples: 0, few: true});
	assert.ok((between(scrape(1000, 0, 0), scrape(1200, 0, 100)).latency.p99 ?? 0) > 1.9);
});
