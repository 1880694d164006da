import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {programCommand} from '../tools/program.ts';
import type {RawApi, RawList} from '../tools/raw-api.ts';
import type {PtySession} from '../tools/run-in-pty.ts';
import {type EventFigures, events, type IdleFigures, idle, type KeyFigures, keys, type Program, type StartFigures, start} from './measure.ts';
import {type PartOptions, say} from './part.ts';
import {cpuSeconds, median, memoryMib} from './process-figures.ts';
import {type Line, milliseconds, number} from './report.ts';

export type Figures = Readonly<{
	cold: StartFigures;
	start: StartFigures;
	raw: RawList;
	memoryMib: number;
	startCpuSeconds: number;
	keys: KeyFigures;
	idle: IdleFigures;
	event: EventFigures;
}>;

/** A HOME for the programs of a part; gone with it. The first start finds no cache there, the others do. */
export function benchHome(): Disposable & Readonly<{path: string}> {
	const path = mkdtempSync(join(tmpdir(), 'k8tui-bench-home-'));
	return {path, [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true})};
}

/** Everything that needs no hand on the server. The last session goes on. */
export async function measureProgram(
	server: Readonly<{kubeconfig: string; api: RawApi; home: string}>,
	{quick, repetitions}: PartOptions,
): Promise<{figures: Figures; session: PtySession}> {
	const {api} = server;
	await api.listPods();
	const raws: RawList[] = [];
	for (let index = 0; index < 3; index++) raws.push(await api.listPods());
	const program = await programFor(server);
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
	const keyFigures = await keys(session, quick ? 10 : 30);
	say('idle');
	const idleFigures = await idle(session, quick ? 5 : 20);
	say('events');
	const eventFigures = await events(session, api, quick ? 5 : 15);
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

/** The program with all pods. */
export async function programFor({kubeconfig, api, home}: Readonly<{kubeconfig: string; api: RawApi; home: string}>): Promise<Program> {
	const {names, total} = await api.firstPodNames();
	// Long names lose their middle on the screen, never their first eight characters.
	const heads = [...new Set(names.map(name => name.slice(0, 8)))].map(head => head.replaceAll(/[.-]/g, '\\$&'));
	return {
		command: [...programCommand, 'pods', '-A'],
		env: {KUBECONFIG: kubeconfig, HOME: home},
		row: new RegExp(`(?:${heads.join('|')})`),
		// Not `of ~10,000`, which is a guess while the list comes in.
		complete: new RegExp(`(?<![~\\d,])${total.toLocaleString('en-US')}(?![\\d,])`),
	};
}

/** The figures as lines of a table. */
export function linesOf({cold, start: warm, raw, memoryMib: memory, startCpuSeconds, keys: key, idle: rest, event}: Figures): Line[] {
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

/** Median time of a Node that does nothing: what every Node program pays on this machine. */
export function nodeStartMs(): number {
	return median(
		Array.from({length: 7}, () => {
			const at = performance.now();
			spawnSync(process.execPath, ['-e', '']);
			return performance.now() - at;
		}),
	);
}
