import type {Command} from '../core/command.ts';

export const quit: Command = {name: 'quit', aliases: ['q', 'q!', 'exit'], usage: ':q', summary: 'Leave k8tui', run: () => [{type: 'quit'}]};
