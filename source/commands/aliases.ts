import type {Command} from '../core/command.ts';

export const aliases: Command = {
	name: 'aliases',
	aliases: ['alias', 'kinds', 'api-resources'],
	usage: ':aliases',
	summary: 'The kinds of this cluster and their short names',
	run: () => [{type: 'open', screen: {type: 'aliases', top: 0}}],
};
