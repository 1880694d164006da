import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nodeHistoryKey} from '../../../source/core/top/history-key.ts';
import {MetricsStore} from '../../../source/store/metrics/metrics-store.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {catalogue, forbidden, metricsServer, notFound, unavailable} from './metrics-server.ts';

const all = {nodes: true, pods: {}};
const lists = ['list nodes.metrics.k8s.io', 'list pods.metrics.k8s.io'];

function start() {
	const clock = createFakeClock();
	const server = metricsServer(clock);
	const store = new MetricsStore({client: server.client, catalogue: () => catalogue, clock, now: () => clock.now()});
	let told = 0;
	return {clock, ...server, store, open: (wish = all as Parameters<MetricsStore['open']>[0]) => store.open(wish, () => told++), told: () => told};
}

test('nodes and pods are asked for together, at once, and then every 15 s when new samples came', async () => {
	const {clock, store, open, taken, sample} = start();
	using handle = open();
	assert.equal(handle.reading().asked.nodes, false);
	await clock.advance(0);
	assert.deepEqual(taken(), lists);
	assert.equal(handle.reading().nodes.get('n1')?.cpu, 250_000_000n);
	assert.equal(handle.reading().pods.get('data/pg-0')?.cpu, 900_000_000n);
	assert.deepEqual(handle.reading().source, {nodes: 'metrics.k8s.io', pods: 'metrics.k8s.io'});
	await clock.advance(14_999);
	assert.deepEqual(taken(), []);
	sample();
	await clock.advance(1);
	assert.deepEqual(taken(), lists);
	store[Symbol.dispose]();
	assert.equal(clock.pending(), 0);
});

test('the same time again is no new sample; questions move to shortly after new ones come', async () => {
	const {clock, store, open, taken, sample} = start();
	using handle = open();
	await clock.advance(0);
	const first = handle.reading().nodes;
	taken();
	// The server publishes 4 s after we ask.
	await clock.advance(15_000);
	assert.deepEqual(taken(), lists);
	assert.equal(handle.reading().nodes, first, 'the same time, the same samples');
	await clock.advance(3000);
	assert.deepEqual(taken(), lists, 'soon again');
	await clock.advance(1000);
	sample();
	await clock.advance(2000);
	assert.deepEqual(taken(), lists);
	assert.notEqual(handle.reading().nodes, first);
	await clock.advance(14_000);
	sample();
	assert.deepEqual(taken(), []);
	await clock.advance(1000);
	assert.deepEqual(taken(), lists, '15 s after the one that brought something');
	const values = store.ring(nodeHistoryKey('n1')).values('cpu', clock.now(), 4);
	assert.deepEqual(new Set(values.filter(value => !Number.isNaN(value))), new Set([250]));
	store[Symbol.dispose]();
});

test('T42: the poll stops 60 s after the last view has left, keeps what it knows, and begins anew with the next', async () => {
	const {clock, store, open, taken} = start();
	const handle = open();
	await clock.advance(0);
	handle[Symbol.dispose]();
	taken();
	await clock.advance(59_999);
	assert.ok(taken().length > 0, 'it lingers');
	await clock.advance(2);
	taken();
	await clock.advance(600_000);
	assert.deepEqual(taken(), []);
	assert.equal(clock.pending(), 0);
	assert.equal(store.reading().nodes.size, 2);
	using again = open();
	await clock.advance(0);
	assert.deepEqual(taken(), lists);
	assert.ok(again.reading().asked.nodes);
	store[Symbol.dispose]();
});

test('only what somebody looks at is asked for; another wish is asked at once', async () => {
	const {clock, store, open, taken} = start();
	using handle = open({nodes: false, pods: {namespace: 'shop'}});
	await clock.advance(0);
	assert.deepEqual(taken(), ['list pods.metrics.k8s.io in shop']);
	assert.deepEqual([...handle.reading().pods.keys()], ['shop/web-0']);
	using other = open({nodes: true});
	await clock.advance(0);
	assert.deepEqual(taken(), ['list nodes.metrics.k8s.io', 'list pods.metrics.k8s.io in shop']);
	assert.equal(other.reading().nodes.size, 2);
	handle.want({nodes: false, pods: {namespace: 'data'}});
	await clock.advance(0);
	assert.deepEqual(taken(), ['list nodes.metrics.k8s.io', 'list pods.metrics.k8s.io in data']);
	store[Symbol.dispose]();
});

test('T41: not installed, denied: the step is named, and asked again once a minute', async () => {
	for (const [problem, step] of [
		[notFound, 'absent'],
		[forbidden, 'denied'],
	] as const) {
		const {clock, store, open, taken, state} = start();
		state.nodes = problem;
		state.pods = problem;
		using handle = open();
		await clock.advance(0);
		const {missing, nodes} = handle.reading();
		assert.equal(missing.nodes?.step, step);
		assert.equal(missing.pods?.step, step);
		assert.equal(nodes.size, 0);
		taken();
		await clock.advance(59_000);
		assert.deepEqual(taken(), []);
		await clock.advance(1000);
		assert.ok(taken().includes('list nodes.metrics.k8s.io'));
		state.nodes = undefined;
		state.pods = undefined;
		await clock.advance(60_000);
		assert.deepEqual(handle.reading().missing, {});
		assert.equal(handle.reading().nodes.size, 2);
		store[Symbol.dispose]();
	}
});

test('T41: 503: the last values stay and age, after half a minute the kubelets on screen are asked instead, and the API again when it is back', async () => {
	const {clock, store, open, taken, state, sample} = start();
	using handle = open({nodes: true, pods: {}, kubelets: ['n1']});
	await clock.advance(0);
	state.nodes = unavailable;
	state.pods = unavailable;
	state.registered = 'endpoints for service/metrics-server in "kube-system" have no addresses';
	const sampledAt = state.sampledAt;
	await clock.advance(15_000);
	assert.equal(handle.reading().missing.nodes?.step, 'stale');
	assert.match(handle.reading().missing.nodes?.text ?? '', /no addresses\.$/);
	assert.equal(handle.reading().nodes.get('n1')?.at, sampledAt, 'the old value, with its time');
	assert.equal(handle.reading().source.nodes, 'metrics.k8s.io');
	assert.ok(!taken().some(path => path.includes('stats/summary')));
	await clock.advance(15_000);
	await clock.advance(1000);
	assert.deepEqual(
		taken().filter(path => path.includes('stats/summary')),
		['/api/v1/nodes/n1/proxy/stats/summary'],
	);
	const reading = handle.reading();
	assert.deepEqual(reading.source, {nodes: 'kubelet', pods: 'kubelet'});
	assert.equal(reading.nodes.get('n1')?.source, 'kubelet');
	assert.equal(reading.nodes.get('n2')?.source, 'metrics.k8s.io', 'a node that is not on screen keeps its old value');
	assert.equal(reading.pods.get('shop/on-n1')?.cpu, 700_000_000n);
	state.nodes = undefined;
	state.pods = undefined;
	await clock.advance(14_000);
	sample();
	await clock.advance(15_000);
	assert.deepEqual(handle.reading().source, {nodes: 'metrics.k8s.io', pods: 'metrics.k8s.io'});
	assert.deepEqual(handle.reading().missing, {});
	taken();
	await clock.advance(60_000);
	assert.ok(!taken().some(path => path.includes('stats/summary')), 'the kubelets are left alone again');
	store[Symbol.dispose]();
});

test('T41: an API that hangs is given up after 12 s, and the rest goes on', async () => {
	const {clock, store, open, state} = start();
	state.nodes = 'hang';
	using handle = open({nodes: true, pods: {}, kubelets: ['n1', 'n2']});
	await clock.advance(11_999);
	assert.equal(handle.reading().asked.nodes, false);
	await clock.advance(2);
	assert.equal(handle.reading().missing.nodes?.step, 'unreachable');
	await clock.advance(10);
	assert.equal(handle.reading().source.nodes, 'kubelet');
	store[Symbol.dispose]();
});

test('an empty answer warms up at first and is a fault after two minutes', async () => {
	const {clock, store, open, state} = start();
	state.empty = true;
	using handle = open();
	await clock.advance(0);
	assert.equal(handle.reading().missing.nodes?.step, 'warming');
	await clock.advance(130_000);
	assert.equal(handle.reading().missing.nodes?.step, 'empty');
	store[Symbol.dispose]();
});

test('pods of all namespaces denied: those of the own namespace are read, and it is said', async () => {
	const {clock, store, open, state} = start();
	state.wideDenied = true;
	using handle = open();
	await clock.advance(0);
	assert.equal(handle.reading().only, 'shop');
	assert.deepEqual([...handle.reading().pods.keys()], ['shop/web-0']);
	assert.equal(handle.reading().missing.pods, undefined);
	store[Symbol.dispose]();
});

test('denied nodes cost the nodes alone', async () => {
	const {clock, store, open, state} = start();
	state.nodes = forbidden;
	using handle = open();
	await clock.advance(0);
	assert.equal(handle.reading().missing.nodes?.step, 'denied');
	assert.equal(handle.reading().missing.pods, undefined);
	assert.equal(handle.reading().pods.size, 2);
	store[Symbol.dispose]();
});

test('details of a node are read beside the metrics API, at most every 15 s', async () => {
	const {clock, store, open, taken} = start();
	using handle = open({...all, details: ['n1']});
	await clock.advance(0);
	await clock.advance(1);
	assert.deepEqual(
		taken().filter(path => path.includes('summary')),
		['/api/v1/nodes/n1/proxy/stats/summary'],
	);
	assert.deepEqual(handle.reading().summaries.get('n1')?.pods.get('shop/on-n1')?.volumes, [{name: 'data', used: 5, capacity: 10, claim: 'c'}]);
	assert.equal(handle.reading().nodes.get('n1')?.source, 'metrics.k8s.io', 'values of one source are not mixed with those of another');
	for (const node of ['n2', 'n1', 'n2', 'n1']) handle.want({...all, details: [node]});
	await clock.advance(1000);
	assert.deepEqual(
		taken().filter(path => path.includes('summary')),
		[],
	);
	await clock.advance(14_000);
	assert.deepEqual(
		taken().filter(path => path.includes('summary')),
		['/api/v1/nodes/n1/proxy/stats/summary'],
	);
	store[Symbol.dispose]();
});

test('what was measured a quarter of an hour ago is forgotten', async () => {
	const {clock, store, open, state} = start();
	using handle = open();
	await clock.advance(0);
	state.nodes = unavailable;
	state.pods = unavailable;
	await clock.advance(14 * 60_000);
	assert.equal(handle.reading().nodes.size, 2);
	await clock.advance(60_000);
	assert.equal(handle.reading().nodes.size, 0);
	store[Symbol.dispose]();
});
