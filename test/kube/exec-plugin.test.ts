import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import type {Problem} from '../../source/core/problem.ts';
import {ProblemError} from '../../source/core/problem.ts';
import type {CheckedExec} from '../../source/kube/auth-plan.ts';
import {runExecPlugin} from '../../source/kube/exec-plugin.ts';
import {systemClock} from '../../source/system/clock.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {createLoginPlugin, type LoginPlugin} from '../tools/login-plugin.ts';

const never = new AbortController().signal;
const clock = systemClock('hold');

function checked(plugin: LoginPlugin, fields: Partial<CheckedExec> = {}): CheckedExec {
	const {command, args} = plugin.exec;
	// `as`: createLoginPlugin makes these two itself.
	return {
		apiVersion: 'client.authentication.k8s.io/v1',
		command: command as string,
		args: args as string[],
		environment: [],
		provideClusterInfo: false,
		interactiveMode: 'Never',
		...fields,
	};
}

const run = (exec: CheckedExec, more: Partial<Parameters<typeof runExecPlugin>[0]> = {}, signal = never) =>
	runExecPlugin({exec, userName: 'eve', interactive: false, environment: {PATH: process.env['PATH']}, clock, ...more}, signal);

async function problemOfRun(script: string, fields: Partial<CheckedExec> = {}): Promise<Problem> {
	await using plugin = await createLoginPlugin(script);
	const error = await run(checked(plugin, fields)).then(
		() => undefined,
		(caught: unknown) => caught,
	);
	assert.ok(error instanceof ProblemError, String(error));
	assert.equal(error.problem.code, 'login');
	assert.equal(error.problem.what, 'Could not log in as eve');
	return error.problem;
}

test('a token, its expiry and a certificate are read; the plugin is told what is asked of it', async () => {
	await using plugin = await createLoginPlugin(
		`answer({token: ' t\\n', clientCertificateData: 'C', clientKeyData: 'K', expirationTimestamp: '2030-01-01T00:00:00Z'})`,
	);
	const answer = await run(checked(plugin), {cluster: {server: 'https://a', config: {depth: 1}}});
	assert.deepEqual(answer, {token: 't', certificate: 'C', key: 'K', expiresAt: Date.parse('2030-01-01')});
	assert.deepEqual(await plugin.calls(), [
		{apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', spec: {interactive: false, cluster: {server: 'https://a', config: {depth: 1}}}},
	]);
});

test("its environment is ours and the entry's, no shell comes between", async () => {
	await using plugin = await createLoginPlugin(`answer({token: [process.env.FROM_ENTRY, process.env.FROM_US, process.argv[2]].join(' ')})`);
	const exec = checked(plugin, {environment: [{name: 'FROM_ENTRY', value: 'a'}]});
	const answer = await run({...exec, args: [...exec.args, '$(rm -rf /) "; |']}, {environment: {FROM_US: 'b'}});
	assert.equal(answer.token, 'a b $(rm -rf /) "; |');
});

for (const [title, script, pattern] of [
	[
		'exit code with error output',
		`process.stderr.write('\\x1b[31mtoken expired\\x1b[0m\\x07: log in again\\n'); process.exit(3)`,
		/ended with exit code 3: token expired: log in again$/,
	],
	['rubbish', `console.log('<html>')`, /ran, but what it printed is not JSON$/],
	['nothing', '', /ran, but it printed nothing$/],
	['half a document', `console.log('{"apiVersion":"client.auth')`, /is not JSON$/],
	['another kind', `console.log('{"kind":"Pod"}')`, /it printed a Pod, not an ExecCredential$/],
	[
		'another version',
		`answer({token: 't'}, 'client.authentication.k8s.io/v1beta1')`,
		/it answered in client.authentication.k8s.io\/v1beta1, and client.authentication.k8s.io\/v1 is configured$/,
	],
	['no status', `console.log(JSON.stringify({kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1'}))`, /has no status$/],
	['an empty status', 'answer({})', /neither a token nor a client certificate$/],
	['a certificate alone', `answer({clientCertificateData: 'C'})`, /without its key$/],
	['a key alone', `answer({clientKeyData: 'K'})`, /without its certificate$/],
	['a token of two lines', `answer({token: 'one\\ntwo'})`, /its token has several lines or signs that no token has$/],
	['a token that is a number', 'answer({token: 5})', /status.token is not text$/],
	['a time that is none', `answer({token: 't', expirationTimestamp: 'tomorrow'})`, /expirationTimestamp is not a time$/],
	['killed from outside', `process.kill(process.pid, 'SIGKILL')`, /was ended by SIGKILL$/],
] as const) {
	test(`a plugin that fails: ${title}`, async () => {
		assert.match((await problemOfRun(script)).cause, pattern);
	});
}

test('a token that was printed never stands in the message', async () => {
	const {cause, remedy = ''} = await problemOfRun(`console.log('{"kind":"ExecCredential","status":{"token":"s3cret"')`);
	assert.doesNotMatch(cause + remedy, /s3cret/);
});

test('a plugin that is not there is named with its install hint, cleaned', async () => {
	const missing = await problemOfRun('', {command: 'no-such-plugin', installHint: '\x1b[1mInstall\x1b[0m it:\n\n  from the shop\x07'});
	assert.equal(missing.cause, 'the login plugin no-such-plugin is not on the PATH');
	assert.equal(missing.remedy, 'Install it: from the shop');
	assert.match((await problemOfRun('', {command: '/nowhere/plugin'})).cause, /\/nowhere\/plugin does not exist$/);
	await using plugin = await createLoginPlugin('');
	await assert.rejects(run(checked(plugin, {command: plugin.folder})), /may not be executed by this user/);
});

test('one that hangs is ended after 60 s, by force when it does not listen', async () => {
	await using plugin = await createLoginPlugin(`process.on('SIGTERM', () => {}); process.stderr.write('open your browser\\n'); setInterval(() => {}, 1000)`);
	const fake = createFakeClock();
	const said = Promise.withResolvers<string>();
	const running = run(checked(plugin), {clock: fake, says: said.resolve});
	assert.equal(await said.promise, 'open your browser\n');
	await fake.advance(60_000);
	await fake.advance(2_000);
	await assert.rejects(running, /did not end within 60 s: open your browser/);
});

test('giving up ends the plugin', async () => {
	await using plugin = await createLoginPlugin(
		`process.on('SIGTERM', () => { fs.writeFileSync(__dirname + '/ended', ''); process.exit(0); }); process.stderr.write('x'); setInterval(() => {}, 1000)`,
	);
	const own = new AbortController();
	const said = Promise.withResolvers<string>();
	const running = run(checked(plugin), {says: said.resolve}, own.signal);
	await said.promise;
	own.abort(new Error('given up'));
	await assert.rejects(running, /given up/);
	const ended = join(plugin.folder, 'ended');
	while (!existsSync(ended)) await new Promise(resolve => setImmediate(resolve));
	assert.equal(readFileSync(ended, 'utf8'), '');
});
