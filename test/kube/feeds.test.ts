import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {AccessAnswer} from '../../source/core/cluster-client.ts';
import {createFeeds} from '../../source/kube/feeds.ts';
import {createCollectingSink} from '../tools/collecting-sink.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {ModelCluster} from '../tools/model-cluster.ts';
import {podType} from '../tools/pod-type.ts';
import {failure} from '../tools/scripted-transport.ts';

type More = Readonly<{namespaces?: readonly string[]; allowed?: (namespace: string | undefined) => AccessAnswer}>;

function open(more: More = {}) {
	const clock = createFakeClock();
	const cluster = new ModelCluster();
	for (const namespace of ['a', 'b', 'c']) for (const name of ['x', 'y']) cluster.put(name, '1', namespace);
	const asked: (string | undefined)[] = [];
	const renewed: number[] = [];
	const transport = {...cluster.transport, renewConnections: () => void renewed.push(clock.now())};
	const feeds = createFeeds({
		transport,
		clock,
		random: () => 0.5,
		async can(question) {
			asked.push(question.namespace);
			return more.allowed?.(question.namespace) ?? {allowed: true};
		},
		namespaces: async () => more.namespaces ?? ['a', 'b', 'c'],
	});
	const controller = new AbortController();
	const done: Promise<void>[] = [];
	const start = (namespace?: string) => {
		const sink = createCollectingSink();
		done.push(feeds.feedOf({type: podType, mode: 'metadata', ...(namespace === undefined ? {} : {namespace})})(sink, controller.signal));
		return sink;
	};
	const close = async () => {
		controller.abort();
		await Promise.all(done);
		assert.deepEqual([clock.pending(), cluster.watches()], [0, 0]);
	};
	return {clock, cluster, feeds, asked, renewed, start, close};
}

/** Denies lists and watches of all namespaces, and those of the ones named. */
function deny(cluster: ModelCluster, ...namespaces: readonly string[]): void {
	cluster.fault = (question, request) => {
		const namespace = /\/namespaces\/([^/]+)/.exec(request.path)?.[1];
		return question !== 'version' && (namespace === undefined || namespaces.includes(namespace))
			? () => Promise.reject(failure('forbidden', {status: 403}))
			: undefined;
	};
}

test('all namespaces denied: those that may be listed are read, and named', async () => {
	const world = open({allowed: namespace => ({allowed: namespace !== 'b'})});
	deny(world.cluster, 'b');
	const sink = world.start();
	await world.clock.settle();
	await world.clock.settle();
	assert.deepEqual(sink.partials, [['a', 'c']]);
	assert.deepEqual(
		sink.rows().map(row => row.slice(0, 3)),
		['a/x', 'a/y', 'c/x', 'c/y'],
	);
	assert.equal(sink.state()?.state, 'live');
	assert.deepEqual(sink.lists, {begun: 1, ended: 1});
	world.cluster.put('z', '1', 'c');
	world.cluster.put('z', '1', 'b');
	await world.clock.settle();
	assert.equal(sink.items.size, 5);
	await world.close();
});

test('allowed later: the wide list takes over, and nothing is partial any more', async () => {
	const world = open();
	deny(world.cluster);
	const sink = world.start();
	await world.clock.advance(10_000);
	assert.deepEqual(sink.partials, [['a', 'b', 'c']]);
	world.cluster.fault = undefined;
	world.cluster.remove('x', 'a');
	await world.clock.advance(61_000);
	assert.deepEqual(sink.partials.at(-1), undefined);
	assert.equal(world.cluster.watches(), 1);
	assert.deepEqual(sink.rows(), world.cluster.truth());
	await world.close();
});

test('nothing allowed: denied, and tried again a minute later', async () => {
	const allowed = {now: false};
	const world = open({allowed: () => ({allowed: allowed.now})});
	deny(world.cluster);
	const sink = world.start();
	await world.clock.advance(1_000);
	assert.equal(sink.state()?.state, 'denied');
	allowed.now = true;
	await world.clock.advance(61_000);
	assert.equal(sink.state()?.state, 'live');
	assert.equal(sink.items.size, 6);
	await world.close();
});

test('denied in mid-life: the rows stay and no namespace is probed', async () => {
	const world = open();
	const sink = world.start();
	await world.clock.advance(15_000);
	deny(world.cluster);
	world.cluster.breakStreams();
	await world.clock.advance(10_000);
	assert.equal(sink.state()?.state, 'denied');
	assert.equal(sink.items.size, 6);
	assert.deepEqual(world.asked, []);
	await world.close();
});

test('never more than 25 namespaces are asked for', async () => {
	const world = open({namespaces: Array.from({length: 100}, (_, index) => `n${index}`)});
	deny(world.cluster);
	world.start();
	await world.clock.advance(1_000);
	assert.equal(world.asked.length, 25);
	await world.close();
});

test('a scope of one namespace does not fall back', async () => {
	const world = open();
	deny(world.cluster, 'a');
	const sink = world.start('a');
	await world.clock.advance(1_000);
	assert.equal(sink.state()?.state, 'denied');
	assert.deepEqual(world.asked, []);
	await world.close();
});

test('nobody answers: one prober for all feeds, and all come back within seconds', async () => {
	const world = open();
	const sinks = ['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b'].map(world.start);
	await world.clock.settle();
	world.cluster.fault = () => () => Promise.reject(failure('refused'));
	world.cluster.breakStreams();
	await world.clock.advance(20_000);
	const before = world.cluster.transport.requests.length + world.cluster.transport.streams.length;
	await world.clock.advance(120_000);
	const asked = world.cluster.transport.requests.length + world.cluster.transport.streams.length - before;
	assert.ok(asked <= 14, `${asked} requests in two minutes of outage`);
	for (const sink of sinks) {
		const state = sink.state();
		assert.ok(state?.state === 'reconnecting' && state.problem.code === 'refused' && state.nextTryAt >= world.clock.now(), JSON.stringify(state));
	}
	world.cluster.put('late', '1', 'a');
	world.cluster.fault = undefined;
	world.feeds.retryNow();
	await world.clock.advance(2_100);
	assert.ok(sinks.every(sink => sink.state()?.state === 'live'));
	assert.ok(
		sinks.every(sink => sink.lists.begun === 1),
		'no list was read again',
	);
	assert.equal(sinks[0]?.items.size, 3);
	await world.close();
});

test('after an hour of sleep: probed once, open again within 3 s, without a new list', async () => {
	const world = open();
	const sinks = ['a', 'b', 'c'].map(world.start);
	await world.clock.advance(30_000);
	world.cluster.put('slept', '1', 'b');
	const opened = world.cluster.transport.streams.length;
	for (const stream of world.cluster.transport.streams) stream.end();
	world.clock.jump(3_600_000);
	await world.clock.advance(3_000);
	assert.equal(world.renewed.length, 1);
	assert.ok(world.cluster.transport.streams.length - opened >= 3);
	assert.ok(
		sinks.every(sink => sink.state()?.state === 'live'),
		JSON.stringify(sinks.map(sink => sink.state())),
	);
	assert.ok(sinks.every(sink => sink.lists.begun === 1));
	assert.equal(sinks[1]?.items.size, 3);
	await world.close();
});

test('the server is not there after the sleep: reconnecting until it is', async () => {
	const world = open();
	const sink = world.start('a');
	await world.clock.advance(5_000);
	world.cluster.fault = () => () => Promise.reject(failure('dns'));
	world.clock.jump(60_000);
	await world.clock.advance(8_000);
	assert.equal(sink.state()?.state, 'reconnecting');
	world.cluster.fault = undefined;
	await world.clock.advance(20_000);
	assert.equal(sink.state()?.state, 'live');
	await world.close();
});
