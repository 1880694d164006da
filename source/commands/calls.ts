import type {Command} from '../core/command.ts';

export const calls: Command = {
	name: 'calls',
	aliases: ['api', 'requests'],
	usage: ':api',
	summary: 'The requests of this program: path, status, time, bytes, age of each watch',
	run: () => [{type: 'open', screen: {type: 'calls', top: 0}}],
};
