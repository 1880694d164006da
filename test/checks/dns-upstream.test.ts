import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsUpstream} from '../../source/checks/dns-upstream.ts';
import {findings, told, withoutKind} from '../tools/run-check.ts';
import {dnsObjects, logOf, scrapeOf, usualCorefile} from '../core/net/dns/dns-fixture.ts';

type Lines = ReadonlyArray<readonly [number, string]>;

function errors(count: number, newest: number, upstream = '10.0.0.2:53', type = 'A'): Lines {
	return Array.from(
		{length: count},
		(_, index) => [newest + (count - 1 - index) * 10, `[ERROR] plugin/errors: 2 a.example. ${type}: read udp 10.244.1.5:4->${upstream}: i/o timeout`] as const,
	);
}

function metrics(failures: number): string {
	return `coredns_dns_requests_total{proto="udp"} 5\ncoredns_proxy_healthcheck_failures_total{proxy_name="forward",to="10.0.0.2:53"} ${failures}\n`;
}

test('ten errors in five minutes prove it; critical, for it is the only upstream', () => {
	assert.deepEqual(told(dnsUpstream, dnsObjects(), {observations: [logOf(0, errors(12, 20))]}), [
		'DNS_UPSTREAM_FAILING critical proven: CoreDNS cannot reach upstream 10.0.0.2:53: i/o timeout, 12 errors in 5m',
	]);
	assert.deepEqual(told(dnsUpstream, dnsObjects(), {observations: [logOf(0, errors(4, 20))]}), []);
});

test('one of two upstreams is a warning', () => {
	const two = dnsObjects({corefile: usualCorefile.replace('10.0.0.2', '10.0.0.2 10.0.0.3')});
	assert.match(told(dnsUpstream, two, {observations: [logOf(0, errors(12, 20))]})[0] ?? '', /^DNS_UPSTREAM_FAILING warning/);
});

test('one look: a few errors, the newest just now, are likely; older ones are history', () => {
	const once = (lines: Lines) => told(dnsUpstream, dnsObjects(), {oneShot: true, observations: [logOf(0, lines)]}).map(text => text.slice(0, 36));
	assert.deepEqual(once(errors(4, 3)), ['DNS_UPSTREAM_FAILING critical likely']);
	assert.deepEqual(once(errors(2, 3)), []);
	assert.deepEqual(once(errors(40, 45)), []);
});

test('failed health checks: of two intervals, in one look of its only one', () => {
	const grown = [scrapeOf(0, 0, metrics(9)), scrapeOf(0, 15, metrics(6)), scrapeOf(0, 30, metrics(1))];
	assert.match(
		told(dnsUpstream, dnsObjects(), {observations: grown})[0] ?? '',
		/DNS_UPSTREAM_FAILING critical likely: .* its health checks fail, 3 failed health checks/,
	);
	assert.deepEqual(told(dnsUpstream, dnsObjects(), {observations: grown.slice(0, 2)}), []);
	assert.equal(told(dnsUpstream, dnsObjects(), {oneShot: true, observations: [scrapeOf(0, 0, metrics(3)), scrapeOf(0, 1, metrics(1))]}).length, 1);
	assert.deepEqual(told(dnsUpstream, dnsObjects(), {oneShot: true, observations: [scrapeOf(0, 0, metrics(3)), scrapeOf(0, 1, metrics(3))]}), []);
});

test('no upstream left to ask is critical, though others are known; one interval is none on the screen', () => {
	const two = dnsObjects({corefile: usualCorefile.replace('10.0.0.2', '10.0.0.2 10.0.0.3')});
	const broken = (failures: number, count: number) => `${metrics(failures)}coredns_forward_healthcheck_broken_total ${count}\n`;
	const scrapes = (counts: readonly number[]) => counts.map((count, index) => scrapeOf(0, index * 15, broken(9 - index * 3, count)));
	const [found] = findings(dnsUpstream, two, {observations: scrapes([7, 4, 1])});
	assert.equal(found?.severity, 'critical');
	assert.ok(found?.evidence.some(({path, value}) => path === 'coredns_forward_healthcheck_broken_total' && value.startsWith('+3:')));
	assert.equal(findings(dnsUpstream, two, {observations: scrapes([7, 7, 7])})[0]?.severity, 'warning', 'a counter since the start is no proof of now');
	assert.equal(findings(dnsUpstream, two, {observations: scrapes([7, 4, 4])})[0]?.severity, 'warning');
	assert.equal(findings(dnsUpstream, two, {oneShot: true, observations: scrapes([7, 4]).slice(0, 2)})[0]?.severity, 'critical');
});

test('AAAA questions alone are said to be that; both pods count together', () => {
	const [found] = findings(dnsUpstream, dnsObjects(), {
		observations: [logOf(0, errors(12, 9, '10.0.0.2:53', 'AAAA')), logOf(1, errors(11, 5, '10.0.0.2:53', 'AAAA'))],
	});
	assert.match(found?.title ?? '', /23 errors in 5m, AAAA questions only$/);
	assert.equal(found?.severity, 'warning');
	assert.equal(found?.key, 'DNS_UPSTREAM_FAILING Service kube-system/kube-dns 10.0.0.2:53');
});

test('a log that could not be read finds nothing; pods that may not be read are not checked', () => {
	const failed = {
		probe: 'coredns-log',
		target: 'kube-system/coredns-5d7c6cdd6-aaaa0',
		at: 0,
		tookMs: 1,
		outcome: 'failed',
		problem: {code: 'forbidden', what: 'x', cause: 'you may not'},
	} as const;
	assert.deepEqual(told(dnsUpstream, dnsObjects(), {observations: [failed]}), []);
	assert.deepEqual(withoutKind(dnsUpstream, dnsObjects(), 'pods'), ['NOT_CHECKED coverage']);
});
