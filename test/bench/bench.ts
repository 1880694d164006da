// `npm run bench [-- --reps 5 --rows 1000,10000,100000 --quick --no-write]`: measures the built program on the demo
// server, and on KUBECONFIG_E2E where that is set; writes docs/performance.md; fails where a budget is exceeded by 20 %.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {repositoryRoot} from '../tools/repository.ts';
import {startDemoChild} from './demo-child.ts';
import {
	type EventFigures,
	events,
	type IdleFigures,
	idle,
	type KeyFigures,
	keys,
	type Program,
	type StartFigures,
	type StormFigures,
	start,
	storm,
} from './measure.ts';
import {cpuSeconds, median, memoryMib} from './process-figures.ts';
import {RawApi, type RawList} from '../tools/raw-api.ts';
import {type GrowthLine, type Line, machineText, milliseconds, number, performancePage, type Section} from './report.ts';

type Figures = Readonly<{
	cold: StartFigures;
	start: StartFigures;
	raw: RawList;
	memoryMib: number;
	startCpuSeconds: number;
	keys: KeyFigures;
	idle: IdleFigures;
	event: EventFigures;
}>;

const {values: options} = parseArgs({
	options: {
		reps: {type: 'string', default: '5'},
		rows: {type: 'string', default: '1000,10000,100000'},
		quick: {type: 'boolean', default: false},
		'no-write': {type: 'boolean', default: false},
	},
});
const repetitions = options.quick ? 2 : Number(options.reps);
const home = mkdtempSync(join(tmpdir(), 'k8tui-bench-home-'));

try {
	await bench();
} finally {
	rmSync(home, {recursive: true, force: true});
}

async function bench(): Promise<void> {
	const sections: Section[] = [];
	const {section, ratios} = await benchDemo();
	sections.push(section);
	const kubeconfig = process.env['KUBECONFIG_E2E'];
	if (kubeconfig === undefined) say('KUBECONFIG_E2E is not set: no real cluster is measured');
	else sections.push(await benchCluster(kubeconfig));
	const page = join(repositoryRoot, 'docs', 'performance.md');
	if (!options['no-write']) writeFileSync(page, performancePage(existsSync(page) ? readFileSync(page, 'utf8') : undefined, sections));
	checkBudgets(ratios);
}

async function benchDemo(): Promise<{section: Section; ratios: Readonly<Record<string, number>>}> {
	const {figures, storming} = await measureDemo();
	const growth = await measureGrowth(options.rows.split(',').map(Number));
	const [tenThousand, hundredThousand] = [10_000, 100_000].map(rows => growth.find(line => line.rows === rows));
	const perRow = (line: GrowthLine | undefined) => (line === undefined ? Number.NaN : line.completeMs / line.rows);
	const ratios = {
		startPerNodeStart: figures.start.firstRowsMs / nodeStartMs(),
		completePerRawList: figures.start.completeMs / figures.raw.allMs,
		memoryMib: figures.memoryMib,
		eventMedianMs: figures.event.medianMs,
		keyMedianMs: figures.keys.medianMs,
		keyBytes: figures.keys.bytes,
		idleCpuPercent: figures.idle.cpuPercent,
		stormCpuPercent: storming.cpuPercent,
		growthPerRow: perRow(hundredThousand) / perRow(tenThousand),
	};
	const text = [
		`\`npm run bench\`, ${repetitions} starts. ${machineText()}`,
		'',
		"The server is `k8tui`'s own simulated API server, in another process on the same machine.",
	];
	return {section: {id: 'demo', title: 'Demo server, 10,000 pods', text, lines: [...linesOf(figures), ...stormLines(storming)], growth}, ratios};
}

async function measureDemo(): Promise<{figures: Figures; storming: StormFigures}> {
	await using demo = await startDemoChild('ten-thousand-pods');
	using api = new RawApi(demo.kubeconfigPath);
	const {figures, session} = await measure(demo.kubeconfigPath, api);
	await using _ = session;
	say('2,000 events/s');
	return {figures, storming: await storm(session, api, rate => demo.churn(rate), {eventsPerSecond: 2000, seconds: options.quick ? 8 : 30})};
}

async function benchCluster(kubeconfig: string): Promise<Section> {
	using api = new RawApi(kubeconfig);
	const {figures, session} = await measure(kubeconfig, api);
	await session[Symbol.asyncDispose]();
	const text = [
		`\`KUBECONFIG_E2E=… npm run bench\`, ${repetitions} starts. ${machineText()}`,
		'',
		`A real kube-apiserver with ${number(figures.raw.rows)} pods on the same machine. The storm of events and the growth are measured on the demo server only: this machine's etcd does not write so fast.`,
	];
	return {id: 'cluster', title: `Real cluster, ${number(figures.raw.rows)} pods`, text, lines: linesOf(figures)};
}

/** Everything that needs no hand on the server. The last session goes on. */
async function measure(kubeconfig: string, api: RawApi): Promise<{figures: Figures; session: Awaited<ReturnType<typeof start>>['session']}> {
	await api.listPods();
	const raws: RawList[] = [];
	for (let index = 0; index < 3; index++) raws.push(await api.listPods());
	const program = await programFor(kubeconfig, api);
	say('starts');
	const cold = await start(program);
	await cold.session[Symbol.asyncDispose]();
	const starts: StartFigures[] = [];
	let {session} = cold;
	for (let index = 0; index < repetitions; index++) {
		const next = await start(program);
		starts.push(next.figures);
		({session} = next);
		if (index < repetitions - 1) await session[Symbol.asyncDispose]();
	}
	await sleep(8000);
	const memory = {memoryMib: memoryMib(session.pid), startCpuSeconds: cpuSeconds(session.pid)};
	say('keys');
	const keyFigures = await keys(session, options.quick ? 10 : 30);
	say('idle');
	const idleFigures = await idle(session, options.quick ? 5 : 20);
	say('events');
	const eventFigures = await events(session, api, options.quick ? 5 : 15);
	const middle = (figure: keyof StartFigures) => median(starts.map(one => one[figure]));
	return {
		session,
		figures: {
			cold: cold.figures,
			start: {firstBytesMs: middle('firstBytesMs'), firstRowsMs: middle('firstRowsMs'), completeMs: middle('completeMs')},
			raw: {
				rows: raws[0]?.rows ?? 0,
				bytes: raws[0]?.bytes ?? 0,
				firstPageMs: median(raws.map(raw => raw.firstPageMs)),
				allMs: median(raws.map(raw => raw.allMs)),
			},
			...memory,
			keys: keyFigures,
			idle: idleFigures,
			event: eventFigures,
		},
	};
}

/** How time and memory grow with the number of pods. */
async function measureGrowth(sizes: readonly number[]): Promise<GrowthLine[]> {
	const lines: GrowthLine[] = [];
	for (const rows of sizes) {
		say(`${number(rows)} pods`);
		await using demo = await startDemoChild(`ten-thousand-pods:${rows}`);
		using api = new RawApi(demo.kubeconfigPath);
		await api.listPods();
		const raw = await api.listPods();
		const {session, figures} = await start(await programFor(demo.kubeconfigPath, api));
		await using _ = session;
		await sleep(5000);
		lines.push({rows: raw.rows, firstRowsMs: figures.firstRowsMs, completeMs: figures.completeMs, rawMs: raw.allMs, memoryMib: memoryMib(session.pid)});
	}
	return lines;
}

/** All pods, with a home of its own: the first start finds no cache there, the others do. */
async function programFor(kubeconfig: string, api: RawApi): Promise<Program> {
	const {names, total} = await api.firstPodNames();
	// Long names lose their middle on the screen, never their first eight characters.
	const heads = [...new Set(names.map(name => name.slice(0, 8)))].map(head => head.replaceAll(/[.-]/g, '\\$&'));
	return {
		command: [process.execPath, join(repositoryRoot, 'bin', 'k8tui.js'), 'pods', '-A'],
		env: {KUBECONFIG: kubeconfig, HOME: home},
		row: new RegExp(`(?:${heads.join('|')})`),
		// Not `of ~10,000`, which is a guess while the list comes in.
		complete: new RegExp(`(?<![~\\d,])${total.toLocaleString('en-US')}(?![\\d,])`),
	};
}

function linesOf({cold, start: warm, raw, memoryMib: memory, startCpuSeconds, keys: key, idle: rest, event}: Figures): Line[] {
	return [
		{what: 'first bytes', value: milliseconds(warm.firstBytesMs), target: '<= 300 ms'},
		{what: 'first live rows', value: milliseconds(warm.firstRowsMs), target: '<= 500 ms'},
		{what: 'first live rows, the very first start (no caches)', value: milliseconds(cold.firstRowsMs)},
		{
			what: `all ${number(raw.rows)} on the screen`,
			value: `${milliseconds(warm.completeMs)}, ${number(warm.completeMs / raw.allMs)} times the raw list`,
			target: '<= 1,300 ms',
		},
		{what: 'the raw list: first page, all', value: `${milliseconds(raw.firstPageMs)}, ${milliseconds(raw.allMs)} (${number(raw.bytes / 1e6)} MB)`},
		{what: 'memory with them', value: `${number(memory)} MiB`, target: '<= 250 MiB'},
		{what: 'CPU up to there', value: `${number(startCpuSeconds)} s`},
		{
			what: 'a new object to the screen, median / worst',
			value: `${milliseconds(event.medianMs)} / ${milliseconds(event.worstMs)} (${event.seen} of ${event.sent} seen)`,
			target: '<= 50 / 100 ms',
		},
		{what: 'cursor key, median / worst', value: `${milliseconds(key.medianMs)} / ${milliseconds(key.worstMs)}`, target: '<= 16 ms'},
		{what: 'cursor key, bytes', value: number(key.bytes), target: '<= 600'},
		{what: 'idle', value: `${number(rest.cpuPercent)} % of a core, ${number(rest.bytesPerSecond)} B/s`, target: '<= 1 %'},
	];
}

function stormLines(storming: StormFigures): Line[] {
	const {event} = storming;
	return [
		{
			what: `${number(storming.eventsPerSecond)} events/s for ${number(storming.seconds)} s: CPU`,
			value: `${number(storming.cpuPercent)} % of a core, ${number(storming.bytesPerSecond)} B/s`,
		},
		{
			what: '- a new object to the screen, median / worst',
			value: `${milliseconds(event.medianMs)} / ${milliseconds(event.worstMs)} (${event.seen} of ${event.sent} seen)`,
		},
		{what: '- cursor key, median / worst', value: `${milliseconds(storming.keyMedianMs)} / ${milliseconds(storming.keyWorstMs)}`},
		{what: '- memory before / after', value: `${number(storming.memoryBeforeMib)} / ${number(storming.memoryAfterMib)} MiB`},
	];
}

/** Median time of a Node that does nothing: what every Node program pays on this machine. */
function nodeStartMs(): number {
	return median(
		Array.from({length: 7}, () => {
			const at = performance.now();
			spawnSync(process.execPath, ['-e', '']);
			return performance.now() - at;
		}),
	);
}

function checkBudgets(ratios: Readonly<Record<string, number>>): void {
	// The file beside this one: figure -> budget and what it means.
	const budgets = JSON.parse(readFileSync(join(repositoryRoot, 'test', 'bench', 'budgets.json'), 'utf8')) as Record<string, {budget: number; what: string}>;
	for (const [name, {budget, what}] of Object.entries(budgets)) {
		const value = ratios[name] ?? Number.NaN;
		const state = Number.isNaN(value) ? 'not measured' : value <= budget ? 'kept' : value <= budget * 1.2 ? 'just over' : 'EXCEEDED';
		if (state === 'EXCEEDED') process.exitCode = 1;
		say(`${state.padEnd(12)} ${number(value).padStart(8)} of ${number(budget).padStart(5)}  ${what}`);
	}
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}
