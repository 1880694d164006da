import {topScreen} from '../core/app-state.ts';
import type {Command, CommandContext} from '../core/command.ts';
import {type ParsedCommand, parseCommand} from '../core/command-line.ts';
import type {Effect} from '../core/effect.ts';
import {proposal} from '../core/nearest.ts';
import {apiVersionOf, qualifiedName, type ResourceType} from '../core/resource-type.ts';
import {namespaceFor, objectScreen, tableScreen} from '../core/targets.ts';
import {move} from '../actions/move.ts';

/** What a line of the `:` prompt does: a command's record, a row number, or a kind with where and what of it. Never throws. */
export function runCommand(line: string, context: CommandContext, commands: readonly Command[]): readonly Effect[] {
	const parsed = parseCommand(line);
	if (parsed.word === '') return [];
	if (parsed.row !== undefined) return move(context, parsed.row);
	const command = commands.find(({name, aliases}) => name === parsed.word || aliases.includes(parsed.word));
	// `:ns` and `:ctx` are commands that are kinds too: their own records know what both mean.
	if (command) return command.run(parsed.rest, context);
	const types = context.catalogue.resolve(parsed.kind ?? parsed.word);
	const [type] = types;
	if (!type) return [unknown(parsed.word, context, commands)];
	return openKind(type, parsed, context);
}

function openKind(type: ResourceType, parsed: ParsedCommand, context: CommandContext): readonly Effect[] {
	const kind = qualifiedName(type);
	const namespace = parsed.allNamespaces ? undefined : (parsed.namespace ?? context.frame.state.namespace);
	const moved: readonly Effect[] = type.namespaced && namespace !== context.frame.state.namespace ? [{type: 'namespace', namespace}] : [];
	const cluster: readonly Effect[] =
		parsed.context === undefined || parsed.context === context.frame.head.context.name ? [] : [{type: 'context', name: parsed.context}];
	if (parsed.name !== undefined) {
		if (type.namespaced && namespace === undefined)
			return [{type: 'notice', tone: 'warning', text: `${type.kind} ${parsed.name} is in a namespace: name it, as in :${parsed.word} NAMESPACE`}];
		return [
			...cluster,
			...moved,
			{type: 'open', screen: objectScreen(kind, {apiVersion: apiVersionOf(type), kind: type.kind, name: parsed.name, ...namespaceFor(type, namespace)})},
		];
	}
	const screen = tableScreen(kind, {
		...namespaceFor(type, namespace),
		...(parsed.labelSelector === undefined ? {} : {labelSelector: parsed.labelSelector}),
		...(parsed.filter === undefined ? {} : {filter: parsed.filter}),
	});
	return [...cluster, ...moved, {type: topScreen(context.frame.state).type === 'start' ? 'open' : 'go', screen}];
}

function unknown(word: string, context: CommandContext, commands: readonly Command[]): Effect {
	const words = [
		...commands.flatMap(({name, aliases}) => [name, ...aliases]),
		...context.catalogue.types.flatMap(({plural, singular, shortNames}) => [plural, singular, ...shortNames]),
	];
	return {type: 'notice', tone: 'warning', text: `There is no kind or command ${word}.${proposal(word, words)} Ctrl-A lists the kinds`};
}
