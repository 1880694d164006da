import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import type {RequestOptions} from 'node:https';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {test} from 'node:test';
import {createServer} from 'node:tls';
import {KubeConfig} from '@kubernetes/client-node';
import {Agent, request} from 'undici';
import {resolveContext} from '../../source/kube/config.ts';
import {loadKubeconfig} from '../../source/kube/kubeconfig-files.ts';
import {createLoginPlugin} from '../tools/login-plugin.ts';
import {base64, openTransport} from '../tools/open-transport.ts';
import {startScriptedServer} from '../tools/scripted-server.ts';
import {authorityFixture, tlsFixture} from '../tools/tls-fixtures.ts';

/*
 * Where @kubernetes/client-node differs from kubectl, each as a fact about the library beside what we do instead (kube-api.md 1.1, 1.4, 1.5).
 * When an upgrade makes one of these fail, our own code in front of it may have become unnecessary.
 */

const never = new AbortController().signal;
const file = (name: string, user = 'token: t', cluster = '') =>
	`current-context: ${name}\nclusters: [{name: ${name}, cluster: {server: "https://${name}.example.test"${cluster}}}]\nusers: [{name: ${name}, user: {${user}}}]\ncontexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}}}]\n`;

type Files = AsyncDisposable &
	Readonly<{path(name: string): string; theirs(...names: string[]): KubeConfig; ours(...names: string[]): ReturnType<typeof loadKubeconfig>}>;

async function withFiles(files: Readonly<Record<string, string>>): Promise<Files> {
	const folder = await mkdtemp(join(tmpdir(), 'k8tui-facts-'));
	for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
	const listed = (names: readonly string[]) => names.map(name => join(folder, name)).join(delimiter);
	return {
		path: name => join(folder, name),
		theirs(...names) {
			const before = process.env['KUBECONFIG'];
			process.env['KUBECONFIG'] = listed(names);
			try {
				const config = new KubeConfig();
				config.loadFromDefault();
				return config;
			} finally {
				if (before === undefined) delete process.env['KUBECONFIG'];
				else process.env['KUBECONFIG'] = before;
			}
		},
		ours: (...names) => loadKubeconfig({environment: {KUBECONFIG: listed(names)}, home: '/nowhere', serviceAccount: '/nowhere', k3sFile: '/nowhere/k3s'}),
		[Symbol.asyncDispose]: () => rm(folder, {recursive: true}),
	};
}

async function theirHeaders(config: KubeConfig): Promise<Readonly<Record<string, unknown>>> {
	const options: RequestOptions = {headers: {}};
	await config.applyToHTTPSOptions(options);
	return {...options.headers};
}

test('a missing file in $KUBECONFIG: the library throws, we skip it', async () => {
	await using files = await withFiles({a: file('a')});
	assert.throws(() => files.theirs('missing', 'a'), /ENOENT/);
	assert.equal((await files.ours('missing', 'a')).current, 'a');
});

test('a name in two files: the library throws, with us the first file wins', async () => {
	await using files = await withFiles({a: file('x'), b: file('x').replace('https://x.example', 'https://other.example')});
	assert.throws(() => files.theirs('a', 'b'), /Duplicate cluster/);
	assert.equal((await files.ours('a', 'b')).clusters.get('x')?.server, 'https://x.example.test');
});

test('current-context: the last file wins in the library, the first with us', async () => {
	await using files = await withFiles({a: file('a'), b: file('b')});
	assert.equal(files.theirs('a', 'b').getCurrentContext(), 'b');
	assert.equal((await files.ours('a', 'b')).current, 'a');
});

test('tokenFile: the library sends nothing, we send the token', async () => {
	await using files = await withFiles({a: file('a', 'tokenFile: token'), token: 't'});
	assert.equal((await theirHeaders(files.theirs('a')))['Authorization'], undefined);
	assert.deepEqual(resolveContext(await files.ours('a')).auth, {kind: 'token-file', file: files.path('token')});
});

test('as-groups, as-uid and as-user-extra: the library drops them', async () => {
	await using files = await withFiles({a: file('a', 'as: eve, as-groups: [g], as-uid: "1", as-user-extra: {k: [v]}')});
	assert.deepEqual(await theirHeaders(files.theirs('a')), {'Impersonate-User': 'eve'});
	assert.deepEqual(resolveContext(await files.ours('a')).impersonation, {user: 'eve', uid: '1', groups: ['g'], extra: {k: ['v']}});
});

test('a context without a user: the library loses the authority', async () => {
	await using files = await withFiles({a: file('a', 'token: t', ', certificate-authority-data: Y2E=').replace('user: a}', 'user: ""}')});
	const options: RequestOptions = {};
	await files.theirs('a').applyToHTTPSOptions(options);
	assert.equal(options.ca, undefined);
	assert.deepEqual(resolveContext(await files.ours('a')).tls.authority, {pem: 'ca'});
});

test('http servers: the library refuses them, we talk to them without credentials', async () => {
	await using server = await startScriptedServer();
	server.on('* *', {body: {}});
	await using files = await withFiles({a: file('a').replace('https://a.example.test', server.url)});
	await assert.rejects(files.theirs('a').applyToHTTPSOptions({}), /HTTP protocol is not allowed/);
	await using transport = await openTransport(server.url, {user: {token: 't'}});
	await transport.request({path: '/version', accept: '*/*'}, never);
	assert.equal(server.requests[0]?.headers.authorization, undefined);
});

test('a relative exec command: the library leaves it, we resolve it against its file', async () => {
	await using files = await withFiles({a: file('a', 'exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login, interactiveMode: Never}')});
	assert.equal(files.theirs('a').getCurrentUser()?.exec.command, './login');
	assert.equal((await files.ours('a')).users.get('a')?.exec?.command, files.path('login'));
});

test('a file beside inline data: the library takes the file, we take the data', async () => {
	await using files = await withFiles({a: file('a', 'token: t', ', certificate-authority: ca, certificate-authority-data: aW5saW5l'), ca: 'from file'});
	const options: RequestOptions = {};
	await files.theirs('a').applyToHTTPSOptions(options);
	assert.equal(String(options.ca), 'from file');
	assert.deepEqual(resolveContext(await files.ours('a')).tls.authority, {pem: 'inline'});
});

test('an exec plugin: the library tells it nothing, we tell it the version and whether it may ask', async () => {
	await using plugin = await createLoginPlugin(`answer({token: 't'})`);
	const config = new KubeConfig();
	const context = {name: 'c', cluster: 'c', user: 'u'};
	config.loadFromOptions({clusters: [{name: 'c', server: 'https://c'}], users: [{name: 'u', exec: plugin.exec}], contexts: [context], currentContext: 'c'});
	await theirHeaders(config);
	assert.deepEqual(await plugin.calls(), [null]);
	await using server = await startScriptedServer({tls: tlsFixture('server')});
	server.on('* *', {body: {}});
	await using transport = await openTransport(server.url, {
		cluster: {'certificate-authority-data': base64(authorityFixture())},
		user: {exec: {...plugin.exec, provideClusterInfo: true}},
	});
	await transport.request({path: '/version', accept: '*/*'}, never);
	const told = (await plugin.calls())[1];
	assert.deepEqual(told, {
		apiVersion: 'client.authentication.k8s.io/v1',
		kind: 'ExecCredential',
		spec: {interactive: false, cluster: {server: server.url, 'certificate-authority-data': base64(authorityFixture())}},
	});
});

test('the library makes a new dispatcher for each call', async () => {
	const config = new KubeConfig();
	config.loadFromOptions({
		clusters: [{name: 'c', server: 'https://c', caData: 'Y2E='}],
		users: [{name: 'u', token: 't'}],
		contexts: [{name: 'c', cluster: 'c', user: 'u'}],
		currentContext: 'c',
	});
	const dispatchers: unknown[] = [];
	// `as`: the library's context has many more members; these two are what it calls.
	const context = {setHeaderParam: () => undefined, setDispatcher: (one: unknown) => dispatchers.push(one)} as unknown as Parameters<
		KubeConfig['applySecurityAuthentication']
	>[0];
	await config.applySecurityAuthentication(context);
	await config.applySecurityAuthentication(context);
	assert.equal(dispatchers.length, 2);
	assert.notEqual(dispatchers[0], dispatchers[1]);
});

test('undici offers HTTP/2 unless told not to', async () => {
	const offers: string[][] = [];
	const {cert, key} = tlsFixture('server');
	const server = createServer(
		{
			cert,
			key,
			ALPNCallback: ({protocols}) => {
				offers.push(protocols);
				return 'http/1.1';
			},
		},
		socket => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'),
	);
	await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
	const agent = new Agent({connect: {ca: authorityFixture()}});
	await (await request(url, {dispatcher: agent})).body.dump();
	await agent.close();
	await using transport = await openTransport(url, {cluster: {'certificate-authority-data': base64(authorityFixture())}});
	await transport.request({path: '/version', accept: '*/*'}, never);
	server.close();
	assert.deepEqual(offers, [['http/1.1', 'h2'], ['http/1.1']]);
});
