import type {Clock} from '../core/clock.ts';
import type {ExecAnswer, ExecQuestion} from '../core/probe-connection.ts';
import {ProblemError} from '../core/problem.ts';
import type {Channel} from './channel.ts';
import {type ExecEnd, readExecStatus} from './exec-status.ts';
import type {Transport} from './transport.ts';

const stdinChannel = 0;
const stdoutChannel = 1;
const stderrChannel = 2;
const statusChannel = 3;
/** v5: `[255, channel]` ends that channel. */
const closeChannel = 255;
const frameBytes = 32_768;
/** client-go tools/remotecommand/websocket.go `pingPeriod`, `pingReadDeadline`. */
const pingEveryMs = 5_000;
const deadAfterMs = 61_000;
/** After the status nothing more comes; a server that does not close is not waited for. */
const closeLimitMs = 1_000;

/**
 * Runs one command in a container over a WebSocket. Resolves however the command ended, also cut off by its time or its output; rejects with
 * the ProblemError of a refusal (403, 404, 400), of a connection that never came to be, or `cancelled`. Source: kube-api.md 8.1.
 */
export async function execInPod(
	{transport, clock, protocol}: Readonly<{transport: Transport; clock: Clock; protocol?: Channel['protocol']}>,
	question: ExecQuestion,
	signal: AbortSignal,
): Promise<ExecAnswer> {
	const {namespace, pod, container, argv, stdin, timeoutMs} = question;
	const what = `Could not run ${argv[0] ?? 'a command'} in ${namespace}/${pod}`;
	const startedAt = clock.now();
	const session = createSession(question, clock);
	const own = new AbortController();
	let isLate = false;
	using _limit = clock.after(timeoutMs, () => {
		isLate = true;
		own.abort(new ProblemError({code: 'timeout', what, cause: `no connection to the container within ${timeoutMs / 1000} s`}));
	});
	const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/exec`;
	const query = {container, command: argv, stdin: stdin === undefined ? undefined : 'true', stdout: 'true', stderr: 'true'};
	const both = AbortSignal.any([signal, own.signal]);
	const channel = await transport
		.channel({path, query, what, probe: {argv}, ...(protocol === undefined ? {} : {protocol})}, session.handlers, both)
		.catch((error: unknown) => {
			throw isLate && !signal.aborted && own.signal.reason instanceof ProblemError ? own.signal.reason : error;
		});
	using _pings = session.start(channel);
	await session.over;
	// A command that ended in the same moment as its time has its result.
	if (signal.aborted && session.end() === undefined) throw new ProblemError({code: 'cancelled', what, cause: 'it was given up before the command had ended'});
	const timedOut = isLate && session.end() === undefined;
	return {...session.answer(timedOut), timedOut, protocol: channel.protocol, tookMs: clock.now() - startedAt};
}

function createSession({stdin, limitBytes}: ExecQuestion, clock: Clock) {
	const stdout: Buffer[] = [];
	const stderr: Buffer[] = [];
	const over = Promise.withResolvers<void>();
	let bytes = 0;
	let truncated = false;
	let ended: ExecEnd | undefined;
	let broken: string | undefined;
	let channel: Channel | undefined;
	let lastPongAt = clock.now();
	let closing: Disposable | undefined;
	let mustEnd = false;
	const end = () => {
		mustEnd = true;
		channel?.end();
	};
	const take = (into: Buffer[], piece: Buffer) => {
		if (truncated) return;
		const room = limitBytes - bytes;
		bytes += piece.length;
		into.push(piece.length > room ? piece.subarray(0, room) : piece);
		if (piece.length <= room) return;
		truncated = true;
		end();
	};
	return {
		over: over.promise,
		end: () => ended,
		handlers: {
			message(number: number, piece: Buffer) {
				if (number === stdoutChannel) take(stdout, piece);
				else if (number === stderrChannel) take(stderr, piece);
				else if (number === statusChannel && piece.length > 0 && ended === undefined) {
					ended = readExecStatus(piece);
					closing = clock.after(closeLimitMs, end);
				}
			},
			pong() {
				lastPongAt = clock.now();
			},
			closed(error?: unknown) {
				closing?.[Symbol.dispose]();
				if (error instanceof ProblemError && error.problem.code !== 'cancelled') broken ??= error.problem.cause;
				over.resolve();
			},
		},
		/** Sends stdin, and pings until it is disposed. */
		start(open: Channel): Disposable {
			channel = open;
			if (mustEnd) open.end();
			lastPongAt = clock.now();
			let next: Disposable | undefined;
			const beat = () => {
				if (clock.now() - lastPongAt >= deadAfterMs) {
					broken = `no answer to pings for ${deadAfterMs / 1000} s`;
					return open.end();
				}
				open.ping();
				next = clock.after(pingEveryMs, beat);
			};
			next = clock.after(pingEveryMs, beat);
			if (stdin !== undefined) void feed(open, stdin);
			return {[Symbol.dispose]: () => next?.[Symbol.dispose]()};
		},
		answer(timedOut: boolean) {
			const lost = ended === undefined && !truncated && !timedOut ? {failure: broken ?? 'the connection ended before the command did'} : {};
			return {stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), truncated, ...lost, ...ended};
		},
	};
}

/** Never rejects: when the connection goes, the answer says so. */
async function feed(channel: Channel, stdin: Uint8Array): Promise<void> {
	for (let at = 0; at < stdin.length; at += frameBytes) await channel.send(stdinChannel, stdin.subarray(at, at + frameBytes));
	if (channel.protocol === 'v5') await channel.send(closeChannel, Uint8Array.of(stdinChannel));
}
