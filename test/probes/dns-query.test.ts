import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Tools} from '../../source/core/net/probe/tools.ts';
import {dnsQuery} from '../../source/probes/dns-query.ts';
import {fields, output, question, recordings} from '../tools/probe-recordings.ts';

/** transport and answer of each recorded case; where a tool differs, it is in `others`. */
const usual: Readonly<Record<string, string>> = {
	ok: 'ok NOERROR',
	nxdomain: 'ok NXDOMAIN',
	servfail: 'ok SERVFAIL',
	refused: 'ok REFUSED',
	nodata: 'ok NODATA',
	timeout: 'timeout',
	closed: 'refused',
	// Replies from another address are dropped: a plain time-out (trap 1).
	'wrong-source': 'timeout',
};
const others: Readonly<Record<string, string>> = {
	// Its sockets do not learn of a closed port.
	'kdig udp closed': 'timeout',
	'drill udp closed': 'timeout',
	// It takes an answer from anybody (trap 2).
	'drill udp wrong-source': 'ok NOERROR',
};

test('every recorded output of every DNS tool is read as diagnosis.md 4.4 says', () => {
	const all = recordings('dns-query');
	assert.ok(all.length > 60);
	for (const recording of all) {
		const name = `${recording.tool} ${recording.protocol} ${recording.case}`;
		const cell = dnsQuery.read(recording, question({protocol: recording.protocol}), recording.tool);
		const seen = [cell.transport, cell.answer].filter(word => word !== undefined).join(' ');
		assert.equal(seen, others[name] ?? usual[recording.case], `${name} (${recording.program}): ${recording.text}`);
		if (recording.case === 'ok') assert.deepEqual(cell.values, ['10.96.0.1'], name);
	}
});

test('outputs of versions that are not at hand, as diagnosis.md and their sources have them', () => {
	const cases: ReadonlyArray<readonly [tool: string, text: string, exitCode: number, ms: number, expected: string]> = [
		['dig', ';; connection timed out; no servers could be reached', 9, 2000, 'timeout'],
		['nslookup', ';; connection timed out; no servers could be reached', 1, 2000, 'timeout'],
		[
			'nslookup (busybox)',
			"Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n** server can't find a.b.: NXDOMAIN\n\n** server can't find a.b.: NXDOMAIN",
			1,
			5,
			'ok NXDOMAIN',
		],
		['nslookup (busybox)', "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n*** Can't find a.b.: No answer", 1, 5, 'ok NODATA'],
		['nslookup (busybox)', "nslookup: write to '10.96.0.10': Connection refused\n;; connection timed out; no servers could be reached", 1, 2000, 'refused'],
		['nslookup (busybox)', "nslookup: can't connect to remote host (10.9.9.9): Network is unreachable", 1, 5, 'no-route'],
		['nslookup (busybox)', "nslookup: unrecognized option '-type=a'", 1, 5, 'tool-error'],
		[
			'nslookup (busybox-old)',
			'Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local\n\nName:      kubernetes.default\nAddress 1: 10.96.0.1 kubernetes.default.svc.cluster.local',
			0,
			5,
			'ok NOERROR',
		],
		['nslookup (busybox-old)', "Server:    10.96.0.10\nAddress 1: 10.96.0.10\n\nnslookup: can't resolve 'nope'", 1, 20, 'inconclusive'],
		['nslookup (busybox-old)', "nslookup: can't resolve 'kubernetes'", 1, 5000, 'timeout'],
		['host', 'kubernetes.default has no A record', 0, 5, 'ok NODATA'],
		['drill', 'Error: error sending query: Could not send or receive, because of network error', 1, 5000, 'timeout'],
		['drill', 'Error: error sending query: Could not send or receive, because of network error', 1, 5, 'inconclusive'],
		['bash', '', 0, 2000, 'timeout'],
		['bash', '6b 38 81 80', 0, 5, 'tool-error'],
		['dig', 'k8tui: dig: not found', 127, 5, 'tool-missing'],
	];
	for (const [tool, text, exitCode, ms, expected] of cases) {
		const cell = dnsQuery.read(output(text, exitCode, ms), question(), tool);
		assert.equal([cell.transport, cell.answer].filter(word => word !== undefined).join(' '), expected, `${tool}: ${text}`);
	}
});

test('our own programs: python3 and node, with the codes of c-ares as well', () => {
	const cases: ReadonlyArray<readonly [line: string, expected: string]> = [
		['rc=0 an=1 src=10.244.2.5 v=10.96.0.1 ms=3', 'ok NOERROR'],
		['rc=0 an=0 src=10.244.2.5 v= ms=3', 'ok NODATA'],
		['rc=3 an=0 src=10.244.2.5 v= ms=3', 'ok NXDOMAIN'],
		['rc=2 an=0 src=10.244.2.5 v= ms=3', 'ok SERVFAIL'],
		['rc=5 an=0 src=10.244.2.5 v= ms=3', 'ok REFUSED'],
		['rc=0 an=1 src=10.244.9.9 v=10.96.0.1 ms=3', 'wrong-source NOERROR'],
		['err=TimeoutError ms=2002', 'timeout'],
		['err=timeout ms=2002', 'timeout'],
		['err=ETIMEOUT ms=2990', 'timeout'],
		['err=ConnectionRefusedError ms=1', 'refused'],
		['err=ECONNREFUSED ms=1', 'refused'],
		['err=EHOSTUNREACH ms=1', 'no-route'],
		['err=ENOTFOUND ms=1', 'ok NXDOMAIN'],
		['err=ESERVFAIL ms=1', 'ok SERVFAIL'],
		['err=EREFUSED ms=1', 'ok REFUSED'],
		['err=ValueError ms=1', 'tool-error'],
		['rc=zero an=1', 'tool-error'],
	];
	for (const [line, expected] of cases) {
		const cell = dnsQuery.readFields(fields(line), question());
		assert.equal([cell.transport, cell.answer].filter(word => word !== undefined).join(' '), expected, line);
	}
	assert.equal(dnsQuery.readFields(fields('rc=0 an=1 src=10.244.9.9 v=10.96.0.1'), question()).answeredBy, '10.244.9.9');
});

test('the tools are taken in the order of diagnosis.md 4.4, and only for what they can ask', () => {
	const all: Tools = {has: new Set(['dig', 'kdig', 'host', 'bash', 'dd', 'od', 'drill', 'nslookup']), nslookup: 'bind', timeout: 'plain'};
	const without = (...names: readonly string[]): Tools => ({...all, has: new Set([...all.has].filter(name => !names.includes(name)))});
	const toolOf = (tools: Tools, parts = {}) => dnsQuery.command(question(parts), tools)?.tool;
	const rest = (tools: Tools): Tools => {
		const {nslookup: _nslookup, ...others} = tools;
		return others;
	};
	assert.equal(toolOf(all), 'dig');
	assert.equal(toolOf(without('dig')), 'kdig');
	assert.equal(toolOf(without('dig', 'kdig')), 'nslookup');
	assert.equal(toolOf(rest(without('dig', 'kdig'))), 'host');
	assert.equal(toolOf(rest(without('dig', 'kdig', 'host'))), 'bash');
	assert.equal(toolOf(rest(without('dig', 'kdig', 'host', 'bash'))), 'drill');
	assert.equal(toolOf({has: new Set(['nslookup']), nslookup: 'busybox-old'}), 'nslookup (busybox-old)');
	assert.equal(toolOf({has: new Set()}), undefined);
	assert.equal(toolOf({has: new Set(['nslookup', 'nc']), nslookup: 'busybox', nc: 'busybox'}, {protocol: 'tcp'}), 'nc (busybox)');
	// dig may have another port; the small ones cannot.
	assert.ok(dnsQuery.command(question({to: {kind: 'dns-pod', title: 'c', address: '10.0.0.1', port: 5353}}), all)?.words.includes('5353'));
	assert.equal(toolOf({has: new Set(['nslookup']), nslookup: 'busybox'}, {to: {kind: 'dns-pod', title: 'c', address: '10.0.0.1', port: 5353}}), undefined);
});
