import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import {buildDnsTab} from '../../source/core/net/build-dns-tab.ts';
import type {ProbeCell} from '../../source/core/net/cell.ts';
import {networkDnsPage} from '../../source/pages/network-dns.ts';
import {cell, clientOn, dnsObjects, dnsService, kubeletOf, logOf, lost, matrix, scrapeOf, usualCorefile} from '../core/net/dns/dns-fixture.ts';
import {deniedKind, serviceObject} from '../tools/cluster-view.ts';
import {assertTabFrame, type ModelOptions, networkModel, networkScreen} from './dns-tab-fixture.ts';
import {assertFits, setting, textOf} from './page-fixture.ts';

const client = clientOn('n1');
const api = {kind: 'api-service', title: 'kubernetes', address: '10.96.0.1', port: 443, namespace: 'default'} as const;
const upstream = {kind: 'upstream', title: '10.0.0.2:53', address: '10.0.0.2', port: 53} as const;
/** What goes with the matrix in a whole run. */
const beside: readonly ProbeCell[] = [
	cell('R6', client, dnsService, {name: 'example.com.', answer: 'NOERROR', values: ['203.0.113.34'], ms: 9}),
	cell('R7', client, upstream, {name: 'example.com.', answer: 'NOERROR', ms: 3}),
	cell('R8', client, dnsService, {name: 'k8tui-nx-1.default.svc.cluster.local.', answer: 'NXDOMAIN', ms: 0.8}),
	cell(
		'R9',
		client,
		{kind: 'name', title: 'the search list', address: '', port: 0},
		{name: 'kubernetes.default', answer: 'NOERROR', values: ['10.96.0.1'], ms: 1},
	),
	cell('R10', client, api, {protocol: 'tcp', ms: 2}),
];

function metrics(times: number): string {
	return `coredns_dns_requests_total{proto="udp",type="A"} ${900 * times}
coredns_dns_responses_total{rcode="NOERROR"} ${880 * times}
coredns_dns_responses_total{rcode="NXDOMAIN"} ${20 * times}
coredns_dns_request_duration_seconds_bucket{zone=".",le="0.001"} ${800 * times}
coredns_dns_request_duration_seconds_bucket{zone=".",le="0.008"} ${900 * times}
coredns_dns_request_duration_seconds_bucket{zone=".",le="+Inf"} ${900 * times}
coredns_cache_requests_total ${900 * times}
coredns_cache_hits_total{type="success"} ${700 * times}
coredns_proxy_request_duration_seconds_count{proxy_name="forward",to="10.0.0.2:53",rcode="NOERROR"} ${40 * times}
coredns_proxy_request_duration_seconds_sum{proxy_name="forward",to="10.0.0.2:53",rcode="NOERROR"} ${0.2 * times}
`;
}

const read = [0, 1].flatMap(index => [scrapeOf(index, 8, metrics(3)), scrapeOf(index, 23, metrics(2))]);
const observations = [...read, logOf(0, []), logOf(1, []), ...['n1', 'n2', 'n3'].map(node => kubeletOf(node, ['10.96.0.10']))];
const healthy: ModelOptions = {objects: dnsObjects(), cells: [...matrix(), ...beside], view: {observations}};
const part = (one: ProbeCell) =>
	one.to.kind === 'dns-service' && one.from.node !== 'n3'
		? {transport: 'timeout' as const, tried: 6, failed: 3, detail: ';; connection timed out; no servers could be reached'}
		: undefined;
const sameNode: ModelOptions = {...healthy, cells: [...matrix(part), ...beside]};
const passive: ModelOptions = {...healthy, cells: []};

function pageOf(options: ModelOptions, at: ReturnType<typeof setting>) {
	return networkDnsPage(buildDnsTab(networkModel(options)), networkScreen('dns'), at);
}

for (const [columns, rows] of [
	[80, 24],
	[140, 40],
] as const) {
	for (const [name, options] of [
		['healthy', healthy],
		['same-node', sameNode],
		['passive', passive],
	] as const) {
		test(`M7 ${name} at ${columns}x${rows}`, () => {
			const model = networkModel(options);
			assertTabFrame(`page-network-dns-${name}`, model, setting(columns, rows), at => networkDnsPage(buildDnsTab(model), networkScreen('dns'), at));
		});
	}
}

test('the verdict names the fault and its confidence; the fix is on the page, its steps behind f and Enter', () => {
	const page = pageOf(sameNode, setting(80, 24));
	assert.match(textOf(page)[0] ?? '', /^ X SAME-NODE MASQUERADE: Nodes n1, n2: pods beside kube-dns's endpoint/);
	assert.match(textOf(page).slice(0, 2).join(' '), /\(med\)/);
	const fix = page.lines.find(({id}) => id === 'fix');
	assert.equal(fix?.enter?.[0]?.type, 'ask');
	assert.match(JSON.stringify(fix?.enter), /net\.bridge\.bridge-nf-call-iptables=1/);
	assert.match(JSON.stringify(fix?.enter), /rollout restart daemonset\/kube-proxy/);
});

test('what was not probed is never drawn as ok', () => {
	const rows = textOf(pageOf(passive, setting(80, 24))).filter(line => line.includes('shop/'));
	assert.ok(
		rows.slice(0, 3).every(row => /^ \? /.test(row) && row.includes('? not probed') && !row.includes('+')),
		rows.join('\n'),
	);
	assert.match(textOf(pageOf(passive, setting(80, 24)))[0] ?? '', /^ \? NOT PROBED/);
});

test('what may not be probed, has no tool or proves nothing says so', () => {
	const words: ReadonlyArray<readonly [ProbeCell['transport'], string]> = [
		['not-allowed', '? not allowed'],
		['tool-missing', '? tool missing'],
		['inconclusive', '? inconclusive'],
		['not-proof', '? no proof'],
		['not-run', '? not run'],
	];
	for (const [transport, text] of words) {
		const page = pageOf({...healthy, cells: matrix(() => ({transport, tried: 0, failed: 0}))}, setting(140, 40));
		const row = textOf(page).find(line => /^ [+X?!.] shop\/client-n1/.test(line));
		assert.ok(row?.includes(text) === true && !row.includes('+'), row ?? 'no row');
	}
});

test('cells: times, shares, one protocol alone, an answer that is a failure', () => {
	const row = (change: (one: ProbeCell) => Partial<ProbeCell> | undefined): string =>
		textOf(pageOf({...healthy, cells: matrix(change)}, setting(200, 40))).find(line => /^ [+X?!.] shop\/client-n3/.test(line)) ?? '';
	assert.match(
		row(() => undefined),
		/\+ 0\.7 ms +\+ 0\.5 ms +\+ 0\.5 ms +\. not asked/,
	);
	assert.match(
		row(one => (one.from.node === 'n3' && one.to.node === 'n2' ? lost : undefined)),
		/X 2\/2 timeout/,
	);
	assert.match(
		row(one => (one.from.node === 'n3' && one.protocol === 'tcp' && one.to.kind === 'dns-service' ? {transport: 'refused', tried: 3, failed: 3} : undefined)),
		/X tcp 3\/3 refused/,
	);
	assert.match(
		row(() => ({answer: 'SERVFAIL'})),
		/X SERVFAIL/,
	);
});

test('a typed name: each question with what the objects foretell, and where it stops', () => {
	const lines = textOf(
		pageOf(
			{...passive, objects: [...dnsObjects(), serviceObject('shop/pg', {clusterIP: '10.96.44.7', clusterIPs: ['10.96.44.7']})], asked: {name: 'pg'}},
			setting(140, 40),
		),
	);
	assert.ok(
		lines.some(line => /^ \+ pg\.shop\.svc +search 1: Service shop\/pg +NOERROR +10\.96\.44\.7 +foretold$/.test(line)),
		lines.join('\n'),
	);
	assert.ok(
		lines.some(line => /^ \. pg\.svc .*not sent/.test(line)),
		lines.join('\n'),
	);
	const wrong = textOf(pageOf({...passive, asked: {name: 'be-api.default.svc'}}, setting(140, 40)));
	assert.match(wrong[0] ?? '', /^ X NO SUCH NAME: be-api\.default\.svc does not exist: Service default\/be-api does not exist/);
});

test('CONFIG tells a Corefile that does not parse, one with hints, one that may not be read', () => {
	const config = (options: ModelOptions) =>
		textOf(pageOf(options, setting(140, 40)))
			.filter((line, index, all) => all.slice(0, index + 1).some(one => one.includes('CONFIG')) && /[+X!?.] /.test(line))
			.join('\n');
	assert.match(config(healthy), /\+ Corefile .*\+ cache 30s .*\+ forward 10\.0\.0\.2/);
	assert.match(config({...healthy, objects: dnsObjects({corefile: usualCorefile.replace(/}\n$/, '')})}), /X Corefile line 1:/);
	assert.match(config({...healthy, objects: dnsObjects({corefile: usualCorefile.replace('10.0.0.2', '127.0.0.1')})}), /! Corefile 1 hint/);
	assert.match(config({...healthy, view: {observations, unread: {configmaps: deniedKind('configmaps')}}}), /\? Corefile not allowed/);
});

test('the log and the servers say what they count', () => {
	const errors = Array.from(
		{length: 12},
		(_, index) => [index * 4 + 2, '[ERROR] plugin/errors: 2 a.example. A: read udp 10.244.1.5:4->10.0.0.2:53: i/o timeout'] as const,
	);
	const lines = textOf(pageOf({...healthy, view: {observations: [...read, logOf(0, errors)]}}, setting(140, 60)));
	assert.ok(
		lines.some(line => /^ {5}12 {2}12 {2}12 {2}coredns-aaaa0 2s ago: \[ERROR\] plugin\/errors/.test(line)),
		lines.join('\n'),
	);
	assert.ok(
		lines.some(line => /^ \+ coredns-aaaa0 +n1 +ready +0 +60 +0% +7\.4 ms +78% +12$/.test(line)),
		lines.join('\n'),
	);
	assert.ok(
		lines.some(line => line.includes('-> 10.0.0.2:53: 40 questions, 5 ms on average')),
		lines.join('\n'),
	);
});

test('a run on its way, and kinds that are still being read', () => {
	const running = pageOf({...healthy, cells: matrix().slice(0, 4), running: true}, setting(80, 24));
	assert.ok(textOf(running).some(line => line.includes('? not run') || line.includes('not asked')));
	const loading = pageOf({...passive, view: {unread: {services: {state: 'loading'}}}}, setting(80, 24));
	assert.deepEqual(textOf(loading).slice(0, 1), [' READING - Services, EndpointSlices, pods']);
	assert.equal(loading.lines.length, 0);
});

test('Enter on a pod shows what was asked from it; without a probe it says how to get one', () => {
	const row = pageOf(sameNode, setting(80, 24)).lines.find(({id}) => id === 'from:shop/client-n1');
	assert.match(JSON.stringify(row?.enter), /R2 kube-dns 10\.96\.0\.10:53\/udp/);
	assert.match(JSON.stringify(pageOf(passive, setting(80, 24)).lines.find(({id}) => id?.startsWith('from:'))?.enter), /m asks for the consent/);
	const onRow = networkDnsPage(buildDnsTab(networkModel(sameNode)), {...networkScreen('dns'), cursor: 'from:shop/client-n1'}, setting(80, 24));
	assert.match(plain(onRow.status ?? []), /client-n1 -> kube-dns udp: ;; connection timed out/);
});

test('it fits every terminal', () => {
	const many = dnsObjects({nodes: ['n1', 'n2', 'n3', 'n1', 'n2', 'n3']});
	for (const options of [healthy, sameNode, passive, {...passive, objects: many}, {...passive, objects: []}]) assertFits(at => pageOf(options, at));
});
