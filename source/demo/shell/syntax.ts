/** A piece of a word. `isQuoted`: it is neither split nor matched against files. */
export type Part = Readonly<
	{isQuoted: boolean} & (
		| {is: 'text'; text: string}
		| {is: 'parameter'; name: string; otherwise?: Word}
		| {is: 'output'; script: Script}
		| {is: 'number'; text: string}
	)
>;

export type Word = readonly Part[];

/** `2>&1`, `>file`, `<file`. */
export type Redirection = Readonly<{descriptor: number; operator: '<' | '>' | '>>' | '>&' | '<&'; target: Word}>;

export type Command = Readonly<
	{redirections: readonly Redirection[]} & (
		| {is: 'simple'; assignments: ReadonlyArray<readonly [name: string, value: Word]>; words: readonly Word[]}
		| {is: 'group'; body: Script}
		| {is: 'subshell'; body: Script}
		| {is: 'for'; name: string; words: readonly Word[] | undefined; body: Script}
		| {is: 'while'; condition: Script; body: Script}
		| {is: 'if'; branches: ReadonlyArray<Readonly<{condition: Script; body: Script}>>; otherwise: Script | undefined}
		| {is: 'function'; name: string; body: Command}
	)
>;

/** Commands joined by pipes, and what follows: the next one always, only after success, only after failure, or beside it. */
export type Pipeline = Readonly<{commands: readonly Command[]; isNegated: boolean; then: ';' | '&&' | '||' | '&'}>;

export type Script = readonly Pipeline[];

/** What the shell says of a text that it cannot read. */
export class ShellSyntaxError extends Error {}
