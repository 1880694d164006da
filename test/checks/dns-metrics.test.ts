import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsMetrics} from '../../source/checks/dns-metrics.ts';
import {told, withoutKind} from '../tools/run-check.ts';
import {dnsObjects, scrapeOf} from '../core/net/dns/dns-fixture.ts';

type Counts = Readonly<{ok?: number; servfail?: number; nxdomain?: number; slow?: number; zone?: string}>;

/** Three scrapes, 15 s apart: each interval has these counts. */
function three(counts: Counts, intervals = 2) {
	return Array.from({length: intervals + 1}, (_, index) => scrapeOf(0, index * 15, metrics(counts, intervals - index)));
}

function metrics({ok = 0, servfail = 0, nxdomain = 0, slow = 0, zone = '.'}: Counts, times: number): string {
	const all = (ok + servfail + nxdomain) * times;
	return `coredns_dns_requests_total{proto="udp",type="A"} ${all}
coredns_dns_responses_total{rcode="NOERROR"} ${ok * times}
coredns_dns_responses_total{rcode="SERVFAIL"} ${servfail * times}
coredns_dns_responses_total{rcode="NXDOMAIN"} ${nxdomain * times}
coredns_dns_request_duration_seconds_bucket{zone="${zone}",le="0.064"} ${all - slow * times}
coredns_dns_request_duration_seconds_bucket{zone="${zone}",le="0.256"} ${all - slow * times}
coredns_dns_request_duration_seconds_bucket{zone="${zone}",le="2.048"} ${all}
coredns_dns_request_duration_seconds_bucket{zone="${zone}",le="+Inf"} ${all}
`;
}

const objects = dnsObjects();

test('more than a twentieth fails over two intervals', () => {
	assert.deepEqual(told(dnsMetrics, objects, {observations: three({ok: 900, servfail: 100})}), [
		'DNS_HIGH_ERROR_RATE warning proven: CoreDNS kube-system/coredns-5d7c6cdd6-aaaa0 answers 10% with SERVFAIL or REFUSED, 66.7 questions/s',
	]);
});

test('too few answers, one interval, few errors, names that do not exist', () => {
	assert.deepEqual(told(dnsMetrics, objects, {observations: three({ok: 20, servfail: 20})}), []);
	assert.deepEqual(told(dnsMetrics, objects, {observations: three({ok: 900, servfail: 100}, 1)}), []);
	assert.deepEqual(told(dnsMetrics, objects, {observations: three({ok: 990, servfail: 10})}), []);
	assert.deepEqual(told(dnsMetrics, objects, {observations: three({ok: 300, nxdomain: 700})}), []);
});

test('one look has one interval, and is likely', () => {
	assert.match(told(dnsMetrics, objects, {oneShot: true, observations: three({ok: 900, servfail: 100}, 1)})[0] ?? '', /^DNS_HIGH_ERROR_RATE warning likely/);
});

test('search lists that multiply the questions: information, above four fifths a warning; only with many questions', () => {
	assert.match(
		told(dnsMetrics, objects, {observations: three({ok: 600, nxdomain: 1400})})[0] ?? '',
		/^DNS_NDOTS_AMPLIFICATION info likely: .*70% of the answers are NXDOMAIN/,
	);
	assert.match(told(dnsMetrics, objects, {observations: three({ok: 200, nxdomain: 1800})})[0] ?? '', /^DNS_NDOTS_AMPLIFICATION warning/);
});

test('slow answers: over one second overall, over 100 ms for names of the cluster', () => {
	assert.match(
		told(dnsMetrics, objects, {observations: three({ok: 1000, slow: 100})})[0] ?? '',
		/^DNS_LATENCY_HIGH warning proven: CoreDNS \S+ is slow: p99 18\d\d ms/,
	);
	assert.match(told(dnsMetrics, objects, {observations: three({ok: 1000, slow: 12, zone: 'cluster.local'})})[0] ?? '', /is slow for cluster\.local/);
	assert.deepEqual(told(dnsMetrics, objects, {observations: three({ok: 1000, slow: 5})}), []);
	assert.deepEqual(told(dnsMetrics, objects, {observations: three({ok: 90, slow: 60})}), []);
});

test('no metrics find nothing; pods that may not be read are not checked', () => {
	assert.deepEqual(told(dnsMetrics, objects), []);
	assert.deepEqual(withoutKind(dnsMetrics, objects, 'pods'), ['NOT_CHECKED coverage']);
});
