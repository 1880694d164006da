import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {repositoryRoot} from './repository.ts';
import type {VirtualScreen} from './virtual-screen.ts';
import {type PtyOptions, type PtySession, runInPty} from './run-in-pty.ts';

/** The built program, as `npm run build` left it: run by the node of this test. */
export const programCommand: readonly string[] = [process.execPath, join(repositoryRoot, 'bin', 'k8tui.js')];

/** A folder that is gone at the end: a HOME without a kubeconfig, settings or caches. */
export function temporaryHome(): Disposable & Readonly<{path: string}> {
	const path = mkdtempSync(join(tmpdir(), 'k8tui-home-'));
	return {path, [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true})};
}

/** Starts the built program in a pseudo-terminal with this home. */
export function startProgram(home: string, args: readonly string[], options: PtyOptions = {}): PtySession {
	return runInPty([...programCommand, ...args], {...options, env: {HOME: home, ...options.env}});
}

/** The row with the cursor, without the cursor and the symbols before the first word; undefined where none is shown. */
export function cursorRow(screen: VirtualScreen): string | undefined {
	return screen
		.lines()
		.find(line => /^[>▸]/.test(line))
		?.replace(/^\S+\s+/, '');
}
