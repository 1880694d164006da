import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ColumnSet} from '../../../source/core/compact-item.ts';
import type {Item, KubeObject} from '../../../source/core/kubernetes.ts';
import {PodBooks} from '../../../source/store/metrics/pod-books.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {fakeItem, serverColumns} from '../../tools/fake-client.ts';
import {catalogue, metricsServer, podsType} from './metrics-server.ts';

const columns = new ColumnSet(serverColumns('Name', 'Status', 'Node'));

function podOf(name: string, more: Readonly<{cpu?: string; uid?: string; phase?: string; node?: string}> = {}): KubeObject {
	const {cpu = '100m', uid = `uid-shop-${name}`, phase = 'Running', node = 'n1'} = more;
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name, namespace: 'shop', uid},
		spec: {nodeName: node, containers: [{name: 'app', resources: {requests: {cpu, memory: '64Mi'}}}]},
		status: {phase, qosClass: 'Burstable'},
	} as KubeObject;
}

/** A row of the stream: with the whole object, or without where there are too many. */
function row(pod: KubeObject, whole: boolean, status = 'Running'): Item {
	const {name, uid} = pod.metadata;
	const {metadata: _metadata, apiVersion: _version, kind: _kind, ...object} = pod;
	return fakeItem(podsType, columns, {namespace: 'shop', cells: [name, status, 'n1'], meta: uid === undefined ? {} : {uid}, ...(whole ? {object} : {})});
}

function start() {
	const clock = createFakeClock();
	const server = metricsServer(clock);
	const books = new PodBooks({client: server.client, catalogue: () => catalogue, clock});
	let told = 0;
	const handle = books.open({}, () => told++);
	assert.ok(handle);
	const feed = () => server.feeds.at(-1) ?? assert.fail('no feed');
	return {clock, ...server, books, handle, feed, told: () => told};
}

test('of a stream of whole objects only the numbers are kept, and they follow every change', () => {
	const {handle, feed, books} = start();
	const {book} = handle;
	assert.equal(feed().scope.mode, 'object');
	assert.equal(book.state().ready, false);
	const {sink} = feed();
	sink.beginList();
	sink.page([row(podOf('a'), true), row(podOf('b', {cpu: '1'}), true)]);
	sink.endList();
	assert.equal(book.state().ready, true);
	assert.deepEqual([...book.numbers.keys()], ['shop/a', 'shop/b']);
	assert.equal(book.numbers.get('shop/b')?.requests.cpu, 1_000_000_000n);
	const {version} = book;
	sink.apply([
		{type: 'upsert', item: row(podOf('a', {cpu: '2'}), true)},
		{type: 'delete', item: row(podOf('b'), true)},
	]);
	assert.equal(book.numbers.get('shop/a')?.requests.cpu, 2_000_000_000n);
	assert.equal(book.numbers.has('shop/b'), false);
	assert.ok(book.version > version);
	// A new list sweeps what is not in it.
	sink.beginList();
	sink.page([row(podOf('c'), true)]);
	sink.endList();
	assert.deepEqual([...book.numbers.keys()], ['shop/c']);
	books[Symbol.dispose]();
});

test('where there are too many to stream whole they are read by pages once, and single ones as they come', async () => {
	const {clock, handle, feed, state, taken, books} = start();
	const pods = Array.from({length: 600}, (_none, index) => podOf(`p${index}`));
	state.objects.set('pods', pods);
	const {sink} = feed();
	sink.beginList();
	sink.page(pods.map(pod => row(pod, false)));
	sink.endList();
	sink.stream({state: 'live', lastEventAt: clock.now()});
	assert.equal(handle.book.state().ready, false, 'without numbers nothing is known');
	await clock.advance(1000);
	assert.deepEqual(taken(), ['pages pods']);
	assert.equal(handle.book.numbers.size, 600);
	assert.equal(handle.book.state().ready, true);
	state.objects.set('pods', [...pods, podOf('new', {cpu: '3'})]);
	sink.apply([
		{type: 'upsert', item: row(podOf('new'), false)},
		// The same status on the same node: what it requests is what it requested.
		{type: 'upsert', item: row(podOf('p0'), false)},
		{type: 'upsert', item: row(podOf('p1'), false, 'Completed')},
		{type: 'upsert', item: row(podOf('gone'), false)},
	]);
	await clock.advance(1000);
	assert.deepEqual(taken().sort(), ['get pods gone', 'get pods new', 'get pods p1']);
	assert.equal(handle.book.numbers.get('shop/new')?.requests.cpu, 3_000_000_000n);
	assert.equal(handle.book.lacking.size, 0);
	await clock.advance(600_000);
	assert.deepEqual(taken(), []);
	books[Symbol.dispose]();
	assert.equal(clock.pending(), 0);
});

test('a pod that was made anew under its name has the numbers of the new one', async () => {
	const {clock, handle, feed, state, books} = start();
	const {sink} = feed();
	state.objects.set('pods', [podOf('a', {uid: 'old'})]);
	sink.beginList();
	sink.page([row(podOf('a', {uid: 'old'}), false)]);
	sink.endList();
	sink.stream({state: 'live', lastEventAt: clock.now()});
	await clock.advance(1000);
	state.objects.set('pods', [podOf('a', {uid: 'new', cpu: '7'})]);
	sink.apply([{type: 'upsert', item: row(podOf('a', {uid: 'new'}), false)}]);
	await clock.advance(1000);
	assert.equal(handle.book.numbers.get('shop/a')?.requests.cpu, 7_000_000_000n);
	books[Symbol.dispose]();
});

test('the stream ends a minute after the last look, and is shared by those who look at the same', async () => {
	const {clock, handle, feeds, books} = start();
	const second = books.open({}, () => undefined);
	const other = books.open({namespace: 'shop'}, () => undefined);
	assert.equal(feeds.length, 2);
	handle[Symbol.dispose]();
	second?.[Symbol.dispose]();
	other?.[Symbol.dispose]();
	await clock.advance(59_000);
	assert.ok(feeds.every(({signal}) => !signal.aborted));
	await clock.advance(2000);
	assert.ok(feeds.every(({signal}) => signal.aborted));
	assert.equal(clock.pending(), 0);
});
