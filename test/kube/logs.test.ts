import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ProblemError} from '../../source/core/problem.ts';
import {createLogs, createNodeLog} from '../../source/kube/logs.ts';
import {watchLoop} from '../tools/busy-loop.ts';
import {openTransport} from '../tools/open-transport.ts';
import {startScriptedServer} from '../tools/scripted-server.ts';

const {signal} = new AbortController();
const question = {namespace: 'shop', pod: 'web-1', container: 'main', follow: false, previous: false} as const;
const path = '/api/v1/namespaces/shop/pods/web-1/log';

async function collected(pieces: AsyncIterable<Uint8Array>): Promise<string> {
	const all: Uint8Array[] = [];
	for await (const piece of pieces) all.push(piece);
	return Buffer.concat(all).toString('latin1');
}

test('timestamps are always asked for; everything else only where it is wanted', async () => {
	await using server = await startScriptedServer();
	await using transport = await openTransport(server.url);
	server.on(`GET ${path}`, {body: 'a\nb'});
	const logs = createLogs(transport);
	assert.equal(await collected(logs(question, signal)), 'a\nb');
	await collected(logs({...question, follow: true, previous: true, sinceTime: '2026-11-21T15:00:00Z', tailLines: 5, limitBytes: 10}, signal));
	assert.deepEqual(
		server.requests.map(({query}) => Object.fromEntries(query)),
		[
			{container: 'main', timestamps: 'true'},
			{container: 'main', timestamps: 'true', follow: 'true', previous: 'true', sinceTime: '2026-11-21T15:00:00Z', tailLines: '5', limitBytes: '10'},
		],
	);
	assert.equal(server.requests[0]?.headers.accept, '*/*');
});

test('the bytes come as they are', async () => {
	await using server = await startScriptedServer();
	await using transport = await openTransport(server.url);
	const bytes = Buffer.from([0, 0xff, 0x0a, 0xc3, 0x28, 0x1b, 0x5b]);
	server.on(`GET ${path}`, {body: bytes});
	assert.equal(await collected(createLogs(transport)(question, signal)), bytes.toString('latin1'));
});

test('a log that is accepted and silent says so with an empty piece', async () => {
	await using server = await startScriptedServer();
	await using transport = await openTransport(server.url);
	server.on(`GET ${path}`, ({head}) => head(200));
	const stop = new AbortController();
	const pieces = createLogs(transport)({...question, follow: true}, stop.signal)[Symbol.asyncIterator]();
	const first = await pieces.next();
	assert.equal(first.value?.length, 0);
	stop.abort();
	await assert.rejects(pieces.next(), ProblemError);
});

test("a refusal is a problem with the server's own words, a break in the middle too", async () => {
	await using server = await startScriptedServer();
	await using transport = await openTransport(server.url);
	const message = 'container "main" in pod "web-1" is waiting to start: ContainerCreating';
	server.on(`GET ${path}`, {status: 400, body: {kind: 'Status', message, reason: 'BadRequest', code: 400}}, async ({write, reset}) => {
		await write('half a li');
		reset();
	});
	const logs = createLogs(transport);
	await assert.rejects(
		collected(logs(question, signal)),
		error => error instanceof ProblemError && error.problem.status === 400 && error.problem.serverMessage === message,
	);
	await assert.rejects(collected(logs(question, signal)), error => error instanceof ProblemError && error.problem.code === 'protocol');
});

test('a log that comes faster than it is read leaves timers their turn', async () => {
	await using server = await startScriptedServer();
	await using transport = await openTransport(server.url);
	server.on(`GET ${path}`, {body: Buffer.alloc(60 * 1024 * 1024, `${'x'.repeat(99)}\n`)});
	using loop = watchLoop();
	let sum = 0;
	for await (const piece of createLogs(transport)(question, signal)) for (const byte of piece) sum += byte;
	assert.ok(sum > 0);
	assert.ok(loop.longestMs() < 250, `the loop stood still for ${loop.longestMs()} ms`);
});

test('the node log query asks the kubelet through the API server', async () => {
	await using server = await startScriptedServer();
	await using transport = await openTransport(server.url);
	server.on('GET /api/v1/nodes/n1/proxy/logs/', {body: 'I1121 started'});
	assert.equal(await collected(createNodeLog(transport)({node: 'n1', service: 'kubelet', tailLines: 10}, signal)), 'I1121 started');
	assert.deepEqual(Object.fromEntries(server.requests[0]?.query ?? []), {query: 'kubelet', tailLines: '10'});
});
