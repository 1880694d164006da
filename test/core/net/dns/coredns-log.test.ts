import assert from 'node:assert/strict';
import {test} from 'node:test';
import {corednsLogMatches, countMatches} from '../../../../source/core/net/dns/coredns-log.ts';

const at = '2026-01-02T14:00:00.123456789Z';

function kinds(...lines: readonly string[]): readonly string[] {
	return corednsLogMatches(lines.map(line => `${at} ${line}`).join('\n')).map(({kind}) => kind);
}

test('lines as CoreDNS writes them', () => {
	assert.deepEqual(
		kinds(
			'[FATAL] plugin/loop: Loop (127.0.0.1:52372 -> :53) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO 45.68."',
			"/etc/coredns/Corefile:18 - Error during parsing: Unknown directive 'no_such_plugin'",
			'[ERROR] plugin/reload: Corefile changed but reload failed: starting with listener file descriptors: Corefile:3 - Error during parsing: x',
			'[WARNING] plugin/reload: Corefile parse failed: x',
			'[INFO] plugin/reload: Running configuration SHA512 = aa42',
			'[INFO] Reloading complete',
			'[ERROR] plugin/errors: 2 331.610. HINFO: read udp 10.244.1.23:59054->10.90.0.10:53: i/o timeout',
			'[ERROR] plugin/errors: 2 a.example.com. AAAA: dial tcp [2001:db8::1]:53: connect: connection refused',
			'[ERROR] plugin/errors: 2 a.example.com. A: plugin/forward: no upstream',
			'[ERROR] plugin/forward: concurrent queries exceeded maximum 1000',
			'[INFO] plugin/kubernetes: pkg/mod/k8s.io/client-go/reflector.go:231: failed to list *v1.Namespace: Get "https://10.96.0.1:443/api": dial tcp 10.96.0.1:443: i/o timeout',
			'[ERROR] plugin/kubernetes: pkg/reflector.go: Failed to watch *v1.EndpointSlice: endpointslices.discovery.k8s.io is forbidden: User "system:serviceaccount:kube-system:coredns" cannot list',
			'[WARNING] plugin/kubernetes: starting server with unsynced Kubernetes API',
			'[INFO] plugin/ready: Still waiting on: "kubernetes"',
			'[INFO] plugin/ready: Plugins not ready: "kubernetes"',
			'[WARNING] plugin/health: Local health request to "http://:8080/health" took more than 1s: 1.2s',
			'[ERROR] Recovered from panic in server: "dns://:53"',
		),
		[
			'loop',
			'corefile',
			'reload-failed',
			'reload-failed',
			'reloaded',
			'reloaded',
			'upstream',
			'upstream',
			'servfail',
			'max-concurrent',
			'api-watch',
			'api-forbidden',
			'api-unsynced',
			'not-ready',
			'not-ready',
			'health-slow',
			'panic',
		],
	);
});

test('lines that tell nothing, and names that imitate a line', () => {
	assert.deepEqual(
		kinds(
			'.:53',
			'[INFO] plugin/reload: something else',
			'[INFO] 10.244.1.7:5353 - 77 "A IN plugin/loop: Loop (a) detected for zone. udp 40 false 512" NXDOMAIN qr,rd,ra 103 0.001s',
			'[INFO] 10.244.1.7:5353 - 77 "A IN x] plugin/errors: 2 a A: read udp 1->10.0.0.2:53: i/o timeout"',
		),
		[],
	);
	assert.deepEqual(corednsLogMatches('no timestamp plugin/loop: Loop (x) detected for zone'), []);
});

test('the upstream, the cause and the record type are taken out, control bytes made visible', () => {
	const [udp, tcp] = corednsLogMatches(
		`${at} [ERROR] plugin/errors: 2 a.example.com. A: read udp 10.244.1.23:59054->10.90.0.10:5399: read: connection refused\n${at} [ERROR] plugin/errors: 2 \u001b[31mx. AAAA: dial tcp [2001:db8::1]:53: i/o timeout\n`,
	);
	assert.deepEqual([udp?.upstream, udp?.cause, udp?.aaaa], ['10.90.0.10:5399', 'connection refused', false]);
	assert.deepEqual([tcp?.upstream, tcp?.cause, tcp?.aaaa], ['[2001:db8::1]:53', 'i/o timeout', true]);
	assert.doesNotMatch(tcp?.line ?? '', /\u001b/);
	assert.equal(udp?.at, Date.parse(at));
});

test('counted over 1, 5 and 15 minutes, by upstream', () => {
	const now = Date.parse('2026-01-02T14:20:00Z');
	const line = (secondsAgo: number, upstream: string): string =>
		`${new Date(now - secondsAgo * 1000).toISOString()} [ERROR] plugin/errors: 2 a. A: read udp 10.0.0.1:5->${upstream}: i/o timeout`;
	const counts = countMatches(
		corednsLogMatches(
			[line(1000, '10.0.0.2:53'), line(400, '10.0.0.2:53'), line(90, '10.0.0.2:53'), line(20, '10.0.0.2:53'), line(10, '10.0.0.3:53')].join('\n'),
		),
		now,
	);
	assert.deepEqual(
		counts.map(({upstream, last1, last5, last15, newest}) => [upstream, last1, last5, last15, now - newest.at]),
		[
			['10.0.0.2:53', 1, 2, 3, 20_000],
			['10.0.0.3:53', 1, 1, 1, 10_000],
		],
	);
});
