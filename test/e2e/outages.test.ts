import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {isDeepStrictEqual} from 'node:util';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {eventually, patienceMs} from '../tools/eventually.ts';
import {podsOnScreen, podsPrinted} from '../tools/pods-on-screen.ts';
import {runProgram, startProgram, temporaryHome} from '../tools/program.ts';
import type {PtySession} from '../tools/run-in-pty.ts';
import type {VirtualScreen} from '../tools/virtual-screen.ts';

const timeout = 400_000;
const size = {columns: 140, rows: 76};
const rbac = 'rbac.authorization.k8s.io';
/**
 * Within 5 s by the program's own clock, which test/ui/app.test.ts moves by hand. Here program, server and test share a machine that others load too: with
 * three times that it is still told from a program that waits until a watch of its own accord ends, which takes over a minute.
 */
const staleWithinMs = 15_000;

/** The demo server with the program on it, as one user sees it. */
async function opened(story: string, args: readonly string[], kubeconfig: Readonly<{impersonate?: string}> = {}) {
	const demo = await startDemo({story, realTime: false});
	const home = temporaryHome();
	const env = {KUBECONFIG: join(home.path, 'config')};
	writeFileSync(env.KUBECONFIG, demo.kubeconfig(kubeconfig));
	const session = startProgram(home.path, args, {...size, env});
	return {
		demo,
		session,
		print: async (printed: readonly string[]) => {
			const {code, out, errors} = await runProgram(home.path, [...printed, '-o', 'text'], env);
			assert.equal(code, 0, errors);
			return out;
		},
		async [Symbol.asyncDispose]() {
			await session[Symbol.asyncDispose]();
			await demo[Symbol.asyncDispose]();
			home[Symbol.dispose]();
		},
	};
}

const headOf = (screen: VirtualScreen) => screen.lines()[0] ?? '';
const isLive = (screen: VirtualScreen) => /● live/.test(headOf(screen));
/** Every pod of the cluster has its row: all fit on this screen. */
const showsAll = (demo: DemoServer) => (screen: VirtualScreen) => isLive(screen) && podsOnScreen(screen).length === demo.cluster.list('pods').length;

/** Watches every drawn frame from now on: rows that were there must stay, whatever happens to the server. */
function neverBlank(session: PtySession, least: number): Disposable {
	let worst = Number.POSITIVE_INFINITY;
	let frame = '';
	const watch = setInterval(() => {
		if (session.screen.isFrameOpen) return;
		const {length} = podsOnScreen(session.screen);
		if (length < worst) [worst, frame] = [length, session.screen.text()];
	}, 50);
	return {
		[Symbol.dispose]() {
			clearInterval(watch);
			assert.ok(worst >= least, `only ${worst} rows at one time:\n${frame}`);
		},
	};
}

async function sameAsPrinted(session: PtySession, print: () => Promise<string>): Promise<void> {
	const same = async () => JSON.stringify(podsPrinted(await print())) === JSON.stringify(podsOnScreen(session.screen));
	await eventually(same, patienceMs, () => `the screen is not what -o text prints:\n${session.screen.text()}`);
}

function changePods(demo: DemoServer): void {
	const [first, second] = demo.cluster.list('pods', 'shop');
	assert.ok(first && second);
	demo.cluster.patch('pods', 'shop', first.metadata.name, {status: {phase: 'Failed', reason: 'Evicted'}});
	demo.cluster.delete('pods', 'shop', second.metadata.name, 0);
	demo.cluster.create({
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'born-meanwhile', namespace: 'shop'},
		spec: {containers: [{name: 'main', image: 'a:1'}]},
		status: {phase: 'Pending'},
	});
}

for (const [name, forget] of [
	['restarted', false],
	['restarted with its history forgotten', true],
] as const) {
	test(`the API server is killed and ${name}: data stays, STALE soon, recovery by itself, final table right`, {timeout}, async () => {
		await using world = await opened('healthy', ['pods', '-A']);
		const {demo, session} = world;
		await session.waitFor(showsAll(demo));
		const before = podsOnScreen(session.screen);
		{
			using _rows = neverBlank(session, before.length);
			const killedAt = performance.now();
			await demo.stop();
			const staleAt = await session.waitFor(screen => /STALE \d/.test(headOf(screen)));
			assert.ok(staleAt - killedAt <= staleWithinMs, `STALE after ${staleAt - killedAt} ms`);
			await session.waitFor(/refused by 127\.0\.0\.1:\d+\. .*Next try in \d+s \(r now\)\. Data is \d+s old\./);
			await session.waitFor(screen => isDeepStrictEqual(podsOnScreen(screen), before));
			await session.waitFor(screen => /STALE [3-9]/.test(headOf(screen)));
		}
		// Keys go on working: another screen and back, with the rows as they were.
		session.press('?');
		await session.waitFor(/Help/);
		session.press('<esc>');
		await session.waitFor(screen => JSON.stringify(podsOnScreen(screen)) === JSON.stringify(before));
		if (forget) demo.cluster.compact();
		changePods(demo);
		await demo.restart();
		await session.waitFor(screen => isLive(screen) && /born-meanwhile/.test(screen.text()), 2 * patienceMs);
		await sameAsPrinted(session, () => world.print(['pods', '-A']));
	});
}

test('the overview of a server that is gone says how old it is, and is right again afterwards', {timeout}, async () => {
	await using world = await opened('no-endpoints', []);
	const {demo, session} = world;
	const verdict = 'DEGRADED - shop/promo: selects no pods: app=promos';
	// While families are being read the verdict may still become another.
	await session.waitFor(screen => isLive(screen) && screen.text().includes(verdict) && !/ reading$/m.test(screen.text()));
	await demo.stop();
	await session.waitFor(screen => /STALE/.test(headOf(screen)) && /LAST KNOWN \d+s ago: /.test(screen.text()));
	assert.ok(session.screen.text().includes(verdict), session.screen.text());
	await demo.restart();
	await session.waitFor(screen => isLive(screen) && screen.text().includes(verdict) && !/LAST KNOWN/.test(screen.text()), 2 * patienceMs);
});

test('a server that hangs and wakes up: the age of the data goes on, nothing blanks, nothing is lost', {timeout}, async () => {
	await using world = await opened('healthy', ['pods', '-A']);
	const {demo, session} = world;
	await session.waitFor(showsAll(demo));
	const before = podsOnScreen(session.screen);
	{
		using _rows = neverBlank(session, before.length);
		demo.stall(true);
		changePods(demo);
		await session.waitFor(screen => /live [5-9]\.\ds|live \d\ds/.test(headOf(screen)));
	}
	demo.stall(false);
	await session.waitFor(/born-meanwhile/);
	await sameAsPrinted(session, () => world.print(['pods', '-A']));
});

test('history forgotten under an open watch: no row is lost', {timeout}, async () => {
	await using world = await opened('healthy', ['pods', '-A']);
	const {demo, session} = world;
	await session.waitFor(showsAll(demo));
	for (let round = 0; round < 3; round++) {
		demo.cluster.compact();
		demo.cluster.patch('pods', 'shop', demo.cluster.list('pods', 'shop')[round]?.metadata.name ?? '', {status: {phase: 'Failed', reason: `Round${round}`}});
	}
	await session.waitFor(/Round0.*Round1.*Round2/s);
	await sameAsPrinted(session, () => world.print(['pods', '-A']));
});

test('500 pods deleted at once: the table ends where the server does, and keys are taken meanwhile', {timeout}, async () => {
	await using world = await opened('ten-thousand-pods:2000', ['pods', '-A']);
	const {demo, session} = world;
	await session.waitFor(screen => isLive(screen) && /2,0\d\d pods|of 2,0\d\d/.test(screen.text()));
	const pods = demo.cluster.list('pods');
	const total = pods.length;
	session.press('<end>');
	await session.waitFor(new RegExp(`${total.toLocaleString('en')} of ${total.toLocaleString('en')}`));
	session.press('<home>');
	for (const {metadata} of pods.filter((_pod, index) => index % 4 === 0).slice(0, 500)) demo.cluster.delete('pods', metadata.namespace, metadata.name, 0);
	session.press('j');
	const left = (total - 500).toLocaleString('en');
	await session.waitFor(new RegExp(`${left} pods|of ${left}`));
	const printed = podsPrinted(await world.print(['pods', '-A']));
	assert.equal(printed.length, total - 500);
	await eventually(
		() => {
			const shown = podsOnScreen(session.screen);
			return shown.length > 20 && JSON.stringify(shown) === JSON.stringify(printed.slice(0, shown.length));
		},
		patienceMs,
		() => session.screen.text(),
	);
	session.press('<end>');
	await session.waitFor(screen => podsOnScreen(screen).at(-1) === printed.at(-1));
});

const role = {
	apiVersion: `${rbac}/v1`,
	kind: 'ClusterRole',
	metadata: {name: 'looker'},
	rules: [{verbs: ['get', 'list', 'watch'], apiGroups: ['*'], resources: ['*']}],
};
const binding = {
	apiVersion: `${rbac}/v1`,
	kind: 'ClusterRoleBinding',
	metadata: {name: 'looker'},
	roleRef: {apiGroup: rbac, kind: 'ClusterRole', name: 'looker'},
	subjects: [{kind: 'User', apiGroup: rbac, name: 'eve'}],
};

test("a viewer's role is taken away and given back: the rows stay and are dated, then they are live again", {timeout}, async () => {
	const story = 'healthy';
	await using demo = await startDemo({story, realTime: false});
	demo.cluster.create(role);
	demo.cluster.create(binding);
	using home = temporaryHome();
	const env = {KUBECONFIG: join(home.path, 'config')};
	writeFileSync(env.KUBECONFIG, demo.kubeconfig({impersonate: 'eve'}));
	await using session = startProgram(home.path, ['pods', '-A'], {...size, env});
	await session.waitFor(showsAll(demo));
	const before = podsOnScreen(session.screen);
	{
		using _rows = neverBlank(session, before.length);
		demo.cluster.delete(`clusterrolebindings.${rbac}`, undefined, 'looker');
		// A running watch goes on until it ends: only the next request is refused.
		await demo.stop();
		await demo.restart();
		await session.waitFor(screen => /\? STALE/.test(headOf(screen)), 2 * patienceMs);
		await session.waitFor(/user eve may not list pods/i);
		await session.waitFor(screen => isDeepStrictEqual(podsOnScreen(screen), before));
	}
	changePods(demo);
	demo.cluster.create(binding);
	session.press('<c-r>');
	await session.waitFor(screen => isLive(screen) && /born-meanwhile/.test(screen.text()), 2 * patienceMs);
	const printed = await runProgram(home.path, ['pods', '-A', '-o', 'text'], env);
	await session.waitFor(screen => isDeepStrictEqual(podsOnScreen(screen), podsPrinted(printed.out)));
});
