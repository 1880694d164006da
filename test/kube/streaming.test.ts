import assert from 'node:assert/strict';
import {copyFile, mkdtemp, rm, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {type Problem, ProblemError} from '../../source/core/problem.ts';
import {eventually, patienceMs} from '../tools/eventually.ts';
import {fixturePath} from '../tools/repository.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {base64, openTransport} from '../tools/open-transport.ts';
import {type Exchange, hang, reset, startScriptedServer} from '../tools/scripted-server.ts';
import {authorityFixture, tlsFixture} from '../tools/tls-fixtures.ts';

const never = new AbortController().signal;
const ask = {path: '/api/v1/pods', query: {watch: 'true'}, accept: 'application/json'};
const tls = {cluster: {'certificate-authority-data': base64(authorityFixture())}};

async function problemOf(run: Promise<unknown>): Promise<Problem> {
	const error = await run.then(
		() => undefined,
		(caught: unknown) => caught,
	);
	assert.ok(error instanceof ProblemError, `no ProblemError: ${String(error)}`);
	return error.problem;
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of body) pieces.push(piece);
	return Buffer.concat(pieces).toString();
}

/** Lets the test hold the exchange while the script runs. */
function held(): Readonly<{script: (exchange: Exchange) => void; exchange: Promise<Exchange>}> {
	const {promise, resolve} = Promise.withResolvers<Exchange>();
	return {script: resolve, exchange: promise};
}

test('pieces arrive as they are sent, and the end is a clean end', async () => {
	await using server = await startScriptedServer();
	const {script, exchange} = held();
	server.on('GET /api/v1/pods', script);
	await using transport = await openTransport(server.url);
	const opening = transport.stream(ask, never);
	const {head, write, end} = await exchange;
	head(200, {'content-type': 'application/json'});
	const {status, headers, body} = await opening;
	assert.deepEqual([status, headers['content-type']], [200, 'application/json']);
	const pieces = body[Symbol.asyncIterator]();
	await write('{"type":');
	assert.equal((await pieces.next()).value?.toString(), '{"type":');
	await write('"ADDED"}\n');
	assert.equal((await pieces.next()).value?.toString(), '"ADDED"}\n');
	const [open] = transport.calls.snapshot();
	assert.deepEqual([open?.stream, open?.bytes, open?.endedAt], [true, 17, undefined]);
	end();
	assert.deepEqual(await pieces.next(), {done: true, value: undefined});
	assert.notEqual(transport.calls.snapshot()[0]?.endedAt, undefined);
});

test('pieces that may gather come together when the time is over, the end and an abort as well', async () => {
	await using server = await startScriptedServer();
	const {script, exchange} = held();
	server.on('GET /api/v1/pods', script);
	const clock = createFakeClock();
	await using transport = await openTransport(server.url, {clock});
	const stop = new AbortController();
	const opening = transport.stream({...ask, gatherMs: 1000}, stop.signal);
	const {head, write} = await exchange;
	head(200, {'content-type': 'application/json'});
	const pieces = (await opening).body[Symbol.asyncIterator]();
	let read = '';
	const next = pieces.next().then(({value}) => {
		read += value?.toString() ?? '';
	});
	await write('a');
	await eventually(
		() => clock.pending() > 0,
		patienceMs,
		() => 'nothing waits for more',
	);
	await write('b');
	assert.equal(read, '');
	await clock.advance(1000);
	await next;
	while (!read.endsWith('b')) read += (await pieces.next()).value?.toString() ?? '';
	assert.equal(read, 'ab');
	const last = pieces.next().then(
		() => 'more',
		(error: unknown) => (error instanceof ProblemError ? error.problem.code : 'unknown'),
	);
	await write('c');
	await eventually(
		() => clock.pending() > 0,
		patienceMs,
		() => 'nothing waits for more',
	);
	stop.abort();
	assert.notEqual(await last, 'unknown', 'and the clock stands still');
});

test('destroying, leaving the iteration and aborting each close the connection', async () => {
	await using server = await startScriptedServer();
	server.on('GET /api/v1/pods', async ({write}) => await write('x'));
	await using transport = await openTransport(server.url);
	(await transport.stream(ask, never)).body.destroy();
	for await (const _piece of (await transport.stream(ask, never)).body) break;
	const own = new AbortController();
	const aborted = await transport.stream(ask, own.signal);
	own.abort();
	assert.equal((await problemOf(textOf(aborted.body))).code, 'cancelled');
	await Promise.all(server.requests.map(request => request.closed));
	while (server.connections().open > 0) await new Promise(resolve => setImmediate(resolve));
	assert.equal(server.requests.length, 3);
});

test('a connection that breaks in the middle is a Problem after the pieces that came', async () => {
	await using server = await startScriptedServer();
	server.on('GET /api/v1/pods', async ({write, reset: breakOff}) => {
		await write('half');
		breakOff();
	});
	await using transport = await openTransport(server.url);
	const {body} = await transport.stream(ask, never);
	const pieces: string[] = [];
	const problem = await problemOf(
		(async () => {
			for await (const piece of body) pieces.push(piece.toString());
		})(),
	);
	assert.deepEqual(pieces, ['half']);
	assert.deepEqual(
		[problem.code, problem.what, problem.cause],
		['protocol', 'Could not watch pods', `127.0.0.1:${server.port} closed the connection in the middle of the answer`],
	);
	assert.equal(transport.calls.snapshot()[0]?.problem?.code, 'protocol');
});

test('half a body and FIN is not a clean end', async () => {
	await using server = await startScriptedServer();
	server.on('GET /api/v1/pods', async ({write, halfClose}) => {
		await write('half');
		halfClose();
	});
	await using transport = await openTransport(server.url);
	assert.equal((await problemOf(textOf((await transport.stream(ask, never)).body))).code, 'protocol');
});

test("a refusal is told with the server's words; nothing is repeated", async () => {
	await using server = await startScriptedServer();
	server.on(
		'GET /api/v1/pods',
		{status: 410, body: {kind: 'Status', message: 'too old resource version', reason: 'Expired'}},
		{status: 429, headers: {'retry-after': '3'}},
		reset,
	);
	await using transport = await openTransport(server.url);
	assert.deepEqual(await problemOf(transport.stream(ask, never)), {
		what: 'Could not watch pods',
		status: 410,
		serverMessage: 'too old resource version',
		code: 'expired',
		cause: 'too old resource version',
	});
	assert.deepEqual([(await problemOf(transport.stream(ask, never))).retryAfterMs, (await problemOf(transport.stream(ask, never))).code], [3_000, 'refused']);
	assert.equal(server.requests.length, 3);
});

test('a refusal whose body never ends is told after 5 s', async () => {
	await using server = await startScriptedServer();
	server.on('GET /api/v1/pods', ({head, write}) => {
		head(403);
		return write('{"message":"no"}');
	});
	const clock = createFakeClock();
	await using transport = await openTransport(server.url, {clock});
	const running = problemOf(transport.stream(ask, never));
	await server.until(requests => requests.length === 1);
	while (clock.pending() === 0) await clock.settle();
	await clock.advance(5_000);
	assert.deepEqual([(await running).code, (await running).serverMessage], ['forbidden', 'no']);
});

test('after a 401 a stream is opened once more with the newer token', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'k8tui-stream-'));
	const tokenFile = join(folder, 'token');
	await writeFile(tokenFile, 'old');
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('GET /api/v1/pods', async ({request, head, end}) => {
		if (request.headers.authorization === 'Bearer new') return end('ok');
		await writeFile(tokenFile, 'new\n');
		head(401);
		end('{}');
	});
	await using transport = await openTransport(server.url, {...tls, user: {tokenFile}});
	assert.equal(await textOf((await transport.stream(ask, never)).body), 'ok');
	await rm(folder, {recursive: true});
});

test('a compressed watch is decoded event by event', async () => {
	await using server = await startScriptedServer();
	const {script, exchange} = held();
	server.on('GET /api/v1/pods', script);
	await using transport = await openTransport(server.url);
	const opening = transport.stream(ask, never);
	const {head, write, end} = await exchange;
	head(200, {'content-encoding': 'gzip'});
	const pieces = (await opening).body[Symbol.asyncIterator]();
	for (const text of ['first\n', 'second\n']) {
		await write(gzipSync(text));
		assert.equal((await pieces.next()).value?.toString(), text);
	}
	end();
	assert.equal((await pieces.next()).done, true);
});

test('a reader that is slow holds the server back', async () => {
	await using server = await startScriptedServer();
	let sent = 0;
	server.on('GET /api/v1/pods', async ({request, write}) => {
		let isOpen = true;
		void request.closed.then(() => {
			isOpen = false;
		});
		while (isOpen) {
			await write(Buffer.alloc(262_144));
			sent += 262_144;
		}
	});
	await using transport = await openTransport(server.url);
	const {body} = await transport.stream(ask, never);
	let before = -1;
	// The kernel's buffers fill first; then nothing more goes out.
	while (before !== sent) {
		before = sent;
		for (let turn = 0; turn < 200; turn++) await new Promise(resolve => setImmediate(resolve));
	}
	assert.ok(sent < 64_000_000, `${sent} bytes went out and nobody read`);
	const wanted = sent + 4_000_000;
	let received = 0;
	for await (const piece of body) {
		received += piece.length;
		if (received > wanted) break;
	}
	assert.ok(received > wanted);
});

test('56 streams are open at once; the next one says after 5 s that it waits, and goes on when one ends', async () => {
	await using server = await startScriptedServer();
	server.on('GET /api/v1/pods', ({head}) => head(200));
	const clock = createFakeClock();
	await using transport = await openTransport(server.url, {clock});
	const open = await Promise.all(Array.from({length: 56}, () => transport.stream(ask, never)));
	let waits = 0;
	const next = transport.stream({...ask, queued: () => waits++}, never);
	await clock.advance(4_999);
	assert.equal(waits, 0);
	await clock.advance(1);
	assert.equal(waits, 1);
	open[0]?.body.destroy();
	assert.equal((await next).status, 200);
});

test('giving up before the head closes what was asked', async () => {
	await using server = await startScriptedServer();
	server.on('* *', hang);
	await using transport = await openTransport(server.url);
	const own = new AbortController();
	const opening = problemOf(transport.stream(ask, own.signal));
	const [request] = await server.until(requests => requests.length === 1);
	own.abort();
	assert.equal((await opening).code, 'cancelled');
	await request?.closed;
});

test('closing the transport ends its streams', async () => {
	await using server = await startScriptedServer();
	server.on('* *', ({head}) => head(200));
	const transport = await openTransport(server.url);
	const {body} = await transport.stream(ask, never);
	const reading = problemOf(textOf(body));
	await transport.close();
	assert.equal((await reading).code, 'cancelled');
});

test('a renewed client certificate: new requests use it, streams of the old one end cleanly', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'k8tui-rotation-'));
	const place = async (name: string, at: number) => {
		for (const ending of ['crt', 'key']) {
			await copyFile(fixturePath('tls', `${name}.${ending}`), join(folder, `client.${ending}`));
			await utimes(join(folder, `client.${ending}`), at, at);
		}
	};
	await place('client', 1_000);
	await using server = await startScriptedServer({tls: {...tlsFixture('server'), clientCa: authorityFixture()}});
	server.on('GET /api/v1/pods', async ({write}) => await write('event\n'));
	server.on('GET /version', {body: {}});
	const clock = createFakeClock();
	await using transport = await openTransport(server.url, {
		...tls,
		clock,
		user: {'client-certificate': join(folder, 'client.crt'), 'client-key': join(folder, 'client.key')},
	});
	const {body} = await transport.stream(ask, never);
	const reading = textOf(body);
	await place('client-rotated', 2_000);
	await transport.request({path: '/version', accept: '*/*'}, never);
	assert.equal(server.requests.at(-1)?.clientName, 'test-client');
	clock.jump(300_000);
	await transport.request({path: '/version', accept: '*/*'}, never);
	assert.equal(server.requests.at(-1)?.clientName, 'test-client-rotated');
	await clock.advance(2_000);
	assert.equal(await reading, 'event\n');
	await rm(folder, {recursive: true});
});
