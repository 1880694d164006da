import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {patienceMs} from './eventually.ts';
import {repositoryRoot} from './repository.ts';
import type {VirtualScreen} from './virtual-screen.ts';
import {type PtyOptions, type PtySession, runInPty} from './run-in-pty.ts';

/** The built program, as `npm run build` left it, or a copy of its bin/ and dist/ in the folder K8TUI_PROGRAM: run by the node of this test. */
export const programCommand: readonly string[] = [process.execPath, join(process.env['K8TUI_PROGRAM'] ?? repositoryRoot, 'bin', 'k8tui.js')];

/** A folder that is gone at the end: a HOME without a kubeconfig, settings or caches. */
export function temporaryHome(): Disposable & Readonly<{path: string}> {
	const path = mkdtempSync(join(tmpdir(), 'k8tui-home-'));
	return {path, [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true, maxRetries: 5})};
}

/** Starts the built program in a pseudo-terminal with this home. */
export function startProgram(home: string, args: readonly string[], options: PtyOptions = {}): PtySession {
	return runInPty([...programCommand, ...args], {...options, env: {HOME: home, ...options.env}});
}

export type ProgramRun = Readonly<{code: number | null; out: string; errors: string}>;

/** Runs the built program to its end, without a terminal; one without end is killed. Not synchronously: its server may be in this very process. */
export async function runProgram(home: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ProgramRun> {
	const [file = '', ...own] = programCommand;
	const child = spawn(file, [...own, ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
		timeout: 2 * patienceMs,
		killSignal: 'SIGKILL',
		env: {PATH: process.env['PATH'], HOME: home, TERM: 'xterm', ...env},
	});
	const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	return {code: typeof code === 'number' ? code : null, out, errors};
}

/** The row with the cursor, without the cursor and the symbols before the first word; undefined where none is shown. */
export function cursorRow(screen: VirtualScreen): string | undefined {
	return screen
		.lines()
		.find(line => /^[>▸]/.test(line))
		?.replace(/^\S+\s+/, '');
}

/** Whether a table is there as a whole: read to its end, watched, with its cursor on a row. Before that its rows and columns still move. */
export function isTableLive(screen: VirtualScreen): boolean {
	const [first = '', second = ''] = screen.lines();
	// In the demo the first line is its banner.
	return /[●+] live/.test(/DEMO DATA/.test(first) ? second : first) && cursorRow(screen) !== undefined;
}
