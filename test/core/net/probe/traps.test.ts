import assert from 'node:assert/strict';
import {test} from 'node:test';
import {applyControls} from '../../../../source/core/net/probe/apply-controls.ts';
import {cellOf} from '../../../../source/core/net/probe/cell-of.ts';
import type {ProbeQuestion} from '../../../../source/core/net/probe/probe-plan.ts';
import {limited, wasCutOff} from '../../../../source/core/net/probe/tools.ts';
import type {Measured} from '../../../../source/core/probe.ts';
import {dnsQuery} from '../../../../source/probes/dns-query.ts';
import {libcLookup} from '../../../../source/probes/libc-lookup.ts';
import {tcpConnect} from '../../../../source/probes/tcp-connect.ts';
import {fields, output, question, recordings} from '../../../tools/probe-recordings.ts';

/** The eight traps of diagnosis.md 4.4, by their numbers. */
const service = question({row: 'R2', to: {kind: 'dns-service', title: 'kube-dns', address: '10.96.0.10', port: 53}});
const recorded = (tool: string, name: string) => recordings('dns-query').filter(one => one.tool === tool && one.case === name && one.protocol === 'udp');

test('trap 1: an answer from another address looks like a time-out, but for old tools and our own socket', () => {
	for (const tool of ['dig', 'nslookup', 'nslookup (busybox)']) {
		const found = recorded(tool, 'wrong-source');
		assert.ok(found.length > 0, tool);
		for (const one of found) assert.equal(dnsQuery.read(one, service, tool).transport, 'timeout', tool);
	}
	const old = ';; reply from unexpected source: 10.244.0.5#53, expected 10.96.0.10#53\n;; connection timed out; no servers could be reached';
	for (const tool of ['dig', 'nslookup', 'host']) {
		const cell = dnsQuery.read(output(old, 9, 2000), service, tool);
		assert.deepEqual([cell.transport, cell.answeredBy], ['wrong-source', '10.244.0.5'], tool);
	}
	const own = dnsQuery.readFields(fields('rc=0 an=1 src=10.244.0.5 v=10.96.0.1 ms=3'), service);
	assert.deepEqual([own.transport, own.answeredBy], ['wrong-source', '10.244.0.5']);
});

test('trap 2: drill takes an answer from anybody, so it is never asked about a Service', () => {
	const [fooled] = recorded('drill', 'wrong-source');
	assert.ok(fooled);
	assert.equal(dnsQuery.read(fooled, service, 'drill').answer, 'NOERROR');
	const only = {has: new Set(['drill']), timeout: 'plain'} as const;
	assert.equal(dnsQuery.command(service, only), undefined);
	assert.equal(dnsQuery.command(question(), only)?.tool, 'drill');
});

test('trap 3: names go whole, with their final dot; the search list is for libc alone', () => {
	const words = dnsQuery.command(service, {has: new Set(['nslookup']), nslookup: 'busybox'})?.words ?? [];
	assert.ok(words.includes('kubernetes.default.svc.cluster.local.'));
	assert.equal(libcLookup.command(question({name: 'kubernetes.default'}), {has: new Set(['nslookup', 'dig']), nslookup: 'busybox'}), undefined);
});

test('trap 4: dig and drill end with 0 on NXDOMAIN and SERVFAIL; getent ends with 2 on everything', () => {
	for (const tool of ['dig', 'drill', 'kdig']) {
		for (const [name, answer] of [
			['nxdomain', 'NXDOMAIN'],
			['servfail', 'SERVFAIL'],
		] as const) {
			const [one] = recorded(tool, name);
			assert.ok(one && one.exitCode === 0, tool);
			assert.equal(dnsQuery.read(one, service, tool).answer, answer, tool);
		}
	}
	assert.equal(libcLookup.read(output('', 2, 5), service, 'getent').transport, 'ok');
	assert.equal(libcLookup.read(output('', 2, 8_000), service, 'getent').transport, 'timeout');
});

const connect = (id: number, parts: Partial<ProbeQuestion>): ProbeQuestion => question({id, probe: 'tcp-connect', protocol: 'tcp', ...parts});
const asked = (one: ProbeQuestion, measured: Measured) => ({question: one, cell: cellOf(one, [measured], 'nc', 0)});
const open: Measured = {transport: 'ok', detail: 'connected'};

test('trap 5: where a control opens no bare connection proves anything; answers with content still do', () => {
	const control = connect(1, {row: 'R16', control: true, to: {kind: 'control', title: 'an address without a Service', address: '10.96.0.251', port: 9}});
	const api = connect(2, {row: 'R10'});
	const bareDns = question({id: 3, row: 'R3', protocol: 'tcp'});
	const realDns = question({id: 4, row: 'R3', protocol: 'tcp'});
	const page = connect(5, {row: 'R11', probe: 'http-get'});
	const all = [
		asked(control, open),
		asked(api, open),
		asked(bareDns, open),
		asked(realDns, {...open, answer: 'NOERROR'}),
		asked(page, {...open, values: ['200', '12']}),
		asked(connect(6, {row: 'R11'}), {transport: 'refused', detail: ''}),
	];
	assert.deepEqual(
		applyControls(all).map(({cell}) => cell.transport),
		['ok', 'not-proof', 'not-proof', 'ok', 'ok', 'refused'],
	);
	const refused = all.map((one, index) => (index === 0 ? asked(control, {transport: 'refused', detail: ''}) : one));
	assert.deepEqual(applyControls(refused), refused);
});

test('trap 5, for names: a server that answers a name that does not exist proves nothing, unless the right answer came', () => {
	const to = service.to;
	const invented = question({id: 1, row: 'R8', to, name: 'k8tui-nx-1.default.svc.cluster.local.', control: true});
	const outside = question({id: 2, row: 'R6', to, name: 'example.com.'});
	const known = question({id: 3, row: 'R2', to, expects: ['10.96.0.1']});
	const elsewhere = question({id: 4, row: 'R4'});
	const answer = (value: string): Measured => ({transport: 'ok', answer: 'NOERROR', values: [value], detail: ''});
	const all = [asked(invented, answer('1.2.3.4')), asked(outside, answer('1.2.3.4')), asked(known, answer('10.96.0.1')), asked(elsewhere, answer('1.2.3.4'))];
	assert.deepEqual(
		applyControls(all).map(({cell}) => cell.transport),
		['ok', 'not-proof', 'ok', 'ok'],
	);
});

test('trap 6: curl ends with 28 on a silent open port as on one that is not there', () => {
	const [silent, gone] = ['silent', 'timeout'].map(name => recordings('tcp-connect').find(one => one.tool === 'curl' && one.case === name));
	assert.ok(silent && gone && silent.exitCode === 28 && gone.exitCode === 28);
	assert.equal(tcpConnect.read(silent, connect(1, {}), 'curl').transport, 'ok');
	assert.equal(tcpConnect.read(gone, connect(1, {}), 'curl').transport, 'timeout');
});

test('trap 7: busybox nc knows neither -z nor -v; its timeout ends with 143, the old one wants -t', () => {
	const words = tcpConnect.command(connect(1, {}), {has: new Set(['nc']), nc: 'busybox', timeout: 'dash-t'})?.words ?? [];
	assert.deepEqual(words.slice(0, 4), ['timeout', '-t', '5', 'nc']);
	assert.ok(!words.includes('-z') && !words.includes('-v'));
	assert.ok(wasCutOff(143) && wasCutOff(124) && !wasCutOff(1));
	assert.deepEqual(limited({has: new Set()}, 3), []);
});

test('trap 8: a closed port of UDP is seen by connected sockets alone', () => {
	assert.equal(dnsQuery.read(recorded('dig', 'closed')[0] ?? output(''), question(), 'dig').transport, 'refused');
	assert.equal(dnsQuery.read(recorded('kdig', 'closed')[0] ?? output(''), question(), 'kdig').transport, 'timeout');
	// Our program asks again on a connected socket after a time-out: python-program.test.ts runs it.
	assert.equal(dnsQuery.readFields(fields('err=ConnectionRefusedError ms=2002'), question()).transport, 'refused');
});
