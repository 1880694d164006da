import type {Action} from '../../core/action.ts';
import {topScreen} from '../../core/app-state.ts';
import type {Glyphs} from '../../core/glyphs.ts';
import type {Line} from '../../core/line.ts';
import type {Hint} from '../../core/page.ts';
import type {Frame} from '../../core/view.ts';

/** Keys as people read them: `Ctrl-P`, `Enter`. */
export function keyLabel(keys: string): string {
	return keys
		.split(' ')
		.map(chord => (chord.length === 1 ? chord : chord.replace(/^[a-z]/, letter => letter.toUpperCase()).replace(/-([a-z])/, (_dash, letter: string) => `-${letter.toUpperCase()}`)))
		.join(' ');
}

/** The hints of a screen: the page's own, else those of the actions that work on it; `? keys` is always last and always there. */
export function hintsOf(frame: Frame, actions: readonly Action[]): readonly Hint[] {
	if (frame.view.type === 'page') return [...frame.view.page.hints, {keys: '?', title: 'keys'}];
	const {type} = topScreen(frame.state);
	const own = actions
		.filter(action => action.hint !== undefined && action.on.some(on => on === type || on === 'any'))
		.sort((a, b) => (a.hintOrder ?? 50) - (b.hintOrder ?? 50))
		.map(action => ({keys: keyLabel(action.keys[0] ?? ''), title: action.hint ?? ''}));
	return [...own, {keys: '?', title: 'keys'}];
}

/** The bottom row: as many hints as fit, `? keys` always. */
export function hintLine(hints: readonly Hint[], columns: number, _glyphs: Glyphs): Line {
	const last = hints[hints.length - 1];
	const parts: Hint[] = [];
	const cells = (hint: Hint): number => hint.keys.length + hint.title.length + 3;
	let left = columns - 1 - (last ? cells(last) : 0);
	for (const hint of hints.slice(0, -1)) {
		if (cells(hint) > left) break;
		parts.push(hint);
		left -= cells(hint);
	}
	if (last) parts.push(last);
	return [{text: ' '}, ...parts.flatMap(({keys, title}): Line => [{text: keys, tone: 'accent', bold: true}, {text: ` ${title}  `, tone: 'muted'}])];
}
