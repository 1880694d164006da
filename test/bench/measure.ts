import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {cursorRow} from '../tools/program.ts';
import {type PtySession, runInPty} from '../tools/run-in-pty.ts';
import {cpuSeconds, median, memoryMib, worst} from './process-figures.ts';
import type {RawApi} from '../tools/raw-api.ts';

/** A program in a terminal of 140x40 that shows all pods of a cluster, and how its screen is read. */
export type Program = Readonly<{command: readonly string[]; env: Readonly<Record<string, string>>; row: RegExp; complete: RegExp}>;

export type StartFigures = Readonly<{firstBytesMs: number; firstRowsMs: number; completeMs: number}>;
export type KeyFigures = Readonly<{medianMs: number; worstMs: number; bytes: number}>;
export type EventFigures = Readonly<{medianMs: number; worstMs: number; seen: number; sent: number}>;
export type IdleFigures = Readonly<{cpuPercent: number; bytesPerSecond: number}>;

/** Sorts first by namespace and by name, in the demo's names and in the lab's. */
const namespace = 'aaa';

/** Starts the program and waits until every pod is counted on the screen. The session goes on. */
export async function start(program: Program): Promise<{session: PtySession; figures: StartFigures}> {
	const session = runInPty(program.command, {columns: 140, rows: 40, env: program.env});
	try {
		const rowsAt = await session.waitFor(program.row, 60_000);
		const completeAt = await session.waitFor(program.complete, 120_000);
		const since = (at: number) => at - session.startedAt;
		return {session, figures: {firstBytesMs: since(session.chunks[0]?.at ?? Number.NaN), firstRowsMs: since(rowsAt), completeMs: since(completeAt)}};
	} catch (error) {
		await session[Symbol.asyncDispose]();
		throw error;
	}
}

/** The cursor down, so many times, a quarter of a second apart: time to the first byte and bytes in all. */
export async function keys(session: PtySession, times: number): Promise<KeyFigures> {
	await session.quiet(900, 6000).catch(() => undefined);
	const delays: number[] = [];
	const bytes: number[] = [];
	for (let index = 0; index < times; index++) {
		const [chunks, before, at] = [session.chunks.length, session.byteCount, performance.now()];
		session.press('j');
		await sleep(250);
		const first = session.chunks[chunks];
		if (first === undefined) continue;
		delays.push(first.at - at);
		bytes.push(session.byteCount - before);
	}
	session.press('g');
	session.press('g');
	return {medianMs: median(delays), worstMs: worst(delays), bytes: median(bytes)};
}

/** CPU and bytes while nothing changes. */
export async function idle(session: PtySession, seconds: number): Promise<IdleFigures> {
	await session.quiet(900, 6000).catch(() => undefined);
	const [bytes, cpu] = [session.byteCount, cpuSeconds(session.pid)];
	await sleep(seconds * 1000);
	return {cpuPercent: ((cpuSeconds(session.pid) - cpu) / seconds) * 100, bytesPerSecond: (session.byteCount - bytes) / seconds};
}

/** From the request that creates a pod to its name on the screen. */
export async function events(session: PtySession, api: RawApi, times: number): Promise<EventFigures> {
	await api.createNamespace(namespace);
	const delays: number[] = [];
	for (let index = 0; index < times; index++) {
		delays.push(await newPod(session, api));
		// Not in step with any timer of the program.
		await sleep(370 + 110 * (index % 7));
	}
	return eventFigures(delays);
}

/** NaN: not on the screen within 10 s. */
async function newPod(session: PtySession, api: RawApi): Promise<number> {
	const name = `aaa-${Math.random().toString(36).slice(2, 12)}`;
	const at = performance.now();
	const shown = session.waitFor(name.slice(0, 12), 10_000);
	await api.createPod(namespace, name);
	const delay = await shown.then(shownAt => shownAt - at).catch(() => Number.NaN);
	await api.deletePod(namespace, name);
	return delay;
}

function eventFigures(delays: readonly number[]): EventFigures {
	const seen = delays.filter(delay => !Number.isNaN(delay));
	return {medianMs: median(seen), worstMs: worst(seen), seen: seen.length, sent: delays.length};
}

export type StormFigures = Readonly<{
	eventsPerSecond: number;
	seconds: number;
	event: EventFigures;
	keyMedianMs: number;
	keyWorstMs: number;
	cpuPercent: number;
	bytesPerSecond: number;
	memoryBeforeMib: number;
	memoryAfterMib: number;
}>;

/** New objects and keys while other objects change without a pause. `churn` sets the rate. */
export async function storm(
	session: PtySession,
	api: RawApi,
	churn: (eventsPerSecond: number) => void,
	load: Readonly<{eventsPerSecond: number; seconds: number}>,
): Promise<StormFigures> {
	const {eventsPerSecond} = load;
	const memoryBeforeMib = memoryMib(session.pid);
	await api.createNamespace(namespace);
	churn(eventsPerSecond);
	await sleep(1000);
	const [bytes, cpu, startedAt] = [session.byteCount, cpuSeconds(session.pid), performance.now()];
	const [eventDelays, keyDelays]: [number[], number[]] = [[], []];
	while (performance.now() - startedAt < load.seconds * 1000) {
		eventDelays.push(await newPod(session, api));
		for (const key of ['j', 'k', 'j', 'k']) {
			keyDelays.push(await keyDelay(session, key));
			await sleep(230);
		}
	}
	const seconds = (performance.now() - startedAt) / 1000;
	const figures = {cpuPercent: ((cpuSeconds(session.pid) - cpu) / seconds) * 100, bytesPerSecond: (session.byteCount - bytes) / seconds};
	churn(0);
	const moves = keyDelays.filter(delay => !Number.isNaN(delay));
	return {
		eventsPerSecond,
		seconds,
		event: eventFigures(eventDelays),
		keyMedianMs: median(moves),
		keyWorstMs: worst(moves),
		...figures,
		memoryBeforeMib,
		memoryAfterMib: memoryMib(session.pid),
	};
}

/** From a key to the cursor on another row; NaN: not within 2 s. */
async function keyDelay(session: PtySession, key: string): Promise<number> {
	const row = cursorRow(session.screen);
	const at = performance.now();
	const moved = session.waitFor(screen => cursorRow(screen) !== row, 2000).catch(() => Number.NaN);
	session.press(key);
	return (await moved) - at;
}
