import type {Command} from '../core/command.ts';

export const overview: Command = {
	name: 'overview',
	aliases: ['pulse', 'pulses', 'hz', 'health'],
	usage: ':overview',
	summary: 'Is the cluster healthy, and if not, what is wrong',
	run: () => [{type: 'go', screen: {type: 'overview', top: 0}}],
};
