import type {Input, Output} from './streams.ts';

/** Files that a command can read: '' where there is nothing of this name. */
export type Files = Readonly<{
	read(path: string): string | undefined;
	/** The paths that exist and match a pattern with stars. */
	matching(pattern: string): readonly string[];
}>;

/** The container that commands run in. */
export type Machine = Readonly<{
	files: Files;
	/** Milliseconds since it was booted: what takes time moves this on, so that a time-out is not waited for in earnest. */
	uptimeMs(): number;
	pass(ms: number): void;
	/** Really waits, or until the command is ended. */
	wait(ms: number): Promise<void>;
	environment: Readonly<Record<string, string>>;
	/** The size of the terminal; undefined without one. */
	terminal(): Readonly<{columns: number; rows: number}> | undefined;
	signal: AbortSignal;
	commands: Readonly<Record<string, Tool>>;
}>;

/** What one command works with. */
export type Process = Readonly<{
	argv: readonly string[];
	input: Input;
	output: Output;
	errors: Output;
	machine: Machine;
	run(argv: readonly string[], input?: Input): Promise<number>;
}>;

/** A program: reads, writes, and resolves with its exit code. */
export type Tool = (process: Process) => Promise<number> | number;

/** Writes text. */
export async function say(output: Output, text: string): Promise<void> {
	await output(Buffer.from(text));
}
