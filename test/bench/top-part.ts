import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import type {TopModel} from '../../source/core/top/top-model.ts';
import {topScreenOf} from '../../source/core/top/top-screen.ts';
import type {TopView} from '../../source/core/top/top-view.ts';
import {LiveTop} from '../../source/store/metrics/live-top.ts';
import type {Session} from '../../source/store/session.ts';
import {programCommand} from '../tools/program.ts';
import {RawApi} from '../tools/raw-api.ts';
import {runInPty} from '../tools/run-in-pty.ts';
import {type FrontChild, startFront} from './front-child.ts';
import {benchClock, bytesInUse, cpuMs, openSession} from './open-session.ts';
import {type PartOptions, type PartResult, say} from './part.ts';
import {cpuSeconds, median, memoryMib} from './process-figures.ts';
import {benchHome} from './program-figures.ts';
import {type Line, machineText, milliseconds, number} from './report.ts';

/** metrics-server measures so often. */
const sampleMs = 15_000;
const settleMs = 4000;

type Model = Readonly<{firstCpuMs: number; firstMs: number; refreshCpuMs: number; refreshBytes: number; keptMib: number; rawCpuMs: number}>;
type Screen = Readonly<{settledMs: number; settledCpuMs: number; refreshCpuMs: number; idlePercent: number; beforeMib: number; afterMib: number}>;

/** Top at 1,000 nodes and 10,000 pods: what a new sample costs. */
export async function topPart({quick}: PartOptions): Promise<PartResult> {
	const [pods, nodes] = quick ? [2000, 400] : [10_000, 1000];
	await using front = await startFront(`ten-thousand-pods:${pods}`, {moreNodes: nodes - 200});
	say('model');
	const byNode = await measureModel(front, topScreenOf({level: 'nodes'}), {rows: nodes, times: quick ? 2 : 3});
	const byPod = await measureModel(front, topScreenOf({level: 'pods'}), {rows: pods, times: quick ? 2 : 3});
	say('screen');
	const screen = await measureScreen(front, quick ? 2 : 3);
	const text = [
		`\`npm run bench -- --only top\`. ${machineText()}`,
		'',
		`${number(nodes)} nodes and ${number(pods)} pods of two containers. The server's clock is set forward for each refresh, so that every sample is new: the most that a refresh costs, once in 15 s. ` +
			'The raw reading is a bare HTTP client that parses the same two lists.',
	];
	return {
		section: {id: 'top', title: `Top, ${number(nodes)} nodes and ${number(pods)} pods`, text, lines: linesOf(byNode, byPod, screen)},
		ratios: {topCpuPerRaw: byNode.refreshCpuMs / byNode.rawCpuMs, topKeptMib: byNode.keptMib, topScreenMib: screen.afterMib},
	};
}

function linesOf(byNode: Model, byPod: Model, screen: Screen): Line[] {
	const share = (ms: number) => `${milliseconds(ms)} of CPU, ${number((ms / sampleMs) * 100)} % of a core`;
	return [
		{what: 'bytes read a refresh', value: `${number(byNode.refreshBytes / 1e6)} MB`},
		{what: 'the raw reading of the same', value: `${milliseconds(byNode.rawCpuMs)} of CPU`},
		{
			what: 'a refresh without the screen, level nodes',
			value: `${share(byNode.refreshCpuMs)}, ${number(byNode.refreshCpuMs / byNode.rawCpuMs)} times the raw reading`,
		},
		{
			what: 'a refresh without the screen, level pods',
			value: `${share(byPod.refreshCpuMs)}, ${number(byPod.refreshCpuMs / byPod.rawCpuMs)} times the raw reading`,
		},
		{what: 'a refresh with the screen, level nodes', value: share(screen.refreshCpuMs), target: '<= 5 %'},
		{what: 'between two refreshes, with the screen', value: `${number(screen.idlePercent)} % of a core`, target: '<= 1 %'},
		{
			what: 'until everything is known: samples, requests and limits of all pods',
			value: `${milliseconds(byNode.firstMs)}, ${milliseconds(byNode.firstCpuMs)} of CPU`,
		},
		{
			what: 'memory kept: samples, numbers of pods, nodes, history',
			value: `${number(byNode.keptMib)} MiB at level nodes, ${number(byPod.keptMib)} MiB at level pods`,
		},
		{what: 'memory of the program before / with Top', value: `${number(screen.beforeMib)} / ${number(screen.afterMib)} MiB`, target: '<= 250 MiB'},
	];
}

/** What feeds the screen, without it. */
async function measureModel(front: FrontChild, view: TopView, {rows, times}: Readonly<{rows: number; times: number}>): Promise<Model> {
	await using session = await openSession(front.kubeconfig);
	using raw = new RawApi(front.kubeconfigPath);
	const beforeBytes = bytesInUse();
	const since = {at: performance.now(), cpu: cpuMs()};
	using top = new WaitingTop(session, view);
	await top.until(({rows: made, from}) => made.length >= rows && from.pods.state === 'ready' && from.at !== undefined);
	const first = {firstMs: performance.now() - since.at, firstCpuMs: cpuMs() - since.cpu};
	const refreshes: number[] = [];
	const bytes: number[] = [];
	const raws: number[] = [];
	for (let time = 0; time < times; time++) {
		const at = top.model().from.at ?? 0;
		const counted = (await front.order({type: 'advance', ms: sampleMs})).metricsBytes;
		const cpu = cpuMs();
		session.usage.metrics.retry();
		await top.until(({from}) => (from.at ?? 0) > at);
		refreshes.push(cpuMs() - cpu);
		bytes.push((await front.order({type: 'count'})).metricsBytes - counted);
		const rawCpu = cpuMs();
		for (const kind of ['nodes', 'pods']) await raw.call('GET', `/apis/metrics.k8s.io/v1beta1/${kind}`);
		raws.push(cpuMs() - rawCpu);
	}
	return {...first, refreshCpuMs: median(refreshes), refreshBytes: median(bytes), rawCpuMs: median(raws), keptMib: (bytesInUse() - beforeBytes) / 2 ** 20};
}

/** The rows of a view, and a way to wait for them. */
class WaitingTop implements Disposable {
	readonly #live: LiveTop;
	readonly #view: TopView;
	#changed: () => void = () => undefined;

	constructor(session: Session, view: TopView) {
		this.#view = view;
		this.#live = new LiveTop({
			usage: session.usage,
			scopes: session.scopes,
			catalogue: () => session.catalogue,
			clock: benchClock,
			now: () => session.now(),
			changed: () => this.#changed(),
		});
	}

	model(): TopModel {
		return this.#live.model(this.#view);
	}

	/** Resolves with the first model for which it holds; the limit of the part is that of the wait. */
	async until(holds: (model: TopModel) => boolean): Promise<void> {
		while (!holds(this.model())) {
			await new Promise<void>(resolve => {
				this.#changed = resolve;
			});
		}
	}

	[Symbol.dispose](): void {
		this.#live[Symbol.dispose]();
	}
}

/** The program with its Top screen, from outside. */
async function measureScreen(front: FrontChild, times: number): Promise<Screen> {
	using home = benchHome();
	await using session = runInPty([...programCommand, 'nodes'], {columns: 140, rows: 40, env: {KUBECONFIG: front.kubeconfigPath, HOME: home.path}});
	await session.waitFor(/node-0\d\d\d/, 20_000);
	await sleep(settleMs);
	const beforeMib = memoryMib(session.pid);
	const opened = {at: performance.now(), cpu: cpuSeconds(session.pid)};
	session.press(':top nodes<enter>');
	await session.waitFor(/Top[\s\S]*node-0\d\d\d[\s\S]*\d+ ?%/, 30_000);
	const settled = {settledMs: await rest(session.pid, opened.at), settledCpuMs: (cpuSeconds(session.pid) - opened.cpu) * 1000};
	// No poll comes in the time after this one.
	await refresh();
	const idle = cpuSeconds(session.pid);
	await sleep(settleMs);
	const idleSeconds = cpuSeconds(session.pid) - idle;
	const costs: number[] = [];
	for (let time = 0; time < times; time++) costs.push(await refresh());
	return {
		...settled,
		refreshCpuMs: Math.max(0, median(costs) - idleSeconds) * 1000,
		idlePercent: (idleSeconds / settleMs) * 100_000,
		beforeMib,
		afterMib: memoryMib(session.pid),
	};

	async function refresh(): Promise<number> {
		await front.order({type: 'advance', ms: sampleMs});
		const cpu = cpuSeconds(session.pid);
		session.press('r');
		await sleep(settleMs);
		return cpuSeconds(session.pid) - cpu;
	}
}

/** Waits until the program has done for two seconds what it does at rest, 20 s at most. Resolves with the time until the rest began, ms. */
async function rest(pid: number, since: number): Promise<number> {
	let quietSeconds = 0;
	while (quietSeconds < 2 && performance.now() - since < 20_000) {
		const cpu = cpuSeconds(pid);
		await sleep(1000);
		quietSeconds = cpuSeconds(pid) - cpu < 0.12 ? quietSeconds + 1 : 0;
	}
	return performance.now() - since - quietSeconds * 1000;
}
