import {topScreen} from '../core/app-state.ts';
import type {Command} from '../core/command.ts';

export const help: Command = {
	name: 'help',
	aliases: ['h', 'keys'],
	usage: ':help',
	summary: 'The keys of this screen, then those of all',
	run: (_words, {frame}) => [{type: 'open', screen: {type: 'help', about: topScreen(frame.state).type, filter: '', top: 0}}],
};
