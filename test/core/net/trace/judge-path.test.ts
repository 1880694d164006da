import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../../../source/core/kubernetes.ts';
import type {CellTransport, ProbeCell} from '../../../../source/core/net/cell.ts';
import {judgePath} from '../../../../source/core/net/trace/judge-path.ts';
import {clusterView, nodeObject, object, podObject, policyObject, viewNow} from '../../../tools/cluster-view.ts';
import {ground, states, trace, web} from './trace-fixture.ts';

type Way = Readonly<{
	from?: string;
	node?: string;
	to: 'service' | '10.244.1.9' | '10.244.2.9' | '10.244.3.9';
	transport?: CellTransport;
	tried?: number;
	failed?: number;
	row?: ProbeCell['row'];
}>;

const homes: Readonly<Record<string, string>> = {'10.244.1.9': 'node-a', '10.244.2.9': 'node-b', '10.244.3.9': 'node-c'};

function cell({from = 'cart', node = 'node-a', to, transport = 'ok', tried = 1, failed = transport === 'ok' ? 0 : tried, row = 'R11'}: Way): ProbeCell {
	const home = homes[to];
	return {
		row,
		from: {role: 'A', namespace: 'shop', pod: from, container: 'main', node, podIp: '', hasDns: false},
		to:
			to === 'service'
				? {kind: 'service', title: 'web', address: '10.96.0.20', port: 80}
				: {kind: 'endpoint', title: to, address: to, port: 8080, ...(home === undefined ? {} : {node: home})},
		protocol: 'tcp',
		transport,
		tried,
		failed,
		tool: 'nc',
		detail: '',
		at: viewNow,
	};
}

function judged(cells: readonly Way[], objects: readonly KubeObject[] = web, from = 'shop/cart') {
	const found = trace('web', objects, {from});
	return judgePath({view: clusterView([...ground, ...objects]), trace: found, cells: cells.map(cell)});
}

function faults(...given: Parameters<typeof judged>): readonly string[] {
	return judged(...given).findings.map(({id, severity, confidence}) => `${id} ${severity} ${confidence}`);
}

const direct: readonly Way[] = [{to: '10.244.1.9'}, {to: '10.244.2.9'}];
const three = [...web, nodeObject('node-c'), podObject('shop/far', {ip: '10.244.3.9', node: 'node-c'})];

test('all arrives: nothing found, and what that rules out', () => {
	const found = judged([{to: 'service', tried: 7}, ...direct]);
	assert.deepEqual(found.findings, []);
	assert.equal(found.unexplained, undefined);
	assert.deepEqual(
		found.ruledOut.map(({id}) => id),
		['NET_OVERLAY_DROPPED', 'NP_BLOCKS_SERVICE', 'KPROXY_NODE_RULES'],
	);
	assert.ok(found.steps.find(({title}) => title === 'Endpoints')?.evidence.some(line => line.includes('probe from shop/cart on node-a: 10.244.2.9 ok')));
});

test('old Service rules on one node: its Service address fails, the endpoints answer, another node reaches it', () => {
	const cells: readonly Way[] = [{to: 'service', transport: 'timeout', tried: 7}, ...direct, {from: 'other', node: 'node-b', to: 'service', tried: 7}];
	assert.deepEqual(faults(cells), ['KPROXY_NODE_RULES critical proven']);
	assert.deepEqual(faults([{to: 'service', transport: 'refused', tried: 3}, ...direct]), ['KPROXY_NODE_RULES critical likely'], 'nobody to compare with');
	assert.equal(judged(cells).findings[0]?.subject.name, 'node-a');
	assert.equal(judged(cells).steps.find(({title}) => title.startsWith('Service'))?.state, 'broken');
});

test('from every node: it is the Service, not a node', () => {
	assert.deepEqual(
		faults([
			{to: 'service', transport: 'timeout', tried: 3},
			...direct,
			{from: 'other', node: 'node-b', to: 'service', transport: 'timeout', tried: 3},
			{from: 'other', node: 'node-b', to: '10.244.1.9'},
		]),
		['SERVICE_PLANE critical proven'],
	);
});

test("a share of the tries fails, and one endpoint is on the client's node: answers of the same node are lost", () => {
	assert.deepEqual(faults([{to: 'service', transport: 'timeout', tried: 7, failed: 3}, ...direct, {from: 'other', node: 'node-b', to: 'service', tried: 7}]), [
		'DNS_SAME_NODE_NO_UNNAT critical likely',
	]);
});

test('a pod that does not reach itself through its Service', () => {
	const own: readonly Way[] = [
		{from: 'web-1', to: 'service', row: 'R12', transport: 'timeout', tried: 7, failed: 3},
		{from: 'web-1', to: '10.244.1.9'},
		{from: 'web-1', to: '10.244.2.9'},
		{from: 'other', node: 'node-b', to: 'service', tried: 7},
	];
	assert.deepEqual(faults(own, web, 'shop/web-1'), ['NET_HAIRPIN critical proven']);
});

test('refused by a pod address: nobody listens there', () => {
	assert.deepEqual(
		faults([
			{to: '10.244.1.9', transport: 'refused'},
			{to: '10.244.2.9', transport: 'refused'},
			{to: 'service', transport: 'refused', tried: 3},
		]),
		['SVC_TARGETPORT_UNDECLARED critical proven'],
	);
});

test('a policy that denies what times out is carried out, whatever is known of the network plugin', () => {
	const deny = policyObject('shop/deny-all', {podSelector: {matchLabels: {app: 'web'}}, policyTypes: ['Ingress'], ingress: []});
	const flannel = object('apps/v1', 'DaemonSet', 'kube-flannel/kube-flannel-ds', {});
	const cells: readonly Way[] = [
		{to: 'service', transport: 'timeout', tried: 7},
		{to: '10.244.1.9', transport: 'timeout'},
		{to: '10.244.2.9', transport: 'timeout'},
	];
	assert.deepEqual(faults(cells, [...web, deny, flannel]), ['NP_BLOCKS_SERVICE critical proven']);
	assert.deepEqual(faults(cells, [...web, deny]), ['NP_BLOCKS_SERVICE critical proven']);
	const policyOf = (some: readonly Way[]) => judged(some, [...web, deny, flannel]).steps.find(({title}) => title === 'Policy');
	assert.match(policyOf([])?.evidence.join('; ') ?? '', /flannel is not known to carry policies out.*a probe tells/);
	const step = policyOf(cells);
	assert.equal(step?.state, 'broken');
	assert.equal(step?.evidence[1], 'the probes show that the policies are carried out');
	assert.doesNotMatch(step?.evidence.join('; ') ?? '', /a probe tells/);
});

test('between nodes: every pair of one node, or one pair alone', () => {
	const cut: readonly Way[] = [
		{to: '10.244.1.9'},
		{to: '10.244.2.9', transport: 'timeout'},
		{from: 'far', node: 'node-c', to: '10.244.2.9', transport: 'timeout'},
		{from: 'far', node: 'node-c', to: '10.244.1.9'},
	];
	const found = judged(cut, three);
	assert.deepEqual([found.findings[0]?.id, found.findings[0]?.subject.name], ['NET_OVERLAY_DROPPED', 'node-b']);
	const pair: readonly Way[] = [
		{to: '10.244.1.9'},
		{to: '10.244.2.9', transport: 'timeout'},
		{from: 'far', node: 'node-c', to: '10.244.2.9'},
		{from: 'far', node: 'node-c', to: '10.244.1.9'},
	];
	assert.equal(judged(pair, three).findings[0]?.id, 'NET_NODE_PAIR');
});

test('probes that say nothing about the network prove nothing; a failure without a rule is told as such', () => {
	assert.deepEqual(
		faults([
			{to: 'service', transport: 'not-allowed'},
			{to: '10.244.1.9', transport: 'tool-missing'},
		]),
		[],
	);
	const odd = judged([
		{to: '10.244.1.9', transport: 'timeout'},
		{to: '10.244.2.9', transport: 'timeout'},
	]);
	assert.deepEqual(odd.findings, []);
	assert.match(odd.unexplained ?? '', /shop\/cart to 10\.244\.1\.9: timeout, and no rule tells why/);
});

test('a break that was only derived and that probes walk through is none', () => {
	const deny = policyObject('shop/deny-all', {podSelector: {}, policyTypes: ['Ingress'], ingress: []});
	const found = judged([{to: 'service', tried: 7}, ...direct], [...web, deny]);
	assert.equal(states(trace('web', [...web, deny])).at(-1), 'Policy broken');
	assert.deepEqual(found.findings, []);
});
