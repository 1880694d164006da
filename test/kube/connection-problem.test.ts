import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer, Socket} from 'node:net';
import {test} from 'node:test';
import {type Problem, ProblemError} from '../../source/core/problem.ts';
import {connectionProblem, isReset} from '../../source/kube/connection-problem.ts';
import {createTlsAlerts} from '../../source/kube/tls-alerts.ts';
import {base64, openTransport, type OpenTransportOptions} from '../tools/open-transport.ts';
import {startScriptedServer} from '../tools/scripted-server.ts';
import {authorityFixture, tlsFixture} from '../tools/tls-fixtures.ts';

const never = new AbortController().signal;
const trusted = {'certificate-authority-data': base64(authorityFixture())};
const userOf = (name: Parameters<typeof tlsFixture>[0]) => ({
	'client-certificate-data': base64(tlsFixture(name).cert),
	'client-key-data': base64(tlsFixture(name).key),
});

const failed = {what: 'w', server: 'https://[::1]:6443', answered: false, elapsedMs: 10_200};

async function problemAt(server: string, options: OpenTransportOptions = {}): Promise<Problem> {
	await using transport = await openTransport(server, options);
	const error = await transport.request({path: '/api/v1/pods', accept: 'application/json'}, never).then(
		() => undefined,
		(caught: unknown) => caught,
	);
	assert.ok(error instanceof ProblemError, String(error));
	assert.equal(error.problem.what, 'Could not list pods');
	return error.problem;
}

test('a certificate for other names: the names seen are told, and tls-server-name helps', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('other-name')});
	server.on('* *', {body: {}});
	const problem = await problemAt(server.url, {cluster: trusted});
	assert.deepEqual(
		[problem.code, problem.cause],
		['tls', `the certificate of 127.0.0.1:${server.port} is not for 127.0.0.1, only for kubernetes.example.test, api.example.test`],
	);
	assert.match(String(problem.remedy), /tls-server-name/);
	assert.match((await problemAt(server.url, {cluster: {...trusted, 'tls-server-name': 'wrong'}})).cause, /is not for wrong, only for/);
	await using right = await openTransport(server.url, {cluster: {...trusted, 'tls-server-name': 'api.example.test'}});
	assert.equal((await right.request({path: '/version', accept: '*/*'}, never)).status, 200);
});

test('an expired server certificate', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('expired')});
	const problem = await problemAt(server.url, {cluster: trusted});
	assert.deepEqual([problem.code, problem.cause], ['tls', `the certificate of 127.0.0.1:${server.port} has expired`]);
});

test('an unknown authority, with another one given and with none', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	for (const cluster of [{'certificate-authority-data': base64(authorityFixture('other-authority'))}, {}]) {
		const problem = await problemAt(server.url, {cluster});
		assert.deepEqual(
			[problem.code, problem.cause],
			['tls', `the certificate of 127.0.0.1:${server.port} is signed by an authority that this context does not know`],
		);
	}
});

test('insecure-skip-tls-verify takes every certificate', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('expired')});
	server.on('* *', {body: {}});
	await using transport = await openTransport(server.url, {cluster: {'insecure-skip-tls-verify': true}});
	assert.equal((await transport.request({path: '/version', accept: '*/*'}, never)).status, 200);
});

for (const [code, cause] of [
	['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', '[::1]:6443 wants a client certificate and got none'],
	['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', '[::1]:6443 rejected the client certificate (unknown ca)'],
	['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', '[::1]:6443 rejected the client certificate (certificate expired)'],
	['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', '[::1]:6443 rejected the client certificate (bad certificate)'],
	['ERR_SSL_TLSV1_ALERT_ACCESS_DENIED', '[::1]:6443 rejected the client certificate (access denied)'],
] as const) {
	test(`a client certificate that the server does not take: ${code}`, () => {
		// undici tells only that the other side closed; the alert is known by the local port of the connection.
		const alerts = createTlsAlerts();
		const socket = Object.defineProperty(new Socket(), 'localPort', {value: 4711});
		alerts.watch(socket);
		socket.emit('error', Object.assign(new Error('alert'), {code}));
		const closedAt = (localPort: number) => Object.assign(new Error('other side closed'), {code: 'UND_ERR_SOCKET', socket: {localPort}});
		const problem = connectionProblem(alerts.explain(closedAt(4711)), failed);
		assert.deepEqual([problem.code, problem.cause], ['tls', cause]);
		assert.equal(connectionProblem(alerts.explain(closedAt(4712)), failed).code, 'refused');
	});
}

test('a server that closes instead of sending an alert', async () => {
	await using server = await startScriptedServer({tls: {...tlsFixture('server'), clientCa: authorityFixture()}});
	assert.equal((await problemAt(server.url, {cluster: trusted, user: userOf('foreign-client')})).code, 'refused');
});

test('a 401 with a client certificate that has ended says so', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('* *', {status: 401, body: {kind: 'Status', message: 'Unauthorized'}});
	assert.equal(
		(await problemAt(server.url, {cluster: trusted, user: userOf('expired-client')})).cause,
		'the client certificate of user tester expired on 2021-01-01 (401)',
	);
});

test('a key that does not belong to the certificate, and one that is rubbish, are faults of the kubeconfig', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	const mixed = {'client-certificate-data': base64(tlsFixture('client').cert), 'client-key-data': base64(tlsFixture('foreign-client').key)};
	const problem = await problemAt(server.url, {cluster: trusted, user: mixed});
	assert.deepEqual([problem.code, problem.cause], ['config', 'the client key does not belong to the client certificate']);
	const rubbish = await problemAt(server.url, {cluster: trusted, user: {...mixed, 'client-key-data': base64('rubbish')}});
	assert.equal(rubbish.code, 'config');
});

test('https spoken to a plain server, and http to a TLS server', async () => {
	await using plain = await startScriptedServer();
	assert.match((await problemAt(plain.url.replace('http:', 'https:'), {cluster: trusted})).cause, /does not speak TLS$/);
	await using secure = await startScriptedServer({tls: tlsFixture('server')});
	assert.ok(['protocol', 'refused'].includes((await problemAt(secure.url.replace('https:', 'http:'))).code));
});

test('nobody listens, a name that does not exist', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : 0;
	server.close();
	await once(server, 'close');
	const problem = await problemAt(`http://127.0.0.1:${port}`);
	assert.deepEqual([problem.code, problem.cause], ['refused', `connection refused by 127.0.0.1:${port}`]);
	const unknown = connectionProblem(Object.assign(new Error('x'), {code: 'ENOTFOUND'}), {
		what: 'w',
		server: 'https://no.example.test',
		answered: false,
		elapsedMs: 5,
	});
	assert.deepEqual([unknown.code, unknown.cause], ['dns', 'the name no.example.test could not be resolved (ENOTFOUND)']);
});

test('something that does not speak HTTP', async () => {
	const server = createServer(socket => void socket.end('SSH-2.0-OpenSSH\r\n')).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const problem = await problemAt(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
	assert.equal(problem.code, 'protocol');
	assert.match(problem.cause, /does not speak HTTP/);
	server.close();
});

for (const [code, wanted, pattern] of [
	['EAI_AGAIN', 'dns', /::1|could not be resolved/],
	['EHOSTUNREACH', 'refused', /no route to \[::1\]:6443 \(EHOSTUNREACH\)/],
	['UND_ERR_CONNECT_TIMEOUT', 'timeout', /no connection to \[::1\]:6443 after 10 s/],
	['UND_ERR_HEADERS_TIMEOUT', 'timeout', /did not answer within 10 s/],
	['UND_ERR_BODY_TIMEOUT', 'timeout', /stopped in the middle/],
	['UND_ERR_HEADERS_OVERFLOW', 'protocol', /more than 64 KB of headers/],
	['CERT_NOT_YET_VALID', 'tls', /not valid yet/],
	['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls', /ended the TLS handshake \(protocol version\)/],
	['ERR_BUFFER_TOO_LARGE', 'protocol', /larger than 1 GiB/],
	['ERR_SOMETHING_NEW', 'protocol', /something happened \(\[::1\]:6443\)/],
] as const) {
	test(`${code} is ${wanted}`, () => {
		const problem = connectionProblem(Object.assign(new Error('something happened'), {code}), failed);
		assert.equal(problem.code, wanted);
		assert.match(problem.cause, pattern);
	});
}

test('the code inside a wrapped or combined error counts', () => {
	const refused = Object.assign(new Error('a'), {code: 'ECONNREFUSED'});
	assert.equal(connectionProblem(new AggregateError([refused, new Error('b')], 'both'), failed).code, 'refused');
	assert.equal(connectionProblem(new TypeError('fetch failed', {cause: refused}), failed).code, 'refused');
	assert.equal(isReset(Object.assign(new Error('x'), {code: 'ECONNRESET'})), true);
	assert.equal(isReset(refused), false);
});
