import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import {buildProbesTab} from '../../source/core/net/build-probes-tab.ts';
import type {ProbeCell} from '../../source/core/net/cell.ts';
import {networkProbesPage} from '../../source/pages/network-probes.ts';
import {cell, clientOn, configMap, dnsObjects, dnsPod, lost} from '../core/net/dns/dns-fixture.ts';
import {serviceObject} from '../tools/cluster-view.ts';
import {assertTabFrame, type ModelOptions, networkModel, networkScreen} from './dns-tab-fixture.ts';
import {assertFits, setting, textOf} from './page-fixture.ts';

const nodes = ['n1', 'n2', 'n3'];
const pods = [dnsPod(0, 'n1'), dnsPod(1, 'n2')];

/** What the plan of nodes and pods asks: TCP and DNS to CoreDNS, the kubelets, a small and a large answer, facts. */
function probed(change: (cell: ProbeCell) => Partial<ProbeCell> | undefined = () => undefined): readonly ProbeCell[] {
	return nodes
		.flatMap((node, index) => {
			const from = clientOn(node, index === 0 ? 'A' : 'D');
			const host = {...clientOn(node, index === 0 ? ('C' as const) : ('E' as const)), pod: `host-${node}`};
			const far = pods.find(to => to.node !== node);
			return [
				...pods.map(to => cell('R11', from, to, {protocol: 'tcp', ms: 0.4})),
				...pods.map(to => cell('R4', from, to, {ms: 0.6})),
				...nodes.map(to => cell('R11', from, {kind: 'node', title: to, address: `10.0.0.1${to.slice(1)}`, port: 10_250, node: to}, {protocol: 'tcp', ms: 1})),
				...(far ? (['small', 'large'] as const).map(size => cell('R13', from, far, {protocol: 'tcp', values: [size, size === 'small' ? '3' : '24000']})) : []),
				cell('R14', from, {kind: 'control', title: 'interfaces of the pod', address: '', port: 0, node}, {values: ['mtu.eth0=1450']}),
				cell(
					'R14',
					host,
					{kind: 'node', title: node, address: '', port: 0, node},
					{
						values: [
							'ip_forward=1',
							'bridge-nf-call-iptables=1',
							'rp_filter=0',
							'conntrack_count=1204',
							'conntrack_max=131072',
							'insert_failed=0',
							'mtu.eth0=1500',
							'mtu.flannel.1=1450',
						],
					},
				),
			];
		})
		.map(one => ({...one, ...change(one)}));
}

const healthy: ModelOptions = {objects: dnsObjects(), cells: probed(), tab: 'probes'};
const overlay: ModelOptions = {
	...healthy,
	cells: probed(one =>
		['R4', 'R11', 'R13'].includes(one.row) && one.to.kind === 'dns-pod' && one.from.node !== one.to.node && [one.from.node, one.to.node].includes('n2')
			? {...lost, detail: 'nc: timed out'}
			: undefined,
	),
};
const passive: ModelOptions = {...healthy, cells: []};

function pageOf(options: ModelOptions, at: ReturnType<typeof setting>) {
	return networkProbesPage(buildProbesTab(networkModel(options)), networkScreen('probes'), at);
}

for (const [columns, rows] of [
	[80, 24],
	[140, 40],
] as const) {
	for (const [name, options] of [
		['healthy', healthy],
		['overlay', overlay],
		['passive', passive],
	] as const) {
		test(`probes ${name} at ${columns}x${rows}`, () => {
			const model = networkModel(options);
			assertTabFrame(`page-network-probes-${name}`, model, setting(columns, rows), at => networkProbesPage(buildProbesTab(model), networkScreen('probes'), at));
		});
	}
}

function rowsOf(options: ModelOptions, pattern: RegExp): readonly string[] {
	return textOf(pageOf(options, setting(140, 60))).filter(line => pattern.test(line));
}

test('node by node: TCP, DNS over UDP, a large answer, each with its own mark', () => {
	assert.match(rowsOf(healthy, /^ [+X!?.] n1 /)[0] ?? '', /^ \+ n1 +tcp\+ udp\+ node\+ +tcp\+ udp\+ mtu\+ node\+ +node\+$/);
	const cut = rowsOf(overlay, /^ [+X!?.] n[123] /);
	assert.match(cut[0] ?? '', /^ X n1 +tcp\+ udp\+ node\+ +tcpX udpX mtuX node\+ +node\+$/);
	assert.match(textOf(pageOf(overlay, setting(140, 60)))[0] ?? '', /^ X OVERLAY BROKEN: Node n2/);
});

test('facts of the nodes, and the MTU of pods, apart', () => {
	assert.match(rowsOf(healthy, /^ \+ n1 +1 +1 /)[0] ?? '', /1204\/131072 +0 +eth0 1500, flannel\.1 1450$/);
	assert.match(rowsOf(healthy, /POD MTU/)[0] ?? '', /n1 eth0 1450 {3}n2 eth0 1450/);
	const off = {
		...healthy,
		cells: probed(one =>
			one.row === 'R14' && one.to.kind === 'node' && one.to.node === 'n2' ? {values: ['ip_forward=0', 'bridge-nf-call-iptables=0']} : undefined,
		),
	};
	assert.match(rowsOf(off, /^ X n2 +0 +0 /)[0] ?? '', /^ X n2/);
	assert.match(rowsOf(passive, /NODE FACTS/)[0] ?? '', /\? not read/);
});

test('nothing was probed: nothing is drawn as ok', () => {
	const page = textOf(pageOf(passive, setting(140, 60)));
	assert.ok(page.filter(line => /n[123]\)? /.test(line) && line.includes('not probed')).every(line => !line.includes('+')));
	assert.equal(rowsOf(passive, /^ \? n[123] +\? not probed/).length, 3);
});

test('the chains of a Service, by the names that kube-proxy gives them', () => {
	const chains = rowsOf(healthy, /KUBE-/);
	assert.ok(chains.some(line => line.includes('KUBE-SVC-TCOU7JCQXEZGVUNU')));
	assert.ok(chains.some(line => line.includes('KUBE-SEP-') && line.includes('10.244.1.50:53')));
	const other = {
		...healthy,
		objects: [...dnsObjects(), serviceObject('shop/web', {clusterIP: '10.96.0.20', clusterIPs: ['10.96.0.20'], ports: [{port: 80}]})],
		asked: {target: 'web.shop:80'},
	};
	assert.match(rowsOf(other, /CHAINS/)[0] ?? '', /CHAINS of shop\/web/);
	assert.match(rowsOf(other, /KUBE-SERVICES/)[0] ?? '', /has no endpoint: REJECT/);
	assert.match(rowsOf({...other, asked: {target: 'nope.shop'}}, /CHAINS/)[0] ?? '', /nope\.shop {2}there is no such Service/);
	const nft = [
		...dnsObjects().filter(({metadata}) => metadata.name !== 'kube-proxy'),
		configMap('kube-system/kube-proxy', {'config.conf': 'mode: nftables\n'}),
	];
	assert.match(rowsOf({...healthy, objects: nft}, /CHAINS/)[0] ?? '', /nftables mode, which has no chains/);
});

test('the status tells what failed on the row under the cursor', () => {
	const page = networkProbesPage(buildProbesTab(networkModel(overlay)), {...networkScreen('probes'), cursor: 'node:n1'}, setting(80, 24));
	assert.match(plain(page.status ?? []), /client-n1 -> coredns-5d7c6cdd6-aaaa1 10\.244\.2\.51: nc: timed out/);
});

test('it fits every terminal', () => {
	for (const options of [healthy, overlay, passive, {...passive, objects: []}]) assertFits(at => pageOf(options, at));
});
