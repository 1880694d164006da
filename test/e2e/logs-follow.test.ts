import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {type TestContext, test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {parse, stringify} from 'yaml';
import {eventually, patienceMs} from '../tools/eventually.ts';
import {LabWriter} from '../tools/lab-writer.ts';
import {LogFollower} from '../tools/log-follower.ts';
import {programCommand, temporaryHome} from '../tools/program.ts';
import {type Relay, startRelay} from '../tools/relay.ts';

type World = Readonly<{writer: LabWriter; follower: LogFollower; relay: Relay}>;
/** A kubeconfig, as far as this test looks into it. */
type Config = Readonly<{clusters: ReadonlyArray<Readonly<{name: string; cluster: Readonly<{server: string}>}>>}>;

const kubeconfig = process.env['KUBECONFIG_E2E'];
const faults = process.env['K8TUI_LAB_FAULTS'];
const noCluster = kubeconfig === undefined && 'KUBECONFIG_E2E is not set: no real cluster';
const noFaults = noCluster || (faults === undefined && 'K8TUI_LAB_FAULTS does not name the folder of the faults');
const everyMs = 20;
/** Long enough for the program to notice, and for lines to be written meanwhile. */
const faultMs = 8000;

/** A Deployment that numbers its lines, and the program that follows it, by way of a relay that only this test uses. */
async function following(context: TestContext, run: (world: World) => Promise<void>): Promise<void> {
	const missing = await LabWriter.missing(kubeconfig ?? '');
	if (missing !== undefined) {
		context.skip(missing);
		return;
	}
	using home = temporaryHome();
	const config: Config = parse(readFileSync(kubeconfig ?? '', 'utf8'));
	const server = new URL(config.clusters[0]?.cluster.server ?? '');
	await using relay = await startRelay({host: server.hostname, port: Number(server.port)});
	const path = join(home.path, 'config');
	const clusters = config.clusters.map(one => ({
		...one,
		cluster: {...one.cluster, server: `https://127.0.0.1:${relay.port}`},
	}));
	writeFileSync(path, stringify({...config, clusters}));
	await using writer = await LabWriter.start(kubeconfig ?? '', 2, everyMs);
	await using follower = new LogFollower(['deploy/writer', '-n', writer.namespace], {KUBECONFIG: path, HOME: home.path});
	await eventually(
		() => new Set(follower.lines.map(({pod}) => pod)).size === 2,
		patienceMs,
		() => `no lines of both pods: ${follower.errors.join('\n')}`,
	);
	await run({writer, follower, relay});
	await everythingArrives(writer, follower);
	assert.equal(await follower.stop(), 0, follower.errors.join('\n'));
	everyNumberOnce(follower);
}

/** What the API holds of the pods there are, line by line, is what was printed. */
async function everythingArrives(writer: LabWriter, follower: LogFollower): Promise<void> {
	for (const {metadata, status} of await writer.pods()) {
		const restart = status.containerStatuses?.[0]?.restartCount ?? 0;
		const held = await writer.log(metadata.name);
		const printed = () => follower.runs().find(run => run.pod === metadata.name && run.restart === restart)?.messages ?? [];
		await eventually(
			() => printed().length >= held.length,
			2 * patienceMs,
			() => `${metadata.name}: ${printed().length} of ${held.length} lines; ${follower.errors.join('\n')}`,
		);
		assert.deepEqual(printed().slice(0, held.length), held, metadata.name);
	}
}

function everyNumberOnce(follower: LogFollower): void {
	for (const {pod, restart, messages} of follower.runs()) {
		const numbers = messages.map(message => Number(/ seq=(\d+) /.exec(message)?.[1]));
		const wanted = Array.from(numbers, (_number, index) => index + 1);
		const sorted = numbers.toSorted((a, b) => a - b);
		assert.deepEqual(sorted, wanted, `${pod}, run ${restart}: some number is missing or there twice\n${follower.errors.join('\n')}`);
	}
}

async function fault(name: string, ...args: readonly string[]): Promise<void> {
	const child = spawn(join(faults ?? '', `${name}.sh`), args, {stdio: 'ignore'});
	const [code] = await once(child, 'close');
	if (args[0] === 'on') assert.equal(code, 0, `${name} ${args.join(' ')}`);
}

/** The fault for a while; off again whatever happens. */
async function during(name: string, on: readonly string[], off: readonly string[] = []): Promise<void> {
	try {
		await fault(name, 'on', ...on);
		await pause(faultMs);
	} finally {
		await fault(name, 'off', ...off);
	}
}

/** The node of a pod: n2 is number 2. */
async function nodeNumber(writer: LabWriter): Promise<string> {
	const [pod] = await writer.pods();
	return (pod?.spec.nodeName ?? '').replace(/^\D+/, '');
}

test('a Deployment is followed while it rolls out, is scaled and a container crashes: each number once', {skip: noCluster, timeout: 600_000}, async context => {
	await following(context, async ({writer, follower}) => {
		await writer.rollOut();
		await writer.scale(4);
		const [victim] = await writer.pods();
		await writer.crash(victim?.metadata.name ?? '');
		await eventually(
			() => follower.errors.some(error => /restarted: exit 3, 1st time\.$/.test(error)),
			patienceMs,
			() => `no word of the restart: ${follower.errors.join('\n')}`,
		);
		await writer.scale(2);
	});
});

test('a reader that goes away ends it well, with the next line that is written', {skip: noCluster, timeout: 600_000}, async context => {
	await following(context, async ({writer}) => {
		using home = temporaryHome();
		const program = programCommand.map(word => `'${word}'`).join(' ');
		const shell = `${program} logs deploy/writer -n ${writer.namespace} --follow | head -n 3; echo "\${PIPESTATUS[0]}"`;
		const child = spawn('bash', ['-c', shell], {
			stdio: ['ignore', 'pipe', 'ignore'],
			env: {PATH: process.env['PATH'], HOME: home.path, KUBECONFIG: kubeconfig, TERM: 'xterm'},
		});
		const lines = (await text(child.stdout)).trimEnd().split('\n');
		assert.deepEqual([lines.length, lines.at(-1)], [4, '0']);
	});
});

test('the way to the API server is cut thirty times, and gone for a while, during a restart too: each number once', {
	skip: noCluster,
	timeout: 600_000,
}, async context => {
	await following(context, async ({writer, follower, relay}) => {
		for (let cut = 0; cut < 30; cut++) {
			const before = follower.lines.length;
			relay.resetAll();
			// Lines come again before the next cut: else it would hit nothing.
			await eventually(
				() => follower.lines.length > before + cut,
				patienceMs,
				() => `nothing came after cut ${cut}: ${follower.errors.join('\n')}`,
			);
		}
		relay.refuse(true);
		relay.resetAll();
		const [victim] = await writer.pods();
		await writer.crash(victim?.metadata.name ?? '');
		await pause(faultMs);
		relay.refuse(false);
		await eventually(
			() => follower.errors.some(error => /restarted: exit 3, 1st time\.$/.test(error)),
			2 * patienceMs,
			() => `no word of the restart: ${follower.errors.join('\n')}`,
		);
		assert.ok(relay.accepted() > 30);
	});
});

test('connections are reset, the API server goes down and up, a kubelet restarts: each number once', {skip: noFaults, timeout: 900_000}, async context => {
	await following(context, async ({writer}) => {
		await during('api-path', ['reset', '1']);
		await during('api-down', []);
		const node = await nodeNumber(writer);
		await during('kubelet-down', [node], [node]);
		const [victim] = await writer.running(2);
		await writer.crash(victim?.metadata.name ?? '');
	});
});
