import assert from 'node:assert/strict';
import {test} from 'node:test';
import {judge} from '../../../../source/core/diagnose/judge.ts';
import type {Finding} from '../../../../source/core/finding.ts';
import type {KubeObject} from '../../../../source/core/kubernetes.ts';
import type {MatrixRow, ProbeCell} from '../../../../source/core/net/cell.ts';
import {fault} from '../../../../source/core/net/fault.ts';
import {blackboxQuestions, blackboxStep} from '../../../../source/core/net/report/blackbox-step.ts';
import {cellObservations} from '../../../../source/core/net/report/cell-observations.ts';
import {wholeDnsReport} from '../../../../source/core/net/report/dns-report.ts';
import {mergeFindings} from '../../../../source/core/net/report/merge-findings.ts';
import {nodesReport} from '../../../../source/core/net/report/nodes-report.ts';
import {pathReport} from '../../../../source/core/net/report/path-report.ts';
import {refutedBy} from '../../../../source/core/net/report/refuted.ts';
import {clusterView, deniedKind, object, policyObject, viewNow} from '../../../tools/cluster-view.ts';
import {dnsObjects} from '../dns/dns-fixture.ts';
import {ground, trace, web, webService, webWith} from '../trace/trace-fixture.ts';

const service = {apiVersion: 'v1', kind: 'Service', namespace: 'kube-system', name: 'kube-dns'};
const cart = {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'cart'};

function finding(id: string, subject: Finding['subject'], rest: Partial<Finding> = {}): Finding {
	return {...fault({id, family: 'DNS', severity: 'critical', confidence: 'likely', subject, title: `${id} of ${subject.name}`}), ...rest};
}

function cell(row: MatrixRow, rest: Partial<ProbeCell> = {}): ProbeCell {
	return {
		row,
		from: {role: 'A', namespace: 'shop', pod: 'cart', container: 'main', node: 'node-a', podIp: '', hasDns: false},
		to: {kind: 'service', title: 'web', address: '10.96.0.20', port: 80},
		protocol: 'tcp',
		transport: 'ok',
		tried: 1,
		failed: 0,
		tool: 'nc',
		detail: '',
		at: viewNow,
		...rest,
	};
}

function path(destination: string, objects: readonly KubeObject[], cells: readonly ProbeCell[] = [], findings: readonly Finding[] = []) {
	const view = clusterView([...ground, ...objects], {oneShot: true});
	const judged = judge([{ids: ['X'], title: 'x', family: 'DNS', reads: [], graceMs: 0, run: () => findings}], view);
	return pathReport({view, trace: trace(destination, objects), judged, cells, probed: cells.length > 0});
}

test('path: the break is the verdict, complete is PATH_OK, what cannot be read is undecided', () => {
	assert.equal(path('web', webWith(webService({selector: {app: 'webs'}}), [])).verdict.id, 'SVC_SELECTOR_NO_POD');
	const well = path('web', web);
	assert.deepEqual([well.verdict.id, well.verdict.confidence], ['PATH_OK', 'likely']);
	assert.deepEqual(
		well.ruledOut.map(({id}) => id),
		['DNS_NAME_WRONG', 'SVC_NO_READY_ENDPOINTS', 'SVC_NAMED_PORT_UNRESOLVED', 'NP_BLOCKS_SERVICE'],
	);
	assert.equal(path('api.example.com:443', web).verdict.id, 'NET_INCONCLUSIVE');
});

test('path: a fault of DNS itself breaks a path by name, one of another pod does not', () => {
	const dns = dnsObjects();
	assert.equal(path('web', [...web, ...dns], [], [finding('DNS_NO_READY_ENDPOINTS', service)]).verdict.id, 'DNS_NO_READY_ENDPOINTS');
	assert.equal(path('10.96.0.20:80', [...web, ...dns], [], [finding('DNS_NO_READY_ENDPOINTS', service)]).verdict.id, 'PATH_OK', 'an address needs no name');
	const other = finding('NP_EGRESS_BLOCKS_DNS', {...cart, name: 'other'}, {family: 'NetworkPolicy'});
	assert.equal(path('web', web, [], [other]).verdict.id, 'PATH_OK');
	assert.equal(path('web', web, [], [{...other, subject: cart, key: 'NP own'}]).verdict.id, 'NP_EGRESS_BLOCKS_DNS');
	assert.equal(
		path('web', [...web, ...dns], [], [finding('DNS_COREFILE_LINT', service, {severity: 'warning'})]).verdict.id,
		'PATH_OK',
		'a lint breaks nothing',
	);
});

test('path: probes that arrive outweigh what was derived; a policy that they confirm is proven', () => {
	const deny = policyObject('shop/deny-all', {podSelector: {matchLabels: {app: 'web'}}, policyTypes: ['Ingress'], ingress: []});
	const endpoints = ['10.244.1.9', '10.244.2.9'].map((address, index) => ({
		kind: 'endpoint' as const,
		title: address,
		address,
		port: 8080,
		node: index === 0 ? 'node-a' : 'node-b',
	}));
	const arrived = [cell('R11', {tried: 7}), ...endpoints.map(to => cell('R11', {to}))];
	const through = path('web', [...web, deny], arrived);
	assert.deepEqual([through.verdict.id, through.findings[0]?.severity], ['PATH_OK', 'info']);
	assert.match(through.findings[0]?.title ?? '', /the probes arrived all the same/);
	const dropped = [cell('R11', {transport: 'timeout', failed: 1}), ...endpoints.map(to => cell('R11', {to, transport: 'timeout', failed: 1}))];
	const flannel = object('apps/v1', 'DaemonSet', 'kube-flannel/kube-flannel-ds', {});
	const blocked = path('web', [...web, deny, flannel], dropped);
	assert.deepEqual([blocked.verdict.id, blocked.verdict.severity, blocked.verdict.confidence], ['NP_BLOCKS_SERVICE', 'critical', 'proven']);
	assert.equal(path('web', web, dropped).verdict.id, 'NET_INCONCLUSIVE', 'nothing says why');
	assert.equal(path('web', web, [cell('R11', {transport: 'not-allowed', detail: 'you may not create pods/exec'})]).verdict.id, 'NET_INCONCLUSIVE');
});

test('path: of a port that was derived and measured, what to do is told from both', () => {
	const objects = [
		...web.filter(({kind}) => kind === 'Pod'),
		webService({ports: [{name: 'http', port: 80, targetPort: 9999}]}),
		object('discovery.k8s.io/v1', 'EndpointSlice', 'shop/web-x', {
			metadata: {labels: {'kubernetes.io/service-name': 'web'}},
			addressType: 'IPv4',
			ports: [{name: 'http', port: 9999, protocol: 'TCP'}],
			endpoints: [{addresses: ['10.244.1.9'], targetRef: {kind: 'Pod', namespace: 'shop', name: 'web-1'}}],
		}),
	];
	const to = {kind: 'endpoint' as const, title: 'web-1', address: '10.244.1.9', port: 9999, node: 'node-a'};
	const {verdict} = path('web', objects, [cell('R11', {to, transport: 'refused', failed: 1})]);
	assert.deepEqual([verdict.id, verdict.confidence], ['SVC_TARGETPORT_UNDECLARED', 'proven']);
	assert.match(verdict.remedy[0]?.command ?? '', /"value":8080/);
});

function dns(findings: readonly Finding[], rest: Partial<Parameters<typeof wholeDnsReport>[0]> = {}) {
	const view = clusterView([...dnsObjects()], {oneShot: true});
	const judged = judge([{ids: ['X'], title: 'x', family: 'DNS', reads: [], graceMs: 0, run: () => findings}], view);
	return wholeDnsReport({view, judged, cells: [], probed: false, fromNamed: false, from: 'shop/client-n1', ...rest});
}

test('dns: passive and nothing found is NET_NOT_PROBED; the Corefile explains the endpoints', () => {
	assert.equal(dns([]).verdict.id, 'NET_NOT_PROBED');
	const both = dns([finding('DNS_NO_READY_ENDPOINTS', service, {confidence: 'proven'}), finding('DNS_COREFILE_INVALID', service)]);
	assert.equal(both.verdict.id, 'DNS_COREFILE_INVALID');
	assert.deepEqual(both.findings.find(({id}) => id === 'DNS_NO_READY_ENDPOINTS')?.causes, ['DNS_COREFILE_INVALID Service kube-system/kube-dns']);
});

test('dns: a fault of one pod counts where that pod is the client, or where nobody was named', () => {
	const egress = finding('NP_EGRESS_BLOCKS_DNS', {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'client-n2'}, {family: 'NetworkPolicy'});
	assert.equal(dns([egress], {fromNamed: true}).verdict.id, 'NET_NOT_PROBED');
	assert.equal(dns([egress], {fromNamed: true, from: 'shop/client-n2'}).verdict.id, 'NP_EGRESS_BLOCKS_DNS');
	const svc = finding('SVC_SELECTOR_NO_POD', {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web'}, {family: 'Service'});
	assert.equal(dns([svc]).verdict.id, 'NET_NOT_PROBED', 'that is no matter of DNS');
});

test('dns: what the log tells and the probes of the same run contradict is history', () => {
	const upstream = finding('DNS_UPSTREAM_FAILING', service);
	const answered = cell('R6', {name: 'example.com.', answer: 'NXDOMAIN'});
	assert.match(refutedBy(upstream, [answered]) ?? '', /example\.com\. is answered now \(NXDOMAIN\), so it is over/);
	assert.equal(refutedBy(upstream, [cell('R6', {answer: 'SERVFAIL'})]), undefined);
	assert.equal(refutedBy(upstream, [cell('R6', {transport: 'timeout', failed: 1})]), undefined);
	assert.equal(refutedBy(upstream, [cell('R6', {transport: 'tool-missing'})]), undefined, 'a probe that says nothing contradicts nothing');
	assert.equal(refutedBy(upstream, []), undefined);
	assert.equal(refutedBy(finding('DNS_CLUSTERDNS_MISMATCH', service), [answered]), undefined);
});

test('nodes: passive says so, with what the checks say of nodes', () => {
	const view = clusterView([...dnsObjects()], {oneShot: true});
	const down = finding('NODE_NOT_READY', {apiVersion: 'v1', kind: 'Node', name: 'n1'}, {family: 'node'});
	const judged = judge([{ids: ['X'], title: 'x', family: 'node', reads: [], graceMs: 0, run: () => [down, finding('DNS_LOOP', service)]}], view);
	const report = nodesReport({view, judged, cells: [], probed: false});
	assert.deepEqual([report.verdict.id, report.findings.length], ['NODE_NOT_READY', 1]);
	assert.match(report.notChecked[0]?.why ?? '', /no consent was given/);
});

test('a check that was denied is not checked in every report, and never a plus', () => {
	const view = clusterView([...dnsObjects()], {oneShot: true, unread: {networkpolicies: deniedKind('networkpolicies')}});
	const judged = judge([{ids: ['NP_X'], title: 'policies', family: 'NetworkPolicy', reads: ['networkpolicies'], graceMs: 0, run: () => []}], view);
	const report = wholeDnsReport({view, judged, cells: [], probed: false, fromNamed: false});
	assert.ok(report.notChecked.some(({what}) => what === 'policies'));
	assert.ok(report.findings.some(({id, class: kind}) => id === 'NOT_CHECKED' && kind === 'coverage'));
	assert.equal(report.verdict.id, 'NET_NOT_PROBED');
});

test('two findings of one fault are one, as the better proven, with the evidence of both', () => {
	const evidence = (value: string) => [{ref: service, path: 'x', value}];
	const [merged, ...more] = mergeFindings(
		[finding('A', service, {evidence: evidence('log')})],
		[finding('A', service, {confidence: 'proven', evidence: evidence('probe')})],
	);
	assert.deepEqual([merged?.confidence, merged?.evidence.map(({value}) => value), more.length], ['proven', ['probe', 'log'], 0]);
});

test('cells as observations: what was not measured is not among them', () => {
	const observed = cellObservations([cell('R11'), cell('R2'), cell('R14'), cell('R11', {transport: 'not-run'}), cell('R10', {transport: 'not-allowed'})]);
	assert.deepEqual(
		observed.map(({probe}) => probe),
		['tcp-connect', 'dns-query'],
	);
});

test('a blackbox exporter: its URL or its port, and what it said as a step', () => {
	assert.deepEqual(blackboxQuestions(trace('web', web)), [{kind: 'tcp', target: 'web.shop.svc.cluster.local:80'}]);
	assert.deepEqual(blackboxQuestions(trace('http://web.shop/cart', web)), [{kind: 'http', target: 'http://web.shop/cart'}]);
	assert.deepEqual(blackboxQuestions(trace('api.example.com:443', web)), []);
	const measured = {probe: 'blackbox', target: 'tcp web:80', at: viewNow, tookMs: 1};
	const [step] = blackboxStep([{...measured, outcome: 'ok', facts: {success: false, seconds: 0.1}}]);
	assert.deepEqual([step?.state, step?.evidence], ['warning', ['tcp web:80: fails, in 100 ms']]);
	assert.equal(blackboxStep([{...measured, outcome: 'failed', problem: {code: 'policy', what: 'x', cause: 'refused'}}])[0]?.state, 'unknown');
	assert.deepEqual(blackboxStep([]), []);
});
