import assert from 'node:assert/strict';
import {test} from 'node:test';
import {gzipSync} from 'node:zlib';
import type {Call} from '../../source/core/cluster-client.ts';
import {type Problem, ProblemError} from '../../source/core/problem.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {createLoginPlugin} from '../tools/login-plugin.ts';
import {base64, openTransport} from '../tools/open-transport.ts';
import {hang, reset, startScriptedServer} from '../tools/scripted-server.ts';
import {authorityFixture, tlsFixture} from '../tools/tls-fixtures.ts';

const never = new AbortController().signal;
const json = 'application/json';
const pods = '/api/v1/namespaces/shop/pods';
const ask = {path: pods, accept: json};
const tls = {cluster: {'certificate-authority-data': base64(authorityFixture())}};

async function problemOfRequest(run: Promise<unknown>): Promise<Problem> {
	const error = await run.then(
		() => undefined,
		(caught: unknown) => caught,
	);
	assert.ok(error instanceof ProblemError, `no ProblemError: ${String(error)}`);
	return error.problem;
}

test('a request carries user agent, Accept and credentials; the answer is the bytes', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on(`GET ${pods}`, {body: {kind: 'PodList'}, headers: {'audit-id': 'a-1'}});
	await using transport = await openTransport(server.url, {
		...tls,
		user: {token: 's3cret', as: 'eve', 'as-groups': ['a', 'b'], 'as-user-extra': {'example.org/x': ['1', '2']}},
		version: '1.2.3',
	});
	const answer = await transport.request({...ask, query: {limit: 500, watch: undefined, labelSelector: 'a=b c'}}, never);
	assert.equal(answer.body.toString(), '{"kind":"PodList"}');
	const [request] = server.requests;
	assert.equal(request?.url, `${pods}?limit=500&labelSelector=a%3Db+c`);
	const {
		authorization,
		accept,
		'user-agent': userAgent,
		'impersonate-user': user,
		'impersonate-group': groups,
		'impersonate-extra-example.org%2fx': extra,
		'accept-encoding': encoding,
	} = request?.headers ?? {};
	assert.deepEqual(
		{authorization, accept, user, groups, extra, encoding},
		{authorization: 'Bearer s3cret', accept: json, user: 'eve', groups: 'a, b', extra: '1, 2', encoding: undefined},
	);
	assert.match(String(userAgent), /^k8tui\/1\.2\.3 \(\w+\/\w+\) node\/\d+/);
});

test('credentials never go over plain http', async () => {
	await using server = await startScriptedServer();
	server.on('* *', {body: {}});
	await using transport = await openTransport(server.url, {user: {token: 's3cret'}});
	await transport.request(ask, never);
	await using basic = await openTransport(server.url, {user: {username: 'u', password: 'p'}});
	await basic.request(ask, never);
	assert.deepEqual(
		server.requests.map(request => request.headers.authorization),
		[undefined, undefined],
	);
});

test('a password goes as Basic', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('* *', {body: {}});
	await using transport = await openTransport(server.url, {...tls, user: {username: 'u', password: 'p:ä'}});
	await transport.request(ask, never);
	assert.equal(server.requests[0]?.headers.authorization, `Basic ${base64('u:p:ä')}`);
});

test('the prefix of the server goes before each path', async () => {
	await using server = await startScriptedServer();
	server.on('* *', {body: {}});
	await using transport = await openTransport(`${server.url}/k8s/clusters/c-1/`);
	await transport.request(ask, never);
	assert.equal(server.requests[0]?.url, `/k8s/clusters/c-1${pods}`);
});

test('a server that offers HTTP/2 first is spoken to in 1.1', async () => {
	await using server = await startScriptedServer({tls: {...tlsFixture('server'), alpn: ['h2', 'http/1.1']}});
	server.on('* *', {body: {}});
	await using transport = await openTransport(server.url, tls);
	await transport.request(ask, never);
	(await transport.stream(ask, never)).body.destroy();
	assert.deepEqual(
		server.requests.map(request => request.httpVersion),
		['1.1', '1.1'],
	);
});

test('200 requests one after the other take two handshakes at most, 40 at once eight', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('* *', {body: {}});
	await using transport = await openTransport(server.url, tls);
	for (let request = 0; request < 200; request++) await transport.request(ask, never);
	assert.ok(server.connections().total <= 2, `${server.connections().total} connections`);
	await Promise.all(Array.from({length: 40}, () => transport.request(ask, never)));
	assert.ok(server.connections().total <= 8, `${server.connections().total} connections`);
});

test('what the policy refuses is not sent; the level can be raised unless it is pinned', async () => {
	await using server = await startScriptedServer();
	server.on('* *', {body: {}});
	await using transport = await openTransport(server.url);
	const remove = {method: 'DELETE', path: `${pods}/web`, accept: json};
	assert.equal((await problemOfRequest(transport.request(remove, never))).code, 'policy');
	assert.equal(server.connections().total, 0);
	assert.equal(transport.setLevel('write'), true);
	await transport.request(remove, never);
	assert.equal(server.requests.length, 1);
	await using bounded = await openTransport(server.url, {most: 'probe'});
	assert.deepEqual([bounded.setLevel('write'), bounded.level(), bounded.setLevel('probe'), bounded.level()], [false, 'read', true, 'probe']);
	await using pinned = await openTransport(server.url, {pinned: true});
	assert.equal(pinned.setLevel('write'), false);
	assert.equal(pinned.level(), 'read');
});

test('100 parallel requests with a login plugin: one run, and one more after a 401', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('* *', ({request, head, end}) => {
		head(request.headers.authorization === 'Bearer t2' ? 200 : 401);
		end('{}');
	});
	await using plugin = await createLoginPlugin(`answer({token: 't' + count})`);
	await using transport = await openTransport(server.url, {...tls, user: {exec: plugin.exec}});
	await Promise.all(Array.from({length: 100}, () => transport.request(ask, never)));
	assert.equal((await plugin.calls()).length, 2);
});

test('401 for ever: two runs, no loop, and nothing is sent for a minute', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('* *', {status: 401, body: {kind: 'Status', message: 'Unauthorized'}});
	await using plugin = await createLoginPlugin(`answer({token: 't' + count})`);
	await using transport = await openTransport(server.url, {...tls, user: {exec: plugin.exec}});
	const problems = await Promise.all(Array.from({length: 20}, () => problemOfRequest(transport.request(ask, never))));
	assert.ok(problems.every(problem => problem.code === 'unauthorized'));
	const sent = server.requests.length;
	assert.match((await problemOfRequest(transport.request(ask, never))).cause, /twice in a row/);
	assert.equal(server.requests.length, sent);
	assert.equal((await plugin.calls()).length, 2);
	transport.credentials.forget();
	await problemOfRequest(transport.request(ask, never));
	assert.equal((await plugin.calls()).length, 4);
});

test('a refused fixed token is told at once, without a second request', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('* *', {status: 401, body: {kind: 'Status', message: 'Unauthorized'}});
	await using transport = await openTransport(server.url, {...tls, user: {token: 'old'}});
	const problem = await problemOfRequest(transport.request(ask, never));
	assert.deepEqual(
		[problem.what, problem.cause, problem.serverMessage],
		['Could not list pods in shop', 'the server did not accept the credentials of user tester (401)', 'Unauthorized'],
	);
	assert.equal(server.requests.length, 1);
});

test('an overloaded server is asked again after Retry-After, at most five times', async () => {
	await using server = await startScriptedServer();
	const busy = {status: 429, headers: {'retry-after': '2', 'x-kubernetes-pf-flowschema-uid': 'f-1'}, body: ''};
	server.on(`GET ${pods}`, busy, busy, {body: {}});
	const clock = createFakeClock();
	await using transport = await openTransport(server.url, {clock});
	const running = transport.request(ask, never);
	await server.until(requests => requests.length === 1);
	while (clock.pending() === 0) await clock.settle();
	await clock.advance(1_999);
	assert.equal(server.requests.length, 1);
	await clock.advance(1);
	await server.until(requests => requests.length === 2);
	while (clock.pending() === 0) await clock.settle();
	await clock.advance(2_000);
	assert.equal((await running).status, 200);
	assert.deepEqual(
		transport.calls.snapshot().map(call => [call.retries, call.status]),
		[
			[2, 200],
			[1, 429],
			[0, 429],
		],
	);
	server.on(`GET ${pods}`, busy);
	let problem: Problem | undefined;
	const failing = problemOfRequest(transport.request(ask, never)).then(found => {
		problem = found;
	});
	while (problem === undefined) await clock.advance(1_000);
	await failing;
	assert.equal(server.requests.length, 8);
	assert.deepEqual(
		[problem.code, problem.retryAfterMs, problem.cause],
		['throttled', 2_000, 'the server has too many requests and asks to wait (429, flow schema f-1)'],
	);
});

test('a wait for an overloaded server can be given up', async () => {
	await using server = await startScriptedServer();
	server.on('* *', {status: 503, headers: {'retry-after': '5'}, body: ''});
	await using transport = await openTransport(server.url, {clock: createFakeClock()});
	const own = new AbortController();
	const running = problemOfRequest(transport.request(ask, own.signal));
	await server.until(requests => requests.length === 1);
	own.abort();
	assert.equal((await running).code, 'cancelled');
});

test('a read is sent again once when the connection went away before an answer; a second time is told', async () => {
	await using server = await startScriptedServer();
	server.on(`GET ${pods}`, reset, {body: {ok: true}});
	await using transport = await openTransport(server.url);
	assert.equal((await transport.request(ask, never)).body.toString(), '{"ok":true}');
	server.on(`GET ${pods}`, reset);
	const problem = await problemOfRequest(transport.request(ask, never));
	assert.equal(problem.code, 'refused');
	assert.equal(problem.cause, `127.0.0.1:${server.port} closed the connection without an answer`);
	assert.equal(server.requests.length, 4);
});

test('a write is never sent twice, and its outcome is called unknown', async () => {
	await using server = await startScriptedServer();
	server.on('* *', reset);
	await using transport = await openTransport(server.url, {level: 'write'});
	const problem = await problemOfRequest(transport.request({method: 'POST', path: pods, accept: json, body: {}}, never));
	assert.equal(problem.remedy, 'Whether it was done is not known: look before you repeat it.');
	assert.equal(server.requests.length, 1);
});

test('an answer that is cut off is told, not taken for a whole one', async () => {
	await using server = await startScriptedServer();
	server.on(`GET ${pods}`, {body: {items: [1, 2, 3]}, cutAt: 8});
	await using transport = await openTransport(server.url);
	const problem = await problemOfRequest(transport.request(ask, never));
	assert.deepEqual([problem.code, problem.cause], ['protocol', `127.0.0.1:${server.port} closed the connection in the middle of the answer`]);
});

test('a redirect is not followed, and the credentials stay here', async () => {
	await using elsewhere = await startScriptedServer();
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('* *', {status: 302, headers: {location: `${elsewhere.url}/login`}});
	await using transport = await openTransport(server.url, {...tls, user: {token: 't'}});
	const problem = await problemOfRequest(transport.request(ask, never));
	assert.match(problem.cause, /redirects to http:.*\/login, which is not followed/);
	assert.equal(elsewhere.requests.length, 0);
});

test('a status that is allowed for is an answer', async () => {
	await using server = await startScriptedServer();
	server.on('GET /readyz', {status: 500, body: '[-]etcd failed'});
	await using transport = await openTransport(server.url);
	const answer = await transport.request({path: '/readyz', accept: 'text/plain', allowStatus: [500]}, never);
	assert.deepEqual([answer.status, answer.body.toString()], [500, '[-]etcd failed']);
});

test('a compressed answer is decoded whatever was asked for; a damaged one is told', async () => {
	const body = JSON.stringify({items: Array(1000).fill('x')});
	await using server = await startScriptedServer();
	const gzip = {'content-encoding': 'gzip'};
	server.on(
		`GET ${pods}`,
		{body: gzipSync(body), headers: gzip},
		{body: gzipSync(body).subarray(0, 20), headers: gzip},
		{body: 'x', headers: {'content-encoding': 'br'}},
	);
	await using transport = await openTransport(server.url);
	assert.equal((await transport.request(ask, never)).body.toString(), body);
	assert.match((await problemOfRequest(transport.request(ask, never))).cause, /compressed answer .* is damaged/);
	assert.match((await problemOfRequest(transport.request(ask, never))).cause, /encoded as br, which nobody asked for/);
});

test('gzip is asked for only away from loopback, and not where the request says no', async () => {
	await using server = await startScriptedServer();
	server.on('* *', {body: {}});
	// The proxy makes a name of the server: what it is called decides, not where it is.
	await using far = await openTransport('http://api.example.test', {cluster: {'proxy-url': server.url}});
	await far.request(ask, never);
	await far.request({...ask, gzip: false}, never);
	assert.deepEqual(
		server.requests.map(request => request.headers['accept-encoding']),
		['gzip', undefined],
	);
	assert.equal(server.requests[0]?.url, `http://api.example.test${pods}`);
});

test('giving up rejects at once and frees the connection', async () => {
	await using server = await startScriptedServer();
	server.on('* *', hang);
	await using transport = await openTransport(server.url);
	const own = new AbortController();
	const running = problemOfRequest(transport.request(ask, own.signal));
	const [request] = await server.until(requests => requests.length === 1);
	own.abort();
	assert.deepEqual(await running, {code: 'cancelled', what: 'Could not list pods in shop', cause: 'it was given up before the answer was complete'});
	await request?.closed;
	assert.equal((await problemOfRequest(transport.request(ask, AbortSignal.abort()))).code, 'cancelled');
});

test('timeoutMs bounds the whole request', async () => {
	await using server = await startScriptedServer();
	server.on('* *', async ({write}) => await write('{'));
	const clock = createFakeClock();
	await using transport = await openTransport(server.url, {clock});
	const running = problemOfRequest(transport.request({...ask, timeoutMs: 3_000}, never));
	await server.until(requests => requests.length === 1);
	await clock.advance(3_000);
	assert.deepEqual(await running, {code: 'timeout', what: 'Could not list pods in shop', cause: 'no complete answer within 3 s'});
});

test('the ninth request that waits 10 s for a free connection fails as a full local queue', async () => {
	await using server = await startScriptedServer();
	server.on('* *', hang);
	const clock = createFakeClock();
	await using transport = await openTransport(server.url, {clock});
	const own = new AbortController();
	const first = Array.from({length: 8}, () => problemOfRequest(transport.request(ask, own.signal)));
	await server.until(requests => requests.length === 8);
	const ninth = problemOfRequest(transport.request(ask, never));
	await clock.advance(10_000);
	assert.match((await ninth).cause, /^local queue full: 8 requests/);
	own.abort();
	assert.ok((await Promise.all(first)).every(problem => problem.code === 'cancelled'));
	server.on('* *', {body: {}});
	assert.equal((await transport.request(ask, never)).status, 200);
});

test('the clock of the server is known from its Date headers', async () => {
	await using server = await startScriptedServer();
	const clock = createFakeClock(Date.parse('2026-01-01T00:00:00Z'));
	for (const second of [7, 9, 8]) server.on(`GET /version`, {headers: {date: `Thu, 01 Jan 2026 01:00:0${second} GMT`}, body: {}});
	await using transport = await openTransport(server.url, {clock});
	assert.equal(transport.skewMs(), 0);
	await transport.request({path: '/version', accept: json}, never);
	assert.equal(transport.skewMs(), 3_608_500);
});

test('each request is in the log of calls with status, bytes, audit id and what went wrong', async () => {
	await using server = await startScriptedServer();
	server.on(`GET ${pods}`, {body: '{}', headers: {'audit-id': 'a-1'}}, {status: 404, body: {kind: 'Status', message: 'pods "x" not found'}});
	const ended: Call[] = [];
	await using transport = await openTransport(server.url, {onCall: call => ended.push(call)});
	await transport.request({...ask, query: {limit: 1}}, never);
	await problemOfRequest(transport.request(ask, never));
	const [second, first] = transport.calls.snapshot();
	assert.deepEqual(
		[first?.path, first?.status, first?.bytes, first?.auditId, first?.stream, first?.problem],
		[`${pods}?limit=1`, 200, 2, 'a-1', false, undefined],
	);
	assert.equal(second?.problem?.cause, 'pods "x" not found');
	assert.deepEqual(ended, [first, second]);
	assert.equal(transport.calls.snapshot(), transport.calls.snapshot());
});

test('new connections after a suspend', async () => {
	await using server = await startScriptedServer();
	server.on('* *', {body: {}});
	await using transport = await openTransport(server.url);
	await transport.request(ask, never);
	transport.renewConnections();
	await transport.request(ask, never);
	assert.equal(server.connections().total, 2);
});

test('40 KB of headers are taken', async () => {
	await using server = await startScriptedServer();
	server.on('* *', {headers: Object.fromEntries(Array.from({length: 40}, (_, index) => [`warning-${index}`, 'x'.repeat(1000)])), body: {}});
	await using transport = await openTransport(server.url);
	assert.equal((await transport.request(ask, never)).status, 200);
});

test('a transport that was closed opens no connection again: it would keep the program from ending', async () => {
	await using server = await startScriptedServer();
	server.on('* *', {body: {}});
	await using transport = await openTransport(server.url);
	await transport.close();
	const problem = await problemOfRequest(transport.request(ask, never));
	assert.deepEqual([problem.code, problem.cause, server.requests.length], ['cancelled', 'the connection to the cluster was closed here', 0]);
});
