import {homedir} from 'node:os';
import process from 'node:process';
import type {Clock} from './core/clock.ts';
import type {ScreenInvocation} from './core/invocation.ts';
import {describeProblem, problemOf} from './core/problem.ts';
import {connect, type ConnectOptions} from './connect.ts';
import {readUserSettings} from './read-user-settings.ts';
import {systemClock} from './system/clock.ts';
import {readEnvironment} from './system/environment.ts';
import {fdWriter} from './system/fd-writer.ts';
import {defaultLogPath, openLog, takeConsole} from './system/log.ts';
import type {Profile} from './system/profile.ts';
import {keepHeapSmall} from './system/small-heap.ts';
import {askTerminal} from './system/terminal.ts';

/** For a command line or a kubeconfig that cannot be used. */
const badUsageCode = 2;
/** A terminal on this machine has answered by then. */
const fastAnswerMs = 25;

/**
 * The full screen, until the user leaves it; resolves with the exit code. What fails before the first frame is one
 * sentence on stderr and code 2.
 */
export async function runScreen(invocation: ScreenInvocation, version: string): Promise<number> {
	const environment = readEnvironment(process.env, process.platform, homedir());
	const clock = systemClock('let-go');
	const folder = invocation.diagnostics.profile;
	const profile = folder === undefined ? undefined : await profileInto(folder);
	if (profile === 'failed') return badUsageCode;
	using _heap = keepHeapSmall(clock);
	const writer = fdWriter(1);
	const user = await readUserSettings(environment, invocation.screen);
	const options: ConnectOptions = {
		wish: invocation.connection,
		variables: process.env,
		environment,
		clock,
		version,
		hasTerminal: process.stdin.isTTY,
		// --write asks first, like :mode.
		level: 'read',
		pinned: invocation.screen.level === 'read-only',
		mostLevel: context => user.settings.contexts[context]?.level,
	};
	const asking = askTerminal({input: process.stdin, writer, clock, environment}, new AbortController().signal);
	const connection = await connect(options).catch((error: unknown) => problemOf(error, 'Could not start'));
	// Loading the rest keeps the thread busy, and an answer that waits for it would look like a slow line.
	await Promise.race([asking, after(clock, fastAnswerMs)]);
	const [{openWorld}, answers] = await Promise.all([import('./open-world.ts'), asking]);
	if ('code' in connection) {
		process.stdin.setRawMode?.(false);
		process.stdin.pause();
		process.stderr.write(`k8tui: ${describeProblem(connection)}\n`);
		return badUsageCode;
	}
	using log = openLog({
		path: invocation.diagnostics.logFile ?? defaultLogPath(environment.stateFolder),
		level: invocation.diagnostics.logLevel ?? 'warning',
		clock,
	});
	using _console = takeConsole(log);
	if (answers.typed !== '') process.stdin.unshift(answers.typed);
	const world = await openWorld({
		invocation,
		environment,
		clock,
		writer,
		answers,
		connection,
		connectOptions: options,
		user,
		log,
		...(profile === undefined ? {} : {profile}),
	});
	const code = await world.ended;
	await profile?.stop();
	return code;
}

async function profileInto(folder: string): Promise<Profile | 'failed'> {
	const {startProfile} = await import('./system/profile.ts');
	return await startProfile(folder).catch((error: unknown) => {
		process.stderr.write(`k8tui: Could not write a profile into ${folder}: ${error instanceof Error ? error.message : String(error)}.\n`);
		return 'failed' as const;
	});
}

function after(clock: Clock, ms: number): Promise<void> {
	return new Promise(resolve => clock.after(ms, resolve));
}
