import type {AppState} from '../core/app-state.ts';
import type {Effect} from '../core/effect.ts';
import type {Key} from '../core/keys.ts';

/** What a key does while a dialog is open: Enter confirms (once the word is typed), Esc keeps, `y` and `n` never decide. */
export function dialogKey(dialog: NonNullable<AppState['dialog']>, input: Key): readonly Effect[] {
	// A paste never confirms and never fills in the word that proves a person read it.
	if (typeof input !== 'string') return [];
	if (input === 'esc' || input === 'ctrl-c') return [{type: 'close'}];
	if (input === 'enter') return dialog.word === undefined || dialog.typed === dialog.word ? [{type: 'close'}, ...dialog.effects] : [];
	if (dialog.word === undefined) return [];
	if (input === 'backspace') return [{type: 'type', typed: dialog.typed.slice(0, -1)}];
	if (input === 'space') return [{type: 'type', typed: `${dialog.typed} `}];
	return [...input].length === 1 ? [{type: 'type', typed: dialog.typed + input}] : [];
}
