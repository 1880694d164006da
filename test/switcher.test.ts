import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {connect, type ConnectOptions} from '../source/connect.ts';
import {Switcher} from '../source/switcher.ts';
import {readEnvironment} from '../source/system/environment.ts';
import {eventually, patienceMs} from './tools/eventually.ts';
import {createFakeClock} from './tools/fake-clock.ts';
import {temporaryHome} from './tools/program.ts';

/** Nobody listens there: every context is refused at once. */
const server = 'https://127.0.0.1:1';

function kubeconfig(names: readonly string[]): string {
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': names[0],
		contexts: names.map(name => ({name, context: {cluster: 'c', user: ''}})),
		clusters: [{name: 'c', cluster: {server}}],
		users: [],
	});
}

/** The Contexts screen of a program that reads that file, without the screen. */
async function openContexts(home: string, path: string) {
	const clock = createFakeClock();
	const connectOptions: ConnectOptions = {
		wish: {orDemo: false, kubeconfig: path},
		variables: {},
		environment: readEnvironment({HOME: home}, 'linux', home),
		clock,
		version: '0.1.0',
		level: 'read',
		pinned: false,
		hasTerminal: false,
	};
	const makeSession = () => {
		throw new Error('no session is opened here');
	};
	const connection = await connect(connectOptions);
	const switcher = new Switcher({connection, connectOptions, makeSession, masks: () => ({patterns: [], addresses: false}), share: undefined});
	let told = 0;
	const changed = () => void told++;
	const model = () => switcher.contexts(changed);
	const names = () => model().contexts.map(({info}) => info.name);
	const until = async (holds: () => boolean, what: string) => {
		await eventually(
			async () => {
				await clock.settle();
				return holds();
			},
			patienceMs,
			() => `${what}: ${JSON.stringify(model())}`,
		);
	};
	return {clock, switcher, changed, model, names, until, told: () => told};
}

test('a kubeconfig that changes on the disk changes the contexts, within five seconds and while they are looked at', async () => {
	using home = temporaryHome();
	const path = join(home.path, 'config');
	writeFileSync(path, kubeconfig(['one', 'two']));
	const {clock, switcher, changed, model, names, until} = await openContexts(home.path, path);
	using watching = switcher.watchContexts(changed);
	await until(() => names().join() === 'one,two', 'the contexts as they were at the start');
	await until(() => model().contexts.every(({reach}) => reach.state === 'failed'), 'each is asked');
	writeFileSync(path, kubeconfig(['one', 'two', 'three']));
	await clock.advance(5000);
	await until(() => names().join() === 'one,two,three', 'the new one');
	await until(() => model().contexts.every(({reach}) => reach.state === 'failed'), 'the new one is asked too');
	assert.deepEqual(switcher.contextNames(), ['one', 'two', 'three'], 'the prompt knows it as well');

	writeFileSync(path, 'contexts: [');
	await clock.advance(5000);
	await until(() => model().problem !== undefined, 'a file that cannot be read is said');
	assert.deepEqual(names(), ['one', 'two', 'three'], 'what was read last stays');
	writeFileSync(path, kubeconfig(['two']));
	await clock.advance(5000);
	await until(() => names().join() === 'two' && model().problem === undefined, 'one that can be read again');

	watching[Symbol.dispose]();
	await clock.advance(60_000);
	assert.equal(clock.pending(), 0, 'nobody looks, nothing is read');
});

test('a file that changed before the screen was opened is read again at once', async () => {
	using home = temporaryHome();
	const path = join(home.path, 'config');
	writeFileSync(path, kubeconfig(['one']));
	const {switcher, changed, names, until} = await openContexts(home.path, path);
	writeFileSync(path, kubeconfig(['one', 'later']));
	using _watching = switcher.watchContexts(changed);
	await until(() => names().join() === 'one,later', 'the newer file');
});
