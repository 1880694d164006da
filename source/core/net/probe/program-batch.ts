import {nodeProgram} from './node-program.ts';
import {pythonProgram} from './python-program.ts';
import {isSafeWord} from './safe-word.ts';

/** One question to our own program: `dns udp 10.96.0.10 53 kubernetes.default.svc.cluster.local.`, asked `times`. */
export type ProgramLine = Readonly<{id: number; words: readonly string[]; times: number}>;

const questionBytes = 2_000;

/** The commands that put these questions, as few as the length of a command line allows. Throws for a word that is not safe: a bug. */
export function programCommands(lines: readonly ProgramLine[], nonce: string, runtime: 'python3' | 'node'): readonly (readonly string[])[] {
	const start = runtime === 'python3' ? ['python3', '-c', pythonProgram, nonce] : ['node', '-e', nodeProgram, nonce];
	const commands: string[][] = [];
	let room = 0;
	for (const {id, words, times} of lines) {
		const unsafe = words.find(word => !isSafeWord(word));
		if (unsafe !== undefined) throw new Error(`not a word for a question: ${JSON.stringify(unsafe)}`);
		const text = [times, id, ...words].join(' ');
		if (commands.length === 0 || room < text.length) {
			commands.push([...start]);
			room = questionBytes;
		}
		commands.at(-1)?.push(text);
		room -= text.length + 1;
	}
	return commands;
}

/** By id, a line for each asking. */
export type ProgramAnswer = Readonly<{answers: ReadonlyMap<number, ReadonlyArray<ReadonlyMap<string, string>>>; isWhole: boolean}>;

/** Reads what our own program printed: only lines of this run, each `NONCE ID key=value ...`. */
export function readProgram(text: string, nonce: string): ProgramAnswer {
	const answers = new Map<number, Array<ReadonlyMap<string, string>>>();
	let isWhole = false;
	for (const line of text.split('\n')) {
		const [mark, id = '', ...words] = line.trimEnd().split(' ');
		if (mark !== nonce) continue;
		if (id === 'done') isWhole = true;
		if (!/^\d{1,6}$/.test(id)) continue;
		const fields = new Map(words.map(word => [word.slice(0, Math.max(0, word.indexOf('='))), word.slice(word.indexOf('=') + 1)] as const));
		answers.set(Number(id), [...(answers.get(Number(id)) ?? []), fields]);
	}
	return {answers, isWhole};
}
