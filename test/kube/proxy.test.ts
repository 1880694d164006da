import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ProblemError} from '../../source/core/problem.ts';
import {bypassesProxy, proxyFor} from '../../source/kube/proxy.ts';
import {base64, openTransport} from '../tools/open-transport.ts';
import {startHttpProxy, startSocksProxy} from '../tools/proxies.ts';
import {startScriptedServer} from '../tools/scripted-server.ts';
import {authorityFixture, tlsFixture} from '../tools/tls-fixtures.ts';

const never = new AbortController().signal;
const ask = {path: '/version', accept: 'application/json'};

for (const [noProxy, server, bypasses] of [
	['', 'https://api.example.test:6443', false],
	['*', 'https://api.example.test', true],
	['api.example.test', 'https://api.example.test:6443', true],
	['example.test', 'https://api.example.test', true],
	['example.test', 'https://badexample.test', false],
	['.example.test', 'https://api.example.test', true],
	['.example.test', 'https://example.test', false],
	['*.example.test', 'https://api.example.test', true],
	['other, EXAMPLE.test ,x', 'https://api.example.test', true],
	['api.example.test:6443', 'https://api.example.test:6443', true],
	['api.example.test:443', 'https://api.example.test:6443', false],
	['api.example.test:443', 'https://api.example.test', true],
	['10.0.0.10', 'https://10.0.0.10:6443', true],
	['10.0.0.10:6443', 'https://10.0.0.10:6443', true],
	['10.0.0.10:8443', 'https://10.0.0.10:6443', false],
	['10.0.0.0/8', 'https://10.200.3.4:6443', true],
	['10.0.0.0/8', 'https://11.0.0.1:6443', false],
	['10.0.0.0/8', 'https://api.example.test', false],
	['10.0.0.0/99', 'https://10.0.0.1', false],
	['10.0.0.0/', 'https://10.0.0.1', false],
	['fd00::/8', 'https://[fd12::1]:6443', true],
	['fd00::/8', 'https://[fe80::1]:6443', false],
	['fd12::1', 'https://[fd12:0:0:0:0:0:0:1]:6443', true],
	['[fd12::1]:6443', 'https://[fd12::1]:6443', true],
	['', 'https://127.0.0.1:6443', true],
	['', 'https://localhost:6443', true],
	['', 'https://[::1]:6443', true],
] as const) {
	test(`NO_PROXY "${noProxy}" ${bypasses ? 'exempts' : 'does not exempt'} ${server}`, () => assert.equal(bypassesProxy(new URL(server), noProxy), bypasses));
}

test('proxy-url wins, then HTTPS_PROXY for https and HTTP_PROXY for http, upper case first', () => {
	const environment = {HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1', http_proxy: 'plain:2'};
	assert.equal(proxyFor('https://api.test', 'socks5://own:3', environment)?.host, 'own:3');
	assert.equal(proxyFor('https://127.0.0.1', 'http://own:3', environment)?.host, 'own:3');
	assert.equal(proxyFor('https://api.test', undefined, environment)?.host, 'upper:1');
	assert.equal(proxyFor('http://api.test', undefined, environment)?.href, 'http://plain:2/');
	assert.equal(proxyFor('https://api.test', undefined, {...environment, no_proxy: 'api.test'}), undefined);
	assert.equal(proxyFor('https://api.test', undefined, {}), undefined);
	assert.throws(() => proxyFor('https://api.test', undefined, {HTTPS_PROXY: 'ftp://x'}), /Could not use the proxy in HTTPS_PROXY/);
});

const mutual = {
	cluster: {'certificate-authority-data': base64(authorityFixture()), 'tls-server-name': 'localhost'},
	user: {'client-certificate-data': base64(tlsFixture('client').cert), 'client-key-data': base64(tlsFixture('client').key)},
};

async function mutualServer() {
	const server = await startScriptedServer({tls: {...tlsFixture('server'), clientCa: authorityFixture()}});
	server.on('GET /version', {body: {ok: true}});
	return server;
}

for (const [title, start] of [
	['CONNECT', startHttpProxy],
	['SOCKS5', startSocksProxy],
] as const) {
	test(`${title}: client certificates work, requests and streams`, async () => {
		await using server = await mutualServer();
		await using proxy = await start();
		await using transport = await openTransport(`https://api.example.test:${server.port}`, {...mutual, cluster: {...mutual.cluster, 'proxy-url': proxy.url}});
		assert.equal((await transport.request(ask, never)).body.toString(), '{"ok":true}');
		for await (const _piece of (await transport.stream(ask, never)).body);
		assert.deepEqual(
			server.requests.map(request => [request.clientName, request.httpVersion]),
			[
				['test-client', '1.1'],
				['test-client', '1.1'],
			],
		);
		assert.deepEqual(new Set(proxy.targets), new Set([`api.example.test:${server.port}`]));
	});
}

test('the proxy of the environment is used, with its password and without the token', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('* *', {body: {}});
	await using proxy = await startHttpProxy();
	const environment = {HTTPS_PROXY: proxy.url.replace('//', '//me:p%40ss@')};
	await using transport = await openTransport(`https://api.example.test:${server.port}`, {environment, cluster: mutual.cluster, user: {token: 's3cret'}});
	await transport.request(ask, never);
	assert.deepEqual(proxy.credentials, [`Basic ${base64('me:p@ss')}`]);
	assert.equal(server.requests[0]?.headers.authorization, 'Bearer s3cret');
	assert.equal(server.requests[0]?.headers['proxy-authorization'], undefined);
});

test('SOCKS5 with a password', async () => {
	await using server = await mutualServer();
	await using proxy = await startSocksProxy('secret');
	await using transport = await openTransport(`https://api.example.test:${server.port}`, {
		...mutual,
		cluster: {...mutual.cluster, 'proxy-url': proxy.url.replace('//', '//me:secret@')},
	});
	await transport.request(ask, never);
	assert.deepEqual(proxy.credentials, ['me:secret']);
});

for (const [title, open, pattern] of [
	['403', () => startHttpProxy(403), /^the proxy http:\/\/127\.0\.0\.1:\d+ answered CONNECT with 403/],
	['407', () => startHttpProxy(407), /^the proxy http:\/\/127\.0\.0\.1:\d+ wants a user and a password \(407\)$/],
	['a SOCKS proxy that refuses the password', () => startSocksProxy('secret'), /^the proxy socks5:\/\/127\.0\.0\.1:\d+ /],
] as const) {
	test(`a proxy that refuses (${title}) is named, without its password`, async () => {
		await using proxy = await open();
		await using transport = await openTransport('https://api.example.test', {cluster: {'proxy-url': proxy.url.replace('//', '//me:wrong@')}});
		const error = await transport.request(ask, never).catch((caught: unknown) => caught);
		assert.ok(error instanceof ProblemError);
		assert.equal(error.problem.code, 'proxy');
		assert.match(error.problem.cause, pattern);
		assert.doesNotMatch(JSON.stringify(error.problem), /wrong/);
	});
}

test('a proxy that is not there is told as the proxy, not as the server', async () => {
	const gone = await startHttpProxy();
	await gone[Symbol.asyncDispose]();
	await using transport = await openTransport('https://api.example.test', {cluster: {'proxy-url': gone.url}});
	await assert.rejects(transport.request(ask, never), new RegExp(`the proxy ${gone.url} refused the connection`));
});

test('behind a proxy a wrong certificate is still told as one', async () => {
	await using server = await startScriptedServer({tls: tlsFixture('other-name')});
	await using proxy = await startHttpProxy();
	await using transport = await openTransport(`https://prod.example.test:${server.port}`, {
		cluster: {'certificate-authority-data': base64(authorityFixture()), 'proxy-url': proxy.url},
	});
	await assert.rejects(transport.request(ask, never), /is not for prod\.example\.test, only for kubernetes\.example\.test, api\.example\.test/);
});
