import {topScreen} from '../core/app-state.ts';
import type {Command} from '../core/command.ts';
import {momentOf} from '../core/logs/log-moment.ts';

export const since: Command = {
	name: 'since',
	aliases: [],
	usage: ':since 14:02 | 10m | off',
	summary: 'In logs, read from that time on (UTC)',
	choices: () => ['5m', '15m', '1h', '6h', '24h', 'off'],
	run: ([text = ''], {frame}) => {
		if (topScreen(frame.state).type !== 'logs') return [{type: 'notice', tone: 'muted', text: ':since is for logs: l opens them'}];
		const fresh = {type: 'logs', clearedBefore: 0, marks: [], follow: true} as const;
		if (text === 'off') return [{type: 'change', screen: {...fresh, fromTime: undefined}}];
		const at = momentOf(text, frame.now);
		if (at === undefined)
			return [{type: 'notice', tone: 'warning', text: `${text === '' ? 'Since when?' : `${text} is no time.`} Write it as 14:02, 14:02:31 (UTC) or 10m (ago)`}];
		// The first lines of that time are what one wants to see.
		return [{type: 'change', screen: {...fresh, fromTime: at, follow: false, top: 0, cursor: 'line:0'}}];
	},
};
