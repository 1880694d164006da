import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {ProblemError} from '../../source/core/problem.ts';
import {type ContextChoice, resolveContext} from '../../source/kube/config.ts';
import {contextInfo} from '../../source/kube/context-info.ts';
import {parseKubeconfigView} from '../../source/kube/kubeconfig-files.ts';
import {base64} from '../tools/open-transport.ts';
import {tlsFixture} from '../tools/tls-fixtures.ts';

type Fields = Readonly<Record<string, unknown>>;

async function resolve(cluster: Fields, user: Fields = {}, choice: ContextChoice = {}) {
	const view = await parseKubeconfigView(
		JSON.stringify({
			clusters: [
				{name: 'prod', cluster: {server: 'https://10.0.0.10:6443', ...cluster}},
				{name: 'stage', cluster: {server: 'https://stage'}},
			],
			users: [
				{name: 'eve', user},
				{name: 'bob', user: {token: 'b'}},
			],
			contexts: ['prod-eu1', 'prod-us1', 'stage', 'dev'].map(name => ({
				name,
				context: {cluster: 'prod', user: 'eve', ...(name === 'prod-eu1' ? {namespace: 'shop'} : {})},
			})),
			'current-context': 'prod-eu1',
		}),
		'/home/eve/.kube/config',
	);
	return resolveContext(view, choice);
}

async function refusal(run: Promise<unknown>): Promise<Readonly<{what: string; cause: string; remedy: string}>> {
	const error = await run.then(
		() => undefined,
		(caught: unknown) => caught,
	);
	assert.ok(error instanceof ProblemError, `no ProblemError: ${String(error)}`);
	assert.equal(error.problem.code, 'config');
	const {what, cause, remedy = ''} = error.problem;
	return {what, cause, remedy};
}

test('the current context with its namespace; the flags win over it', async () => {
	const plain = await resolve({}, {token: ' t\n'});
	assert.deepEqual([plain.name, plain.namespace, plain.server, plain.auth], ['prod-eu1', 'shop', 'https://10.0.0.10:6443', {kind: 'token', token: 't'}]);
	const chosen = await resolve({}, {}, {context: 'dev', cluster: 'stage', user: 'bob', namespace: 'other'});
	assert.deepEqual([chosen.name, chosen.clusterName, chosen.userName, chosen.namespace, chosen.server], ['dev', 'stage', 'bob', 'other', 'https://stage']);
	assert.equal((await resolve({}, {}, {context: 'dev'})).namespace, 'default');
});

test('an unknown context is answered with those that exist, the nearest first', async () => {
	const {what, cause, remedy} = await refusal(resolve({}, {}, {context: 'prod-us'}));
	assert.equal(what, 'Could not use the context prod-us');
	assert.equal(cause, '--context names the context prod-us, and no file that was read has one of that name');
	assert.equal(remedy, 'There are: prod-us1, prod-eu1, stage, dev.');
});

test('a context that names a cluster or user nobody has is told as such', async () => {
	assert.match((await refusal(resolve({}, {}, {cluster: 'prd'}))).cause, /names the cluster prd/);
	assert.match((await refusal(resolve({}, {}, {user: 'eva'}))).remedy, /eve, bob/);
});

test('without a current context one must be chosen', async () => {
	const view = await parseKubeconfigView(
		'contexts: [{name: a, context: {cluster: c}}, {name: b, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: "https://c"}}]',
		'f',
	);
	assert.throws(() => resolveContext(view), /no file sets current-context/);
	assert.equal(resolveContext(view, {context: 'b'}).userName, '');
});

test('a context without a user is anonymous and keeps the authority', async () => {
	const view = await parseKubeconfigView(
		'contexts: [{name: a, context: {cluster: c}}]\ncurrent-context: a\nclusters: [{name: c, cluster: {server: "https://c", certificate-authority-data: Y2E=}}]',
		'f',
	);
	const resolved = resolveContext(view);
	assert.deepEqual([resolved.auth, resolved.tls.authority], [{kind: 'none'}, {pem: 'ca'}]);
});

for (const [given, expected] of [
	['https://host:6443/', 'https://host:6443'],
	['https://host/k8s/clusters/c-1/', 'https://host/k8s/clusters/c-1'],
	['http://127.0.0.1:8001', 'http://127.0.0.1:8001'],
	['host:8080', 'http://host:8080'],
	['https://[::1]:6443', 'https://[::1]:6443'],
] as const) {
	test(`server ${given} becomes ${expected}`, async () => assert.equal((await resolve({server: given})).server, expected));
}

test('a server without a scheme is https where TLS is set up', async () => {
	assert.equal((await resolve({server: 'host:6443', 'certificate-authority-data': 'Y2E='})).server, 'https://host:6443');
});

test('inline data wins over the file of the same kind', async () => {
	const {tls} = await resolve(
		{'certificate-authority': '/a', 'certificate-authority-data': 'Y2E='},
		{'client-certificate': '/c', 'client-certificate-data': 'Y2VydA==', 'client-key': '/k'},
	);
	assert.deepEqual(tls, {authority: {pem: 'ca'}, certificate: {pem: 'cert'}, key: {file: '/k'}, insecure: false});
});

test('gzip is not worth it on loopback, nor where the cluster says no', async () => {
	const compress = async (cluster: Fields) => (await resolve(cluster)).compress;
	assert.deepEqual(
		await Promise.all([
			compress({}),
			compress({server: 'https://127.0.0.1:6443'}),
			compress({server: 'https://localhost'}),
			compress({'disable-compression': true}),
		]),
		[true, false, false, false],
	);
});

const exec = {apiVersion: 'client.authentication.k8s.io/v1', command: 'login', interactiveMode: 'Never'};

test('a token, a password or a client certificate beside an exec plugin: the plugin is not run', async () => {
	const kind = async (user: Fields) => (await resolve({}, {exec, ...user})).auth.kind;
	assert.deepEqual(
		await Promise.all([kind({}), kind({token: 't'}), kind({username: 'u', password: 'p'}), kind({'client-certificate': '/c', 'client-key': '/k'})]),
		['exec', 'token', 'basic', 'none'],
	);
});

test('v1beta1 plugins have IfAvailable as their mode, v1 must say it', async () => {
	const {auth} = await resolve({}, {exec: {apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'login'}});
	assert.equal(auth.kind === 'exec' && auth.exec.interactiveMode, 'IfAvailable');
});

for (const [title, cluster, user, pattern] of [
	['no server', {server: ''}, {}, /has no server/],
	['a server that is no address', {server: 'https://'}, {}, /not an http or https address/],
	['an authority that is not base64', {'certificate-authority-data': 'not base64!'}, {}, /certificate-authority-data is not base64/],
	['an authority and no verification', {'certificate-authority-data': 'Y2E=', 'insecure-skip-tls-verify': true}, {}, /only one of the two/],
	['a proxy of an unknown sort', {'proxy-url': 'ftp://proxy'}, {}, /proxy-url is not/],
	['a token of two lines', {}, {token: 'one\ntwo'}, /its token has several lines/],
	['a certificate without a key', {}, {'client-certificate-data': 'Y2E='}, /no key for it/],
	['a token and a password', {}, {token: 't', username: 'u', password: 'p'}, /a token and a password/],
	[
		'a plugin of a version that is gone',
		{},
		{exec: {...exec, apiVersion: 'client.authentication.k8s.io/v1alpha1'}},
		/only client.authentication.k8s.io\/v1 and v1beta1/,
	],
	['a plugin without a command', {}, {exec: {...exec, command: ''}}, /has no command/],
	['a v1 plugin without a mode', {}, {exec: {...exec, interactiveMode: undefined}}, /no interactiveMode/],
	['a plugin of an unknown mode', {}, {exec: {...exec, interactiveMode: 'Sometimes'}}, /Sometimes/],
	['an unknown auth-provider', {}, {'auth-provider': {name: 'kerberos'}}, /none of oidc, gcp, azure/],
	['a plugin and an auth-provider', {}, {exec, 'auth-provider': {name: 'oidc'}}, /an exec plugin and an auth-provider/],
] as const) {
	test(`refused before anything is sent: ${title}`, async () => {
		const {cause, remedy} = await refusal(resolve(cluster, user));
		assert.match(cause, pattern);
		assert.match(remedy, /\/home\/eve\/\.kube\/config/);
	});
}

test('--as wins over the file; groups without a user are refused', async () => {
	assert.deepEqual((await resolve({}, {as: 'x', 'as-groups': ['g']}, {as: 'y', asGroups: ['h'], asUid: '1'})).impersonation, {
		user: 'y',
		uid: '1',
		groups: ['h'],
		extra: {},
	});
	assert.deepEqual((await resolve({}, {as: 'x', 'as-groups': ['g'], 'as-user-extra': {k: ['v']}})).impersonation, {
		user: 'x',
		groups: ['g'],
		extra: {k: ['v']},
	});
	assert.match((await refusal(resolve({}, {}, {asGroups: ['g']}))).cause, /no user/);
});

test('the days left of a client certificate, inline or in a file; none where it cannot be read', async () => {
	const now = Date.parse('2020-12-31T12:00:00Z');
	const {cert, key} = tlsFixture('expired-client');
	const inline = await resolve({}, {'client-certificate-data': base64(cert), 'client-key-data': base64(key)});
	assert.equal((await contextInfo(inline, now)).certificateDays, 0);
	assert.equal((await contextInfo(inline, now + 5 * 86_400_000)).certificateDays, -5);
	const folder = await mkdtemp(join(tmpdir(), 'k8tui-config-'));
	await writeFile(join(folder, 'c.crt'), cert);
	const fromFile = await resolve({}, {'client-certificate': join(folder, 'c.crt'), 'client-key': '/k'});
	assert.equal((await contextInfo(fromFile, now)).certificateDays, 0);
	await rm(folder, {recursive: true});
	assert.deepEqual(await contextInfo(fromFile, now), {
		name: 'prod-eu1',
		cluster: 'prod',
		user: 'eve',
		namespace: 'shop',
		server: 'https://10.0.0.10:6443',
		source: '/home/eve/.kube/config',
		demo: false,
	});
});
