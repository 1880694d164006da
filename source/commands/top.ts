import type {Command, CommandContext} from '../core/command.ts';
import type {Effect} from '../core/effect.ts';
import {topLevelOf} from '../core/top/top-start.ts';
import {topScreenOf} from '../core/top/top-screen.ts';
import {topLevels} from '../core/top/top-view.ts';

const usage = ':top [LEVEL] [NAMESPACE | -A] [-l SELECTOR]';

function run(words: readonly string[], context: CommandContext): readonly Effect[] {
	const [first, ...others] = words;
	const level = first === undefined || first.startsWith('-') ? 'nodes' : topLevelOf(first);
	if (level === undefined) return [{type: 'notice', tone: 'warning', text: `There is no level ${first} of Top. There are ${topLevels.join(', ')}`}];
	const rest = first === undefined || first.startsWith('-') ? words : others;
	const all = rest.includes('-A') || rest.includes('all');
	const at = rest.indexOf('-l');
	const labelSelector = at < 0 ? undefined : rest[at + 1];
	const named = rest.find((word, index) => !word.startsWith('-') && word !== 'all' && (at < 0 || index !== at + 1));
	const namespace = all || level === 'nodes' || level === 'namespaces' ? undefined : (named ?? context.frame.state.namespace);
	return [
		...(named === undefined || named === context.frame.state.namespace ? [] : [{type: 'namespace', namespace: named} as const]),
		{type: 'go', screen: topScreenOf({level, ...(namespace === undefined ? {} : {namespace}), ...(labelSelector === undefined ? {} : {labelSelector})})},
	];
}

export const top: Command = {
	name: 'top',
	aliases: ['usage'],
	usage,
	summary: 'What nodes, pods and containers use of what they may',
	choices: () => topLevels,
	run,
};
