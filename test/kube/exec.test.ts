import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import type {ExecQuestion} from '../../source/core/probe-connection.ts';
import {ProblemError} from '../../source/core/problem.ts';
import {createProbes} from '../../source/kube/probes.ts';
import {systemClock} from '../../source/system/clock.ts';
import {eventually, patienceMs} from '../tools/eventually.ts';
import {type ExecServerOptions, startExecServer} from '../tools/exec-server.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {base64, openTransport, type OpenTransportOptions} from '../tools/open-transport.ts';
import {startHttpProxy, startSocksProxy} from '../tools/proxies.ts';
import {authorityFixture, tlsFixture} from '../tools/tls-fixtures.ts';

const never = new AbortController().signal;
const asked: ExecQuestion = {namespace: 'shop', pod: 'web-1', container: 'app', argv: ['sh', '-c', 'echo "a b"'], timeoutMs: patienceMs, limitBytes: 1_000};

/** A server, and the connection of the program to it. */
async function open(server: ExecServerOptions, options: OpenTransportOptions = {}) {
	const started = await startExecServer(server);
	const clock = options.clock ?? systemClock('hold');
	const transport = await openTransport(started.url, {level: 'probe', ...options, clock});
	return {
		...createProbes({transport, clock}),
		server: started,
		transport,
		async [Symbol.asyncDispose]() {
			await transport[Symbol.asyncDispose]();
			await started[Symbol.asyncDispose]();
		},
	};
}

async function problemOf(promise: Promise<unknown>) {
	const error = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof ProblemError, String(error));
	return error.problem;
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

for (const code of [0, 1, 137]) {
	test(`exit code ${code}, stdout and stderr apart, every word of the command as it is`, async () => {
		await using cluster = await open({
			run(session) {
				session.say(1, 'out');
				session.say(2, 'err');
				session.say(1, 'put');
				session.end(code);
			},
		});
		const answer = await cluster.exec(asked, never);
		assert.deepEqual([text(answer.stdout), text(answer.stderr), answer.exitCode, answer.protocol], ['output', 'err', code, 'v5']);
		assert.deepEqual([answer.truncated, answer.timedOut, answer.failure], [false, false, undefined]);
		const [session] = cluster.server.sessions;
		assert.equal(session?.url.pathname, '/api/v1/namespaces/shop/pods/web-1/exec');
		assert.deepEqual(session?.url.searchParams.getAll('command'), asked.argv);
		assert.deepEqual([session?.url.searchParams.get('container'), session?.url.searchParams.get('stdin')], ['app', null]);
		const [call] = cluster.transport.calls.snapshot();
		assert.deepEqual([call?.status, call?.bytes, call?.endedAt !== undefined, call?.problem], [101, 10 + 3 + (call?.bytes ?? 0) - 13, true, undefined]);
	});
}

test('stdin: v5 ends it, v4 cannot; large input goes in frames of 32 KiB', async () => {
	for (const [protocol, closes] of [
		['v5.channel.k8s.io', true],
		['v4.channel.k8s.io', false],
	] as const) {
		await using cluster = await open({
			protocols: [protocol],
			run: session =>
				session.socket.on('message', () => {
					const bytes = session.received.filter(([channel]) => channel === 0).reduce((sum, message) => sum + message.length - 1, 0);
					const isClosed = session.received.some(([channel]) => channel === 255);
					if (bytes === 100_000 && (isClosed || !closes)) session.end(0);
				}),
		});
		const answer = await cluster.exec({...asked, stdin: new Uint8Array(100_000)}, never);
		assert.equal(answer.protocol, protocol.slice(0, 2));
		const received = cluster.server.sessions[0]?.received ?? [];
		assert.deepEqual(
			received.filter(([channel]) => channel === 255),
			closes ? [[255, 0]] : [],
		);
		assert.ok(received.every(message => message.length <= 32_769));
		assert.equal(cluster.server.sessions[0]?.url.searchParams.get('stdin'), 'true');
	}
});

test('a command that could not be run tells why; a connection that breaks has no exit code', async () => {
	const failure = {kind: 'Status', status: 'Failure', reason: 'InternalError', message: 'exec: "sh": executable file not found in $PATH\x1b[31m'};
	await using missing = await open({run: session => session.end(failure)});
	const answer = await missing.exec(asked, never);
	assert.deepEqual([answer.exitCode, answer.failure], [undefined, 'exec: "sh": executable file not found in $PATH [31m']);
	await using cut = await open({
		run(session) {
			session.say(1, 'half');
			session.socket.close();
		},
	});
	const half = await cut.exec(asked, never);
	assert.deepEqual([text(half.stdout), half.exitCode, half.failure], ['half', undefined, 'the connection ended before the command did']);
	await using broken = await open({run: session => session.socket.terminate()});
	assert.ok((await broken.exec(asked, never)).failure !== undefined);
	await using garbage = await open({
		run(session) {
			session.say(3, 'no json');
			session.say(9, 'unknown channel');
			session.socket.close();
		},
	});
	assert.equal((await garbage.exec(asked, never)).failure, 'no json');
});

test('output beyond the limit is cut and the connection closed, though the container goes on', async () => {
	await using cluster = await open({
		run(session) {
			const more = () => session.socket.readyState === 1 && session.socket.send(Buffer.concat([Buffer.from([1]), Buffer.alloc(600, 'y')]), more);
			more();
		},
	});
	const answer = await cluster.exec(asked, never);
	assert.deepEqual([answer.truncated, answer.stdout.length, answer.exitCode], [true, 1_000, undefined]);
	const [session] = cluster.server.sessions;
	await eventually(
		() => session?.socket.readyState === 3,
		patienceMs,
		() => 'still open',
	);
});

test('a command that takes too long is ended with what it said', async () => {
	const clock = createFakeClock();
	await using cluster = await open({run: session => session.say(1, 'started')}, {clock});
	const answer = cluster.exec({...asked, timeoutMs: 4_000}, never);
	await eventually(
		() => (cluster.transport.calls.snapshot()[0]?.bytes ?? 0) > 'started'.length,
		patienceMs,
		() => 'it did not start',
	);
	await clock.advance(4_000);
	const late = await answer;
	assert.deepEqual([late.timedOut, text(late.stdout), late.exitCode, late.failure], [true, 'started', undefined, undefined]);
});

test('a command that is given up, and one that never gets its connection', async () => {
	await using cluster = await open({run: session => session.say(1, 'started')});
	const giving = new AbortController();
	const given = problemOf(cluster.exec(asked, giving.signal));
	await eventually(
		() => cluster.server.sessions.length === 1,
		patienceMs,
		() => 'not asked',
	);
	giving.abort();
	assert.equal((await given).code, 'cancelled');
	await eventually(
		() => cluster.server.sessions.every(({socket}) => socket.readyState === 3),
		patienceMs,
		() => 'still open',
	);
	assert.equal((await problemOf(cluster.exec(asked, AbortSignal.abort()))).code, 'cancelled');
	await using stuck = await open({refuse: () => undefined, protocols: []});
	assert.ok((await problemOf(stuck.exec({...asked, timeoutMs: 500}, never))).code !== 'bug');
});

test("refusals in the server's own words", async () => {
	const status = (code: number, reason: string, message: string) => ({kind: 'Status', status: 'Failure', code, reason, message});
	const forbidden = 'pods "web-1" is forbidden: User "eve" cannot create resource "pods/exec" in API group "" in the namespace "shop"';
	for (const [code, body, expected, cause] of [
		[403, status(403, 'Forbidden', forbidden), 'forbidden', 'user eve may not create pods/exec in shop'],
		[404, status(404, 'NotFound', 'pods "web-1" not found'), 'not-found', 'pods "web-1" not found'],
		[400, status(400, 'BadRequest', 'container app is not valid for pod web-1'), 'invalid', 'container app is not valid for pod web-1'],
	] as const) {
		await using cluster = await open({refuse: () => ({status: code, body})});
		const problem = await problemOf(cluster.exec(asked, never));
		assert.deepEqual([problem.code, problem.cause], [expected, cause]);
		const [call] = cluster.transport.calls.snapshot();
		assert.deepEqual([call?.status, call?.auditId, call?.problem?.code], [code, 'audit-1', expected]);
	}
});

test('after a 401 once more with a newer credential, and no third time', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'k8tui-exec-'));
	const tokenFile = join(folder, 'token');
	writeFileSync(tokenFile, 'old');
	const tls = tlsFixture('server');
	const seen: Array<string | undefined> = [];
	await using cluster = await open(
		{
			tls,
			refuse(_attempt, headers) {
				seen.push(headers.authorization);
				writeFileSync(tokenFile, 'new');
				return headers.authorization === 'Bearer new'
					? undefined
					: {status: 401, body: {kind: 'Status', status: 'Failure', message: 'Unauthorized', code: 401}};
			},
			run: session => session.end(0),
		},
		{cluster: {'certificate-authority-data': base64(authorityFixture())}, user: {tokenFile}},
	);
	assert.equal((await cluster.exec(asked, never)).exitCode, 0);
	assert.deepEqual(seen, ['Bearer old', 'Bearer new']);
	rmSync(folder, {recursive: true});
	await using refused = await open({refuse: () => ({status: 401, body: {}})});
	assert.equal((await problemOf(refused.exec(asked, never))).code, 'unauthorized');
	assert.equal(refused.server.tries(), 1);
});

test('identity, impersonation and client certificate go along; http and SOCKS proxies are gone through', async () => {
	const {cert, key} = tlsFixture('client');
	await using http = await startHttpProxy();
	await using socks = await startSocksProxy();
	for (const proxy of [undefined, http, socks]) {
		await using cluster = await open(
			{tls: {...tlsFixture('server'), ca: authorityFixture(), requestCert: true}, run: session => session.end(0)},
			{
				cluster: {'certificate-authority-data': base64(authorityFixture()), ...(proxy === undefined ? {} : {'proxy-url': proxy.url})},
				user: {'client-certificate-data': base64(cert), 'client-key-data': base64(key), as: 'eve', 'as-groups': ['a', 'b']},
			},
		);
		assert.equal((await cluster.exec(asked, never)).exitCode, 0);
		const headers = cluster.server.sessions[0]?.headers ?? {};
		assert.deepEqual([headers['impersonate-user'], headers['impersonate-group']], ['eve', 'a, b']);
		assert.match(headers['user-agent'] ?? '', /^k8tui\//);
		if (proxy !== undefined) assert.equal(proxy.targets.length, 1);
	}
});

test('a server whose certificate nobody signed is not spoken to', async () => {
	await using cluster = await open(
		{tls: tlsFixture('server'), run: session => session.end(0)},
		{cluster: {'certificate-authority-data': base64(authorityFixture('other-authority'))}},
	);
	assert.equal((await problemOf(cluster.exec(asked, never))).code, 'tls');
	assert.equal(cluster.server.sessions.length, 0);
});

test('T55: a server that answers no ping is given up after 61 s', async () => {
	const clock = createFakeClock();
	await using cluster = await open({autoPong: false}, {clock});
	const answer = cluster.exec({...asked, timeoutMs: 300_000}, never);
	await eventually(
		() => clock.nextAt() === clock.now() + 5_000,
		patienceMs,
		() => 'no ping is due',
	);
	const [session] = cluster.server.sessions;
	assert.ok(session);
	let pings = 0;
	session.socket.on('ping', () => {
		pings += 1;
	});
	for (let seconds = 0; seconds < 70; seconds += 5) {
		await clock.advance(5_000);
		await eventually(
			() => pings >= Math.min(12, 1 + seconds / 5) || session.socket.readyState > 1,
			patienceMs,
			() => 'no ping',
		);
	}
	assert.deepEqual([(await answer).failure, (await answer).exitCode], ['no answer to pings for 61 s', undefined]);
	assert.equal(clock.pending(), 0);
});

test('while pings are answered a silent command goes on', async () => {
	const clock = createFakeClock();
	await using cluster = await open({}, {clock});
	const answer = cluster.exec({...asked, timeoutMs: 300_000}, never);
	await eventually(
		() => clock.nextAt() === clock.now() + 5_000,
		patienceMs,
		() => 'no ping is due',
	);
	const [session] = cluster.server.sessions;
	assert.ok(session);
	for (let seconds = 0; seconds < 100; seconds += 5) {
		const ping = once(session.socket, 'ping');
		await clock.advance(5_000);
		await ping;
		// The pong travels back: a round trip of ours proves that it has arrived.
		const bytes = cluster.transport.calls.snapshot()[0]?.bytes ?? 0;
		session.say(1, '.');
		await eventually(
			() => (cluster.transport.calls.snapshot()[0]?.bytes ?? 0) > bytes,
			patienceMs,
			() => 'no byte',
		);
	}
	session.end(0);
	assert.equal((await answer).exitCode, 0);
});

test('closing the client ends what runs', async () => {
	const cluster = await open({});
	const answer = cluster.exec(asked, never);
	await eventually(
		() => cluster.server.sessions.length === 1,
		patienceMs,
		() => 'not asked',
	);
	await cluster.transport.close();
	assert.equal((await answer).exitCode, undefined);
	await cluster[Symbol.asyncDispose]();
});

test('at the level read nothing is sent, and the reason is said', async () => {
	await using cluster = await open({run: session => session.end(0)}, {level: 'read'});
	const problem = await problemOf(cluster.exec(asked, never));
	assert.equal(problem.code, 'policy');
	assert.match(problem.cause, /READ-ONLY/);
	assert.equal(cluster.server.tries(), 0);
	const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'x', namespace: 'default', labels: {'k8tui.io/debug': 'x'}}};
	assert.equal((await problemOf(cluster.createPod(pod, never))).code, 'policy');
	assert.equal((await problemOf(cluster.deletePod({...pod, metadata: {...pod.metadata, uid: 'u'}}, never))).code, 'policy');
	assert.equal((await problemOf(cluster.addEphemeralContainer({namespace: 'shop', pod: 'web-1'}, {}, never))).code, 'policy');
	assert.equal((await problemOf(cluster.blackbox({namespace: 'm', service: 'b', port: '9115'}, {}, never))).code, 'policy');
	assert.equal(cluster.transport.calls.snapshot().length, 0);
});
