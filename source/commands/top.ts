import type {Command, CommandContext} from '../core/command.ts';
import type {Effect} from '../core/effect.ts';
import {topLevelOf, topOwnerOf, topScreenFor} from '../core/top/top-start.ts';
import {topLevels} from '../core/top/top-view.ts';

const usage = ':top [LEVEL] [node/NAME | KIND/NAME] [NAMESPACE | -A] [-l SELECTOR]';

function run(words: readonly string[], context: CommandContext): readonly Effect[] {
	const [first, ...more] = words;
	const level = first === undefined || first.startsWith('-') ? 'nodes' : topLevelOf(first);
	if (level === undefined) return [warning(`There is no level ${first} of Top. There are ${topLevels.join(', ')}`)];
	const rest = first === undefined || first.startsWith('-') ? words : more;
	const all = rest.includes('-A') || rest.includes('all');
	const at = rest.indexOf('-l');
	const labelSelector = at < 0 ? undefined : rest[at + 1];
	const others = rest.filter((word, index) => !word.startsWith('-') && word !== 'all' && (at < 0 || index !== at + 1));
	const part = others.find(word => word.includes('/'));
	const owner = part === undefined ? {} : topOwnerOf(part);
	if (owner === undefined) return [warning(`Pods belong to a node or to a workload, and ${part} is neither: node/n1, deploy/web`)];
	if (part !== undefined && level === 'nodes') return [warning(`What belongs to ${part} is shown by :top pods ${part}`)];
	const named = others.find(word => word !== part);
	const here = context.frame.state.namespace;
	const namespace = all || level === 'namespaces' || (owner.node !== undefined && named === undefined) ? undefined : (named ?? here);
	// A name has to be looked up in one namespace.
	if (owner.workload !== undefined && namespace === undefined) return [warning(`Name the namespace of ${part}: :top pods ${part} NAMESPACE`)];
	const wish = {level, ...owner, allNamespaces: namespace === undefined, ...(labelSelector === undefined ? {} : {labelSelector})};
	return [
		...(named === undefined || named === here ? [] : [{type: 'namespace', namespace: named} as const]),
		{type: 'go', screen: topScreenFor(wish, namespace)},
	];
}

function warning(text: string): Effect {
	return {type: 'notice', tone: 'warning', text};
}

export const top: Command = {
	name: 'top',
	aliases: ['usage'],
	usage,
	summary: 'What nodes, pods and containers use of what they may',
	choices: () => topLevels,
	run,
};
