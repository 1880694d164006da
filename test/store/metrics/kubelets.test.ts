import assert from 'node:assert/strict';
import {test} from 'node:test';
import {EvictionThresholds} from '../../../source/store/metrics/eviction-thresholds.ts';
import {Kubelets} from '../../../source/store/metrics/kubelets.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {forbidden, metricsServer, unavailable} from './metrics-server.ts';

const {signal} = new AbortController();
const many = Array.from({length: 30}, (_none, index) => `n${index}`);

function start() {
	const clock = createFakeClock();
	const server = metricsServer(clock);
	return {clock, ...server, kubelets: new Kubelets(server.client, clock)};
}

test('at most 8 are asked at a time, each at most every 15 s', async () => {
	const {clock, kubelets, state, taken} = start();
	await kubelets.read(many, signal);
	assert.equal(kubelets.summaries.size, 30);
	assert.ok(state.mostInFlight > 1 && state.mostInFlight <= 8, String(state.mostInFlight));
	taken();
	assert.equal(await kubelets.read(many, signal), false);
	clock.jump(15_000);
	assert.equal(await kubelets.read(['n3'], signal), true);
	assert.deepEqual(taken(), ['/api/v1/nodes/n3/proxy/stats/summary']);
});

test('a right that is not there is asked for once, and again after a minute', async () => {
	const {clock, kubelets, state, taken} = start();
	for (const node of many) state.kubelets.set(node, forbidden);
	await kubelets.read(many, signal);
	assert.equal(taken().length, 1);
	assert.equal(kubelets.missing?.step, 'denied');
	clock.jump(30_000);
	await kubelets.read(many, signal);
	assert.equal(taken().length, 0);
	clock.jump(30_000);
	state.kubelets.clear();
	await kubelets.read(many, signal);
	assert.equal(taken().length, 30);
	assert.equal(kubelets.missing, undefined);
});

test('T41: a slow kubelet is given up after 5 s, does not hold up the others, and rests for a minute after two failures', async () => {
	const {clock, kubelets, state, taken} = start();
	await kubelets.read(['n2'], signal);
	state.kubelets.set('n1', 'hang');
	taken();
	const reading = kubelets.read(['n1', 'n2', 'n3'], signal);
	await clock.settle();
	assert.ok(kubelets.summaries.has('n3'));
	await clock.advance(5000);
	await reading;
	assert.match(kubelets.missing?.text ?? '', /kubelet of n1 could not be read: no answer within 5 s/);
	state.kubelets.set('n1', unavailable);
	clock.jump(15_000);
	await kubelets.read(['n1'], signal);
	taken();
	clock.jump(45_000);
	assert.equal(await kubelets.read(['n1'], signal), false);
	clock.jump(15_000);
	state.kubelets.delete('n1');
	assert.equal(await kubelets.read(['n1'], signal), true);
	assert.ok(kubelets.summaries.has('n1'));
});

test('an error of the proxy and an answer that is no JSON are failures with the words of the server', async () => {
	const {clock} = start();
	for (const answer of [
		{status: 503, body: 'error trying to reach service: dial tcp 10.0.0.4:10250: connection refused'},
		{status: 200, body: '<html>login</html>'},
	]) {
		const kubelets = new Kubelets({text: async () => answer}, clock);
		await kubelets.read(['n1'], signal);
		assert.equal(kubelets.summaries.size, 0);
		assert.match(kubelets.missing?.text ?? '', answer.status === 503 ? /connection refused/ : /html/);
	}
});

test('the threshold of a node is asked for once; where it cannot be read the default holds and says so', async () => {
	const {clock, client, state, taken} = start();
	const thresholds = new EvictionThresholds(client, clock);
	let told = 0;
	assert.deepEqual(
		thresholds.of('n1', () => told++, signal),
		{text: '100Mi', isRead: undefined},
	);
	await clock.settle();
	assert.equal(told, 1);
	assert.deepEqual(
		thresholds.of('n1', () => told++, signal),
		{text: '5%', isRead: true},
	);
	state.configz = forbidden;
	thresholds.of('n2', () => told++, signal);
	await clock.settle();
	assert.deepEqual(thresholds.known('n2'), {text: '100Mi', isRead: false});
	assert.equal(taken().length, 2);
});
