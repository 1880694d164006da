import type {ChildProcess} from 'node:child_process';
import {stripVTControlCharacters} from 'node:util';
import type {Clock} from '../core/clock.ts';
import {ProblemError} from '../core/problem.ts';
import type {CheckedExec} from './auth-plan.ts';
import {type ExecCredential, parseExecCredential} from './exec-credential.ts';

const backgroundLimitMs = 60_000;
const killAfterMs = 2_000;
const keptErrorOutput = 65_536;
const longestAnswer = 1_048_576;

/** `spec.cluster` of what a plugin with `provideClusterInfo` is told. */
export type ExecClusterInfo = Readonly<Record<string, unknown>>;

export type PluginRun = Readonly<{
	exec: CheckedExec;
	userName: string;
	/** Where the plugin may ask: it gets our standard input and error output, and all the time it wants. */
	interactive: boolean;
	cluster?: ExecClusterInfo;
	environment: Readonly<Record<string, string | undefined>>;
	clock: Clock;
	/** Called with all of its error output so far, cleaned: device codes are printed there while the plugin waits. */
	says?: (text: string) => void;
}>;

/**
 * Runs the plugin once, never through a shell (client-go exec.go), and reads its answer. Rejects with a login ProblemError that names the
 * plugin, how it ended and its install hint; with the signal's reason when that aborts, which ends the plugin.
 */
export async function runExecPlugin(run: PluginRun, signal: AbortSignal): Promise<ExecCredential> {
	signal.throwIfAborted();
	const {exec} = run;
	if (process.platform === 'win32' && /\.(?:cmd|bat)$/i.test(exec.command))
		throw pluginProblem(run, 'is a batch file, which Windows starts through a shell only');
	const {spawn} = await import('node:child_process');
	const child = spawn(exec.command, exec.args, {
		env: {...run.environment, ...Object.fromEntries(exec.environment.map(({name, value}) => [name, value])), KUBERNETES_EXEC_INFO: execInfo(run)},
		stdio: run.interactive ? ['inherit', 'pipe', 'inherit'] : ['ignore', 'pipe', 'pipe'],
		windowsHide: true,
	});
	const {output, errorOutput, failure} = await waitForEnd(child, run, signal);
	if (failure !== undefined) throw pluginProblem(run, failure, errorOutput);
	try {
		return parseExecCredential(output, exec.apiVersion);
	} catch (error) {
		throw pluginProblem(run, `ran, but ${error instanceof Error ? error.message : String(error)}`, errorOutput);
	}
}

function execInfo({exec, interactive, cluster}: PluginRun): string {
	const spec = {interactive, ...(cluster === undefined ? {} : {cluster})};
	return JSON.stringify({apiVersion: exec.apiVersion, kind: 'ExecCredential', spec});
}

/** `failure` ends the sentence that begins with the plugin's name; undefined after exit code 0. */
type End = Readonly<{output: string; errorOutput: string; failure?: string}>;

async function waitForEnd(child: ChildProcess, run: PluginRun, signal: AbortSignal): Promise<End> {
	const {promise, resolve, reject} = Promise.withResolvers<End>();
	const kept = {output: '', errorOutput: ''};
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		kept.output = (kept.output + text).slice(0, longestAnswer);
	});
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		kept.errorOutput = (kept.errorOutput + clean(text)).slice(-keptErrorOutput);
		run.says?.(kept.errorOutput);
	});
	let killed: string | undefined;
	const timers: Disposable[] = [];
	const kill = (why: string) => {
		killed ??= why;
		child.kill('SIGTERM');
		timers.push(
			run.clock.after(killAfterMs, () => {
				child.kill('SIGKILL');
				// A grandchild may hold the pipes open for ever: what it says does not matter any more.
				child.stdout?.destroy();
				child.stderr?.destroy();
			}),
		);
	};
	const onAbort = () => {
		kill('was ended');
		reject(signal.reason);
	};
	signal.addEventListener('abort', onAbort, {once: true});
	if (!run.interactive) timers.push(run.clock.after(backgroundLimitMs, () => kill(`did not end within ${backgroundLimitMs / 1000} s`)));
	child.on('error', error => resolve({...kept, failure: startFailure(error, run.exec)}));
	child.on('close', (code, endSignal) => {
		const ending = killed ?? (code === 0 ? undefined : code === null ? `was ended by ${endSignal}` : `ended with exit code ${code}`);
		for (const timer of timers) timer[Symbol.dispose]();
		resolve({...kept, ...(ending === undefined ? {} : {failure: ending})});
	});
	try {
		return await promise;
	} finally {
		signal.removeEventListener('abort', onAbort);
		// After an abort the kill timer must still fire; `close` takes it back.
		if (!signal.aborted) for (const timer of timers) timer[Symbol.dispose]();
	}
}

function startFailure(error: Error, exec: CheckedExec): string {
	const code = 'code' in error ? String(error.code) : error.message;
	if (code === 'ENOENT') return exec.command.includes('/') ? 'does not exist' : 'is not on the PATH';
	return code === 'EACCES' ? 'may not be executed by this user' : `could not be started (${code})`;
}

/** Sequences and control characters out, lines kept: the text goes to the screen. */
function clean(text: string): string {
	return stripVTControlCharacters(text).replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, '');
}

function pluginProblem({exec, userName}: PluginRun, failure: string, errorOutput = ''): ProblemError {
	const lastLine = errorOutput.trim().split('\n').at(-1)?.trim() ?? '';
	const hint = exec.installHint === undefined ? '' : clean(exec.installHint).trim().replace(/\s+/g, ' ');
	const isMissing = failure.startsWith('does not exist') || failure.startsWith('is not on the PATH');
	const advice = isMissing
		? `Install ${exec.command}, or correct the user's exec command in the kubeconfig.`
		: `Run ${exec.command} by hand to see what it says.`;
	return new ProblemError({
		code: 'login',
		what: `Could not log in as ${userName}`,
		cause: `the login plugin ${exec.command} ${failure}${lastLine === '' ? '' : `: ${lastLine.slice(0, 300)}`}`,
		remedy: hint === '' ? advice : hint,
	});
}
