import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {setImmediate as turn} from 'node:timers/promises';
import type {Writable} from 'node:stream';
import type {TerminalInput} from './terminal.ts';

export type PipeWish = Readonly<{
	command: string;
	text: string;
	/** The user's shell; `/bin/sh` where none is known. */
	shell: string;
	/** The terminal: lent to the command, then read for the key that ends it all. */
	input: TerminalInput;
	output: Writable;
}>;

/**
 * Runs a command of the user's shell on the terminal with the text as its input, and waits for a key, so that its output can be
 * read. Resolves with how it ended; nobody else may read the terminal meanwhile. Rejects when the shell cannot be started.
 */
export async function pipeText({command, text, shell, input, output}: PipeWish): Promise<Readonly<{code: number | null}>> {
	// Only a stream that flows can be paused, and only one that is paused leaves the keys to the command.
	input.resume();
	input.pause();
	await turn();
	const child = spawn(shell, ['-c', command], {stdio: ['pipe', 'inherit', 'inherit']});
	// A command that reads no more (head, a pager that is left) is no failure.
	child.stdin.on('error', () => undefined);
	child.stdin.end(text);
	const [code]: readonly unknown[] = await once(child, 'close');
	const exitCode = typeof code === 'number' ? code : null;
	output.write(`\n-- ${exitCode === 0 ? 'done' : `ended with ${exitCode ?? 'a signal'}`}: any key goes back to k8tui --`);
	await keyPressed(input);
	return {code: exitCode};
}

/** Resolves at the next key, whichever it is. The stream flows on: paused, it would not wake up for its next reader. */
async function keyPressed(input: TerminalInput): Promise<void> {
	input.setRawMode?.(true);
	input.resume();
	await once(input, 'data');
	input.setRawMode?.(false);
}
