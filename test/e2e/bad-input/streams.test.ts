import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {type DemoServer, startDemo} from '../../../source/demo/server.ts';
import {assertClear} from '../../tools/clear-sentence.ts';
import {eventually, patienceMs} from '../../tools/eventually.ts';
import {programCommand, runProgram, startProgram, temporaryHome} from '../../tools/program.ts';
import type {PtyOptions, PtySession} from '../../tools/run-in-pty.ts';

const timeout = 400_000;

function started(home: string, demo: DemoServer, args: readonly string[], options: PtyOptions = {}): PtySession {
	const path = join(home, 'config');
	writeFileSync(path, demo.kubeconfig({namespace: 'shop'}));
	return startProgram(home, args, {columns: 140, rows: 40, ...options, env: {KUBECONFIG: path, ...options.env}});
}

function put(demo: DemoServer, name: string, data: Readonly<Record<string, string>>): void {
	const object = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace: 'shop'}, data};
	const before = demo.cluster.get('configmaps', 'shop', name);
	if (before === undefined) demo.cluster.create(object);
	else demo.cluster.replace({...before, data});
}

const watches = /configmaps\?.*watch=/;

for (const [name, fault] of [
	['a line that is no JSON', {kind: 'garbage', afterLines: 1}],
	['a reset', {kind: 'reset', afterBytes: 100}],
	['an end in the middle of an object', {kind: 'truncate', afterBytes: 100}],
	['a half-closed connection', {kind: 'half-close', afterBytes: 100}],
] as const) {
	test(`a watch that dies by ${name}: no row is lost and none is wrong`, {timeout}, async () => {
		await using demo = await startDemo({story: 'healthy', realTime: false});
		using home = temporaryHome();
		demo.faults.add({path: watches, fault, nth: 1});
		await using session = started(home.path, demo, ['configmaps', '-n', 'shop']);
		await session.waitFor(/kube-root-ca\.crt/);
		await session.waitFor(/● live/);
		// The first event breaks the stream.
		put(demo, 'colours', {red: '1'});
		put(demo, 'sizes', {});
		await session.waitFor(/colours +1 /, 2 * patienceMs);
		put(demo, 'colours', {red: '1', green: '2'});
		demo.cluster.delete('configmaps', 'shop', 'sizes');
		await session.waitFor(screen => /colours +2 /.test(screen.text()) && !/sizes/.test(screen.text()), 2 * patienceMs);
		await session.waitFor(/● live/);
		assertClear(session.screen.text(), /kube-root-ca\.crt/);
	});
}

test('a server that falls silent: nothing blanks, keys work, and what happened meanwhile comes', {timeout}, async () => {
	await using demo = await startDemo({story: 'healthy', realTime: false});
	using home = temporaryHome();
	await using session = started(home.path, demo, ['configmaps', '-n', 'shop']);
	await session.waitFor(/kube-root-ca\.crt/);
	await session.waitFor(/● live/);
	demo.stall(true);
	put(demo, 'late', {});
	// The age of the last word from the server goes on in row 1.
	await session.waitFor(screen => /live (?:[5-9]\.\d|\d\d)s/.test(screen.lines()[0] ?? ''));
	assert.match(session.screen.text(), /kube-root-ca\.crt/);
	session.press('?');
	await session.waitFor(/Help/);
	session.press('<esc>');
	await session.waitFor(/kube-root-ca\.crt/);
	assert.doesNotMatch(session.screen.text(), /late/);
	demo.stall(false);
	await session.waitFor(/late +0 /);
});

test('a kind that disappears says so, and comes back by itself', {timeout}, async () => {
	await using demo = await startDemo({story: 'healthy', realTime: false});
	using home = temporaryHome();
	await using session = started(home.path, demo, ['backups', '-A']);
	await session.waitFor(/PHASE/);
	await session.waitFor(/● live/);
	const {metadata, ...definition} =
		demo.cluster.get('customresourcedefinitions.apiextensions.k8s.io', undefined, 'backups.backup.example.test') ?? assert.fail();
	demo.cluster.delete('customresourcedefinitions.apiextensions.k8s.io', undefined, 'backups.backup.example.test');
	await session.waitFor(/The kind backups was removed from the server\./);
	await session.waitFor(/kind is gone/);
	session.press(':pods<enter>');
	await session.waitFor(/Running/);
	session.press(':backups<enter>');
	await session.waitFor(/There is no kind|was removed from the server/i);
	demo.cluster.create({...definition, apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: {name: metadata.name}});
	demo.cluster.create({apiVersion: 'backup.example.test/v1', kind: 'Backup', metadata: {name: 'again', namespace: 'shop'}, spec: {}, status: {phase: 'Done'}});
	await eventually(
		async () => {
			session.press('<esc><esc>:backups<enter>');
			return session.waitFor(/again +Done/, 10_000).then(
				() => true,
				() => false,
			);
		},
		2 * patienceMs,
		() => session.screen.text(),
	);
});

const sequences = '\u001b]0;taken over\u0007\u001b[31mred\u001b[2J\u009b1m\u202e';

/** Objects as no API server would take them, but as an aggregated one may send them. */
function plant(demo: DemoServer): void {
	const metadata = {namespace: 'shop', labels: {evil: sequences}, annotations: {note: sequences}};
	demo.cluster.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {...metadata, name: `name${sequences}`}, data: {key: sequences}});
	const status = {
		phase: 'Pending',
		reason: `Reason${sequences}`,
		message: sequences,
		conditions: [{type: 'Ready', status: 'False', reason: sequences, message: sequences}],
	};
	demo.cluster.create({
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {...metadata, name: 'evil-pod'},
		spec: {containers: [{name: 'main', image: `image${sequences}`}]},
		status,
	});
	const involvedObject = {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'evil-pod'};
	const at = new Date().toISOString();
	demo.cluster.create({
		apiVersion: 'v1',
		kind: 'Event',
		metadata: {namespace: 'shop', name: 'evil.1'},
		involvedObject,
		type: 'Warning',
		reason: `Bad${sequences}`,
		message: sequences,
		lastTimestamp: at,
		firstTimestamp: at,
		count: 1,
	});
}

/** Nothing of the planted sequences reached the terminal as what it is. */
function assertHarmless(output: string): void {
	assert.ok(!output.includes('\u001b]0;taken'), 'no title was set');
	assert.ok(!output.includes('taken over\u0007'), 'no bell');
	assert.ok(!output.includes('\u001b[31mred'), 'no colour of theirs');
	assert.ok(!output.includes('\u009b'), 'no C1 sequence');
	assert.ok(!output.includes('\u202e'), 'no text that runs backwards');
}

test('names and cells with escape sequences do nothing to the terminal: every screen that shows them', {timeout}, async () => {
	await using demo = await startDemo({story: 'healthy', realTime: false});
	plant(demo);
	using home = temporaryHome();
	await using session = started(home.path, demo, ['configmaps', '-n', 'shop']);
	await session.waitFor(/name.*taken over/);
	for (const [keys, expected] of [
		['/taken<enter>', /1 of 1 shown|name.*taken over/],
		['<enter>', /1 Summary/],
		['y', /kind: ConfigMap/],
		[':pods -n shop<enter>', /evil-pod/],
		['/evil<enter>', /evil-pod/],
		['<enter>', /evil-pod/],
		[':pod/evil-pod<enter>', /1 Summary/],
		['y', /kind: Pod/],
		[':events<enter>', /Bad/],
		[':overview<enter>', /HEALTH/],
	] as const) {
		session.press(keys);
		await session.waitFor(expected);
		await session.quiet(300);
	}
	assertHarmless(session.output());
});

test('names and cells with escape sequences are shown as text by -o, and are data in json and yaml', {timeout}, async () => {
	await using demo = await startDemo({story: 'healthy', realTime: false});
	plant(demo);
	using home = temporaryHome();
	const env = {KUBECONFIG: join(home.path, 'config')};
	writeFileSync(env.KUBECONFIG, demo.kubeconfig({namespace: 'shop'}));
	for (const kind of ['configmaps', 'pods', 'events']) {
		for (const format of ['text', 'wide', 'md', 'jsonl', 'json', 'yaml']) {
			const {code, out, errors} = await runProgram(home.path, [kind, '-o', format], env);
			assert.equal(code, 0, errors);
			assert.ok(
				!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(out),
				`${kind} -o ${format}: ${JSON.stringify(/.{20}[\u0000-\u0008\u000b-\u001f\u007f-\u009f].{20}/.exec(out)?.[0])}`,
			);
		}
	}
	const json = await runProgram(home.path, ['configmaps', '-o', 'json'], env);
	assert.ok((JSON.parse(json.out) as {items: Array<{data?: {key?: string}}>}).items.some(({data}) => data?.key === sequences));
});

for (const [name, leave] of [
	['a terminal that vanishes', (session: PtySession) => session.hangUp()],
	['SIGHUP', (session: PtySession) => session.kill('SIGHUP')],
] as const) {
	test(`${name} in the middle of an outage ends the program`, {timeout}, async () => {
		await using demo = await startDemo({story: 'healthy', realTime: false});
		using home = temporaryHome();
		await using session = started(home.path, demo, ['pods', '-A']);
		await session.waitFor(/Running/);
		await demo.stop();
		await session.waitFor(/STALE/);
		leave(session);
		assert.equal((await session.exited).code, 129);
	});
}

test('a reader of --watch that goes away ends it without a word', {timeout}, async context => {
	await using demo = await startDemo({story: 'healthy', realTime: false});
	using home = temporaryHome();
	const KUBECONFIG = join(home.path, 'config');
	writeFileSync(KUBECONFIG, demo.kubeconfig({namespace: 'shop'}));
	const [file = '', ...own] = programCommand;
	const child = spawn(file, [...own, 'configmaps', '--watch'], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {PATH: process.env['PATH'], HOME: home.path, KUBECONFIG},
	});
	context.after(() => child.kill('SIGKILL'));
	let errors = '';
	child.stderr.on('data', (text: Buffer) => {
		errors += text.toString();
	});
	const closed = once(child, 'close');
	await once(child.stderr, 'data');
	assert.match(errors, /^Watching \d+ configmaps; a line for each change follows\.\n$/);
	errors = '';
	child.stdout.destroy();
	await eventually(
		() => {
			put(demo, 'colours', {at: String(performance.now())});
			return child.exitCode !== null || child.signalCode !== null;
		},
		patienceMs,
		() => 'it goes on without a reader',
	);
	const [code] = await closed;
	assert.deepEqual([code, errors], [0, '']);
});

test('--watch goes on through an outage: a sentence on stderr, and the change that was missed', {timeout}, async context => {
	await using demo = await startDemo({story: 'healthy', realTime: false});
	using home = temporaryHome();
	const KUBECONFIG = join(home.path, 'config');
	writeFileSync(KUBECONFIG, demo.kubeconfig({namespace: 'shop'}));
	const [file = '', ...own] = programCommand;
	const child = spawn(file, [...own, 'configmaps', '--watch'], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {PATH: process.env['PATH'], HOME: home.path, KUBECONFIG},
	});
	context.after(() => child.kill('SIGKILL'));
	const text = {out: '', errors: ''};
	child.stdout.on('data', (chunk: Buffer) => {
		text.out += chunk.toString();
	});
	child.stderr.on('data', (chunk: Buffer) => {
		text.errors += chunk.toString();
	});
	const closed = once(child, 'close');
	await eventually(
		() => /^Watching .*\n/.test(text.errors),
		patienceMs,
		() => JSON.stringify(text),
	);
	put(demo, 'seen', {});
	await eventually(
		() => text.out.includes('seen'),
		patienceMs,
		() => JSON.stringify(text),
	);
	text.errors = '';
	await demo.stop();
	put(demo, 'missed', {});
	await eventually(
		() => text.errors.endsWith('\n'),
		patienceMs,
		() => JSON.stringify(text),
	);
	assertClear(text.errors, /^\d\d:\d\d:\d\dZ Lost the watch of configmaps: [^\n]+\. Trying again\.\n/);
	await demo.restart();
	await eventually(
		() => text.out.includes('missed'),
		2 * patienceMs,
		() => JSON.stringify(text),
	);
	child.kill('SIGTERM');
	await closed;
});
