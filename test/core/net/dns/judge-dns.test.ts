import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../../../source/core/kubernetes.ts';
import type {ProbeCell} from '../../../../source/core/net/cell.ts';
import {type DnsJudgement, judgeDns} from '../../../../source/core/net/dns/judge-dns.ts';
import {clusterView, nodeObject, policyObject, serviceObject, sliceObject} from '../../../tools/cluster-view.ts';
import {cell, clientOn, dnsObjects, dnsPod, dnsService, lost, matrix} from './dns-fixture.ts';

const objects = dnsObjects();

function judgement(cells: readonly ProbeCell[], more: readonly KubeObject[] = [], name?: string): DnsJudgement {
	return judgeDns({view: clusterView([...objects, ...more], {oneShot: true}), cells, probed: true, ...(name === undefined ? {} : {name})});
}

function told(cells: readonly ProbeCell[], more: readonly KubeObject[] = []): readonly string[] {
	return judgement(cells, more).findings.map(({id, severity, confidence}) => `${id} ${severity} ${confidence}`);
}

const isService = ({to}: ProbeCell) => to.kind === 'dns-service';

test('all well: nothing is found, and what that rules out is said', () => {
	const {findings, ruledOut, undecided} = judgement(matrix());
	assert.deepEqual(findings, []);
	assert.equal(undecided, undefined);
	const ids = ruledOut.map(({id}) => id);
	for (const id of ['NET_OVERLAY_DROPPED', 'NET_NODE_PAIR', 'DNS_SAME_NODE_NO_UNNAT', 'KPROXY_NODE_RULES', 'SERVICE_PLANE', 'NP_EGRESS_BLOCKS_DNS'])
		assert.ok(ids.includes(id), id);
});

test('nothing was probed: traffic is not checked, nothing is ruled out', () => {
	const {findings, ruledOut, notChecked} = judgeDns({view: clusterView(objects), cells: [], probed: false});
	assert.deepEqual([findings, ruledOut], [[], []]);
	assert.deepEqual(
		notChecked.map(({what}) => what),
		['traffic between pods'],
	);
});

test("row 4: only where CoreDNS is on the client's node a part is lost; likely without a look into the node", () => {
	const part = (one: ProbeCell) => (one.from.node === 'n1' && isService(one) ? {transport: 'timeout' as const, tried: 7, failed: 3} : undefined);
	assert.deepEqual(told(matrix(part)), ['DNS_SAME_NODE_NO_UNNAT critical likely']);
	const {findings, ruledOut} = judgement(matrix(part));
	assert.equal(findings[0]?.subject.name, 'n1');
	assert.match(findings[0]?.title ?? '', /6 of 14 fail/);
	assert.deepEqual(
		findings[0]?.remedy.map(({command}) => command),
		[
			'modprobe br_netfilter && sysctl -w net.bridge.bridge-nf-call-iptables=1',
			"echo br_netfilter > /etc/modules-load.d/k8s.conf && echo 'net.bridge.bridge-nf-call-iptables = 1' > /etc/sysctl.d/k8s.conf",
			'kubectl -n kube-system edit configmap kube-proxy',
			'kubectl -n kube-system rollout restart daemonset/kube-proxy',
		],
	);
	assert.ok(findings[0]?.evidence.some(({value}) => value === 'mode iptables, masqueradeAll false'));
	assert.ok(ruledOut.some(({id}) => id === 'SERVICE_PLANE'));
});

test("row 4 is proven by an answer from a pod's own address, or by the bridge setting of the node", () => {
	const wrongSource = (one: ProbeCell) =>
		one.from.node === 'n1' && one.row === 'R2' ? {transport: 'wrong-source' as const, answeredBy: '10.244.1.50', tried: 7, failed: 3} : undefined;
	assert.deepEqual(told(matrix(wrongSource)), ['DNS_SAME_NODE_NO_UNNAT critical proven']);
	const part = (one: ProbeCell) => (one.from.node === 'n1' && isService(one) ? {transport: 'timeout' as const, tried: 7, failed: 3} : undefined);
	const host = {...clientOn('n1', 'C'), pod: 'host-n1'};
	const facts = (value: string) =>
		cell('R14', host, {kind: 'node', title: 'n1', address: '', port: 0, node: 'n1'}, {values: ['ip_forward=1', `bridge-nf-call-iptables=${value}`]});
	assert.deepEqual(told([...matrix(part), facts('0')]), ['DNS_SAME_NODE_NO_UNNAT critical proven']);
	// The setting is right: then it is something else on that node.
	assert.deepEqual(told([...matrix(part), facts('1')]), ['KPROXY_NODE_RULES critical proven']);
});

test('rows 5 and 7: a pod that not even its own node reaches tells nothing of the ways between nodes', () => {
	const gone = (one: ProbeCell) => (one.to.kind === 'dns-pod' ? lost : undefined);
	const {findings, notChecked} = judgement(matrix(gone));
	assert.ok(!findings.some(({id}) => id.startsWith('NET_')), findings.map(({id}) => id).join());
	assert.ok(notChecked.some(({what}) => what === 'NET_OVERLAY_DROPPED, NET_NODE_PAIR'));
});

test('row 5: all pairs of one node fail, by UDP and TCP; its own CoreDNS answers', () => {
	const cut = (one: ProbeCell) =>
		one.to.kind === 'dns-pod' && one.to.node !== one.from.node && [one.to.node, one.from.node].includes('n2')
			? lost
			: isService(one)
				? {transport: 'timeout' as const, failed: 3, tried: 7}
				: undefined;
	const {findings, ruledOut} = judgement(matrix(cut));
	assert.deepEqual(
		findings.map(({id, confidence, subject}) => `${id} ${confidence} ${subject.name}`),
		['NET_OVERLAY_DROPPED proven n2'],
	);
	assert.match(findings[0]?.title ?? '', /flannel vxlan, UDP 8472/);
	assert.ok(findings[0]?.remedy.some(({command}) => command.includes('--dport 8472')));
	assert.ok(ruledOut.some(({id}) => id === 'NET_NODE_PAIR'));
	// An address that flannel announces wrongly for that node is no guess any more.
	const wrongAddress = nodeObject('n2', {address: '10.0.0.12', annotations: {'flannel.alpha.coreos.com/public-ip': '192.168.7.2'}});
	const view = clusterView([...objects.filter(({kind, metadata}) => kind !== 'Node' || metadata.name !== 'n2'), wrongAddress], {oneShot: true});
	const ids = judgeDns({view, cells: matrix(cut), probed: true}).findings.map(({id, confidence}) => `${id} ${confidence}`);
	assert.deepEqual(ids, ['NET_OVERLAY_DROPPED proven', 'FLANNEL_PUBLIC_IP_MISMATCH likely']);
});

test('row 5 in a cluster of two nodes, and where every pair fails', () => {
	const two = dnsObjects({allNodes: ['n1', 'n2']});
	const cross = (one: ProbeCell) => (one.to.kind === 'dns-pod' && one.to.node !== one.from.node ? lost : undefined);
	const ids = judgeDns({view: clusterView(two, {oneShot: true}), cells: matrix(cross, ['n1', 'n2']), probed: true}).findings.map(({id}) => id);
	assert.deepEqual(ids, ['NET_OVERLAY_DROPPED']);
	const all = judgement(matrix(cross)).findings;
	assert.deepEqual(
		all.map(({id}) => id),
		['NET_OVERLAY_DROPPED'],
	);
	assert.match(all[0]?.title ?? '', /^No pod reaches a pod of another node/);
});

test('row 7: one pair of nodes fails, others work', () => {
	const pair = (one: ProbeCell) =>
		one.to.kind === 'dns-pod' && [one.from.node, one.to.node].toSorted().join() === 'n1,n2'
			? lost
			: isService(one) && one.from.node !== 'n3'
				? {transport: 'timeout' as const, failed: 3, tried: 7}
				: undefined;
	const {findings, ruledOut} = judgement(matrix(pair));
	assert.deepEqual(
		findings.map(({id, confidence, key}) => `${id} ${confidence} ${key}`),
		['NET_NODE_PAIR proven NET_NODE_PAIR Node n1 n2'],
	);
	assert.ok(ruledOut.some(({id}) => id === 'NET_OVERLAY_DROPPED'));
});

test('row 8: the Service fails from one node only, also where no CoreDNS pod is', () => {
	const bad = (one: ProbeCell) => (one.from.node === 'n3' && isService(one) ? {transport: 'timeout' as const, tried: 7, failed: 7} : undefined);
	const {findings, ruledOut} = judgement(matrix(bad));
	assert.deepEqual(
		findings.map(({id, subject}) => `${id} ${subject.name}`),
		['KPROXY_NODE_RULES n3'],
	);
	assert.deepEqual(
		ruledOut.filter(({id}) => id === 'DNS_SAME_NODE_NO_UNNAT').map(({why}) => why),
		['it fails from n3 too, where no endpoint runs'],
	);
	// All of seven tries lost beside one of two endpoints: the other one must have been hit as well.
	assert.deepEqual(told(matrix(one => (one.from.node === 'n1' && isService(one) ? {transport: 'timeout', tried: 7, failed: 7} : undefined))), [
		'KPROXY_NODE_RULES critical proven',
	]);
});

test('row 9: the Service fails from every node', () => {
	assert.deepEqual(told(matrix(one => (isService(one) ? {transport: 'timeout', tried: 7, failed: 7} : undefined))), ['SERVICE_PLANE critical proven']);
});

test('from one node alone nothing decides between rows 8 and 9: what would is named', () => {
	const {findings, undecided} = judgement(matrix(one => (isService(one) ? {transport: 'timeout', tried: 7, failed: 7} : undefined), ['n3']));
	assert.deepEqual(findings, []);
	assert.match(undecided ?? '', /from a pod of another node would decide/);
});

test('row 3: every CoreDNS pod refuses', () => {
	assert.deepEqual(told(matrix(one => (one.to.kind === 'dns-pod' ? {transport: 'refused', failed: 1} : {transport: 'refused', tried: 7, failed: 7}))), [
		'DNS_NO_READY_ENDPOINTS critical proven',
	]);
});

test('row 10: TCP alone fails', () => {
	assert.deepEqual(told(matrix(one => (one.protocol === 'tcp' && one.from.node === 'n3' ? {...lost, tried: 1} : undefined))), [
		'DNS_PROTOCOL_BLOCKED warning proven',
	]);
});

const egress = policyObject('shop/web-only', {podSelector: {}, policyTypes: ['Egress'], egress: [{ports: [{protocol: 'TCP', port: 8080}]}]});

test('row 11: what a policy denies and a probe saw fail is proven, and no network fault is made of it', () => {
	const all = () => ({...lost, tried: 1});
	const {findings} = judgement(matrix(all), [egress]);
	assert.deepEqual(
		findings.map(({id, confidence, key}) => `${confidence} ${key}`.replace(id, 'ID')),
		['proven ID NetworkPolicy shop/web-only'],
	);
	assert.match(findings[0]?.title ?? '', /shop\/client-n3, shop\/client-n1, shop\/client-n2/);
});

test('row 11: one pod that the policy selects, others tell of the network', () => {
	const one = policyObject('shop/one', {podSelector: {matchLabels: {app: 'client'}}, policyTypes: ['Egress'], egress: []});
	const {findings, ruledOut} = judgement(
		matrix(({from}) => (from.node === 'n3' ? {...lost, tried: 1} : undefined)),
		[one],
	);
	assert.deepEqual(
		findings.map(({id}) => id),
		['NP_EGRESS_BLOCKS_DNS'],
	);
	assert.ok(ruledOut.some(({id}) => id === 'NET_OVERLAY_DROPPED'));
});

test('row 11 without a policy: a pod alone on a node where another one is well', () => {
	const neighbour = {...clientOn('n3', 'B'), pod: 'other'};
	const well = [dnsPod(0, 'n1'), dnsPod(1, 'n2')].map(to => cell('R4', neighbour, to));
	const {findings} = judgement([...matrix(({from}) => (from.pod === 'client-n3' ? {...lost, tried: 1} : undefined)), ...well]);
	assert.deepEqual(
		findings.map(({id, confidence, subject}) => `${id} ${confidence} ${subject.name}`),
		['NP_EGRESS_BLOCKS_DNS likely client-n3'],
	);
});

const client = clientOn('n3');
const outside = (more: Partial<ProbeCell>) => cell('R6', client, dnsService, {name: 'example.com.', ...more});
const upstream = (more: Partial<ProbeCell>) =>
	cell('R7', clientOn('n1', 'F'), {kind: 'upstream', title: '10.0.0.2:53', address: '10.0.0.2', port: 53}, {name: 'example.com.', ...more});

test('rows 12 and 13: names outside fail; the upstream, asked directly, decides whose fault it is', () => {
	const failing = outside({answer: 'SERVFAIL'});
	assert.deepEqual(told([...matrix(), failing, upstream({...lost})]), ['DNS_UPSTREAM_FAILING critical proven']);
	assert.deepEqual(told([...matrix(), outside({...lost}), upstream({transport: 'refused', failed: 1})]), ['DNS_UPSTREAM_FAILING critical proven']);
	assert.deepEqual(told([...matrix(), failing, upstream({answer: 'NXDOMAIN'})]), ['DNS_EGRESS_BLOCKED critical likely']);
	const alone = judgement([...matrix(), failing]);
	assert.deepEqual(
		alone.findings.map(({id, confidence, key}) => `${confidence} ${key}`.replace(id, 'ID')),
		['likely ID Service kube-system/kube-dns 10.0.0.2:53'],
	);
	assert.ok(alone.notChecked.some(({what}) => what === 'the upstream itself'));
	// Where nothing at all is answered the upstream is not to blame.
	const down = judgement([
		...matrix(one => (isService(one) ? {transport: 'timeout', tried: 7, failed: 7} : undefined)).filter(one => one.row !== 'R4'),
		outside({...lost}),
	]);
	assert.deepEqual(
		down.findings.map(({id}) => id).filter(id => id.startsWith('DNS_UPSTREAM')),
		[],
	);
	// NXDOMAIN is an answer: the upstream is there.
	assert.deepEqual(told([...matrix(), outside({answer: 'NXDOMAIN'}), upstream({answer: 'NXDOMAIN'})]), []);
});

test('rows 14 and 15: what CoreDNS says of names of the cluster', () => {
	assert.deepEqual(told(matrix(one => ({...one, answer: 'SERVFAIL'}))), ['DNS_APISERVER_UNREACHABLE critical proven']);
	assert.deepEqual(told(matrix(one => ({...one, answer: 'NXDOMAIN'}))), ['DNS_COREFILE_NO_KUBERNETES critical proven']);
	const stale = judgement(matrix(one => (one.to.kind === 'dns-pod' && one.to.node === 'n2' ? {...one, answer: 'NXDOMAIN'} : one))).findings;
	assert.deepEqual(
		stale.map(({id, subject}) => `${id} ${subject.name}`),
		['DNS_APISERVER_UNREACHABLE coredns-5d7c6cdd6-aaaa1'],
	);
});

test('row 16: a typed name that does not exist, and one that does', () => {
	const asked = cell('R2', client, dnsService, {name: 'pg.shop.svc.cluster.local.', answer: 'NXDOMAIN'});
	assert.deepEqual(
		judgement([...matrix(), asked], [], 'pg.shop').findings.map(({id, confidence}) => `${id} ${confidence}`),
		['DNS_NAME_WRONG proven'],
	);
	const {findings, ruledOut} = judgement(matrix(), [], 'kube-dns.kube-system');
	assert.deepEqual(findings, []);
	assert.ok(ruledOut.some(({id}) => id === 'DNS_NAME_WRONG'));
});

test('rows 1 and 2: whom resolv.conf names', () => {
	const conf = (node: string, server: string) =>
		cell(
			'R1',
			clientOn(node),
			{kind: 'control', title: '/etc/resolv.conf', address: '', port: 0},
			{values: [`nameserver ${server}`, 'search shop.svc.cluster.local svc.cluster.local cluster.local', 'options ndots:5']},
		);
	assert.deepEqual(told([...matrix(), conf('n3', '10.96.0.10')]), []);
	const wrong = judgement([...matrix(), conf('n3', '10.96.0.99')]).findings;
	assert.deepEqual(
		wrong.map(({id, subject}) => `${id} ${subject.kind} ${subject.name}`),
		['DNS_CLUSTERDNS_MISMATCH Node n3'],
	);
});

test('rows 18 and 19: an invented name, the short name', () => {
	const invented = cell('R8', client, dnsService, {name: 'k8tui-nx-1.default.svc.cluster.local.', answer: 'NOERROR', values: ['203.0.113.9']});
	assert.deepEqual(told([...matrix(), invented]), ['DNS_WILDCARD_HIJACK warning proven']);
	const short = cell('R9', client, {kind: 'name', title: 'the search list', address: '', port: 0}, {name: 'kubernetes.default', answer: 'OTHER'});
	assert.deepEqual(told([...matrix(), short]), ['DNS_SEARCH_PATH warning proven']);
	assert.deepEqual(told([...matrix(), {...short, answer: 'NOERROR'}]), []);
	// Where the full name is lost now and then, the short one says nothing of the search list.
	assert.deepEqual(
		told([...matrix(one => (one.from.node === 'n3' && one.row === 'R2' ? {transport: 'timeout', tried: 7, failed: 2} : undefined)), short]).filter(text =>
			text.startsWith('DNS_SEARCH'),
		),
		[],
	);
});

test('rows 21 to 24: hairpin, MTU, settings of nodes', () => {
	const web = {kind: 'service', title: 'web', address: '10.96.0.20', port: 80, namespace: 'shop'} as const;
	assert.deepEqual(told([...matrix(), cell('R12', client, web, {protocol: 'tcp', transport: 'timeout', tried: 7, failed: 3})]), ['NET_HAIRPIN warning proven']);
	const health = {...dnsPod(1, 'n2'), port: 8080};
	const size = (values: readonly string[], more: Partial<ProbeCell> = {}) => cell('R13', client, health, {protocol: 'tcp', values, ...more});
	assert.deepEqual(told([...matrix(), size(['small', '3']), size(['large', '0'], lost)]), ['NET_MTU_BLACKHOLE critical proven']);
	assert.deepEqual(told([...matrix(), size(['small', '3']), size(['large', '24000'])]), []);
	assert.deepEqual(told([...matrix(), size(['small', '0'], lost), size(['large', '0'], lost)]), []);
	const facts = (...values: readonly string[]) => cell('R14', {...client, role: 'C'}, {kind: 'node', title: 'n3', address: '', port: 0, node: 'n3'}, {values});
	assert.deepEqual(told([...matrix(), facts('ip_forward=0')]), ['NODE_IP_FORWARD_OFF critical proven']);
	assert.deepEqual(told([...matrix(), facts('ip_forward=1', 'conntrack_count=950', 'conntrack_max=1000')]), ['NODE_CONNTRACK_FULL critical proven']);
	assert.deepEqual(told([...matrix(), facts('ip_forward=1', 'bridge-nf-call-iptables=0')]), ['NODE_BRIDGE_NF_OFF info proven']);
	assert.deepEqual(told([...matrix(), facts('ip_forward=1', 'bridge-nf-call-iptables=1', 'conntrack_count=5', 'conntrack_max=1000')]), []);
});

test('row 17: a headless name with fewer addresses than ready endpoints', () => {
	const peers = [
		serviceObject('shop/peers', {clusterIP: 'None', clusterIPs: ['None'], selector: {app: 'db'}}),
		sliceObject('shop/peers', [{address: '10.244.1.7'}, {address: '10.244.2.8'}]),
	];
	const asked = (...values: readonly string[]) => cell('R5', client, dnsService, {name: 'peers.shop.svc.cluster.local.', answer: 'NOERROR', values});
	assert.deepEqual(told([...matrix(), asked('10.244.1.7')], peers), ['DNS_HEADLESS_PARTIAL warning likely']);
	assert.deepEqual(told([...matrix(), asked('10.244.1.7', '10.244.2.8')], peers), []);
});

test('cells that say nothing of the network find nothing and rule nothing out', () => {
	const {findings, ruledOut, notChecked} = judgement(matrix(() => ({transport: 'not-allowed', tried: 0, failed: 0})));
	assert.deepEqual([findings, ruledOut], [[], []]);
	assert.ok(notChecked.some(({what}) => what === 'traffic between pods'));
	const lying = judgement(matrix(one => (one.protocol === 'tcp' ? {transport: 'not-proof'} : undefined))).notChecked;
	assert.equal(lying.filter(({what}) => what.startsWith('TCP from')).length, 3);
});
