import assert from 'node:assert/strict';
import {test} from 'node:test';
import {loadBalancer} from '../../source/checks/load-balancer.ts';
import {object, podObject, serviceObject, viewNow} from '../tools/cluster-view.ts';
import {judged, told, withoutKind} from '../tools/run-check.ts';

const balancer = (path: string, spec: object = {}, ip?: string) =>
	serviceObject(path, {type: 'LoadBalancer', ...spec}, {status: {loadBalancer: ip === undefined ? {} : {ingress: [{ip}]}}});
const failed = object('v1', 'Event', 'shop/e1', {
	involvedObject: {kind: 'Service', namespace: 'shop', name: 'web'},
	reason: 'SyncLoadBalancerFailed',
	message: 'quota of addresses is used up',
	lastTimestamp: new Date(viewNow - 60_000).toISOString(),
});

test('no address: why, as far as it can be seen', () => {
	assert.deepEqual(told(loadBalancer, [balancer('shop/web')]), [
		'LB_PENDING warning proven: Service shop/web has no load balancer address after 38h: no Service has one: there may be no load balancer controller in this cluster',
	]);
	assert.match(told(loadBalancer, [balancer('shop/web'), balancer('shop/ok', {}, '203.0.113.1')])[0] ?? '', /its controller has not answered$/);
	assert.match(
		told(loadBalancer, [balancer('shop/web', {loadBalancerClass: 'x.test/lb'})])[0] ?? '',
		/no controller of loadBalancerClass x\.test\/lb has taken it$/,
	);
	const svclb = podObject('kube-system/svclb-web-x', {phase: 'Pending', ready: false});
	assert.match(told(loadBalancer, [balancer('shop/web'), svclb])[0] ?? '', /kube-system\/svclb-web-x is .*another Service may hold its port/);
});

test('its controller said why: critical, in its words; an old event is history', () => {
	assert.match(told(loadBalancer, [balancer('shop/web'), failed])[0] ?? '', /^LB_PENDING critical proven: .*: quota of addresses is used up$/);
	assert.match(told(loadBalancer, [balancer('shop/web'), {...failed, lastTimestamp: '2026-01-01T00:00:00Z'} as typeof failed])[0] ?? '', /^LB_PENDING warning/);
});

test('false positives: an address or a host name is there, other types, a Service that goes', () => {
	const host = serviceObject('shop/h', {type: 'LoadBalancer'}, {status: {loadBalancer: {ingress: [{hostname: 'lb.example.test'}]}}});
	const going = serviceObject('shop/g', {type: 'LoadBalancer'}, {metadata: {deletionTimestamp: '2026-01-02T00:00:00Z'}});
	assert.deepEqual(told(loadBalancer, [balancer('shop/ok', {}, '203.0.113.1'), host, going, serviceObject('shop/n', {type: 'NodePort'})]), []);
});

test('three minutes are given; unread is not checked', () => {
	assert.deepEqual(judged(loadBalancer, [balancer('shop/web')], {now: Date.parse('2026-01-01T00:02:00Z')}), []);
	assert.deepEqual(withoutKind(loadBalancer, [], 'services'), ['NOT_CHECKED coverage']);
});
