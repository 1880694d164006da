import {get} from 'node:http';
import {performance} from 'node:perf_hooks';
import {LogReading} from '../../source/core/logs/log-reading.ts';
import type {LogTarget} from '../../source/core/logs/log-target.ts';
import type {LogsModel} from '../../source/core/logs/logs-model.ts';
import {createLogs, type Logs} from '../../source/store/logs/create-logs.ts';
import type {Session} from '../../source/store/session.ts';
import {type FrontChild, startFront} from './front-child.ts';
import {benchClock, bytesInUse, cpuMs, openSession} from './open-session.ts';
import {type PartOptions, type PartResult, say} from './part.ts';
import {median} from './process-figures.ts';
import {type Line, machineText, number} from './report.ts';
import {lineBytes} from './written-log.ts';

const bound = 20_000;
const pods = 50;
const askEveryMs = 50;
const selector: LogTarget = {type: 'selector', namespace: 'load', labelSelector: 'app=load'};
const onePod: LogTarget = {type: 'pod', namespace: 'load', name: 'load-000'};

type Speed = Readonly<{linesPerSecond: number; cpuMicroseconds: number}>;
type Reading = Readonly<{session: Session; front: FrontChild}>;
type Held = Readonly<{model: LogsModel; speed: Speed; keptBytes: number}>;

/** How fast bytes on loopback become held records, and what the ring takes when it is full. */
export async function logEnginePart({quick}: PartOptions): Promise<PartResult> {
	const lines = quick ? 50_000 : 500_000;
	const times = quick ? 1 : 3;
	await using front = await startFront('healthy', {pods});
	await using session = await openSession(front.kubeconfig);
	say('one container');
	await front.order({type: 'write', everyMs: 1, most: lines});
	const raws: Speed[] = [];
	const singles: Held[] = [];
	// The first of each is thrown away: nothing is compiled then.
	for (let time = 0; time <= times; time++) {
		raws.push(await readRaw(front));
		singles.push(await hold({session, front}, onePod, lines));
	}
	say(`${pods} containers`);
	await front.order({type: 'write', everyMs: 1, most: lines / pods});
	const many: Held[] = [];
	for (let time = 0; time <= times; time++) many.push(await hold({session, front}, selector, lines));
	const last = singles.at(-1);
	const understood = last === undefined ? undefined : understand(last.model, quick ? 1 : 5);
	const [raw, single, merged] = [raws, singles.map(({speed}) => speed), many.map(({speed}) => speed)].map(middle);
	const keptBytes = median(singles.slice(1).map(held => held.keptBytes));
	const text = [
		`\`npm run bench -- --only log-engine\`, ${number(lines)} lines of ${lineBytes} bytes (JSON, logfmt, klog and text in turn), medians of ${times}. ${machineText()}`,
		'',
		'From bytes on loopback to records in the ring, the request, resumption, merging by time and counting included; each run ends when every line was received, and fails where one is missing or there twice. ' +
			`The raw reading is a bare HTTP client that decodes the same bytes and cuts them into lines. Of ${pods} containers 24 are followed and the others are read in turns.`,
	];
	return {
		section: {id: 'log-engine', title: 'Log engine', text, lines: linesOf({raw, single, merged, understood, keptBytes, model: last?.model})},
		ratios: {
			logCpuPerRaw: (single?.cpuMicroseconds ?? Number.NaN) / (raw?.cpuMicroseconds ?? Number.NaN),
			logMergedCpuPerRaw: (merged?.cpuMicroseconds ?? Number.NaN) / (raw?.cpuMicroseconds ?? Number.NaN),
			logRingMib: keptBytes / 2 ** 20,
		},
	};
}

function linesOf({
	raw,
	single,
	merged,
	understood,
	keptBytes,
	model,
}: Readonly<{
	raw: Speed | undefined;
	single: Speed | undefined;
	merged: Speed | undefined;
	understood: Speed | undefined;
	keptBytes: number;
	model: LogsModel | undefined;
}>): Line[] {
	const speed = (of: Speed | undefined) => `${number(of?.linesPerSecond ?? Number.NaN)} lines/s, ${number(of?.cpuMicroseconds ?? Number.NaN)} µs of CPU a line`;
	return [
		{what: 'raw reading of one container', value: speed(raw)},
		{what: 'one container', value: speed(single), target: '>= 100,000 lines/s'},
		{what: `${pods} containers, merged`, value: speed(merged)},
		{what: 'understood besides (level, fields, stack traces, repeats)', value: speed(understood)},
		{
			what: `memory at the bound, ${number(model?.counters.held ?? 0)} records held`,
			value: `${number(keptBytes / 2 ** 20)} MiB, counted as ${number((model?.counters.bytes ?? 0) / 2 ** 20)} MiB`,
			target: '<= 32 MiB',
		},
	];
}

/** Without the first. */
function middle(speeds: readonly Speed[]): Speed {
	const rest = speeds.slice(1);
	return {linesPerSecond: median(rest.map(one => one.linesPerSecond)), cpuMicroseconds: median(rest.map(one => one.cpuMicroseconds))};
}

function speedOf(lines: number, since: Readonly<{at: number; cpu: number}>): Speed {
	return {linesPerSecond: (lines / (performance.now() - since.at)) * 1000, cpuMicroseconds: ((cpuMs() - since.cpu) * 1000) / lines};
}

/** What it costs to read the same bytes and to cut them into strings. */
async function readRaw(front: FrontChild): Promise<Speed> {
	const server = /server: (\S+)/.exec(front.kubeconfig)?.[1] ?? '';
	const since = {at: performance.now(), cpu: cpuMs()};
	const decoder = new TextDecoder();
	let [count, rest] = [0, ''];
	await new Promise<void>((resolve, reject) => {
		get(`${server}/api/v1/namespaces/load/pods/load-000/log?timestamps=true`, response => {
			response.on('data', (bytes: Buffer) => {
				const lines = (rest + decoder.decode(bytes, {stream: true})).split('\n');
				rest = lines.pop() ?? '';
				count += lines.length;
			});
			response.on('end', resolve);
			response.on('error', reject);
		}).on('error', reject);
	});
	return speedOf(count, since);
}

/** Reads a target to its last line into a ring of the usual size. */
async function hold({session, front}: Reading, target: LogTarget, lines: number): Promise<Held> {
	const before = bytesInUse();
	const since = {at: performance.now(), cpu: cpuMs()};
	const logs = createLogs({
		client: session.client,
		scopes: session.scopes,
		catalogue: () => session.catalogue,
		clock: benchClock,
		now: () => session.now(),
		random: Math.random,
		target,
		range: {},
		previous: false,
		events: false,
		maxRecords: bound,
	});
	let speed: Speed | undefined;
	let leave: () => void = () => undefined;
	await new Promise<void>(resolve => {
		leave = logs.subscribe(() => {
			if (speed !== undefined || logs.snapshot().counters.received < lines) return;
			speed = speedOf(lines, since);
			resolve();
		});
	});
	// A poll may be under way: what it brings twice has to be counted.
	while ((await front.order({type: 'count'})).logReads > 0 || taken(logs.snapshot()) !== logs.snapshot().counters.received) await nextChange(logs);
	const keptBytes = bytesInUse() - before;
	leave();
	const model = logs.snapshot();
	const {received, held, dropped} = model.counters;
	if (speed === undefined || received !== lines || held + dropped !== received)
		throw new Error(`${lines} lines were written; received ${received}, held ${held}, dropped ${dropped}`);
	return {model, speed, keptBytes};
}

/** Lines that the readers have brought: those included that wait to be put in order. */
function taken({sources}: LogsModel): number {
	return sources.reduce((sum, source) => sum + source.lines, 0);
}

/** Resolves when there is news, or soon: that a poll brought nothing is none. */
async function nextChange(logs: Logs): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	const leave = logs.subscribe(resolve);
	using _soon = benchClock.after(askEveryMs, resolve);
	await promise;
	leave();
}

/** A full ring read by the screen for the first time, so many times. */
function understand({records}: LogsModel, times: number): Speed {
	const question = {filters: [], context: 0, clearedBefore: 0, fold: true, events: true};
	new LogReading().read(records, question);
	const since = {at: performance.now(), cpu: cpuMs()};
	for (let time = 0; time < times; time++) new LogReading().read(records, question);
	return speedOf(records.length * times, since);
}
