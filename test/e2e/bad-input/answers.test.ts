import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {isDeepStrictEqual} from 'node:util';
import type {Fault} from '../../../source/demo/faults.ts';
import {type DemoServer, startDemo} from '../../../source/demo/server.ts';
import {assertClear, assertClearFailure} from '../../tools/clear-sentence.ts';
import {kubeconfigFile} from '../../tools/kubeconfig-file.ts';
import {podsOnScreen} from '../../tools/pods-on-screen.ts';
import {isTableLive, runProgram, startProgram, temporaryHome} from '../../tools/program.ts';
import type {PtySession} from '../../tools/run-in-pty.ts';
import {type Reply, startScriptedServer} from '../../tools/scripted-server.ts';

const timeout = 400_000;
const pods = /\/pods\b/;

/** A home whose kubeconfig is that of a demo server; `{KUBECONFIG}` for the program. */
function homeOf(demo: DemoServer) {
	const home = temporaryHome();
	const path = join(home.path, 'config');
	writeFileSync(path, demo.kubeconfig({namespace: 'shop'}));
	return {path: home.path, env: {KUBECONFIG: path}, [Symbol.dispose]: () => home[Symbol.dispose]()};
}

const said = (session: PtySession) => session.screen.text().replace(/\s+/g, ' ');

const refusals: ReadonlyArray<readonly [string, Fault, RegExp]> = [
	[
		'401',
		{kind: 'status', status: 401, reason: 'Unauthorized', message: 'Unauthorized'},
		/the server did not accept the credentials of user demo \(401\)\. Log in again, or choose another context\./,
	],
	[
		'403',
		{
			kind: 'status',
			status: 403,
			reason: 'Forbidden',
			message: 'pods is forbidden: User "demo" cannot list resource "pods" in API group "" in the namespace "shop"',
		},
		/user demo may not list pods in shop\. Ask for the verb list on pods in shop, or choose another context\./,
	],
	[
		'404',
		{kind: 'status', status: 404, reason: 'NotFound', message: 'the server could not find the requested resource'},
		/the server could not find the requested resource/,
	],
	[
		'410',
		{kind: 'status', status: 410, reason: 'Expired', message: 'The resourceVersion for the provided list is too old.'},
		/The resourceVersion for the provided list is too old/,
	],
	['422', {kind: 'status', status: 422, reason: 'Invalid', message: 'limit is not a number'}, /limit is not a number/],
	[
		'429',
		{kind: 'status', status: 429, reason: 'TooManyRequests', message: 'too many requests', retryAfterSeconds: 1},
		/the server has too many requests and asks to wait \(429\)/,
	],
	[
		'500',
		{kind: 'status', status: 500, reason: 'InternalError', message: 'etcdserver: request timed out'},
		/the server answered 500: etcdserver: request timed out/,
	],
	[
		'503',
		{kind: 'status', status: 503, reason: 'ServiceUnavailable', message: 'apiserver is shutting down'},
		/the server answered 503: apiserver is shutting down/,
	],
];

for (const [status, fault, cause] of refusals) {
	test(`a list answered ${status}: one sentence and code 2`, {timeout}, async () => {
		await using demo = await startDemo({story: 'healthy', realTime: false});
		using home = homeOf(demo);
		demo.faults.add({path: pods, fault});
		assertClearFailure(
			await runProgram(home.path, ['pods', '-o', 'text'], home.env),
			new RegExp(`^Could not (?:list pods in shop|finish the list of pods): ${cause.source}`),
		);
	});

	test(`a kind answered ${status} while it is watched: its rows stay, and it comes back by itself`, {timeout}, async () => {
		await using demo = await startDemo({story: 'healthy', realTime: false});
		using home = homeOf(demo);
		await using session = startProgram(home.path, ['pods', '-A'], {columns: 140, rows: 40, env: home.env});
		await session.waitFor(screen => isTableLive(screen) && podsOnScreen(screen).length > 15);
		const rows = podsOnScreen(session.screen);
		const broken = demo.faults.add({path: pods, fault});
		const restarted = demo.stop().then(() => demo.restart());
		await restarted;
		await session.waitFor(screen => /STALE|login needed|kind is gone|\d+s old|polling/.test(screen.lines()[0] ?? ''));
		// What this cluster had is still there to be read.
		// The line that says why takes the place of the last row.
		if (status !== '404') await session.waitFor(screen => isDeepStrictEqual(podsOnScreen(screen).slice(0, rows.length - 1), rows.slice(0, -1)));
		broken[Symbol.dispose]();
		session.press('<c-r>');
		await session.waitFor(screen => /● live/.test(screen.lines()[0] ?? '') && isDeepStrictEqual(podsOnScreen(screen), rows), 120_000);
	});
}

const rubbish: ReadonlyArray<readonly [string, Reply, RegExp]> = [
	['no JSON', {headers: {'content-type': 'application/json'}, body: 'hello'}, /did not answer as a Kubernetes API server does\. Check that the server address/],
	[
		'a login page',
		{headers: {'content-type': 'text/html'}, body: '<html><body>Sign in</body></html>'},
		/did not answer as a Kubernetes API server does\. Check/,
	],
	['half a document', {body: JSON.stringify({kind: 'APIGroupDiscoveryList', items: []}), cutAt: 20}, /closed the connection in the middle of the answer/],
	[
		'a redirect',
		{status: 302, headers: {location: 'https://login.example.test/'}},
		/the server redirects to https:\/\/login\.example\.test\/, which is not followed: the credentials would go there too\. Use the address behind it/,
	],
	[
		'an HTML error',
		{status: 502, headers: {'content-type': 'text/html'}, body: '<html>Bad gateway</html>'},
		/the server answered 502: an HTML page, so what answers is not an API server but something in front of it/,
	],
	['nothing at all', {body: ''}, /did not answer as a Kubernetes API server does\. Check/],
];

for (const [name, reply, cause] of rubbish) {
	test(`a server that answers with ${name}`, {timeout}, async () => {
		await using server = await startScriptedServer();
		server.on('* *', reply);
		using home = temporaryHome();
		const env = {KUBECONFIG: kubeconfigFile(home.path, server.url)};
		assertClearFailure(await runProgram(home.path, ['pods', '-o', 'text'], env), new RegExp(`^Could not read the kinds of the cluster: .*${cause.source}`));
		const check = await runProgram(home.path, ['--check'], env);
		assert.equal(check.code, 2);
		assertClear(check.out, / {2}X {2}Could not read the version of the server: .+\./);
		await using session = startProgram(home.path, ['pods', '-A'], {columns: 140, env});
		await session.waitFor(/✗ Could not/);
		assertClear(said(session), /✗ Could not (?:list pods|read|reach)[^:]*: .+\./);
		session.press(':quit<enter>');
		assert.equal((await session.exited).code, 0);
	});
}

test('half a page of a list: one sentence for -o, and the screen reads it again', {timeout}, async () => {
	await using demo = await startDemo({story: 'healthy', realTime: false});
	using home = homeOf(demo);
	const cut = demo.faults.add({path: pods, fault: {kind: 'truncate', afterBytes: 2000}});
	assertClearFailure(await runProgram(home.path, ['pods', '-o', 'text'], home.env), /^Could not (?:list|read) .*: .+\./);
	await using session = startProgram(home.path, ['pods', '-A'], {columns: 140, env: home.env});
	await session.waitFor(/✗ Could not/);
	assertClear(said(session), /✗ Could not .*: .+\. /);
	cut[Symbol.dispose]();
	await session.waitFor(/Running/, 120_000);
});

test('a kind that another one costs nothing: 403 on secrets leaves pods alone', {timeout}, async () => {
	await using demo = await startDemo({story: 'healthy', realTime: false});
	using home = homeOf(demo);
	const message = 'secrets is forbidden: User "demo" cannot list resource "secrets" in API group "" at the cluster scope';
	demo.faults.add({path: /\/secrets\b/, fault: {kind: 'status', status: 403, reason: 'Forbidden', message}});
	await using session = startProgram(home.path, ['secrets', '-A'], {columns: 140, rows: 40, env: home.env});
	await session.waitFor(/You may not list secrets/);
	assertClear(said(session), /Server said 403: secrets is forbidden: User "demo" cannot list resource "secrets" in API group "" at the cluster scope/);
	await session.waitFor(/Who can +\S/);
	session.press(':pods<enter>');
	await session.waitFor(/Running/);
	await session.waitFor(/● live/);
});
