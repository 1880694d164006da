import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tableAccept} from '../../source/kube/list-request.ts';
import {ModelCluster, modelTable} from '../tools/model-cluster.ts';
import {podType} from '../tools/pod-type.ts';
import {openReflector} from '../tools/open-reflector.ts';
import {createScriptedTransport, failure, jsonAnswer} from '../tools/scripted-transport.ts';

function clusterOf(count: number): ModelCluster {
	const cluster = new ModelCluster();
	for (let index = 0; index < count; index++) cluster.put(`p${index}`, 'a');
	return cluster;
}

/** Lets `question` fail with the error until it is lifted. */
function failing(cluster: ModelCluster, wanted: readonly string[], error: Error): void {
	cluster.fault = question => (wanted.includes(question) ? () => Promise.reject(error) : undefined);
}

test('first rows after page 1, the watch open by then, everything else still withheld', async () => {
	const cluster = clusterOf(5);
	cluster.largestPage = 2;
	let release = () => {};
	const held = new Promise<void>(resolve => (release = resolve));
	cluster.fault = (question, request) =>
		question === 'list' && request.query?.['continue'] !== undefined ? () => held.then(() => undefined as never) : undefined;
	const reader = openReflector(cluster.transport);
	await reader.clock.settle();
	assert.equal(reader.sink.items.size, 2);
	assert.deepEqual(reader.sink.state(), {state: 'loading', rows: 2, remaining: 3});
	assert.equal(cluster.watches(), 1);
	cluster.put('p0', 'changed');
	cluster.put('p9', 'new');
	cluster.remove('p4');
	await reader.clock.settle();
	assert.equal(reader.sink.items.size, 3);
	cluster.fault = undefined;
	release();
	await reader.clock.settle();
	await reader.close();
});

test('a deletion seen by the watch keeps a late page from bringing the row back', async () => {
	const cluster = clusterOf(6);
	cluster.largestPage = 2;
	let page = 0;
	cluster.fault = question => {
		if (question === 'list' && ++page === 3) {
			cluster.remove('p5');
			cluster.put('p4', 'changed');
		}
		return undefined;
	};
	const reader = openReflector(cluster.transport);
	await reader.clock.settle();
	await reader.clock.settle();
	assert.deepEqual(reader.sink.rows(), cluster.truth());
	assert.deepEqual(reader.sink.lists, {begun: 1, ended: 1});
	await reader.close();
});

test('the watch asks for what the list asked for, and goes on from the last version it saw', async () => {
	const cluster = clusterOf(1);
	const reader = openReflector(cluster.transport, {scope: {labelSelector: 'app=web', fieldSelector: 'spec.nodeName=n1', namespace: 'default', mode: 'object'}});
	await reader.clock.settle();
	const first = cluster.transport.stream1().request;
	assert.equal(first.path, '/api/v1/namespaces/default/pods');
	assert.equal(first.accept, tableAccept);
	assert.deepEqual(first.query, {
		includeObject: 'Object',
		labelSelector: 'app=web',
		fieldSelector: 'spec.nodeName=n1',
		watch: '1',
		resourceVersion: '101',
		allowWatchBookmarks: 'true',
		timeoutSeconds: '210',
	});
	cluster.put('p1', 'b');
	await reader.clock.settle();
	cluster.bookmark();
	cluster.endStreams();
	await reader.clock.advance(1000);
	assert.equal(cluster.transport.streams.length, 2);
	assert.equal(cluster.transport.stream1().request.query?.['resourceVersion'], '102');
	assert.equal(cluster.transport.stream1().request.query?.['timeoutSeconds'], '450');
	assert.equal(
		reader.sink.states.some(state => state.state === 'reconnecting'),
		false,
	);
	assert.equal(reader.sink.rows().length, 2, 'a bookmark is no row');
	assert.equal(reader.sink.lists.begun, 1);
	await reader.close();
});

test('too old while away: listed again, rows stay until the new list is complete', async () => {
	const cluster = clusterOf(3);
	const reader = openReflector(cluster.transport);
	await reader.clock.advance(20_000);
	cluster.endStreams();
	cluster.remove('p0');
	cluster.put('p7', 'new');
	cluster.compact();
	await reader.clock.advance(1000);
	assert.deepEqual(reader.sink.rows(), cluster.truth());
	assert.deepEqual(reader.sink.lists, {begun: 2, ended: 2});
	assert.equal(reader.sink.state()?.state, 'live');
	await reader.close();
});

test('a cluster that forgets faster than we list is not hammered, and the state says so', async () => {
	const cluster = clusterOf(3);
	cluster.fault = question => {
		if (question === 'watch') {
			cluster.put('p0', 'x');
			cluster.compact();
		}
		return undefined;
	};
	const reader = openReflector(cluster.transport);
	await reader.clock.advance(60_000);
	const state = reader.sink.state();
	assert.ok(state?.state === 'reconnecting' && /forgets/.test(state.problem.cause), JSON.stringify(state));
	assert.ok(reader.sink.lists.begun < 20, `${reader.sink.lists.begun} lists in a minute`);
	await reader.close();
});

test('a watch that ends at once, again and again, backs off', async () => {
	const cluster = clusterOf(1);
	const reader = openReflector(cluster.transport);
	await reader.clock.settle();
	for (let seconds = 0; seconds < 60; seconds++) {
		cluster.endStreams();
		await reader.clock.advance(1000);
	}
	assert.ok(cluster.transport.streams.length < 15, `${cluster.transport.streams.length} watches in a minute`);
	assert.equal(reader.sink.lists.begun, 1);
	await reader.clock.advance(30_000);
	assert.equal(reader.sink.state()?.state, 'live');
	await reader.close();
});

test('watch denied, list not: polled every 10 s, and watched once that is allowed', async () => {
	const cluster = clusterOf(2);
	failing(cluster, ['watch'], failure('forbidden', {status: 403}));
	const reader = openReflector(cluster.transport);
	await reader.clock.settle();
	const state = reader.sink.state();
	assert.ok(state?.state === 'polling' && state.everyMs === 10_000);
	cluster.put('p5', 'b');
	cluster.remove('p0');
	const before = reader.sink.states.length;
	await reader.clock.advance(12_000);
	assert.deepEqual(reader.sink.rows(), cluster.truth());
	assert.ok(
		reader.sink.states.slice(before).every(seen => seen.state === 'polling'),
		'a poll does not look like loading',
	);
	cluster.fault = undefined;
	await reader.clock.advance(310_000);
	assert.equal(reader.sink.state()?.state, 'live');
	await reader.close();
});

test('watch denied, then allowed: watched at once when asked', async () => {
	const cluster = clusterOf(2);
	failing(cluster, ['watch'], failure('forbidden', {status: 403}));
	const reader = openReflector(cluster.transport);
	await reader.clock.settle();
	assert.equal(reader.sink.state()?.state, 'polling');
	cluster.fault = undefined;
	reader.retryNow();
	await reader.clock.settle();
	assert.equal(reader.sink.state()?.state, 'live');
	await reader.close();
});

test('a kind without the verb watch is polled and never watched', async () => {
	const cluster = clusterOf(2);
	const reader = openReflector(cluster.transport, {scope: {type: {...podType, verbs: ['get', 'list']}}});
	await reader.clock.advance(25_000);
	assert.equal(cluster.transport.streams.length, 0);
	assert.ok(reader.sink.lists.ended >= 2);
	assert.equal(reader.sink.state()?.state, 'polling');
	await reader.close();
});

test('role removed and given back: rows stay, a list a minute, and at once when asked', async () => {
	const cluster = clusterOf(2);
	const reader = openReflector(cluster.transport);
	await reader.clock.advance(20_000);
	failing(cluster, ['list', 'watch'], failure('forbidden', {status: 403}));
	cluster.breakStreams();
	await reader.clock.advance(5_000);
	assert.equal(reader.sink.state()?.state, 'denied');
	assert.equal(reader.sink.items.size, 2);
	const asked = cluster.transport.requests.length;
	await reader.clock.advance(170_000);
	assert.ok(cluster.transport.requests.length - asked <= 3);
	cluster.fault = undefined;
	cluster.put('p3', 'b');
	reader.retryNow();
	await reader.clock.settle();
	assert.deepEqual(reader.sink.rows(), cluster.truth());
	await reader.clock.advance(400_000);
	assert.equal(reader.sink.state()?.state, 'live');
	await reader.close();
});

test('removed kind: gone, told to discovery, and back when the kind is', async () => {
	const cluster = clusterOf(2);
	const reader = openReflector(cluster.transport);
	await reader.clock.advance(20_000);
	failing(cluster, ['list', 'watch'], failure('not-found', {status: 404}));
	cluster.endStreams();
	await reader.clock.advance(3_000);
	assert.equal(reader.sink.state()?.state, 'gone');
	await reader.clock.advance(60_000);
	assert.deepEqual(
		reader.gone.map(type => type.plural),
		['pods'],
	);
	cluster.fault = undefined;
	await reader.clock.advance(16_000);
	assert.equal(reader.sink.state()?.state, 'live');
	await reader.close();
});

test('401 that stays asks for a login, and goes on after it', async () => {
	const cluster = clusterOf(2);
	const reader = openReflector(cluster.transport);
	await reader.clock.settle();
	failing(cluster, ['list', 'watch'], failure('unauthorized', {status: 401}));
	cluster.breakStreams();
	await reader.clock.advance(5_000);
	assert.equal(reader.sink.state()?.state, 'login-needed');
	cluster.fault = undefined;
	reader.retryNow();
	await reader.clock.settle();
	assert.equal(reader.sink.state()?.state, 'live');
	await reader.close();
});

test('a server that lags is asked twice more, then listed anew', async () => {
	const cluster = clusterOf(1);
	let watches = 0;
	failing(cluster, ['watch'], failure('timeout', {status: 504, serverMessage: 'Too large resource version: 101, current: 90', retryAfterMs: 1000}));
	const lagging = cluster.fault;
	cluster.fault = (question, request) => (question === 'watch' && ++watches > 3 ? undefined : lagging?.(question, request));
	const reader = openReflector(cluster.transport);
	await reader.clock.advance(2_500);
	assert.deepEqual([watches, reader.sink.lists.begun], [3, 1]);
	await reader.clock.advance(10_000);
	assert.deepEqual([watches, reader.sink.lists.begun], [4, 2]);
	assert.equal(reader.sink.state()?.state, 'live');
	await reader.close();
});

test('429 with Retry-After is waited for', async () => {
	const cluster = clusterOf(1);
	let asked = 0;
	cluster.fault = () => (asked++ === 0 ? () => Promise.reject(failure('throttled', {status: 429, retryAfterMs: 20_000})) : undefined);
	const reader = openReflector(cluster.transport);
	await reader.clock.advance(19_500);
	assert.equal(asked, 1);
	const state = reader.sink.state();
	assert.ok(state?.state === 'reconnecting' && state.problem.code === 'throttled' && state.nextTryAt > reader.clock.now());
	await reader.clock.advance(5_000);
	assert.equal(reader.sink.state()?.state, 'live');
	await reader.close();
});

test('new columns on a later connection bring new cells', async () => {
	const columns = [
		...[
			{name: 'Name', type: 'string', format: 'name'},
			{name: 'Phase', type: 'string'},
		],
	];
	let version = 10;
	const row = {name: 'a', namespace: 'shop', uid: 'u', resourceVersion: '9', value: 'Old'};
	let current: readonly object[] | undefined;
	const transport = createScriptedTransport({
		request: () => jsonAnswer(modelTable([row], {resourceVersion: `${version++}`}, current)),
		opened: stream => (current === undefined ? undefined : stream.event('MODIFIED', modelTable([row], {resourceVersion: '50'}, current))),
	});
	const reader = openReflector(transport);
	await reader.clock.advance(150_000);
	current = columns;
	transport.stream1().end();
	await reader.clock.advance(5_000);
	assert.deepEqual(reader.sink.columnsSeen.map(seen => seen.map(column => column.name)).at(-1), ['Name', 'Phase']);
	assert.equal(reader.sink.lists.ended, 2);
	assert.equal([...reader.sink.items.values()][0]?.printed('Phase'), 'Old');
	await reader.close();
});

test('closed in any state, nothing is left and nothing more is said', async () => {
	for (const ms of [0, 1, 500, 20_000]) {
		const cluster = clusterOf(3);
		cluster.largestPage = 1;
		const reader = openReflector(cluster.transport);
		if (ms > 0) await reader.clock.advance(ms);
		await reader.close();
		const said = reader.sink.states.length;
		cluster.put('p1', 'late');
		await reader.clock.advance(100_000);
		assert.equal(reader.sink.states.length, said);
		assert.deepEqual([reader.clock.pending(), cluster.watches()], [0, 0]);
	}
});

test('over 3,000 rows a kind that would be read whole is read as metadata alone', async () => {
	const cluster = clusterOf(3_100);
	const reader = openReflector(cluster.transport, {scope: {mode: 'object'}});
	await reader.clock.settle();
	for (let turn = 0; turn < 200 && reader.sink.items.size < 3_100; turn++) await reader.clock.advance(10);
	const asked = cluster.transport.requests.map(({query}) => query?.['includeObject']);
	assert.equal(asked[0], 'Object');
	// The second page was on its way when the first told how many there are.
	assert.ok(
		asked.slice(2).every(form => form === 'Metadata'),
		asked.join(' '),
	);
	assert.equal(reader.sink.items.size, 3_100);
	await reader.close();
});
