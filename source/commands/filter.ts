import {topScreen} from '../core/app-state.ts';
import type {Command, CommandContext} from '../core/command.ts';
import type {Effect} from '../core/effect.ts';
import {readFilter} from '../core/logs/filter-words.ts';
import type {LogFilter} from '../core/logs/logs-screen.ts';

/** Each word is a filter of its own; `off` takes all off, `around=N` shows lines around those that pass. */
function run(words: readonly string[], {frame}: CommandContext): readonly Effect[] {
	const screen = topScreen(frame.state);
	if (screen.type !== 'logs') return screen.type === 'table' ? [{type: 'prompt', prompt: 'filter', text: words.join(' ')}] : [];
	if (words.length === 0) return [{type: 'prompt', prompt: 'command', text: 'filter +'}];
	if (words[0] === 'off') return [{type: 'change', screen: {type: 'logs', filters: [], context: 0}}];
	const filters: LogFilter[] = [];
	let {context} = screen;
	for (const word of words) {
		const around = /^around=(\d{1,3})$/.exec(word);
		if (around !== null) {
			context = Number(around[1]);
			continue;
		}
		const read = readFilter(word);
		if (!read.ok) return [{type: 'notice', tone: 'warning', text: read.problem}];
		filters.push(read.filter);
	}
	return [{type: 'change', screen: {type: 'logs', filters: [...screen.filters, ...filters], context}}];
}

export const filter: Command = {
	name: 'filter',
	aliases: ['only'],
	usage: ':filter +TEXT -TEXT +/REGEX/ level>=warn FIELD=VALUE around=N | off',
	summary: 'In logs, keep only lines that pass; Esc takes the last filter off',
	choices: ({frame}) => (topScreen(frame.state).type === 'logs' ? ['level>=info', 'level>=warn', 'level>=error', 'around=3', 'off'] : []),
	run,
};
