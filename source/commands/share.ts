import type {Command} from '../core/command.ts';

const words = ['on', 'off', 'ip', 'names', 'ip,names'] as const;

/** Share mode: for sessions that people watch. */
export const share: Command = {
	name: 'share',
	aliases: [],
	usage: ':share on|off|ip|names|ip,names',
	summary: 'For a screen that people watch: secrets masked, READ-ONLY, keys shown',
	choices: () => words,
	run: ([word = 'on'], {frame}) => {
		if (word === 'off')
			return frame.state.share === undefined ? [{type: 'notice', tone: 'muted', text: 'Share mode is off already'}] : [{type: 'share', share: undefined}];
		const parts = word === 'on' ? [] : word.split(',');
		const unknown = parts.find(part => part !== 'ip' && part !== 'names');
		if (unknown !== undefined) return [{type: 'notice', tone: 'warning', text: `Share mode masks ip and names besides secrets, not ${unknown}`}];
		return [{type: 'share', share: {addresses: parts.includes('ip'), names: parts.includes('names')}}];
	},
};
