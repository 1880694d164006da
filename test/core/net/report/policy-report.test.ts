import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checks} from '../../../../source/checks/index.ts';
import {judge} from '../../../../source/core/diagnose/judge.ts';
import type {NetReport} from '../../../../source/core/net/net-report.ts';
import {policyReport, type PolicyReportWish} from '../../../../source/core/net/report/policy-report.ts';
import type {ParsedDocument} from '../../../../source/core/net/policy/what-if.ts';
import {clusterView, deniedKind, podObject, policyObject, type ViewOptions} from '../../../tools/cluster-view.ts';
import {shopNetwork} from '../../../tools/shop-network.ts';

function ask(wish: Partial<PolicyReportWish>, documents?: readonly ParsedDocument[], options: ViewOptions = {}): NetReport {
	const view = clusterView(shopNetwork, {oneShot: true, ...options});
	return policyReport({view, judged: judge(checks, view), wish: {namespace: 'shop', ...wish}, ...(documents ? {documents} : {})});
}

const said = ({verdict, allowed}: NetReport) => [verdict.id, verdict.severity, allowed];

test('a pair is allowed, denied or not known, and why', () => {
	assert.deepEqual(said(ask({from: 'shop/web', to: 'shop/cart', port: '8080'})), ['PATH_OK', 'none', true]);
	const denied = ask({from: 'cart', to: 'data/pg', port: 'tcp/5432'});
	assert.deepEqual(said(denied), ['NP_BLOCKS_SERVICE', 'warning', false]);
	assert.equal(denied.verdict.title, 'shop/cart -> data/pg tcp/5432: denied by data/pg-clients: cart has app=cart, and app in (web2) matches no pod');
	assert.deepEqual(denied.why?.slice(0, 2), [
		'egress of shop/cart: rule 0 of shop/cart-egress allows it: to ns data tcp/5432',
		'ingress of data/pg: data/pg-clients selects data/pg for ingress and no rule allows it',
	]);
	assert.equal(denied.verdict.remedy[0]?.command, 'kubectl -n data describe networkpolicy pg-clients');
	const unread = ask({from: 'shop/web', to: 'shop/cart'}, undefined, {unread: {'networkpolicies.networking.k8s.io': deniedKind('networkpolicies')}});
	assert.deepEqual(said(unread), ['NET_INCONCLUSIVE', 'undecided', null]);
});

test('DNS that is denied is that finding, and critical', () => {
	assert.deepEqual(said(ask({from: 'shop/checkout', to: 'kube-system/coredns', port: 'udp/53'})), ['NP_EGRESS_BLOCKS_DNS', 'critical', false]);
});

test('pods by name, workloads, nodes, addresses, the internet; an address of a pod is that pod', () => {
	const pod = 'shop/cart-6f9c7d8b54-kq2xz';
	assert.equal(ask({from: pod, to: 'internet', port: '443'}).allowed, false);
	assert.equal(ask({from: 'shop/web', to: '203.0.113.5'}).allowed, true);
	assert.equal(ask({from: 'node/node-a', to: pod, port: '8080'}).verdict.title.startsWith('node node-a -> shop/cart-6f9c7d8b54-kq2xz'), true);
	const address = clusterView([podObject('a/x', {ip: '10.1.1.1'})]);
	const report = policyReport({view: address, judged: judge(checks, address), wish: {from: '10.1.1.1', to: 'internet', namespace: 'a'}});
	assert.match(report.verdict.title, /^a\/x -> the internet/);
});

test('without a port it is said which ports', () => {
	const {verdict, why} = ask({from: 'mon/prometheus', to: 'shop/web'});
	assert.match(verdict.title, /policies allow it$/);
	const some = ask({from: 'ingress-nginx/controller', to: 'shop/web'});
	assert.match(some.verdict.title, /policies allow it \(TCP 8080\)$/);
	assert.ok(some.why?.includes('of its ports: TCP 8080'));
	assert.ok(why?.every(line => !line.startsWith('of its ports')));
});

test('nobody of that name, and no port of that form, are not decided', () => {
	assert.deepEqual(said(ask({from: 'shop/crat', to: 'data/pg'})), ['NET_INCONCLUSIVE', 'undecided', null]);
	assert.equal(ask({from: 'shop/crat', to: 'data/pg'}).verdict.title, 'There is no pod or workload crat in shop. Did you mean shop/cart?');
	assert.match(ask({from: 'a/b/c', to: 'data/pg'}).verdict.title, /names nobody/);
	assert.match(ask({from: 'node/none', to: 'data/pg'}).verdict.title, /There is no node none/);
	assert.match(ask({from: 'cart', to: 'data/pg', port: '0'}).verdict.title, /^0 is no port/);
	assert.match(ask({from: 'shop/none', to: 'data/pg'}, undefined, {unread: {pods: deniedKind('pods')}}).verdict.title, /^Pods in shop could not be read$/);
});

test('who may reach me, whom may I reach', () => {
	assert.deepEqual(ask({to: 'shop/web', port: 'http'}).why, [
		'shop/web may be reached, by tcp/http, from:',
		'X data: pg, redis  denied',
		'+ ingress-nginx: controller  TCP, any port',
		'X kube-system: coredns  denied',
		'+ mon: prometheus  TCP, any port',
		'+ shop: cart, checkout  TCP, any port',
		'X internet  denied',
	]);
	assert.ok(ask({from: 'shop/cart'}).why?.includes('+ data: redis  TCP 5432'));
});

test('without ends: the findings; with a namespace who is denied there', () => {
	const {verdict, why, notChecked, ruledOut} = ask({});
	assert.equal(verdict.id, 'NP_EGRESS_BLOCKS_DNS');
	assert.deepEqual(why, ['6 NetworkPolicies in 2 namespaces', 'of 8 workloads 4 isolated for ingress, 2 for egress']);
	assert.ok(notChecked.some(({what}) => what === '1 AdminNetworkPolicy'));
	assert.deepEqual(ruledOut, [{id: 'NP_NO_ENFORCER', why: 'kube-router enforces them on 3 of 3 nodes'}]);
	assert.ok(ask({only: 'shop'}).why?.includes('X shop/checkout -> kube-system/coredns udp/53'));
	assert.ok(ask({only: 'kube-system', port: 'udp/53'}).why?.includes('nothing is denied to or from kube-system') === false);
});

const fixed = policyObject('data/pg-clients', {podSelector: {matchLabels: {app: 'pg'}}, ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 5432}]}]});

test('what if: before and after, for a pair and for the whole', () => {
	const pair = ask({from: 'cart', to: 'data/pg', port: '5432'}, [{ok: true, value: fixed}]);
	assert.deepEqual([pair.allowed, pair.why?.[0]], [true, 'before: deny, with the file: allow']);
	assert.ok(pair.why?.includes('the file replaces data/pg-clients'));
	const whole = ask({}, [{ok: true, value: fixed}]);
	assert.match(whole.verdict.title, /^With the file \d+ cells would change: 0 denied, \d+ no longer denied$/);
	assert.ok(whole.why?.includes('shop/cart -> data/pg tcp/5432: denied, then allowed'));
	const same = ask({}, [{ok: true, value: shopNetwork.find(({metadata}) => metadata.name === 'pg-clients')}]);
	assert.equal(same.verdict.title, 'With the file no cell of the grid would change');
});

test('a file without a policy decides nothing', () => {
	const report = ask({from: 'cart', to: 'data/pg'}, [{ok: false, line: 3, problem: 'bad indentation'}]);
	assert.deepEqual(said(report), ['NET_INCONCLUSIVE', 'undecided', null]);
	assert.match(report.verdict.title, /line 3 is no YAML: bad indentation/);
});
