import type {Command, CommandContext} from '../core/command.ts';
import type {Effect} from '../core/effect.ts';
import {logsScreen, logTargetOf} from '../core/logs/logs-start.ts';
import type {LogTarget} from '../core/logs/log-target.ts';
import {apiVersionOf, qualifiedName} from '../core/resource-type.ts';
import {focusedRef, namespaceFor} from '../core/targets.ts';

const usage = ':logs [POD | KIND/NAME | -l SELECTOR | NODE:SERVICE] [-n NAMESPACE] [-c CONTAINER]';

/** `-n x`, `-l x`, `-c x`, `-A` among the words, and the one word beside them. */
function read(words: readonly string[]): Readonly<{target?: string; options: ReadonlyMap<string, string>}> {
	const options = new Map<string, string>();
	let target: string | undefined;
	for (let index = 0; index < words.length; index++) {
		const word = words[index] ?? '';
		if (word === '-A') options.set('-A', '');
		else if (/^-[nlc]$/.test(word)) options.set(word, words[++index] ?? '');
		else target = word;
	}
	return {...(target === undefined ? {} : {target}), options};
}

function targetOf(word: string, namespace: string | undefined, {catalogue}: CommandContext): LogTarget | undefined {
	const node = /^([a-z0-9.-]+):([\w.-]+)$/.exec(word);
	if (node !== null) return {type: 'node', node: node[1] ?? '', service: node[2] ?? ''};
	const [kind = '', name] = word.split('/');
	const [type] = name === undefined ? catalogue.resolve('pods') : catalogue.resolve(kind);
	if (type === undefined) return undefined;
	const ref = {apiVersion: apiVersionOf(type), kind: type.kind, name: name ?? word, ...namespaceFor(type, namespace)};
	return logTargetOf(qualifiedName(type), ref);
}

function run(words: readonly string[], context: CommandContext): readonly Effect[] {
	const {target: word, options} = read(words);
	const namespace = options.has('-A') ? undefined : (options.get('-n') ?? context.frame.state.namespace);
	const selector = options.get('-l');
	const container = options.get('-c');
	const named = container === undefined ? {} : {container};
	if (selector !== undefined)
		return [{type: 'open', screen: logsScreen({type: 'selector', labelSelector: selector, ...(namespace === undefined ? {} : {namespace})}, named)}];
	const focused = focusedRef(context.frame);
	const type = focused && context.catalogue.ofObject(focused.apiVersion, focused.kind);
	const target = word !== undefined ? targetOf(word, namespace, context) : focused && type ? logTargetOf(qualifiedName(type), focused) : undefined;
	return target === undefined ? [{type: 'notice', tone: 'warning', text: `Whose logs? ${usage}`}] : [{type: 'open', screen: logsScreen(target, named)}];
}

export const logs: Command = {
	name: 'logs',
	aliases: ['log'],
	usage,
	summary: 'Logs of a pod, of the pods of an owner or a selector, or of a service on a node',
	run,
};
