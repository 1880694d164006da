import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {assertClear, assertClearFailure} from '../../tools/clear-sentence.ts';
import {runProgram, startProgram, temporaryHome} from '../../tools/program.ts';

const timeout = 400_000;
const twoContexts = `current-context: prod
contexts:
- {name: prod, context: {cluster: a, user: ''}}
- {name: staging, context: {cluster: a, user: ''}}
clusters:
- {name: a, cluster: {server: 'http://127.0.0.1:9'}}
`;

const files: ReadonlyArray<readonly [string, string | undefined, readonly string[], RegExp]> = [
	[
		'a file that does not exist',
		undefined,
		['--kubeconfig', '{}'],
		/^Could not use the kubeconfig \S+: there is no such file\. Name another file with --kubeconfig/,
	],
	['broken YAML', 'clusters: [\n', [], /^Could not use the kubeconfig \S+config: line 2: .*\. Correct the file, or name another one with --kubeconfig\.$/m],
	['another kind of file', '{"kind": "Pod"}', [], /^Could not use the kubeconfig \S+: the file holds a Pod, not a Config\. /],
	['bytes that are no text', '\u0000\u0001\ufffd\u0002', [], /^Could not use the kubeconfig \S+: .*\. Correct the file/],
	['a list', '[]', [], /^Could not use the kubeconfig \S+: the file is not a mapping of clusters, users and contexts\. /],
	[
		'an unknown context',
		twoContexts,
		['--context', 'prd'],
		/^Could not use the context prd: --context names the context prd, and no file .*\. There are: prod, staging\.$/m,
	],
	[
		'a current context that does not exist',
		'current-context: gone\ncontexts: [{name: here, context: {cluster: c}}]',
		[],
		/^Could not use the context gone: current-context names .*\. There is: here\.$/m,
	],
	[
		'a context without its cluster',
		'current-context: here\ncontexts: [{name: here, context: {cluster: c}}]',
		[],
		/^Could not use the cluster c: context here names the cluster c, and .*\. No cluster exists at all\.$/m,
	],
	[
		'a server that is no address',
		twoContexts.replace('http://127.0.0.1:9', 'https://'),
		[],
		/^Could not use the cluster a: its server https:\/\/ is not an http or https address\. Correct its entry in /,
	],
];

for (const [name, content, args, pattern] of files) {
	test(`kubeconfig: ${name}`, {timeout}, async () => {
		using home = temporaryHome();
		const path = join(home.path, 'config');
		if (content !== undefined) writeFileSync(path, content);
		const named = args.map(arg => (arg === '{}' ? path : arg));
		const env = content === undefined ? {} : {KUBECONFIG: path};
		assertClearFailure(await runProgram(home.path, [...named, 'pods', '-o', 'text'], env), pattern);
		const check = await runProgram(home.path, [...named, '--check'], env);
		assert.equal(check.code, 2);
		assertClear(check.out, new RegExp(`  X  ${pattern.source.replace(/^\^/, '')}`, 'm'));
		// In a terminal: the same sentence, and no full screen before it.
		await using session = startProgram(home.path, named, {columns: 300, env});
		assert.equal((await session.exited).code, 2);
		assertClear(session.screen.text(), new RegExp(pattern.source.replace(/^\^/, 'k8tui: '), 'm'));
		assert.doesNotMatch(session.output(), /\u001b\[\?1049h/);
	});
}

test('no kubeconfig: -o and --check say where was looked, the screen offers ways on', {timeout}, async () => {
	using home = temporaryHome();
	const looked =
		/There is no cluster to talk to; looked at \$KUBECONFIG \(not set\), ~\/\.kube\/config \(does not exist\), .*\. Name a file with --kubeconfig, or try k8tui --demo\./;
	assertClearFailure(await runProgram(home.path, ['pods', '-o', 'text']), looked);
	const check = await runProgram(home.path, ['--check']);
	assert.equal(check.code, 2);
	assertClear(check.out, looked);
	await using session = startProgram(home.path, []);
	await session.waitFor(/No kubeconfig found\. Looked at:/);
	assertClear(session.screen.text(), /\$KUBECONFIG +not set\n.*~\/\.kube\/config +does not exist/);
	assertClear(session.screen.text(), /Give the path of a kubeconfig.*Try demo data.*Quit\. k8tui --check/s);
	session.press('q');
	assert.equal((await session.exited).code, 0);
});

test('a file that cannot be read is named with the reason', {timeout, skip: process.getuid?.() === 0 && 'root can read every file'}, async () => {
	using home = temporaryHome();
	const path = join(home.path, 'config');
	writeFileSync(path, twoContexts, {mode: 0o000});
	assertClearFailure(await runProgram(home.path, ['pods', '-o', 'text'], {KUBECONFIG: path}), /^Could not use the kubeconfig \S+config: .*(?:read|permi)/);
});

test('a folder in the place of the file', {timeout}, async () => {
	using home = temporaryHome();
	mkdirSync(join(home.path, '.kube', 'config'), {recursive: true});
	assertClearFailure(await runProgram(home.path, ['pods', '-o', 'text']), /^Could not use the kubeconfig \S+config: it is a folder, not a file\. /);
});
