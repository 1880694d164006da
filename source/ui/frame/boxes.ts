import type {Action} from '../../core/action.ts';
import {topScreen} from '../../core/app-state.ts';
import {fitLine, overlayLine} from '../../core/cut-line.ts';
import type {DialogChoice} from '../../core/effect.ts';
import type {Glyphs} from '../../core/glyphs.ts';
import {type Binding, type Choice, resolve} from '../../core/keymap.ts';
import {type Line, plain, type Span} from '../../core/line.ts';
import {policyLabels} from '../../core/policy-level.ts';
import {truncate, width} from '../../core/text.ts';
import type {Frame} from '../../core/view.ts';
import {wrapWhole} from '../../pages/fit.ts';
import {keyLabel} from './hint-line.ts';
import {type BodyLine, type LineCursor, rowCursor} from './page-lines.ts';

/** A framed box: title in the upper edge, words in the lower one. */
function box(content: readonly BodyLine[], options: Readonly<{title: string; foot: string; columns: number; right?: string}>): readonly BodyLine[] {
	const inner = options.columns - 2;
	const edge = (left: string, right: string): Line => {
		const tail = right === '' ? '' : ` ${right} -`;
		const text = truncate(`- ${left} `, inner - tail.length);
		return [{text: `+${text}${'-'.repeat(Math.max(0, inner - width(text) - tail.length))}${tail}+`, tone: 'muted'}];
	};
	return [
		{line: edge(options.title, options.right ?? ''), selected: false},
		...content.map(
			({line, selected, cursor}): BodyLine => ({
				...moved(cursor, 1),
				line: [{text: '|', tone: 'muted'}, ...fitLine(line, inner).map(part => (selected ? {...part, inverse: true} : part)), {text: '|', tone: 'muted'}],
				selected: false,
			}),
		),
		{line: edge(options.foot, ''), selected: false},
	];
}

function moved(cursor: LineCursor | undefined, columns: number): Readonly<{cursor?: LineCursor}> {
	return cursor ? {cursor: {...cursor, column: cursor.column + columns}} : {};
}

/** The body under a box that takes all keys. */
function unfocused(body: readonly BodyLine[]): readonly BodyLine[] {
	return body.map(({cursor: _cursor, ...line}) => line);
}

/** Draws a box over the body: its left edge at `from`, its first line at `row`. */
function over(body: readonly BodyLine[], lines: readonly BodyLine[], place: Readonly<{from: number; row: number; columns: number}>): readonly BodyLine[] {
	return body.map((under, index) => {
		const line = lines[index - place.row];
		return line ? {line: overlayLine(under.line, place.from, line.line, place.columns), selected: false, ...moved(line.cursor, place.from)} : under;
	});
}

/** The open dialog, over the middle of the body. */
export function dialogBox(frame: Frame, body: readonly BodyLine[]): readonly BodyLine[] {
	const {dialog, level} = frame.state;
	if (!dialog) return body;
	const {columns} = frame.viewport;
	const wide = Math.min(72, columns);
	const {remember, remembered, choices} = dialog;
	const also = remember === undefined ? [] : [`[${remembered ? 'x' : ' '}] y ${remember.title}`];
	const field = dialog.word === undefined ? [] : ['', `Type ${dialog.word} to confirm: ${dialog.typed}_`];
	// A borderline above and one below; what is longer than the screen is moved by the arrows.
	const ways = choices === undefined ? [] : choiceLines(choices, wide - 4);
	const room = Math.max(1, body.length - 2 - ways.length - also.length - field.length);
	const long = dialog.lines.flatMap(text => indented(text, wide - 4));
	const shown = long.length <= room ? long : windowOf(long, dialog.top, room);
	const texts: readonly Line[] = [...ways, ...[...shown, ...also, ...field].map(text => [{text: ` ${text}`}])];
	const focused = field.length === 0 ? 0 : texts.length - 1;
	const cursor = field.length === 0 ? rowCursor : {column: width(plain(texts[focused] ?? [])) - 1, visible: true};
	const content = texts.map((line, row): BodyLine => ({line, selected: false, ...(row === focused ? {cursor} : {})}));
	const others = choices === undefined ? '' : `   Tab${dialog.word === undefined ? ` or 0-${choices.length - 1}` : ''} another way`;
	const foot = `Enter ${dialog.confirm}   Esc ${dialog.keep}${others}`;
	const lines = box(content, {title: dialog.title, foot, columns: wide, right: policyLabels[level]});
	return over(unfocused(body), lines, {from: Math.floor((columns - wide) / 2), row: Math.max(0, Math.floor((body.length - lines.length) / 2)), columns});
}

/** ` 0 passive  [1 exec]  2 ephemeral: not allowed`, in as many lines as it takes. */
function choiceLines(choices: readonly DialogChoice[], columns: number): readonly Line[] {
	const lines: Span[][] = [[]];
	for (const [index, {title, picked, note}] of choices.entries()) {
		const text = `${index} ${title}${note === undefined ? '' : `: ${note}`}`;
		const part: Span = picked ? {text: ` [${text}]`, tone: 'accent', bold: true} : {text: `  ${text} `, ...(note === undefined ? {} : {tone: 'muted'})};
		if (width(plain(lines.at(-1) ?? [])) + width(part.text) > columns && lines.at(-1)?.length !== 0) lines.push([]);
		lines.at(-1)?.push(part);
	}
	return lines;
}

/** Broken into lines of that width; what begins with blanks keeps them in every line. */
function indented(text: string, columns: number): readonly string[] {
	const [blanks = ''] = /^ */.exec(text) ?? [];
	return wrapWhole(text.slice(blanks.length), columns - blanks.length).map(part => `${blanks}${part}`);
}

/** The lines from `top` on, and how many are left out; the last page is a whole one. */
function windowOf(lines: readonly string[], top: number, room: number): readonly string[] {
	const first = Math.min(top, Math.max(0, lines.length - room + 1));
	const shown = lines.slice(first, first + room - 1);
	const left = lines.length - first - shown.length;
	return [...shown, left === 0 ? '(end; arrows move the text)' : `(${left} more lines; arrows move the text)`];
}

const paletteRows = 9;

/** The palette: the typed text, what fits it, the picked line inverted. */
export function paletteBox(frame: Frame, body: readonly BodyLine[], title: string): readonly BodyLine[] {
	const {prompt} = frame.state;
	if (!prompt) return body;
	const {columns} = frame.viewport;
	const wide = Math.min(60, columns);
	const {choices} = frame;
	const picked = Math.min(prompt.picked, Math.max(0, choices.length - 1));
	const rows = Math.min(paletteRows, Math.max(1, body.length - 3));
	const first = Math.max(0, Math.min(picked - rows + 2, choices.length - rows + 1));
	const listed = choices.slice(first, first + rows - 1).map(({text, note}, index): BodyLine => {
		const room = wide - 4 - width(note);
		return {
			line: [{text: `${index + first === picked ? '>' : ' '}${truncate(text, room - 1)}`.padEnd(room)}, {text: ` ${note} `, tone: 'muted'}],
			selected: index + first === picked,
		};
	});
	if (choices.length === 0) listed.push({line: [{text: '   nothing matches', tone: 'muted'}], selected: false});
	const {text: typedText, cursor} = prompt.editor;
	const typed: BodyLine = {
		line: [{text: ' > ', tone: 'accent'}, {text: `${typedText}_`}],
		selected: false,
		cursor: {column: Math.min(' > '.length + width(typedText.slice(0, cursor)), wide - 3), visible: true},
	};
	const lines = box([typed, ...listed], {title: `${title} - ${choices.length}`, foot: 'Enter run  Up Down move  Esc close', columns: wide});
	return over(unfocused(body), lines, {from: Math.floor((columns - wide) / 2), row: 1, columns});
}

/** The which-key box in the bottom rows: what may follow the leader that was pressed. */
export function whichKeyBox(
	frame: Frame,
	body: readonly BodyLine[],
	options: Readonly<{actions: readonly Action[]; bindings: readonly Binding[]; glyphs: Glyphs}>,
): readonly BodyLine[] {
	const {pending, whichKey} = frame.state;
	if (!whichKey || pending.length === 0) return body;
	const leader = pending[pending.length - 1] ?? '';
	const found = resolve(options.bindings, topScreen(frame.state).type, pending.slice(0, -1), leader);
	if (found.type !== 'pending') return body;
	const {columns} = frame.viewport;
	const titles = new Map(options.actions.map(action => [action.id, action.title]));
	const entries = found.choices
		.filter(({action}) => !action.startsWith('go.tab-') || frame.state.pins[Number(action.slice(7)) - 1] !== undefined)
		.map(({keys, action}) => `${keyLabel(keys)} ${titles.get(action) ?? action}`);
	const cell = Math.min(columns - 4, Math.max(12, ...entries.map(entry => entry.length)) + 2);
	const perRow = Math.max(1, Math.floor((columns - 4) / cell));
	const content: BodyLine[] = [];
	for (let index = 0; index < entries.length; index += perRow)
		content.push({
			line: [
				{
					text: ` ${entries
						.slice(index, index + perRow)
						.map(entry => entry.padEnd(cell))
						.join('')}`,
				},
			],
			selected: false,
		});
	const shown = content.slice(0, Math.max(1, body.length - 3));
	const group = commonGroup(options.actions, found.choices);
	const cut = shown.length < content.length ? `${shown.length * perRow} of ` : '';
	const lines = box(shown, {
		title: `${pending.map(keyLabel).join(' ')}${group === undefined ? '' : `  ${group}`}`,
		foot: `letters run, Esc leaves - ${cut}${entries.length} keys`,
		columns,
	});
	return over(body, lines, {from: 0, row: Math.max(0, body.length - lines.length), columns});
}

/** What most keys after a leader have to do with; a screen's own key among them names no leader. */
function commonGroup(actions: readonly Action[], choices: readonly Choice[]): Action['group'] | undefined {
	const counts = new Map<Action['group'], number>();
	for (const {action} of choices) {
		const group = actions.find(({id}) => id === action)?.group;
		if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
	}
	return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
