import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createExecSource, type ExecSourceOptions} from '../../source/kube/exec-source.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {createLoginPlugin, type LoginPlugin} from '../tools/login-plugin.ts';

const never = new AbortController().signal;
const start = Date.parse('2026-01-01T00:00:00Z');

function open(plugin: LoginPlugin, fields: Partial<ExecSourceOptions['exec']> = {}, hasTerminal = false) {
	const clock = createFakeClock(start);
	const {command, args} = plugin.exec;
	// `as`: createLoginPlugin makes these two itself.
	const exec = {
		apiVersion: 'client.authentication.k8s.io/v1',
		command: command as string,
		args: args as string[],
		environment: [],
		provideClusterInfo: false,
		interactiveMode: 'Never',
		...fields,
	} as const;
	return {clock, source: createExecSource({exec, userName: 'eve', cluster: async () => undefined, environment: {}, clock, hasTerminal})};
}

test('a hundred who ask at once start the plugin once', async () => {
	await using plugin = await createLoginPlugin(`answer({token: 't' + count})`);
	const {source} = open(plugin);
	const secrets = await Promise.all(Array.from({length: 100}, () => source.current(never)));
	assert.equal(new Set(secrets).size, 1);
	assert.deepEqual(secrets[0], {authorization: 'Bearer t1'});
	assert.equal((await plugin.calls()).length, 1);
	assert.deepEqual(source.state.snapshot(), {state: 'ready'});
});

test('after a 401 once more; a refused renewal is not renewed for a minute', async () => {
	await using plugin = await createLoginPlugin(`answer({token: 't' + count})`);
	const {clock, source} = open(plugin);
	const first = await source.current(never);
	const renewed = await Promise.all(Array.from({length: 50}, () => source.renew(first, never)));
	assert.deepEqual(new Set(renewed.map(secret => secret?.authorization)), new Set(['Bearer t2']));
	const second = await source.current(never);
	const again = await Promise.all(Array.from({length: 50}, () => source.renew(second, never)));
	assert.ok(again.every(secret => secret === undefined));
	await assert.rejects(source.current(never), /refused what the login plugin .* gave, twice in a row/);
	assert.equal(source.state.snapshot().state, 'refused');
	assert.equal((await plugin.calls()).length, 2);
	await clock.advance(60_001);
	assert.deepEqual(await source.current(never), {authorization: 'Bearer t3'});
});

test('whoever comes with an old secret gets the one in use, without another run', async () => {
	await using plugin = await createLoginPlugin(`answer({token: 't' + count})`);
	const {source} = open(plugin);
	const first = await source.current(never);
	const second = await source.renew(first, never);
	assert.equal(await source.renew(first, never), second);
	assert.equal((await plugin.calls()).length, 2);
});

test('forgetting a refusal lets the user try at once', async () => {
	await using plugin = await createLoginPlugin(`answer({token: 't' + count})`);
	const {source} = open(plugin);
	const second = await source.renew(await source.current(never), never);
	assert.ok(second);
	assert.equal(await source.renew(second, never), undefined);
	source.forget();
	assert.deepEqual(await source.current(never), {authorization: 'Bearer t3'});
});

test('it is renewed in the background a minute before it expires, and waited for once it has', async () => {
	await using plugin = await createLoginPlugin(`answer({token: 't' + count, expirationTimestamp: new Date(${start} + count * 600_000).toISOString()})`);
	const {clock, source} = open(plugin);
	const first = await source.current(never);
	await clock.advance(500_000);
	assert.equal(await source.current(never), first);
	assert.equal((await plugin.calls()).length, 1);
	await clock.advance(41_000);
	assert.equal(await source.current(never), first);
	while (source.state.snapshot().state === 'running') await new Promise(resolve => setImmediate(resolve));
	assert.equal((await source.current(never)).authorization, 'Bearer t2');
	clock.jump(3_600_000);
	assert.equal((await source.current(never)).authorization, 'Bearer t3');
	assert.equal((await plugin.calls()).length, 3);
});

test('a plugin that gives expired credentials is not run for each request', async () => {
	await using plugin = await createLoginPlugin(`answer({token: 't' + count, expirationTimestamp: '2020-01-01T00:00:00Z'})`);
	const {clock, source} = open(plugin);
	for (let request = 0; request < 5; request++) assert.equal((await source.current(never)).authorization, 'Bearer t1');
	await clock.advance(31_000);
	assert.equal((await source.current(never)).authorization, 'Bearer t2');
});

test('a failure is told to everybody for ten seconds, then the plugin is tried again', async () => {
	await using plugin = await createLoginPlugin(`if (count === 1) process.exit(1); answer({token: 't'})`);
	const {clock, source} = open(plugin);
	await assert.rejects(source.current(never), /exit code 1/);
	await assert.rejects(source.current(never), /exit code 1/);
	assert.equal((await plugin.calls()).length, 1);
	assert.equal(source.state.snapshot().state, 'failed');
	await clock.advance(10_001);
	assert.equal((await source.current(never)).authorization, 'Bearer t');
});

test('one who gives up leaves the plugin to the others; the last one ends it', async () => {
	await using plugin = await createLoginPlugin(`process.stderr.write('code ABCD'); setTimeout(() => answer({token: 't'}), 300)`);
	const {source} = open(plugin);
	const impatient = new AbortController();
	const patient = source.current(never);
	const left = source.current(impatient.signal);
	impatient.abort(new Error('left'));
	await assert.rejects(left, /left/);
	assert.equal((await patient).authorization, 'Bearer t');
});

test('what the plugin says is shown while it runs', async () => {
	await using plugin = await createLoginPlugin(`process.stderr.write('device code ABCD'); setTimeout(() => answer({token: 't'}), 100)`);
	const {source} = open(plugin);
	const seen: string[] = [];
	source.state.subscribe(() => {
		const state = source.state.snapshot();
		if (state.state === 'running') seen.push(state.says);
	});
	await source.current(never);
	assert.ok(seen.includes('device code ABCD'), JSON.stringify(seen));
});

test('Always is not run by itself: a login is needed, and without a terminal it is refused', async () => {
	await using plugin = await createLoginPlugin(`answer({token: 't'})`);
	const {source} = open(plugin, {interactiveMode: 'Always'});
	await assert.rejects(source.current(never), /has to ask something/);
	assert.equal(source.state.snapshot().state, 'login-needed');
	await assert.rejects(source.logIn(never), /standard input is not a terminal/);
	assert.equal((await plugin.calls()).length, 0);
});

test('IfAvailable runs without asking first; a failure is a login that is needed, which then may ask', async () => {
	await using plugin = await createLoginPlugin(`JSON.parse(process.env.KUBERNETES_EXEC_INFO).spec.interactive ? answer({token: 'asked'}) : process.exit(1)`);
	const {source} = open(plugin, {interactiveMode: 'IfAvailable'}, true);
	await assert.rejects(source.current(never), /exit code 1/);
	assert.equal(source.state.snapshot().state, 'login-needed');
	await source.logIn(never);
	assert.equal((await source.current(never)).authorization, 'Bearer asked');
	assert.deepEqual((await plugin.calls()).length, 2);
});

test('a certificate of the plugin becomes part of the secret', async () => {
	await using plugin = await createLoginPlugin(`answer({clientCertificateData: 'C', clientKeyData: 'K'})`);
	assert.deepEqual(await open(plugin).source.current(never), {certificate: 'C', key: 'K'});
});
