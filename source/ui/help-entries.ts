import type {Action} from '../core/action.ts';
import type {Binding} from '../core/keymap.ts';
import type {Screen} from '../core/screen.ts';
import {keyLabel} from './frame/hint-line.ts';

/** A line of help: the keys in force, what they do, and where. */
export type HelpEntry = Readonly<{keys: string; title: string; group: string; on: 'here' | 'everywhere'}>;

/** The keys of a screen first, then those of all; keys the user changed as they are now. */
export function helpEntries(about: Screen['type'], actions: readonly Action[], bindings: readonly Binding[]): readonly HelpEntry[] {
	const entries = actions.flatMap((action): HelpEntry[] => {
		const here = action.on.some(on => on === about);
		if (!here && !action.on.includes('any')) return [];
		const keys = [...new Set(bindings.filter(binding => binding.action === action.id && (binding.on === about || binding.on === 'any')).map(binding => keyLabel(binding.keys)))];
		return keys.length === 0 ? [] : [{keys: keys.join('  '), title: action.title, group: action.group, on: here ? 'here' : 'everywhere'}];
	});
	return [...entries.filter(({on}) => on === 'here'), ...entries.filter(({on}) => on === 'everywhere')];
}
