import fuzzysort from 'fuzzysort';
import type {Action, ActionContext} from '../core/action.ts';
import {topScreen} from '../core/app-state.ts';
import {completions} from '../core/command-line.ts';
import type {Command, CommandContext} from '../core/command.ts';
import type {EditorState} from '../core/editor.ts';
import type {Effect} from '../core/effect.ts';
import {type Binding, keysOf} from '../core/keymap.ts';
import type {Prompt} from '../core/prompt.ts';
import {tableOf} from '../core/targets.ts';
import {keyLabel} from './frame/hint-line.ts';
import {runCommand} from './run-command.ts';

/** A line one can pick: what it is called, a few words on it, what it does; `line`: the prompt completed by it. */
export type PromptChoice = Readonly<{text: string; note: string; line?: string; run(context: ActionContext): readonly Effect[]}>;

const mostChoices = 200;

/** Completions of the `:` prompt, the likeliest first. */
export function commandChoices(editor: EditorState, context: CommandContext, commands: readonly Command[]): readonly PromptChoice[] {
	const {from, options} = completions(editor.text, editor.cursor, {
		commands: commands.map(({name, aliases}) => ({name, aliases})),
		choicesOf: word => commands.find(({name, aliases}) => name === word || aliases.includes(word))?.choices?.(context) ?? [],
		kinds: context.catalogue.types.filter(type => type.preferred).map(({plural, singular, shortNames}) => ({plural, singular, shortNames})),
		namespaces: context.namespaces,
		contexts: context.contexts,
		...labelsOf(context),
	});
	return options.map(({text, note}): PromptChoice => {
		const line = editor.text.slice(0, from) + text + editor.text.slice(editor.cursor);
		return {text: line, note, line, run: after => runCommand(line, {...context, ...after}, commands)};
	});
}

/** Label keys and values with counts, from the rows of the table on screen. */
function labelsOf(context: CommandContext): Readonly<{
	labelKeys: ReadonlyArray<Readonly<{text: string; count: number}>>;
	labelValues(key: string): ReadonlyArray<Readonly<{text: string; count: number}>>;
}> {
	const rows = tableOf(context.frame)?.view.snapshot.rows ?? [];
	const counted = (values: Iterable<string>): ReadonlyArray<Readonly<{text: string; count: number}>> => {
		const counts = new Map<string, number>();
		for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
		return [...counts].map(([text, count]) => ({text, count})).sort((a, b) => b.count - a.count);
	};
	return {
		labelKeys: counted(rows.flatMap(row => Object.keys(row.meta.labels ?? {}))),
		labelValues: key => counted(rows.flatMap(row => row.meta.labels?.[key] ?? [])),
	};
}

/** The palette: what keys do here, commands, kinds; fuzzy by what is typed. `actions`: only what can be done with the object. */
export function paletteChoices(
	prompt: Prompt,
	context: CommandContext,
	tools: Readonly<{actions: readonly Action[]; bindings: readonly Binding[]; commands: readonly Command[]}>,
): readonly PromptChoice[] {
	const here = topScreen(context.frame.state).type;
	const ofObject = prompt.kind === 'actions';
	const actions = tools.actions
		.filter(action => action.on.some(on => on === here || (on === 'any' && !ofObject)))
		.filter(action => action.group !== 'move' && (!ofObject || action.group === 'table' || action.group === 'object' || action.group === 'copy'))
		.map((action): PromptChoice => {
			const reason = action.disabled?.(context);
			const title =
				action.group === 'copy'
					? `Copy ${action.title}`
					: action.group === 'go' && action.id.startsWith('go.')
						? `Go to ${action.title}`
						: `${action.title.charAt(0).toUpperCase()}${action.title.slice(1)}`;
			return {
				text: title,
				note: reason ?? keyLabel(keysOf(tools.bindings, action.id, here)[0] ?? ''),
				run: after => (reason === undefined ? action.run(after) : [{type: 'notice', tone: 'muted', text: reason}]),
			};
		});
	const commands = tools.commands.map(
		(command): PromptChoice => ({text: command.summary, note: command.usage, run: after => command.run([], {...context, ...after})}),
	);
	const kinds = context.catalogue.types
		.filter(type => type.preferred)
		.map(
			(type): PromptChoice => ({
				text: `Go to ${type.plural}`,
				note: `:${type.shortNames[0] ?? type.plural}`,
				run: after => runCommand(type.group === '' ? type.plural : `${type.plural}.${type.group}`, {...context, ...after}, tools.commands),
			}),
		);
	const all = ofObject ? actions : [...actions, ...commands, ...kinds];
	if (prompt.editor.text === '') return all.slice(0, mostChoices);
	return fuzzysort.go(prompt.editor.text, all, {keys: ['text', 'note'], limit: mostChoices}).map(found => found.obj);
}
