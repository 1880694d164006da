import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../../source/core/kubernetes.ts';
import {Ring} from '../../../source/core/top/ring.ts';
import {decide} from '../../../source/kube/policy.ts';
import {History} from '../../../source/store/metrics/history.ts';
import {Prometheus} from '../../../source/store/metrics/prometheus.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {catalogue, forbidden, metricsServer} from './metrics-server.ts';

const {signal} = new AbortController();
const service = (name: string, ports: readonly unknown[]): KubeObject =>
	({apiVersion: 'v1', kind: 'Service', metadata: {name, namespace: 'monitoring'}, spec: {ports}}) as KubeObject;

function start(service?: string) {
	const clock = createFakeClock();
	const server = metricsServer(clock);
	const prometheus = new Prometheus({
		client: server.client,
		catalogue: () => catalogue,
		clock,
		now: () => clock.now(),
		...(service === undefined ? {} : {service}),
	});
	const ring = new Ring();
	ring.put(clock.now(), 1, 1);
	const shown = () => ring.values('cpu', clock.now(), 5).map(value => (Number.isNaN(value) ? '-' : value));
	return {clock, ...server, prometheus, ring, shown};
}

const path = '/api/v1/namespaces/monitoring/services/prometheus:9090/proxy/api/v1/query_range';

test('a Prometheus known by its labels fills the gaps of a node, once', async () => {
	const {clock, prometheus, ring, shown, state, taken} = start();
	state.objects.set('services app=prometheus', [
		service('prometheus', [
			{name: 'grpc', port: 10901},
			{name: 'web', port: 9090},
		]),
	]);
	assert.equal(await prometheus.fill({type: 'node', name: 'n1'}, ring, signal), true);
	assert.deepEqual(taken(), ['list services. app.kubernetes.io/name=prometheus', 'list services. app=prometheus', path, path]);
	assert.deepEqual(shown(), [100, 200, 300, '-', 1], 'the series of another node is left alone, what was measured stays');
	assert.deepEqual(ring.values('memory', clock.now(), 5).slice(0, 3), [1000, 2000, 3000]);
	assert.equal(await prometheus.fill({type: 'node', name: 'n1'}, ring, signal), false);
	assert.deepEqual(taken(), []);
	assert.equal(await prometheus.fill({type: 'pod', namespace: 'shop', name: 'web-0'}, new Ring(), signal), true);
	assert.deepEqual(taken(), [path, path], 'where it is, is known');
});

test('READ-ONLY lets that path through', () => {
	assert.deepEqual(decide('read', {method: 'GET', path, query: {query: 'up'}}), {allowed: true});
});

test('the setting names it without a look', async () => {
	const {prometheus, ring, taken} = start('observability/thanos:http');
	await prometheus.fill({type: 'node', name: 'n1'}, ring, signal);
	assert.deepEqual(taken(), Array(2).fill('/api/v1/namespaces/observability/services/thanos:http/proxy/api/v1/query_range'));
});

test('none, not allowed, or silent: nothing happens, and it is looked for again after ten minutes', async () => {
	const {clock, prometheus, ring, shown, state, taken} = start();
	assert.equal(await prometheus.fill({type: 'node', name: 'n1'}, ring, signal), false);
	assert.equal(taken().length, 2);
	assert.equal(await prometheus.fill({type: 'node', name: 'n2'}, ring, signal), false);
	assert.deepEqual(taken(), []);
	state.objects.set('services', [service('prometheus', [{port: 9090}])]);
	state.range = forbidden;
	clock.jump(11 * 60_000);
	assert.equal(await prometheus.fill({type: 'node', name: 'n3'}, ring, signal), false);
	assert.ok(taken().includes(path));
	assert.deepEqual(shown(), ['-', '-', '-', '-', '-']);
});

test('2,000 rings at most: those nobody looked at for the longest time go first', () => {
	const history = new History();
	for (let index = 0; index < 2500; index++) history.note(`pod ${index}`, 1_000_000, {cpu: 1n});
	assert.equal(history.size, 2000);
	history.ring('pod 0');
	history.ring('pod 2400');
	assert.equal(history.size, 2000);
	assert.ok(!Number.isNaN(history.ring('pod 0').values('cpu', 1_000_000, 1)[0]), 'it was looked at and stays');
	history.note('pod 2400', 1_000_000, {cpu: 1n});
	assert.equal(history.ring('pod 2400').values('cpu', 1_000_000, 1)[0], 1);
});
