import type {Command} from '../core/command.ts';

const onOff = (word: string | undefined): boolean | undefined => (word === 'on' ? true : word === 'off' ? false : undefined);

export const set: Command = {
	name: 'set',
	aliases: ['settings'],
	usage: ':set theme|motion|header|crumbs|split|times VALUE',
	summary: 'A setting, for this session; ~/.config/k8tui/config.toml keeps it',
	choices: () => ['theme', 'motion', 'header', 'crumbs', 'split', 'times'],
	run: ([name, value], context) => {
		if (name === 'theme' && value !== undefined && context.themes.includes(value)) return [{type: 'theme', name: value}];
		if (name === 'times' && (value === 'age' || value === 'utc' || value === 'local')) return [{type: 'switch', to: {times: value}}];
		const on = onOff(value);
		if (on !== undefined && (name === 'motion' || name === 'header' || name === 'crumbs' || name === 'split')) return [{type: 'switch', to: {[name]: on}}];
		return [{type: 'notice', tone: 'warning', text: 'Settings: theme NAME, times age|utc|local, and motion, header, crumbs, split on|off'}];
	},
};
