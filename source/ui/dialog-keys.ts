import type {AppState} from '../core/app-state.ts';
import type {DialogChoice, Effect} from '../core/effect.ts';
import type {Key} from '../core/keys.ts';

/** A line of a dialog holds at least this many cells, on any terminal. */
const leastWidth = 36;
/** How far each key moves the text of a dialog that is longer than the screen. */
const steps: Readonly<Record<string, number>> = {down: 1, up: -1, pagedown: 10, pageup: -10};

/**
 * What a key does while a dialog is open: Enter confirms (once the word is typed), Esc keeps, arrows move a long text. `y` and `n`
 * never decide; where an answer may be remembered `y` says whether. Tab, or the digit of a choice, asks about another way.
 */
export function dialogKey(dialog: NonNullable<AppState['dialog']>, input: Key): readonly Effect[] {
	// A paste never confirms and never fills in the word that proves a person read it.
	if (typeof input !== 'string') return [];
	if (input === 'esc' || input === 'ctrl-c') return [{type: 'close'}];
	if (input === 'enter') {
		const remembered = dialog.remembered ? (dialog.remember?.effects ?? []) : [];
		return dialog.word === undefined || dialog.typed === dialog.word ? [{type: 'close'}, ...remembered, ...dialog.effects] : [];
	}
	const choice = choiceOf(dialog, input);
	if (choice) return choice.effects;
	const step = steps[input] ?? (dialog.word === undefined ? steps[{j: 'down', k: 'up'}[input] ?? ''] : undefined);
	if (step !== undefined) return [{type: 'dialog', to: {top: Math.max(0, Math.min(lastLine(dialog), dialog.top + step))}}];
	if (input === 'y' && dialog.word === undefined && dialog.remember) return [{type: 'dialog', to: {remembered: !dialog.remembered}}];
	if (dialog.word === undefined) return [];
	if (input === 'backspace') return [{type: 'type', typed: dialog.typed.slice(0, -1)}];
	if (input === 'space') return [{type: 'type', typed: `${dialog.typed} `}];
	return [...input].length === 1 ? [{type: 'type', typed: dialog.typed + input}] : [];
}

/** The way that a key goes to: its digit from 0 on, unless digits are typed here; Tab and Shift-Tab go round. */
function choiceOf({choices, word}: NonNullable<AppState['dialog']>, input: string): DialogChoice | undefined {
	if (!choices) return undefined;
	if (word === undefined && /^\d$/.test(input)) return choices[Number(input)];
	const by = input === 'tab' ? 1 : input === 'shift-tab' ? -1 : 0;
	return by === 0 ? undefined : choices.at((choices.findIndex(({picked}) => picked) + by) % choices.length);
}

/** No key moves a text further than it can be long once it is broken into lines: a dialog is 72 cells wide at most. */
function lastLine({lines}: NonNullable<AppState['dialog']>): number {
	return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / leastWidth)), 0);
}
