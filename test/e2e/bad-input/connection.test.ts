import assert from 'node:assert/strict';
import {createServer, type Server} from 'node:net';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test, type TestContext} from 'node:test';
import {assertClear, assertClearFailure} from '../../tools/clear-sentence.ts';
import {kubeconfigFile} from '../../tools/kubeconfig-file.ts';
import {createLoginPlugin} from '../../tools/login-plugin.ts';
import {base64} from '../../tools/open-transport.ts';
import {runProgram, startProgram, temporaryHome} from '../../tools/program.ts';
import {hang, type ScriptedServerOptions, startScriptedServer} from '../../tools/scripted-server.ts';
import type {VirtualScreen} from '../../tools/virtual-screen.ts';
import {authorityFixture, tlsFixture} from '../../tools/tls-fixtures.ts';

const timeout = 400_000;
const authority = {'certificate-authority-data': base64(authorityFixture())};
const podsAsText = ['pods', '-o', 'text'] as const;
const unauthorized = {status: 401, body: {kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Unauthorized', code: 401, message: 'Unauthorized'}};

type Fields = Parameters<typeof kubeconfigFile>[2];
/** What the program says of this server, printed and on the screen, and that the screen is left in order. */
async function assertSaid(server: string, fields: Fields, pattern: RegExp): Promise<void> {
	using home = temporaryHome();
	const env = {KUBECONFIG: kubeconfigFile(home.path, server, fields)};
	assertClearFailure(await runProgram(home.path, podsAsText, env), pattern);
	const check = await runProgram(home.path, ['--check'], env);
	assert.equal(check.code, 2);
	const cause = new RegExp(pattern.source.replace(/^\^[^:]*: /, ''));
	assertClear(check.out, cause);
	await using session = startProgram(home.path, ['pods', '-A'], {columns: 300, env});
	// On the screen each sentence begins a line.
	const said = (screen: VirtualScreen) => screen.text().replace(/\s+/g, ' ');
	await session.waitFor(screen => cause.test(said(screen)));
	assertClear(said(session.screen), cause);
	session.press(':quit<enter>');
	assert.deepEqual(await session.exited, {code: 0, signal: 0});
	assert.equal(session.screen.isAlternate, false);
}

async function listening(server: Server, context?: TestContext): Promise<number> {
	context?.after(() => server.close());
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	assert.ok(address !== null && typeof address === 'object');
	return address.port;
}

async function closedPort(): Promise<number> {
	const server = createServer();
	const port = await listening(server);
	server.close();
	await once(server, 'close');
	return port;
}

test('a server that is not there', {timeout}, async () => {
	await assertSaid(
		`https://127.0.0.1:${await closedPort()}`,
		{},
		/^Could not read the kinds of the cluster: connection refused by 127\.0\.0\.1:\d+\. Check that the API server runs and that the address is right\./,
	);
});

test('a name that does not resolve', {timeout}, async () => {
	await assertSaid(
		'https://no-such-host.invalid:6443',
		{},
		/^Could not read the kinds of the cluster: the name no-such-host\.invalid could not be resolved \(\w+\)\. Check the server's name in the kubeconfig, and DNS or VPN/,
	);
});

test('a server that takes the connection and never answers: the reason and the way out after 10 s', {timeout}, async () => {
	await using server = await startScriptedServer();
	server.on('* *', hang);
	using home = temporaryHome();
	await using session = startProgram(home.path, ['pods', '-A'], {columns: 200, env: {KUBECONFIG: kubeconfigFile(home.path, server.url)}});
	await session.waitFor(/listing pods/);
	await session.waitFor(/Nothing has come for \d\ds: .* does not answer\. :api shows what was asked, :ctx goes to another cluster/);
	session.press(':quit<enter>');
	assert.equal((await session.exited).code, 0);
});

test('a server that closes every connection', {timeout}, async context => {
	const server = createServer(socket => socket.end());
	const port = await listening(server, context);
	await assertSaid(
		`http://127.0.0.1:${port}`,
		{},
		/^Could not read the kinds of the cluster: 127\.0\.0\.1:\d+ closed the connection without an answer\. Check that the API server runs/,
	);
});

test('something that speaks no HTTP', {timeout}, async context => {
	const server = createServer(socket => {
		socket.on('error', () => undefined);
		socket.end('220 mail.example.test ESMTP ready\r\n');
	});
	const port = await listening(server, context);
	await assertSaid(
		`http://127.0.0.1:${port}`,
		{},
		/^Could not read the kinds of the cluster: what answers at 127\.0\.0\.1:\d+ does not speak HTTP\. Check address and port in the kubeconfig\./,
	);
	await assertSaid(
		`https://127.0.0.1:${port}`,
		{},
		/^Could not read the kinds of the cluster: what answers at 127\.0\.0\.1:\d+ does not speak TLS\. Check the port in the kubeconfig/,
	);
});

const handshakes: ReadonlyArray<readonly [string, NonNullable<ScriptedServerOptions['tls']>, Fields, RegExp]> = [
	[
		'an expired server certificate',
		tlsFixture('expired'),
		{cluster: authority},
		/: the certificate of 127\.0\.0\.1:\d+ has expired.*\. .*this machine's clock too\./,
	],
	[
		'a certificate for other names',
		tlsFixture('other-name'),
		{cluster: authority},
		/: the certificate of 127\.0\.0\.1:\d+ is not for 127\.0\.0\.1, only for kubernetes\.example\.test, api\.example\.test\. .*tls-server-name/,
	],
	[
		'a wrong CA',
		tlsFixture('server'),
		{cluster: {'certificate-authority-data': base64(authorityFixture('other-authority'))}},
		/: the certificate of 127\.0\.0\.1:\d+ is signed by an authority that this context does not know\. Check certificate-authority in the kubeconfig/,
	],
];

for (const [name, tls, fields, pattern] of handshakes) {
	test(`TLS: ${name}`, {timeout}, async () => {
		await using server = await startScriptedServer({tls});
		await assertSaid(server.url, fields, new RegExp(`^Could not read the kinds of the cluster${pattern.source}`));
	});
}

test('a token that the server does not take', {timeout}, async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('* *', unauthorized);
	await assertSaid(
		server.url,
		{cluster: authority, user: {token: 'worn-out'}},
		/^Could not \w+ .*: the server did not accept the credentials of user tester \(401\)\. Log in again, or choose another context\./,
	);
});

test('an expired client certificate that the server does not take', {timeout}, async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('* *', unauthorized);
	const {cert, key} = tlsFixture('expired-client');
	const user = {'client-certificate-data': base64(cert), 'client-key-data': base64(key)};
	await assertSaid(
		server.url,
		{cluster: authority, user},
		/^Could not \w+ .*: the client certificate of user tester expired on 2021-01-01 \(401\)\. Have it renewed, or choose another context\./,
	);
});

test('a token file that is missing, or holds something else', {timeout}, async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	using folder = temporaryHome();
	const tokenFile = join(folder.path, 'token');
	const fields = {cluster: authority, user: {tokenFile}};
	await assertSaid(
		server.url,
		fields,
		/^Could not read the token file \S+token: the system said ENOENT\. Correct tokenFile in the kubeconfig, or renew the file\./,
	);
	writeFileSync(tokenFile, 'apiVersion: v1\nkind: Config\n');
	await assertSaid(server.url, fields, /^Could not read the token file \S+token: what it holds is no token: .*\. Correct tokenFile/);
	assert.deepEqual(server.requests, []);
});

const plugins: ReadonlyArray<readonly [string, string, Readonly<Record<string, unknown>>, RegExp]> = [
	[
		'fails',
		`process.stderr.write('session expired, log in again\\n'); process.exit(3)`,
		{},
		/: the login plugin \S+ ended with exit code 3: session expired, log in again\. Run \S+ by hand/,
	],
	['prints rubbish', `console.log('<html>Sign in</html>')`, {}, /: the login plugin \S+ ran, but what it printed is not JSON\. Run \S+ by hand/],
	[
		'is missing',
		'',
		{command: 'no-such-login-plugin', args: [], installHint: 'Install it with: apt install login-plugin'},
		/: the login plugin no-such-login-plugin is not on the PATH\. Install it with: apt install login-plugin/,
	],
	['gives no credential', 'answer({})', {}, /: the login plugin \S+ ran, but it gave neither a token nor a client certificate\. /],
];

for (const [name, script, more, pattern] of plugins) {
	test(`a login plugin that ${name}`, {timeout}, async () => {
		await using server = await startScriptedServer({tls: tlsFixture('server')});
		await using plugin = await createLoginPlugin(script, more);
		await assertSaid(server.url, {cluster: authority, user: {exec: plugin.exec}}, new RegExp(`^Could not log in as tester${pattern.source}`));
		assert.deepEqual(server.requests, [], 'nothing is sent without credentials');
	});
}

test('a login plugin whose token is refused is asked once more, not for ever', {timeout}, async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('* *', unauthorized);
	await using plugin = await createLoginPlugin(`answer({token: 'bad'})`);
	using home = temporaryHome();
	const env = {KUBECONFIG: kubeconfigFile(home.path, server.url, {cluster: authority, user: {exec: plugin.exec}})};
	assertClearFailure(await runProgram(home.path, podsAsText, env), /: the server did not accept the credentials of user tester \(401\)\. Log in again/);
	assert.equal((await plugin.calls()).length, 2);
});

test('a login plugin that takes its time: the screen is there meanwhile, and then the rows', {timeout}, async () => {
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	using home = temporaryHome();
	const gate = join(home.path, 'go-on');
	// Waits for a file, so that the test says when.
	await using plugin = await createLoginPlugin(
		`const wait = () => (fs.existsSync(${JSON.stringify(gate)}) ? answer({token: 'good'}) : setTimeout(wait, 20)); wait();`,
	);
	const env = {KUBECONFIG: kubeconfigFile(home.path, server.url, {cluster: authority, user: {exec: plugin.exec}})};
	await using session = startProgram(home.path, ['pods', '-A'], {env});
	await session.waitFor(/listing pods/);
	session.press('?');
	await session.waitFor(/Help/);
	session.press('<esc>');
	await session.waitFor(/listing pods/);
	assert.deepEqual(server.requests, []);
	writeFileSync(gate, '');
	await server.until(requests => requests.some(request => request.headers.authorization === 'Bearer good'));
});
