import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {assertClear, assertClearFailure} from '../../tools/clear-sentence.ts';
import {runProgram, startProgram, temporaryHome} from '../../tools/program.ts';

/** The kubeconfigs of ../shared/cluster lie beside the one of KUBECONFIG_E2E: each is a user or a way in that fails in its own way. */
const admin = process.env['KUBECONFIG_E2E'];
const folder = admin === undefined ? undefined : dirname(admin);
const skip =
	folder === undefined
		? 'KUBECONFIG_E2E is not set: no real cluster'
		: !existsSync(join(folder, 'exec-garbage')) && 'beside the kubeconfig of KUBECONFIG_E2E there are no others';
const options = {skip, timeout: 400_000};
const env = (name: string) => ({KUBECONFIG: join(folder ?? '', name)});

const works = ['admin', 'viewer', 'exec-good', 'exec-expired'];
for (const name of works) {
	test(`${name} gets in`, options, async () => {
		using home = temporaryHome();
		const {code, out, errors} = await runProgram(home.path, ['services', '-n', 'default', '-o', 'text'], env(name));
		assert.equal(code, 0, errors);
		assert.match(out, /^kubernetes +ClusterIP /m);
	});
}

test('exec-slow gets in after its 20 s, and the screen says what it waits for', options, async () => {
	using home = temporaryHome();
	await using session = startProgram(home.path, ['services', '-n', 'default'], {columns: 140, env: env('exec-slow')});
	await session.waitFor(/listing services/);
	await session.waitFor(/Nothing has come for \d\ds: the server, or the login plugin of this user, does not answer/);
	await session.waitFor(/kubernetes +ClusterIP/);
});

const fails: ReadonlyArray<readonly [string, RegExp]> = [
	['unreachable', /^Could not read the kinds of the cluster: connection refused by \S+:\d+\. Check that the API server runs/],
	[
		'wrong-ca',
		/^Could not read the kinds of the cluster: the certificate of \S+:\d+ is signed by an authority that this context does not know\. Check certificate-authority/,
	],
	['bad-token', /^Could not \w+ .*: the server did not accept the credentials of user bad-token \(401\)\. Log in again, or choose another context\./],
	['expired-cert', /^Could not \w+ .*: the client certificate of user expired-cert expired on \d{4}-\d\d-\d\d \(401\)\. Have it renewed/],
	['exec-bad', /^Could not \w+ .*: the server did not accept the credentials of user exec-bad \(401\)\. Log in again/],
	['exec-fail', /^Could not log in as exec-fail: the login plugin \S+ ended with exit code 1: .*login expired.*\. Run \S+ by hand/],
	['exec-garbage', /^Could not log in as exec-garbage: the login plugin \S+ ran, but what it printed is not JSON\. Run \S+ by hand/],
	['exec-missing', /^Could not log in as exec-missing: the login plugin no-such-login-plugin is not on the PATH\. install no-such-login-plugin/],
	['nobody', /^Could not list services in default: user nobody may not list services in default\. Ask for the verb list on services in default/],
	['dev', /^Could not list services in default: user dev may not list services in default\. Ask for the verb list on services in default/],
];

for (const [name, pattern] of fails) {
	test(`${name} is told why`, options, async () => {
		using home = temporaryHome();
		assertClearFailure(await runProgram(home.path, ['services', '-n', 'default', '-o', 'text'], env(name)), pattern);
		const check = await runProgram(home.path, ['--check'], env(name));
		assert.notEqual(check.code, 0);
		assertClear(check.out, / {2}[X!] {2}\S/);
		await using session = startProgram(home.path, ['services', '-n', 'default'], {columns: 200, env: env(name)});
		const cause = new RegExp(pattern.source.replace(/^\^[^:]*: /, '').replace(/\\\..*$/, ''));
		const denied = /You may not list services in namespace default\./;
		await session.waitFor(screen => cause.test(screen.text()) || denied.test(screen.text()));
		assertClear(session.screen.text(), /\S/);
		session.press(':quit<enter>');
		assert.deepEqual(await session.exited, {code: 0, signal: 0});
	});
}
