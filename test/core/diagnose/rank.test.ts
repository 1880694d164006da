import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mayExplain} from '../../../source/core/diagnose/causes.ts';
import {needs} from '../../../source/core/diagnose/needs.ts';
import {rank} from '../../../source/core/diagnose/rank.ts';
import type {Finding} from '../../../source/core/finding.ts';
import type {Ref} from '../../../source/core/kubernetes.ts';
import {fault} from '../../../source/core/net/fault.ts';
import {clusterView, nodeObject, object, podObject, serviceObject, sliceObject, viewNow} from '../../tools/cluster-view.ts';

const service: Ref = {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web'};
const pod: Ref = {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1'};
const node: Ref = {apiVersion: 'v1', kind: 'Node', name: 'node-a'};
const ingress: Ref = {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace: 'shop', name: 'public'};

const shop = clusterView([
	nodeObject('node-a'),
	podObject('shop/web-1', {labels: {app: 'web'}, ip: '10.244.1.9', ready: false}),
	serviceObject('shop/web', {selector: {app: 'web'}, ports: [{port: 80}]}),
	sliceObject('shop/web', [{address: '10.244.1.9', pod: 'web-1', ready: false}]),
	object('networking.k8s.io/v1', 'Ingress', 'shop/public', {spec: {rules: [{http: {paths: [{path: '/', backend: {service: {name: 'web'}}}]}}]}}),
]);

function finding(id: string, subject: Ref, rest: Partial<Finding> = {}): Finding {
	return {...fault({id, family: 'Service', severity: 'critical', confidence: 'proven', subject, title: `${id} of ${subject.name}`}), ...rest};
}

function roots(...findings: readonly Finding[]): readonly string[] {
	return rank(findings, shop).roots.map(({finding: {id}, explains}) => [id, ...explains.map(one => one.id)].join(' <- '));
}

test('the distance follows what an object needs, and never the other way', () => {
	const distance = needs(shop);
	assert.equal(distance(ingress, node), 3, 'Ingress, Service, pod, node');
	assert.equal(distance(service, service), 0);
	assert.equal(distance(node, service), Number.POSITIVE_INFINITY);
	assert.equal(distance(service, {...pod, name: 'other'}), Number.POSITIVE_INFINITY);
});

test('a lost node explains the Service, the Service explains the Ingress: one root', () => {
	assert.deepEqual(roots(finding('ING_BACKEND_EMPTY', ingress), finding('SVC_NO_READY_ENDPOINTS', service), finding('NODE_NOT_READY', node)), [
		'NODE_NOT_READY <- ING_BACKEND_EMPTY <- SVC_NO_READY_ENDPOINTS',
	]);
});

test('a cause that came later than its effect is none, but for a minute of slack', () => {
	const effect = finding('SVC_NO_READY_ENDPOINTS', service, {since: viewNow - 600_000});
	assert.equal(roots(effect, finding('NODE_NOT_READY', node, {since: viewNow - 500_000})).length, 2);
	assert.equal(roots(effect, finding('NODE_NOT_READY', node, {since: viewNow - 550_000})).length, 1);
});

test('what is only possible hides nothing; an info or a practice is no cause', () => {
	const effect = finding('SVC_NO_READY_ENDPOINTS', service);
	assert.equal(roots(effect, finding('NODE_NOT_READY', node, {confidence: 'possible'})).length, 2);
	assert.deepEqual(
		rank([effect, finding('NODE_NOT_READY', node, {confidence: 'possible'})], shop).all[0]?.causes,
		['NODE_NOT_READY Node node-a'],
		'maybe because',
	);
	assert.equal(roots(effect, finding('NODE_NOT_READY', node, {severity: 'info'})).length, 2);
	assert.equal(roots(effect, finding('NODE_NOT_READY', node, {class: 'practice'})).length, 2);
});

test('another object that nothing leads to explains nothing', () => {
	assert.equal(roots(finding('SVC_NO_READY_ENDPOINTS', service), finding('NODE_NOT_READY', {...node, name: 'node-b'})).length, 2);
});

test('the order: critical first, then what explains more, then names; the same each time', () => {
	const many = [finding('SVC_PARTIAL_READY', service, {severity: 'warning'}), finding('SVC_B', pod), finding('SVC_A', pod)];
	const order = rank(many, shop).roots.map(one => one.finding.id);
	assert.deepEqual(order, ['SVC_A', 'SVC_B', 'SVC_PARTIAL_READY']);
	assert.deepEqual(
		rank(many.toReversed(), shop).roots.map(one => one.finding.id),
		order,
	);
});

test('which verdict wins (diagnosis.md 4.5): the Corefile and a loop before the endpoints, a policy before blocked rows', () => {
	for (const [cause, effect] of [
		['DNS_LOOP', 'DNS_NO_READY_ENDPOINTS'],
		['DNS_COREFILE_INVALID', 'DNS_NO_READY_ENDPOINTS'],
		['NP_EGRESS_BLOCKS_DNS', 'NET_OVERLAY_DROPPED'],
		['NP_BLOCKS_SERVICE', 'KPROXY_NODE_RULES'],
		['DNS_NO_READY_ENDPOINTS', 'SERVICE_PLANE'],
		['SVC_SELECTOR_NO_POD', 'ING_BACKEND_EMPTY'],
	] as const) {
		assert.ok(mayExplain(cause, effect), `${cause} explains ${effect}`);
		assert.ok(!mayExplain(effect, cause), `${effect} does not explain ${cause}`);
	}
});

test('a circle of causes ends at one root', () => {
	const dns: Ref = {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web'};
	const found = rank(
		[finding('DNS_UPSTREAM_FAILING', dns), finding('NODE_NOT_READY', node), finding('NODE_CNI_NOT_READY', node), finding('NET_OVERLAY_DROPPED', node)],
		shop,
	).roots;
	assert.equal(found.length, 1);
	assert.equal(found[0]?.explains.length, 3);
});
