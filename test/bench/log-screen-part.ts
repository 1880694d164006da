import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {cursorRow, programCommand} from '../tools/program.ts';
import {type PtySession, runInPty} from '../tools/run-in-pty.ts';
import type {VirtualScreen} from '../tools/virtual-screen.ts';
import {type FrontChild, startFront} from './front-child.ts';
import {epochMs, type PartOptions, type PartResult, say} from './part.ts';
import {cpuSeconds, median, memoryMib, worst} from './process-figures.ts';
import {benchHome} from './program-figures.ts';
import {type Line, machineText, milliseconds, number} from './report.ts';

const pods = 50;
const everyMs = 5;
const wanted = (pods * 1000) / everyMs;

type Delays = Readonly<{medianMs: number; worstMs: number; seen: number; tried: number}>;
type Following = Delays & Readonly<{frames: number; linesPerSecond: number; cpuPercent: number; bytesPerSecond: number; memoryMib: readonly number[]}>;

/** The Logs screen while 50 pods write 10,000 lines a second. */
export async function logScreenPart({quick}: PartOptions): Promise<PartResult> {
	using home = benchHome();
	await using front = await startFront('healthy', {pods});
	await using session = runInPty([...programCommand, 'pods', '-n', 'load'], {
		columns: 140,
		rows: 40,
		env: {KUBECONFIG: front.kubeconfigPath, HOME: home.path},
	});
	await session.waitFor('load-000', 20_000);
	await sleep(3000);
	const memoryBeforeMib = memoryMib(session.pid);
	await front.order({type: 'write', everyMs});
	session.press(':logs -l app=load -n load<enter>');
	await session.waitFor(screen => newestLine(screen) > 0, 20_000);
	// Pods that are not followed are read every five seconds.
	await sleep(quick ? 6000 : 8000);
	say('lines');
	const lines = await follow(session, front, quick ? 5 : 12);
	say('keys');
	const follows = await toggles(session, quick ? 4 : 10);
	const cursor = await moves(session, quick ? 6 : 15);
	const text = [
		`\`npm run bench -- --only log-screen\`. ${machineText()}`,
		'',
		`${pods} pods write ${number(wanted)} lines a second together, each line with the moment of its writing; the screen of 140x40 follows all of them (24 live, the others by polls every 5 s). ` +
			'A line is on the screen when it or a later one of a live pod is; lines of several pods are put in order in a window of 500 ms and drawn ten times a second.',
	];
	return {
		section: {
			id: 'log-screen',
			title: `Logs screen, ${number(wanted)} lines/s from ${pods} pods`,
			text,
			lines: linesOf(lines, follows, cursor, memoryBeforeMib),
		},
		ratios: {
			logLineMedianMs: lines.medianMs,
			logKeyMedianMs: follows.medianMs,
			logCursorMedianMs: cursor.medianMs,
			logScreenCpuPercent: lines.cpuPercent,
			logScreenMib: worst(lines.memoryMib),
		},
	};
}

function linesOf(lines: Following, follows: Delays, cursor: Delays, memoryBeforeMib: number): Line[] {
	const delay = ({medianMs, worstMs, seen, tried}: Delays) => `${milliseconds(medianMs)} / ${milliseconds(worstMs)} (${seen} of ${tried} seen)`;
	return [
		{what: 'lines that the server sent, those included that polls read twice', value: `${number(lines.linesPerSecond)} lines/s`},
		{
			what: 'a line to the screen, median / worst',
			value: `${milliseconds(lines.medianMs)} / ${milliseconds(lines.worstMs)} (${number(lines.frames)} frames/s with newer lines)`,
			target: '<= 1,000 ms',
		},
		{what: 'key that stops and goes on following, median / worst', value: delay(follows), target: '<= 100 ms'},
		{what: 'cursor key while stopped, lines coming in, median / worst', value: delay(cursor), target: '<= 100 ms'},
		{what: 'CPU while following', value: `${number(lines.cpuPercent)} % of a core, ${number(lines.bytesPerSecond)} B/s to the terminal`},
		{
			what: 'memory before / with 20,000 lines held, median and most',
			value: `${number(memoryBeforeMib)} / ${number(median(lines.memoryMib))} and ${number(worst(lines.memoryMib))} MiB`,
		},
	];
}

/** The latest moment of writing that the screen shows, ms since the epoch; 0 where it shows none. */
function newestLine(screen: VirtualScreen): number {
	return Math.max(0, ...screen.lines().flatMap(line => [...line.matchAll(/@(\d{13})(?!\d)/g)].map(([, at]) => Number(at))));
}

/** From frame to frame: what was written since the one before has waited for this one. */
async function follow(session: PtySession, front: FrontChild, seconds: number): Promise<Following> {
	const before = {...(await front.order({type: 'count'})), cpu: cpuSeconds(session.pid), bytes: session.byteCount, at: performance.now()};
	const typical: number[] = [];
	const longest: number[] = [];
	const memory: number[] = [];
	let last = newestLine(session.screen);
	while (performance.now() - before.at < seconds * 1000) {
		const shownAt = await session.waitFor(screen => newestLine(screen) > last, 5000).catch(() => Number.NaN);
		if (Number.isNaN(shownAt)) throw new Error('No line came to the screen within 5 s');
		const newest = newestLine(session.screen);
		typical.push(epochMs(shownAt) - (last + newest) / 2);
		longest.push(epochMs(shownAt) - last);
		memory.push(memoryMib(session.pid));
		last = newest;
	}
	const passed = (performance.now() - before.at) / 1000;
	const {logLines} = await front.order({type: 'count'});
	return {
		// The first began before this did.
		medianMs: median(typical.slice(1)),
		worstMs: worst(longest.slice(1)),
		seen: typical.length,
		tried: typical.length,
		frames: typical.length / passed,
		linesPerSecond: (logLines - before.logLines) / passed,
		cpuPercent: ((cpuSeconds(session.pid) - before.cpu) / passed) * 100,
		bytesPerSecond: (session.byteCount - before.bytes) / passed,
		memoryMib: memory,
	};
}

/** Stops and goes on, so many times. It ends stopped. */
async function toggles(session: PtySession, times: number): Promise<Delays> {
	const delays: number[] = [];
	for (let index = 0; index < times; index++) {
		for (const shown of ['PAUSED', 'FOLLOW']) {
			delays.push(await after(session, 's', screen => screen.text().includes(shown)));
			await sleep(330 + 70 * (index % 5));
		}
	}
	await after(session, 's', screen => screen.text().includes('PAUSED'));
	return delaysOf(delays);
}

async function moves(session: PtySession, times: number): Promise<Delays> {
	const delays: number[] = [];
	for (let index = 0; index < times; index++) {
		await sleep(230 + 40 * (index % 5));
		const row = cursorRow(session.screen);
		delays.push(await after(session, 'k', screen => cursorRow(screen) !== row));
	}
	return delaysOf(delays);
}

/** From a key to what it does on the screen; NaN: not within 3 s. */
async function after(session: PtySession, key: string, holds: (screen: VirtualScreen) => boolean): Promise<number> {
	const at = performance.now();
	const shown = session.waitFor(holds, 3000).catch(() => Number.NaN);
	session.press(key);
	return (await shown) - at;
}

function delaysOf(delays: readonly number[]): Delays {
	const seen = delays.filter(delay => !Number.isNaN(delay));
	return {medianMs: median(seen), worstMs: worst(seen), seen: seen.length, tried: delays.length};
}
