import type {Clock} from '../core/clock.ts';
import {createLineSplitter} from '../core/lines.ts';
import {ProblemError} from '../core/problem.ts';
import {createHeartbeat, type Heartbeat} from './heartbeat.ts';
import type {KubeStreamRequest, KubeTransport} from './kube-transport.ts';
import {createSlices} from './slices.ts';
import type {ServedStatus, TableEvent} from './table.ts';
import {brokenEnd, endOfError, endOfStatus, isProtocolError, silentProblem, type WatchEnd} from './watch-end.ts';

export type WatchOptions = Readonly<{
	transport: KubeTransport;
	clock: Clock;
	request: Omit<KubeStreamRequest, 'queued'>;
	/** The `timeoutSeconds` in the request, ms. */
	timeoutMs: number;
	/** Has this kind sent bookmarks before? */
	bookmarked: boolean;
	/** One line; throws a ProblemError (protocol) when it cannot be read. */
	decode(line: Buffer): TableEvent;
	/** It waits for a free connection. */
	queued?(): void;
	opened(): void;
	/** Events and bookmarks in order, a slice at a time; never an error event. */
	events(events: readonly TableEvent[]): void;
	quiet(since: number): void;
	awake(): void;
}>;

/** One watch request from its head to its end: bytes, lines, events. Never rejects; the end says what is to be done. */
export async function runWatch(options: WatchOptions, signal: AbortSignal): Promise<WatchEnd> {
	const own = new AbortController();
	const either = AbortSignal.any([signal, own.signal]);
	let silent: WatchEnd | undefined;
	using heartbeat = createHeartbeat({
		clock: options.clock,
		proven: options.bookmarked,
		timeoutMs: options.timeoutMs,
		quiet: options.quiet,
		awake: options.awake,
		dead(silentMs) {
			silent = {type: 'silent', problem: silentProblem(silentMs)};
			own.abort();
		},
	});
	try {
		const end = await read(options, heartbeat, either);
		return signal.aborted ? {type: 'aborted'} : (silent ?? end);
	} catch (error) {
		return signal.aborted ? {type: 'aborted'} : (silent ?? endOfError(error));
	} finally {
		// Whatever ended it, the connection is given back.
		own.abort();
	}
}

async function read(options: WatchOptions, heartbeat: Heartbeat, signal: AbortSignal): Promise<WatchEnd> {
	const queued = () => {
		heartbeat.queued();
		options.queued?.();
	};
	const stream = await options.transport.stream({...options.request, queued}, signal);
	const openedAt = options.clock.now();
	heartbeat.opened();
	options.opened();
	const splitter = createLineSplitter();
	const intake = createIntake(options, heartbeat);
	const slices = createSlices();
	slices.rest();
	for await (const chunk of stream.body) {
		slices.begin();
		heartbeat.byte();
		for (const line of splitter.push(chunk)) {
			const end = intake.line(line);
			if (end !== undefined) return end;
			if (!slices.full()) continue;
			intake.flush();
			await slices.yield();
			if (signal.aborted) return {type: 'aborted'};
		}
		intake.flush();
		slices.rest();
	}
	const rest = splitter.rest();
	const end = rest === undefined ? undefined : lastLine(intake, rest);
	intake.flush();
	return end ?? {type: 'closed', seen: intake.seen(), openMs: options.clock.now() - openedAt};
}

/** The stream ended without a newline: a whole object counts, half a one is a broken connection. */
function lastLine(intake: ReturnType<typeof createIntake>, rest: Buffer): WatchEnd | undefined {
	try {
		return intake.line(rest);
	} catch (error) {
		if (isProtocolError(error)) return brokenEnd();
		throw error;
	}
}

function createIntake(options: WatchOptions, heartbeat: Heartbeat) {
	let batch: TableEvent[] = [];
	let seen = 0;
	const flush = () => {
		if (batch.length === 0) return;
		const events = batch;
		batch = [];
		options.events(events);
	};
	return {
		flush,
		seen: () => seen,
		/** Takes one line; an end when the line is an error. What came before it is delivered first, so that its resourceVersion counts. */
		line(line: Buffer): WatchEnd | undefined {
			// Some gateways keep a connection alive with empty lines.
			if (line.length === 0 || (line.length === 1 && line[0] === 0x0d)) return undefined;
			const event = decoded(options, line, flush);
			if (event.type === 'error') {
				flush();
				return endOfStatus(event.status satisfies ServedStatus);
			}
			seen++;
			if (event.type === 'bookmark') heartbeat.bookmark();
			batch.push(event);
			return undefined;
		},
	};
}

function decoded(options: WatchOptions, line: Buffer, flush: () => void): TableEvent {
	try {
		return options.decode(line);
	} catch (error) {
		flush();
		throw error instanceof ProblemError ? error : new ProblemError({code: 'bug', what: 'Could not read the watch', cause: String(error)}, {cause: error});
	}
}
