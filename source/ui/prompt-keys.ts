import type {Action, ActionContext} from '../core/action.ts';
import type {Catalogue} from '../core/catalogue.ts';
import type {Clock} from '../core/clock.ts';
import type {Command, CommandContext} from '../core/command.ts';
import {edit, editorOf} from '../core/editor.ts';
import type {Effect} from '../core/effect.ts';
import type {Binding} from '../core/keymap.ts';
import type {Key} from '../core/keys.ts';
import type {Prompt} from '../core/prompt.ts';
import {tableOf} from '../core/targets.ts';
import type {Frame} from '../core/view.ts';
import {toMatch} from '../actions/search.ts';
import {filterError} from './frame/filter-error.ts';
import {commandChoices, paletteChoices, type PromptChoice} from './prompt-choices.ts';
import {runCommand} from './run-command.ts';

/** The filter runs when typing has rested for this long (screens.md 6). */
const filterRestMs = 120;

export type PromptTools = Readonly<{
	actions: readonly Action[];
	bindings: readonly Binding[];
	commands: readonly Command[];
	catalogue(): Catalogue;
	/** The user's own words -> the line each stands for. */
	aliases: Readonly<Record<string, string>>;
	/** What commands complete with beside the catalogue. */
	words(): Readonly<{namespaces: readonly string[]; contexts: readonly string[]; themes: readonly string[]; stories: readonly string[]}>;
}>;

/** The prompts: `:` commands, `/` filters and searches, the palette. Turns keys into effects. */
export class PromptKeys {
	readonly #tools: PromptTools;
	readonly #clock: Clock;
	readonly #dispatch: (effects: readonly Effect[]) => void;
	#resting: Disposable | undefined;

	constructor(tools: PromptTools, clock: Clock, dispatch: (effects: readonly Effect[]) => void) {
		this.#tools = tools;
		this.#clock = clock;
		this.#dispatch = dispatch;
	}

	/** What a key does while a prompt is open. */
	key(prompt: Prompt, key: Key, context: ActionContext): readonly Effect[] {
		if (key === 'esc' || key === 'ctrl-c') {
			this.#resting?.[Symbol.dispose]();
			return [{type: 'peel'}];
		}
		if (key === 'enter') return this.#enter(prompt, context);
		const listed = prompt.kind === 'palette' || prompt.kind === 'actions';
		if (key === 'tab' || (key === 'right' && prompt.editor.cursor === prompt.editor.text.length && !listed)) return this.#complete(prompt, context);
		if (listed && (key === 'down' || key === 'ctrl-n')) return [{type: 'edit', prompt: {picked: prompt.picked + 1}}];
		if (listed && (key === 'up' || key === 'ctrl-p')) return [{type: 'edit', prompt: {picked: Math.max(0, prompt.picked - 1)}}];
		if (key === 'backspace' && prompt.editor.text === '') return prompt.kind === 'filter' ? [{type: 'close'}] : [{type: 'peel'}];
		const editor = edit(prompt.editor, key);
		if (editor === prompt.editor) return [];
		if (prompt.kind === 'filter') this.#filterSoon(editor.text, context.frame);
		return [{type: 'edit', prompt: {editor, picked: 0}}];
	}

	/** A paste outside a prompt goes to the filter of a table, never to keys. */
	paste(text: string, context: ActionContext): readonly Effect[] {
		const line = text.replace(/\s+/g, ' ').trim();
		if (line === '') return [];
		if (!tableOf(context.frame)) return [{type: 'notice', tone: 'muted', text: 'A paste does nothing here. : opens a prompt that takes it'}];
		this.#filterSoon(line, context.frame);
		return [{type: 'prompt', prompt: 'filter', text: line}];
	}

	/** Runs a line of the command prompt. */
	run(line: string, context: ActionContext): readonly Effect[] {
		const [word = '', ...rest] = line.trim().split(' ');
		const own = this.#tools.aliases[word];
		return runCommand(own === undefined ? line : [own, ...rest].join(' '), this.#commandContext(context), this.#tools.commands);
	}

	choices(prompt: Prompt, context: ActionContext): Frame['choices'] {
		return this.#choices(prompt, context).map(({text, note}) => ({text, note}));
	}

	#choices(prompt: Prompt, context: ActionContext): readonly PromptChoice[] {
		if (prompt.kind === 'command') return commandChoices(prompt.editor, this.#commandContext(context), this.#tools.commands);
		if (prompt.kind === 'palette' || prompt.kind === 'actions') return paletteChoices(prompt, this.#commandContext(context), this.#tools);
		return [];
	}

	#enter(prompt: Prompt, context: ActionContext): readonly Effect[] {
		const {text} = prompt.editor;
		switch (prompt.kind) {
			case 'command':
				return [{type: 'close', remember: text}, ...this.run(text, context)];
			case 'filter': {
				this.#resting?.[Symbol.dispose]();
				// A filter that is wrong is not left: the line below says what to change.
				return filterError(text, context.frame) ? [] : [{type: 'change', screen: {type: 'table', filter: text}}, {type: 'close'}];
			}
			case 'search': {
				const top = context.frame.state.stack[context.frame.state.stack.length - 1];
				if (!top || top.type === 'table') return [{type: 'close'}];
				if (top.type === 'help') return [{type: 'change', screen: {type: 'help', filter: text}}, {type: 'close'}];
				return [{type: 'change', screen: {type: top.type, search: text}}, {type: 'close'}, ...toMatch(context, text, 0)];
			}
			case 'palette':
			case 'actions': {
				const choices = this.#choices(prompt, context);
				const choice = choices[Math.min(prompt.picked, choices.length - 1)];
				return choice ? [{type: 'close'}, ...choice.run(context)] : [];
			}
		}
	}

	#complete(prompt: Prompt, context: ActionContext): readonly Effect[] {
		const [first] = this.#choices(prompt, context);
		if (first?.line === undefined) return [];
		return [{type: 'edit', prompt: {editor: editorOf(first.line, prompt.editor.history), picked: 0}}];
	}

	#filterSoon(text: string, frame: Frame): void {
		this.#resting?.[Symbol.dispose]();
		// While a wrong one is typed the last good filter stays in force.
		if (filterError(text, frame)) return;
		this.#resting = this.#clock.after(filterRestMs, () => this.#dispatch([{type: 'change', screen: {type: 'table', filter: text}}]));
	}

	#commandContext(context: ActionContext): CommandContext {
		return {...context, ...this.#tools.words(), quit: [{type: 'quit'}]};
	}
}
