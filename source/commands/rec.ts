import type {Command} from '../core/command.ts';

/** Records the session as an asciicast. */
export const rec: Command = {
	name: 'rec',
	aliases: ['record'],
	usage: ':rec [on|off]',
	summary: 'Record this session as an asciicast, masked',
	choices: () => ['on', 'off'],
	run: ([word = 'on']) => [{type: 'record', on: word !== 'off'}],
};
