import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at, recordsAt, textAt} from '../../source/demo/json.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {createFakeClock, type FakeClock} from '../tools/fake-clock.ts';
import {eventually, patienceMs} from '../tools/eventually.ts';
import {ask, asTable, OpenWatch} from './demo-client.ts';

type Open = Readonly<{server: DemoServer; clock: FakeClock}>;

async function open(): Promise<Open> {
	const clock = createFakeClock();
	return {server: await startDemo({story: 'healthy', realTime: false, clock}), clock};
}

const pods = '/api/v1/pods';

test('a rule hits the method, path and turn that it names, until it is taken away', async () => {
	const {server} = await open();
	await using _server = server;
	const fault = {kind: 'status', status: 429, reason: 'TooManyRequests', message: 'slow down', retryAfterSeconds: 3} as const;
	const rule = server.faults.add({method: 'GET', path: /^\/api\/v1\/pods/, nth: 2, fault});
	assert.deepEqual([(await ask(server, pods)).status, (await ask(server, '/api/v1/nodes')).status], [200, 200]);
	const refused = await ask(server, pods);
	assert.deepEqual([refused.status, refused.headers.get('retry-after'), textAt(refused.body, 'message')], [429, '3', 'slow down']);
	assert.equal((await ask(server, pods)).status, 200);
	rule[Symbol.dispose]();
	server.faults.add({fault: {kind: 'status', status: 503}});
	assert.equal((await ask(server, pods)).status, 503);
	server.faults.clear();
	assert.equal((await ask(server, pods)).status, 200);
});

test('a delay lasts as long as the clock says; a hang for ever', async () => {
	const {server, clock} = await open();
	await using _server = server;
	server.faults.add({path: /pods/, fault: {kind: 'delay', ms: 5000}});
	server.faults.add({path: /nodes/, fault: {kind: 'hang'}});
	let answered = 0;
	const late = ask(server, pods).then(({status}) => {
		answered = status;
	});
	await eventually(
		() => clock.pending() === 1,
		patienceMs,
		() => 'the delayed request did not arrive',
	);
	assert.equal(answered, 0);
	await clock.advance(5000);
	await late;
	assert.equal(answered, 200);
	const hanging = fetch(`${server.url}/api/v1/nodes`, {signal: AbortSignal.timeout(300)});
	await assert.rejects(hanging, {name: 'TimeoutError'});
});

test('a reset, before or in the middle of the body, breaks the connection', async () => {
	const {server} = await open();
	await using _server = server;
	using first = server.faults.add({fault: {kind: 'reset', afterBytes: 0}});
	await assert.rejects(ask(server, pods));
	first[Symbol.dispose]();
	using _second = server.faults.add({path: /watch/, fault: {kind: 'reset', afterBytes: 300}});
	await using watch = await OpenWatch.open(server, `${pods}?watch=1&resourceVersion=0`);
	await watch.end();
	assert.equal(watch.state, 'broken');
});

test('a half-closed connection ends without the end of the body', async () => {
	const {server} = await open();
	await using _server = server;
	server.faults.add({path: /watch/, fault: {kind: 'half-close', afterBytes: 300}});
	await using watch = await OpenWatch.open(server, `${pods}?watch=1&resourceVersion=0`);
	await watch.end();
	assert.equal(watch.state, 'broken');
});

test('a truncated body ends properly and is half JSON; a split one arrives whole', async () => {
	const {server} = await open();
	await using _server = server;
	using cut = server.faults.add({fault: {kind: 'truncate', afterBytes: 500}});
	const answer = await fetch(server.url + pods);
	assert.equal((await answer.text()).length, 500);
	cut[Symbol.dispose]();
	using _split = server.faults.add({fault: {kind: 'split', atByte: 1000}});
	const whole = await ask(server, pods, {accept: asTable});
	assert.equal(recordsAt(whole.body, 'rows').length, server.cluster.list('pods').length);
});

test('garbage comes between the lines of a watch, which goes on', async () => {
	const {server} = await open();
	await using _server = server;
	server.faults.add({path: /watch/, fault: {kind: 'garbage', afterLines: 2, line: 'not json'}});
	await using watch = await OpenWatch.open(server, `${pods}?watch=1&resourceVersion=0`);
	await watch.until(({raw}) => raw.length > 4);
	assert.equal(watch.raw[2], 'not json');
	assert.ok(watch.raw[3]?.startsWith('{'));
});

test('a compaction right before a watch makes it too old', async () => {
	const {server} = await open();
	await using _server = server;
	const from = String(server.cluster.resourceVersion);
	server.faults.add({path: /watch/, fault: {kind: 'compact'}});
	await using watch = await OpenWatch.open(server, `${pods}?watch=1&resourceVersion=${from}`);
	await watch.end();
	assert.equal(at(watch.events[0], 'object', 'code'), 410);
});

test('a lying clock shows in the Date header and in the ages', async () => {
	const {server, clock} = await open();
	await using _server = server;
	server.faults.add({path: /nodes/, fault: {kind: 'clock', offsetMs: 10 * 24 * 3_600_000}});
	const lying = await ask(server, '/api/v1/nodes', {accept: asTable});
	assert.equal(Date.parse(lying.headers.get('date') ?? ''), clock.now() + 10 * 24 * 3_600_000);
	const [row] = recordsAt(lying.body, 'rows');
	assert.ok(JSON.stringify(row?.['cells']).includes('"222d"'), JSON.stringify(row?.['cells']));
	assert.equal(Date.parse((await ask(server, pods)).headers.get('date') ?? ''), clock.now());
});

test('a stopped server refuses, ends its watches, and comes back on the same port', async () => {
	const {server} = await open();
	await using _server = server;
	await using watch = await OpenWatch.open(server, `${pods}?watch=1&resourceVersion=0`);
	await server.stop();
	await watch.end();
	assert.equal(watch.state, 'broken');
	await assert.rejects(ask(server, pods));
	await server.restart();
	assert.equal((await ask(server, pods)).status, 200);
});

test('a stalled server says nothing and loses nothing', async () => {
	const {server} = await open();
	await using _server = server;
	await using watch = await OpenWatch.open(server, `/api/v1/namespaces?watch=1&resourceVersion=${server.cluster.resourceVersion}`);
	server.stall(true);
	server.cluster.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'one'}});
	server.cluster.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'two'}});
	let isAnswered = false;
	const asked = ask(server, pods).then(() => {
		isAnswered = true;
	});
	await eventually(
		() => server.requests.all().some(({path}) => path === pods),
		patienceMs,
		() => 'the request did not arrive',
	);
	await assert.rejects(fetch(`${server.url}/version`, {signal: AbortSignal.timeout(200)}));
	assert.deepEqual([isAnswered, watch.events.length], [false, 0]);
	server.stall(false);
	await asked;
	await watch.until(({events}) => events.length === 2);
	assert.deepEqual(watch.summary(), ['ADDED one', 'ADDED two']);
});

test('the server remembers what it was asked', async () => {
	const {server} = await open();
	await using _server = server;
	server.requests.clear();
	await ask(server, `${pods}?limit=1`, {user: 'alice', headers: {'user-agent': 'k8tui/test'}});
	const [seen] = server.requests.all();
	assert.deepEqual([seen?.method, seen?.path, seen?.query.get('limit'), seen?.user, seen?.userAgent], ['GET', pods, '1', 'alice', 'k8tui/test']);
	await eventually(
		() => server.requests.all()[0]?.isOpen === false,
		patienceMs,
		() => 'the request is still open',
	);
	assert.equal(server.requests.all()[0]?.status, 200);
});

test('churn touches objects at its rate and stops when it is disposed', async () => {
	const {server, clock} = await open();
	await using _server = server;
	await using watch = await OpenWatch.open(server, `${pods}?watch=1&resourceVersion=${server.cluster.resourceVersion}`);
	const churn = server.churn({eventsPerSecond: 200});
	await clock.advance(1000);
	churn[Symbol.dispose]();
	await watch.until(({events}) => events.length === 200);
	const {resourceVersion} = server.cluster;
	await clock.advance(1000);
	assert.equal(server.cluster.resourceVersion, resourceVersion);
});
