import {spawn} from 'node:child_process';
import {once} from 'node:events';
import type {Writable} from 'node:stream';
import type {TerminalInput} from './terminal.ts';

export type PipeWish = Readonly<{
	command: string;
	text: string;
	/** The user's shell; `/bin/sh` where none is known. */
	shell: string;
	/** The terminal, for the word that ends it. */
	output: Writable;
	/** Resolves when a key was pressed. */
	keyPressed(): Promise<void>;
}>;

/**
 * Runs a command of the user's shell on the terminal with the text as its input, and waits for a key, so that its output can be
 * read. Resolves with how it ended; the terminal must be lent meanwhile. Rejects when the shell cannot be started.
 */
export async function pipeText({command, text, shell, output, keyPressed}: PipeWish): Promise<Readonly<{code: number | null}>> {
	const child = spawn(shell, ['-c', command], {stdio: ['pipe', 'inherit', 'inherit']});
	// A command that reads no more (head, a pager that is left) is no failure.
	child.stdin.on('error', () => {});
	child.stdin.end(text);
	const [code] = (await once(child, 'close')) as [number | null];
	output.write(`\n-- ${code === 0 ? 'done' : `ended with ${code ?? 'a signal'}`}: any key goes back to k8tui --`);
	await keyPressed();
	return {code};
}

/** Resolves at the next key, whichever it is; the terminal's line mode is left as it was. */
export async function keyPressed(input: TerminalInput): Promise<void> {
	input.setRawMode?.(true);
	input.resume();
	await once(input, 'data');
	input.pause();
	input.setRawMode?.(false);
}
