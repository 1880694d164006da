import {topScreen} from '../core/app-state.ts';
import type {Command} from '../core/command.ts';

export const pipe: Command = {
	name: 'pipe',
	aliases: [],
	usage: ':pipe COMMAND',
	summary: 'In logs, give the lines shown to a command of your shell: less, jq, grep',
	choices: () => ['less'],
	run: (words, {frame}) => {
		if (topScreen(frame.state).type !== 'logs') return [{type: 'notice', tone: 'muted', text: ':pipe is for logs: l opens them'}];
		if (words.length === 0) return [{type: 'notice', tone: 'warning', text: 'Name the command: :pipe less'}];
		// As it was typed: quotes are the shell's.
		const typed = frame.state.prompt?.kind === 'command' ? /^\s*pipe\s+(.+)$/s.exec(frame.state.prompt.editor.text)?.[1] : undefined;
		return [{type: 'page-command', command: 'pipe', words: typed === undefined ? words : [typed]}];
	},
};
