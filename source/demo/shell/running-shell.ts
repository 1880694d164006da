import type {Machine} from './machine.ts';
import type {Input, Output} from './streams.ts';
import type {Command, Script} from './syntax.ts';

/** What a shell changes while it runs: variables, functions, the arguments, the last exit code. */
export type ShellState = {
	variables: Map<string, string>;
	functions: Map<string, Command>;
	arguments: readonly string[];
	name: string;
	status: number;
	/** Set by `exit`: nothing more runs. */
	hasExited: boolean;
};

/** Open descriptors: one can be read, the others written. */
export type Descriptors = Readonly<{input: Input; outputs: ReadonlyMap<number, Output>}>;

/** What builtins and expansions use of the shell that runs them. */
export type RunningShell = Readonly<{
	machine: Machine;
	state: ShellState;
	run(script: Script, descriptors: Descriptors): Promise<number>;
	/** What a script writes: `$(...)`. */
	outputOf(script: Script, descriptors: Descriptors): Promise<string>;
	runText(text: string, descriptors: Descriptors): Promise<number>;
	runWords(argv: readonly string[], descriptors: Descriptors, withFunctions?: boolean): Promise<number>;
}>;
