import {homedir} from 'node:os';
import process from 'node:process';
import {connect, type Connection} from './connect.ts';
import type {ClusterClient} from './core/cluster-client.ts';
import type {ConnectionWish, Diagnostics} from './core/invocation.ts';
import {maskedClient} from './core/share/masked-client.ts';
import {maskText, plainMask} from './core/share/mask-text.ts';
import {describeProblem, problemOf} from './core/problem.ts';
import type {PolicyLevel} from './core/policy-level.ts';
import {readUserSettings} from './read-user-settings.ts';
import {systemClock} from './system/clock.ts';
import {readEnvironment} from './system/environment.ts';
import {defaultLogPath, type Log, openLog, takeConsole} from './system/log.ts';

const noScreen = {ascii: true, motion: false, slow: false};

/** `share`: everything that the cluster answers is masked. */
export type OneShotOptions = Readonly<{level?: 'read' | 'probe'; share?: boolean}>;

/**
 * The connection of a command that draws no screen: nothing may be changed by it, and it probes only where the command line
 * consented to that. Rejects with a ProblemError.
 */
export async function openConnection(wish: ConnectionWish, version: string, options: OneShotOptions = {}): Promise<Connection> {
	const {level = 'read', share = false} = options;
	const environment = readEnvironment(process.env, process.platform, homedir());
	const hasTerminal = process.stdin.isTTY === true;
	// A level of the settings holds here as well; only where more than reading is asked for are they read.
	const {settings} = level === 'read' ? {settings: undefined} : await readUserSettings(environment, noScreen);
	const mostLevel = (context: string): PolicyLevel | undefined => settings?.contexts[context]?.level;
	const connection = await connect({
		wish,
		variables: process.env,
		environment,
		clock: systemClock('hold'),
		version,
		level,
		pinned: true,
		hasTerminal,
		mostLevel,
	});
	return share && connection.type === 'connected' ? {...connection, client: maskedClient(connection.client, plainMask)} : connection;
}

/** What is printed for people who watch: names of objects are not masked by the client, as requests are made of them. */
export function printedText(text: string, share: boolean): string {
	return share ? maskText(text, plainMask) : text;
}

/** Where a cluster was looked for, and the two ways on. */
export function noClusterSentence({start}: Extract<Connection, {type: 'none'}>): string {
	const places = start.looked.map(({place, found}) => `${place} (${found})`).join(', ');
	return `There is no cluster to talk to; looked at ${places}. Name a file with --kubeconfig, or try k8tui --demo.`;
}

export type OneShot = Readonly<{
	diagnostics: Diagnostics;
	connection: ConnectionWish;
	version: string;
	options: OneShotOptions;
	failedCode: number;
	what: string;
}>;
/** What a command that prints is given. `warn`: a sentence for stderr. */
export type OneShotTools = Readonly<{client: ClusterClient; log: Log; signal: AbortSignal; warn(sentence: string): void}>;

/**
 * Connects, does the job, logs every request that was sent; resolves with the job's exit code, or with `failedCode` and a sentence on stderr where
 * there is no cluster or something failed. `interrupted`: the code of a run that was stopped. Never rejects on what can be expected to fail.
 */
export async function runOneShot(
	{diagnostics, connection: wish, version, options, failedCode, what}: OneShot,
	job: (tools: OneShotTools) => Promise<number>,
	interrupted: (warn: OneShotTools['warn']) => number = () => 0,
): Promise<number> {
	const signal = untilInterrupted();
	using log = openOneShotLog(diagnostics);
	const warn = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
	try {
		const connection = await openConnection(wish, version, options);
		if (connection.type === 'none') {
			warn(noClusterSentence(connection));
			return failedCode;
		}
		await using client = connection.client;
		const code = await job({client, log, signal, warn});
		logCalls(log, client);
		return code;
	} catch (error) {
		if (signal.aborted) return interrupted(warn);
		warn(describeProblem(problemOf(error, what)));
		return failedCode;
	}
}

/** Ctrl-C and a polite end stop what is under way; a second one ends the process as usual. */
export function untilInterrupted(): AbortSignal {
	const ending = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => ending.abort());
	return ending.signal;
}

/** The log of a command that draws no screen; until it is disposed of, what libraries print goes there as well. */
export function openOneShotLog({logFile, logLevel}: Diagnostics): Log {
	const {stateFolder} = readEnvironment(process.env, process.platform, homedir());
	const log = openLog({path: logFile ?? defaultLogPath(stateFolder), level: logLevel ?? 'warning', clock: systemClock('let-go')});
	const taken = takeConsole(log);
	return {
		...log,
		[Symbol.dispose]() {
			taken[Symbol.dispose]();
			log[Symbol.dispose]();
		},
	};
}

/** Every request that was sent, oldest first: what `--log-level debug` is for. */
export function logCalls(log: Log, client: Pick<ClusterClient, 'calls'>): void {
	for (const {method, path, status, startedAt, endedAt, bytes, auditId, problem} of client.calls.snapshot().toReversed()) {
		log.write('debug', `${method} ${path}`, {status, tookMs: endedAt === undefined ? undefined : endedAt - startedAt, bytes, auditId, failed: problem?.cause});
	}
}
