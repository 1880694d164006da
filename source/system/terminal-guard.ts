import type {EventEmitter} from 'node:events';
import {constants} from 'node:os';
import type {Clock} from '../core/clock.ts';
import type {StdoutFilter} from './stdout-filter.ts';
import type {TerminalInput} from './terminal.ts';

export type TerminalGuardOptions = Readonly<{
	process: NodeJS.Process;
	input: TerminalInput;
	output: StdoutFilter;
	clock: Clock;
	/** Told before the process ends by a signal, a lost terminal (no error) or a bug; for the log. */
	leaving(reason: string, error?: unknown): void;
	/** The sentence for stderr when a bug ends the program; written after the terminal is its owner's again. */
	crashText(error: unknown): string;
	/** Somebody else sent SIGTSTP: do what Ctrl-Z does. */
	suspendAsked(): void;
}>;

export type TerminalGuard = Disposable &
	Readonly<{
		/** Gives the terminal back at once, with what is on in it only; safe to call again. What is written later is dropped. */
		restore(): void;
		/** Ends the process as after a bug: terminal back, one sentence on stderr, exit 70. */
		crash(error: unknown): void;
		/** Ends the process because the terminal is gone: no message. */
		lost(): void;
		/**
		 * Stops the process group as Ctrl-Z does in cooked mode; resolves when it goes on. Call it while Ink has let go of
		 * the terminal (`suspendTerminal`). Where no shell does job control it resolves at once: the program never freezes.
		 */
		stop(): Promise<void>;
		/** While another program has the terminal, its Ctrl-C and Ctrl-\ are not for us. */
		lend<T>(run: () => Promise<T>): Promise<T>;
	}>;

const bugExitCode = 70;
const endings = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;
/** A group without a shell above it ignores SIGTSTP; then nothing ever wakes us up. */
const notStoppedAfterMs = 150;

/** Sees to it that the terminal is given back on every way out. Disposing takes the handlers away, without restoring. */
export function guardTerminal(options: TerminalGuardOptions): TerminalGuard {
	const {process} = options;
	let restored = false;
	const restore = () => {
		if (restored) return;
		restored = true;
		const {alternateScreen, cursorHidden, bracketedPaste} = options.output.modes;
		options.output.writeNow(restoring({alternateScreen, cursorHidden, bracketedPaste}));
		options.output.close();
		cook(options.input);
	};
	const leave = (code: number, reason: string, error?: unknown) => {
		options.leaving(reason, error);
		restore();
		process.exit(code);
	};
	const crash = (error: unknown) => {
		options.leaving('bug', error);
		restore();
		process.stderr.write(`${options.crashText(error)}\n`);
		process.exit(bugExitCode);
	};
	const lost = () => leave(128 + constants.signals.SIGHUP, 'the terminal is gone');
	const handlers: ReadonlyArray<readonly [string, (error: unknown) => void]> = [
		...endings.map(name => [name, () => leave(128 + constants.signals[name], name)] as const),
		['SIGTSTP', () => options.suspendAsked()],
		['uncaughtException', crash],
		['unhandledRejection', crash],
		['exit', restore],
	];
	const events: EventEmitter = process;
	for (const [event, run] of handlers) events.on(event, run);
	options.input.on('end', lost);
	options.input.on('error', lost);
	return {
		restore,
		crash,
		lost,
		stop: () => stopProcess(options, handlers),
		lend: run => lendTo(options, handlers, run),
		[Symbol.dispose]() {
			for (const [event, run] of handlers) events.off(event, run);
			options.input.off('end', lost);
			options.input.off('error', lost);
		},
	};
}

/** Only what is on is switched off: leaving the alternate screen twice would move the shell's cursor. */
function restoring(modes: StdoutFilter['modes']): string {
	if (!modes.alternateScreen && !modes.cursorHidden && !modes.bracketedPaste) return '';
	return [
		// A frame may have been cut off inside a synchronized update or a colour.
		'\u001b[?2026l\u001b[0m',
		modes.bracketedPaste ? '\u001b[?2004l' : '',
		modes.alternateScreen ? '\u001b[?1049l' : '',
		modes.cursorHidden ? '\u001b[?25h' : '',
	].join('');
}

async function lendTo<T>(
	{process, output}: TerminalGuardOptions,
	handlers: ReadonlyArray<readonly [string, (error: unknown) => void]>,
	run: () => Promise<T>,
): Promise<T> {
	// What leaves the full screen must be out before the other program writes.
	await output.flushed();
	const events: EventEmitter = process;
	const own = handlers.filter(([event]) => event === 'SIGINT' || event === 'SIGQUIT');
	const ignore = () => undefined;
	for (const [event, handler] of own) events.on(event, ignore).off(event, handler);
	try {
		return await run();
	} finally {
		for (const [event, handler] of own) events.on(event, handler).off(event, ignore);
	}
}

function cook(input: TerminalInput): void {
	try {
		input.setRawMode?.(false);
	} catch {
		// The terminal is gone, and its modes with it.
	}
}

async function stopProcess(
	{process, clock, output}: TerminalGuardOptions,
	handlers: ReadonlyArray<readonly [string, (error: unknown) => void]>,
): Promise<void> {
	// A stopped process writes nothing: what leaves the full screen must be out before.
	await output.flushed();
	const events: EventEmitter = process;
	const own = handlers.filter(([event]) => event === 'SIGTSTP');
	await new Promise<void>(resolve => {
		for (const [event, run] of own) events.off(event, run);
		const goOn = () => {
			timer[Symbol.dispose]();
			process.off('SIGCONT', goOn);
			for (const [event, run] of own) events.on(event, run);
			resolve();
		};
		process.on('SIGCONT', goOn);
		const timer = clock.after(notStoppedAfterMs, goOn);
		// Pid 0 is our whole group: the shell takes the terminal back only when npm and its shell are stopped too.
		process.kill(0, 'SIGTSTP');
	});
}
