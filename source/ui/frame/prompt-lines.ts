import type {Glyphs} from '../../core/glyphs.ts';
import type {Line} from '../../core/line.ts';
import {tableOf} from '../../core/targets.ts';
import {clean, group, truncate, width} from '../../core/text.ts';
import type {Frame} from '../../core/view.ts';
import {filterDoubt, filterError} from './filter-error.ts';

/** Is a line being typed? Then the hint bar gives way to what helps with it. */
export function isTyping({state: {prompt}}: Frame): boolean {
	return prompt !== undefined && prompt.kind !== 'palette' && prompt.kind !== 'actions';
}

const signWidth = 2;

/** The line being typed and, in grey, what Right would add. A line longer than the screen shows its end. The terminal's own cursor stands in it. */
export function promptLine(frame: Frame): Line {
	const {
		choices,
		state: {prompt},
	} = frame;
	if (!prompt) return [];
	const sign = prompt.kind === 'command' ? ':' : '/';
	const {text, cursor} = prompt.editor;
	const ghost =
		prompt.kind === 'command' && cursor === text.length
			? (choices.find(choice => choice.text.startsWith(text) && choice.text !== text)?.text.slice(text.length) ?? '')
			: '';
	return [{text: ` ${sign}`, tone: 'accent', bold: true}, {text: beforeCaret(frame)}, {text: text.slice(cursor)}, {text: ghost, tone: 'muted'}];
}

/** Where the next character of the line being typed goes: its cell. */
export function caretColumn(frame: Frame): number {
	return signWidth + width(beforeCaret(frame));
}

function beforeCaret({state: {prompt}, viewport}: Frame): string {
	return prompt ? truncate(prompt.editor.text.slice(0, prompt.editor.cursor), Math.max(1, viewport.columns - signWidth - 2), 'front') : '';
}

/** Below the prompt: what is wrong with the filter, right under it; else how to go on. */
export function promptHelp(frame: Frame, glyphs: Glyphs): Line {
	const {prompt} = frame.state;
	const {columns} = frame.viewport;
	if (!prompt) return [];
	const room = columns - 3;
	if (prompt.kind === 'filter') {
		const error = filterError(prompt.editor.text, frame) ?? filterDoubt(prompt.editor.text, frame);
		if (error) return [{text: underCaret(signWidth + width(prompt.editor.text.slice(0, error.at)), error.message, inForce(frame), columns), tone: 'warning'}];
		return [{text: `  ${asMany(filterHelp(frame), room)}`, tone: 'muted'}];
	}
	if (prompt.kind === 'search') return [{text: `  ${asMany(['Enter searches, Esc leaves', 'n and N go on'], room)}`, tone: 'muted'}];
	// Only the word that would be completed: the line before it stands above.
	const shown = frame.choices.map(({text, note}) => `${text.slice(text.trimEnd().lastIndexOf(' ') + 1)}${note === '' ? '' : ` (${note})`}`);
	const help = ['Enter runs, Esc leaves', 'Tab completes', 'Up: last lines', 'pods, deploy, ns, ctx, theme ...'];
	return [{text: `  ${shown.length === 0 ? asMany(help, room) : truncate(asMany(shown, room), room, 'end', glyphs.cut)}`, tone: 'muted'}];
}

function filterHelp(frame: Frame): readonly string[] {
	const count = frame.view.type === 'table' ? [`${group(frame.view.snapshot.rows.length)} of ${group(frame.view.snapshot.total)} shown`] : [];
	return [...count, 'Enter keeps, Esc undoes', 'text', '/regex/', '~fuzzy', '!not', 'app=web', 'restarts>0', 'age<5m', 'status!=Running'];
}

function inForce(frame: Frame): string {
	const {filter} = tableOf(frame)?.screen ?? {filter: ''};
	return filter === '' || filter === frame.state.prompt?.editor.text ? '' : `   (filter in force: ${clean(filter)})`;
}

/** The caret stands exactly under the letter; the message right of it, or left of it where there is more room. */
function underCaret(under: number, message: string, more: string, columns: number): string {
	const at = Math.min(under, columns - 2);
	const room = columns - at - 2;
	if (width(message) <= room) return `${' '.repeat(at)}^ ${width(message + more) <= room ? message + more : message}`;
	const before = at - 2;
	return before > room ? `${' '.repeat(Math.max(1, at - 1 - width(message)))}${truncate(message, before)} ^` : `${' '.repeat(at)}^ ${truncate(message, room)}`;
}

/** As many of the parts as fit, at least the first. */
function asMany(parts: readonly string[], columns: number): string {
	let text = parts[0] ?? '';
	for (const part of parts.slice(1)) {
		if (width(`${text}   ${part}`) > columns) break;
		text = `${text}   ${part}`;
	}
	return text;
}
