import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at, type Json, recordsAt, textAt} from '../../source/demo/json.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {createFakeClock, type FakeClock} from '../tools/fake-clock.ts';
import {ask, asTable, nameIn, OpenWatch} from './demo-client.ts';

type Open = Readonly<{server: DemoServer; clock: FakeClock}>;

async function open(): Promise<Open> {
	const clock = createFakeClock();
	return {server: await startDemo({story: 'healthy', realTime: false, clock}), clock};
}

function put(server: DemoServer, name: string, labels: Readonly<Record<string, string>> = {}): void {
	server.cluster.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace: 'shop', labels}});
}

async function version(server: DemoServer): Promise<string> {
	return textAt((await ask(server, '/api/v1/namespaces/shop/configmaps?limit=1')).body, 'metadata', 'resourceVersion');
}

const path = '/api/v1/namespaces/shop/configmaps?watch=1';

function header(event: Json | undefined): Json | undefined {
	return at(event, 'object', 'columnDefinitions');
}

test('a watch replays what was missed, then goes on live; columns come with the first event only', async () => {
	const {server} = await open();
	await using _server = server;
	const from = await version(server);
	put(server, 'missed');
	await using watch = await OpenWatch.open(server, `${path}&resourceVersion=${from}`);
	await watch.until(({events}) => events.length === 1);
	put(server, 'live');
	server.cluster.patch('configmaps', 'shop', 'live', {data: {a: 'b'}});
	server.cluster.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'elsewhere', namespace: 'data'}});
	server.cluster.delete('configmaps', 'shop', 'missed');
	await watch.until(({events}) => events.length === 4);
	assert.deepEqual(watch.summary(), ['ADDED missed', 'ADDED live', 'MODIFIED live', 'DELETED missed']);
	assert.ok(Array.isArray(header(watch.events[0])));
	assert.deepEqual(watch.events.slice(1).map(header), [null, null, null]);
	const versions = watch.events.map(event => Number(textAt(event, 'object', 'metadata', 'resourceVersion')));
	assert.deepEqual(
		versions,
		versions.toSorted((one, other) => one - other),
		'each event has its own, later resourceVersion',
	);
});

test('objects come into the view of a selector and leave it', async () => {
	const {server} = await open();
	await using _server = server;
	put(server, 'x', {tier: 'back'});
	await using watch = await OpenWatch.open(server, `${path}&resourceVersion=${await version(server)}&labelSelector=tier%3Dfront`);
	server.cluster.patch('configmaps', 'shop', 'x', {metadata: {labels: {tier: 'front'}}});
	server.cluster.patch('configmaps', 'shop', 'x', {data: {a: 'b'}});
	server.cluster.patch('configmaps', 'shop', 'x', {metadata: {labels: {tier: 'back'}}});
	server.cluster.delete('configmaps', 'shop', 'x');
	put(server, 'end', {tier: 'front'});
	await watch.until(({events}) => events.length === 4);
	assert.deepEqual(watch.summary(), ['ADDED x', 'MODIFIED x', 'DELETED x', 'ADDED end']);
});

test('without a resourceVersion everything is ADDED, then a bookmark says that it was all', async () => {
	const {server} = await open();
	await using _server = server;
	const count = server.cluster.list('configmaps', 'shop').length;
	await using watch = await OpenWatch.open(server, `${path}&allowWatchBookmarks=true`);
	await watch.until(({events}) => events.length === count + 1);
	const [row] = recordsAt(watch.events.at(-1), 'object', 'rows');
	assert.deepEqual(row?.['cells'], ['', 0, '<unknown>']);
	assert.equal(textAt(row, 'object', 'metadata', 'annotations', 'k8s.io/initial-events-end'), 'true');
	await using zero = await OpenWatch.open(server, `${path}&allowWatchBookmarks=true&resourceVersion=0`);
	await zero.until(({events}) => events.length === count);
	assert.ok(zero.summary().every(line => line.startsWith('ADDED ')));
});

test('sendInitialEvents: taken with its conditions, refused with 422 without them or when switched off', async () => {
	const {server} = await open();
	await using _server = server;
	const query = `${path}&sendInitialEvents=true&allowWatchBookmarks=true`;
	await using watch = await OpenWatch.open(server, `${query}&resourceVersionMatch=NotOlderThan&includeObject=None`);
	await watch.until(({events}) => at(events.at(-1), 'type') === 'BOOKMARK');
	assert.equal((await ask(server, query)).status, 422);
	server.settings.watchList = false;
	const refused = await ask(server, `${query}&resourceVersionMatch=NotOlderThan`);
	assert.equal(refused.status, 422);
	assert.match(textAt(refused.body, 'message'), /sendInitialEvents is forbidden/);
});

test('bookmarks come each minute and two seconds before the timeout, with the latest resourceVersion; then the watch ends properly', async () => {
	const {server, clock} = await open();
	await using _server = server;
	const from = await version(server);
	await using watch = await OpenWatch.open(server, `${path}&resourceVersion=${from}&allowWatchBookmarks=true&timeoutSeconds=100`);
	await clock.advance(59_000);
	put(server, 'seen');
	server.cluster.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'elsewhere', namespace: 'data'}});
	await watch.until(({events}) => events.length === 1);
	await clock.advance(1000);
	await watch.until(({events}) => events.length === 2);
	assert.equal(textAt(watch.events[1], 'object', 'metadata', 'resourceVersion'), String(server.cluster.resourceVersion));
	await clock.advance(37_000);
	assert.equal(watch.events.length, 2);
	await clock.advance(1000);
	await watch.until(({events}) => events.length === 3);
	assert.deepEqual(watch.summary(), ['ADDED seen', 'BOOKMARK ', 'BOOKMARK ']);
	await clock.advance(2000);
	await watch.end();
	assert.equal(watch.state, 'ended');
	assert.equal(clock.pending(), 0, 'no timer is left behind');
});

test('no bookmarks without asking, on events, when switched off, or by a fault', async () => {
	const {server, clock} = await open();
	await using _server = server;
	using _fault = server.faults.add({path: /secrets/, fault: {kind: 'omit-bookmarks'}});
	const from = `watch=1&resourceVersion=${await version(server)}`;
	await using unasked = await OpenWatch.open(server, `/api/v1/configmaps?${from}`);
	await using events = await OpenWatch.open(server, `/api/v1/events?${from}&allowWatchBookmarks=true`);
	await using faulty = await OpenWatch.open(server, `/api/v1/secrets?${from}&allowWatchBookmarks=true`);
	server.settings.bookmarks = false;
	await using off = await OpenWatch.open(server, `/api/v1/nodes?${from}&allowWatchBookmarks=true`);
	server.settings.bookmarks = true;
	await using on = await OpenWatch.open(server, `/api/v1/pods?${from}&allowWatchBookmarks=true`);
	await clock.advance(121_000);
	await on.until(watch => watch.events.length === 2);
	assert.deepEqual(
		[unasked, events, faulty, off].map(watch => watch.events.length),
		[0, 0, 0, 0],
	);
});

test('too old: 200 with an ERROR event, or HTTP 410, and what the cause was', async () => {
	const {server} = await open();
	await using _server = server;
	const from = await version(server);
	server.cluster.compact('configmaps');
	await using watch = await OpenWatch.open(server, `${path}&resourceVersion=${from}`);
	await watch.end();
	assert.equal(watch.status, 200);
	assert.equal(textAt(watch.events[0], 'type'), 'ERROR');
	assert.equal(at(watch.events[0], 'object', 'code'), 410);
	assert.match(textAt(watch.events[0], 'object', 'message'), /^too old resource version: \d+ \(\d+\)$/);
	server.settings.expiredAsHttp = true;
	const refused = await ask(server, `${path}&resourceVersion=${from}`);
	assert.deepEqual([refused.status, textAt(refused.body, 'reason')], [410, 'Expired']);
	assert.equal((await ask(server, `${path}&resourceVersion=abc`)).status, 500);
});

test('the history holds a thousand changes at least and forgets the rest', async () => {
	const {server} = await open();
	await using _server = server;
	const from = await version(server);
	put(server, 'busy');
	for (let count = 0; count < 999; count += 1) server.cluster.patch('configmaps', 'shop', 'busy', {data: {count: String(count)}});
	await using watch = await OpenWatch.open(server, `${path}&resourceVersion=${from}`);
	await watch.until(({events}) => events.length === 1000);
	for (let count = 0; count < 1100; count += 1) server.cluster.patch('configmaps', 'shop', 'busy', {data: {count: String(-count)}});
	await using late = await OpenWatch.open(server, `${path}&resourceVersion=${from}`);
	await late.end();
	assert.equal(nameIn(late.events[0] ?? null), 'Expired');
});

test('the watch of a kind ends when its definition is deleted', async () => {
	const {server} = await open();
	await using _server = server;
	await using watch = await OpenWatch.open(server, `/apis/backup.example.test/v1/backups?watch=1&resourceVersion=${await version(server)}`);
	server.cluster.delete('customresourcedefinitions.apiextensions.k8s.io', undefined, 'backups.backup.example.test');
	await watch.end();
	assert.equal(watch.state, 'ended');
	assert.equal(watch.summary().filter(line => line.startsWith('DELETED')).length, 3);
	assert.equal((await ask(server, '/apis/backup.example.test/v1/backups', {accept: asTable})).status, 404);
});

test('a watch of whole objects and of metadata has no Table around them', async () => {
	const {server} = await open();
	await using _server = server;
	await using whole = await OpenWatch.open(server, `${path}&resourceVersion=0`, 'application/json');
	await using partial = await OpenWatch.open(server, `${path}&resourceVersion=0`, 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io');
	await whole.until(({events}) => events.length > 0);
	await partial.until(({events}) => events.length > 0);
	assert.equal(textAt(whole.events[0], 'object', 'kind'), 'ConfigMap');
	assert.equal(textAt(partial.events[0], 'object', 'kind'), 'PartialObjectMetadata');
});
