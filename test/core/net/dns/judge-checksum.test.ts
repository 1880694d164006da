import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ProbeCell} from '../../../../source/core/net/cell.ts';
import {judgeDns} from '../../../../source/core/net/dns/judge-dns.ts';
import {clusterView, nodeObject} from '../../../tools/cluster-view.ts';
import {cell, clientOn, configMap, dnsObjects, dnsPod, dnsService, lost, matrix} from './dns-fixture.ts';

const allLost = {transport: 'timeout', tried: 7, failed: 7} as const;
const partLost = {transport: 'timeout', tried: 7, failed: 3} as const;

/** CoreDNS on n1 and n2: what another node's endpoint answers to the Service is lost. */
function pattern({from, to}: ProbeCell): Partial<ProbeCell> | undefined {
	if (to.kind !== 'dns-service') return undefined;
	return from.node === 'n3' ? allLost : partLost;
}

function judged(cells: readonly ProbeCell[], {kernel = '5.4.0-150-generic', backend = 'vxlan'} = {}) {
	const objects = dnsObjects().filter(({kind, metadata}) => kind !== 'Node' && metadata.name !== 'kube-flannel-cfg');
	const nodes = ['n1', 'n2', 'n3'].map(name => nodeObject(name, {status: {nodeInfo: {kernelVersion: kernel}}}));
	const flannel = configMap('kube-flannel/kube-flannel-cfg', {'net-conf.json': `{"Network": "10.244.0.0/16", "Backend": {"Type": "${backend}"}}`});
	return judgeDns({view: clusterView([...objects, ...nodes, flannel], {oneShot: true}), cells, probed: true});
}

function ids(...of: Parameters<typeof judged>): readonly string[] {
	return judged(...of).findings.map(({id, severity, confidence, subject}) => `${id} ${severity} ${confidence} ${subject.name}`);
}

test('row 6: the Service is lost between nodes, pods answer directly, with flannel VXLAN and an old kernel', () => {
	assert.deepEqual(ids(matrix(pattern)), ['NET_VXLAN_CHECKSUM critical likely n3']);
	const [found] = judged(matrix(pattern)).findings;
	assert.match(found?.title ?? '', /^Node n3: Service kube-dns is lost on the way to other nodes/);
	assert.ok(found?.evidence.some(({path, value}) => path === 'status.nodeInfo.kernelVersion' && value === '5.4.0-150-generic'));
	assert.deepEqual(
		found?.remedy.map(({command, changes}) => `${changes} ${command}`),
		['false nstat -az UdpInCsumErrors', 'true ethtool -K flannel.1 tx-checksum-ip-generic off', 'false kubectl get nodes -o wide'],
	);
});

test('row 6 with one CoreDNS pod: beside it nothing is lost, from everywhere else all', () => {
	const sources = [clientOn('n3'), clientOn('n1', 'F', ['n1']), clientOn('n2', 'D', ['n1'])];
	const cells = sources.flatMap(from =>
		(['udp', 'tcp'] as const).flatMap(protocol => [
			cell(protocol === 'udp' ? 'R2' : 'R3', from, dnsService, {protocol, tried: 3, ...(from.node === 'n1' ? {} : {transport: 'timeout', failed: 3})}),
			cell('R4', from, dnsPod(0, 'n1'), {protocol}),
		]),
	);
	assert.deepEqual(ids(cells), ['NET_VXLAN_CHECKSUM critical likely n3']);
	// Without a client beside the endpoint it may as well be the Service.
	assert.deepEqual(
		ids(cells.filter(({from}) => from.node !== 'n1')).map(text => text.split(' ')[0]),
		['SERVICE_PLANE'],
	);
});

test('a kernel that has it mended, another overlay: the rows after it judge', () => {
	for (const options of [{kernel: '5.7.0'}, {kernel: '6.18.44'}, {kernel: 'unknown'}, {backend: 'host-gw'}])
		assert.deepEqual(
			ids(matrix(pattern), options).map(text => text.split(' ')[0]),
			['SERVICE_PLANE'],
			JSON.stringify(options),
		);
});

test('one node alone, TCP that arrives, pods that do not answer: another fault', () => {
	const first = (change: (one: ProbeCell) => Partial<ProbeCell> | undefined) => ids(matrix(change))[0]?.split(' ')[0];
	assert.equal(
		first(one => (one.from.node === 'n3' ? pattern(one) : undefined)),
		'KPROXY_NODE_RULES',
	);
	assert.notEqual(
		first(one => (one.protocol === 'udp' ? pattern(one) : undefined)),
		'NET_VXLAN_CHECKSUM',
	);
	assert.equal(
		first(one => (one.to.kind === 'dns-pod' && one.to.node !== one.from.node ? lost : pattern(one))),
		'NET_OVERLAY_DROPPED',
	);
	assert.equal(
		first(() => undefined),
		undefined,
	);
});
