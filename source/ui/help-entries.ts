import type {Action} from '../core/action.ts';
import {type Binding, keysOf} from '../core/keymap.ts';
import type {Screen} from '../core/screen.ts';
import {keyLabel} from './frame/hint-line.ts';

/** A line of help: the keys in force, what they do, and where. */
export type HelpEntry = Readonly<{keys: string; title: string; group: string; on: 'here' | 'everywhere'}>;

/** The keys of a screen first, then those of all; keys the user changed as they are now. Actions that differ by a digit alone share a line. */
export function helpEntries(about: Screen['type'], actions: readonly Action[], bindings: readonly Binding[]): readonly HelpEntry[] {
	const entries = actions.flatMap((action): HelpEntry[] => {
		const here = action.on.some(on => on === about);
		if (!here && !action.on.includes('any')) return [];
		const keys = keysOf(bindings, action.id, about).map(keyLabel);
		return keys.length === 0 ? [] : [{keys: keys.join('  '), title: action.title, group: action.group, on: here ? 'here' : 'everywhere'}];
	});
	const folded = foldDigits(entries);
	return [...folded.filter(({on}) => on === 'here'), ...folded.filter(({on}) => on === 'everywhere')];
}

/** `1` to `9` of the same words as one line, `1-9`. */
function foldDigits(entries: readonly HelpEntry[]): readonly HelpEntry[] {
	const folded: HelpEntry[] = [];
	for (const entry of entries) {
		const before = folded.at(-1);
		const digit = /\d$/.exec(entry.keys)?.[0];
		const words = entry.title.replace(/ \d$/, '');
		if (before && digit !== undefined && words !== entry.title && words === before.title.replace(/ \d$/, '') && before.group === entry.group)
			folded[folded.length - 1] = {...before, title: words, keys: `${before.keys.split('-')[0]}-${digit}`};
		else folded.push(entry);
	}
	return folded;
}
