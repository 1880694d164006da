import type {Descriptors, RunningShell} from './running-shell.ts';
import {say} from './machine.ts';
import {printed} from './printf.ts';
import {type Output, readLine} from './streams.ts';
import {isTrue} from './test-expression.ts';

type Builtin = (shell: RunningShell, words: readonly string[], descriptors: Descriptors) => Promise<number> | number;

const nowhere: Output = () => undefined;

function output(descriptors: Descriptors): Output {
	return descriptors.outputs.get(1) ?? nowhere;
}

async function echo(_shell: RunningShell, words: readonly string[], descriptors: Descriptors): Promise<number> {
	const isBare = words[0] === '-n';
	await say(output(descriptors), `${(isBare ? words.slice(1) : words).join(' ')}${isBare ? '' : '\n'}`);
	return 0;
}

/** `read -r a b`: the words of a line; the last name takes what is left. */
async function read(shell: RunningShell, words: readonly string[], descriptors: Descriptors): Promise<number> {
	const names = words.filter(word => !word.startsWith('-'));
	const line = await readLine(descriptors.input);
	const separators = shell.state.variables.get('IFS');
	const text = line?.text ?? '';
	const values = separators === '' ? [text] : text.trim().split(/[ \t]+/u);
	for (const [index, name] of names.entries()) {
		const isLast = index === names.length - 1;
		shell.state.variables.set(name, isLast ? values.slice(index).join(' ') : (values[index] ?? ''));
	}
	return line?.isWhole === true ? 0 : 1;
}

/** `command -v name`: where it is; else runs it, functions left aside. */
async function command(shell: RunningShell, words: readonly string[], descriptors: Descriptors): Promise<number> {
	if (words[0] !== '-v') return await shell.runWords(words, descriptors, false);
	const name = words[1] ?? '';
	const isOwn = shell.state.functions.has(name) || builtins[name] !== undefined;
	if (!isOwn && shell.machine.commands[name] === undefined) return 127;
	await say(output(descriptors), `${isOwn ? name : `/bin/${name}`}\n`);
	return 0;
}

const test: Builtin = (shell, words) => Number(!isTrue(words, path => shell.machine.files.read(path)));

/** What the shell does itself. */
export const builtins: Readonly<Record<string, Builtin>> = {
	':': () => 0,
	true: () => 0,
	false: () => 1,
	echo,
	printf: async (_shell, words, descriptors) => {
		await output(descriptors)(printed(words));
		return 0;
	},
	test,
	'[': (shell, words, descriptors) => test(shell, words.slice(0, -1), descriptors),
	read,
	command,
	eval: (shell, words, descriptors) => shell.runText(words.join(' '), descriptors),
	exec: (shell, words, descriptors) => (words.length === 0 ? 0 : shell.runWords(words, descriptors)),
	shift: (shell, words) => {
		shell.state.arguments = shell.state.arguments.slice(Number(words[0] ?? 1));
		return 0;
	},
	exit: (shell, words) => {
		shell.state.hasExited = true;
		return Number(words[0] ?? shell.state.status) & 255;
	},
	wait: () => 0,
	export: (shell, words) => {
		for (const word of words) if (word.includes('=')) shell.state.variables.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
		return 0;
	},
	cd: () => 0,
	set: () => 0,
	unset: (shell, words) => {
		for (const word of words) shell.state.variables.delete(word);
		return 0;
	},
};
