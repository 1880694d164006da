import type {Action} from '../../core/action.ts';
import {topScreen} from '../../core/app-state.ts';
import type {Binding} from '../../core/keymap.ts';
import {keysOf} from '../../core/keymap.ts';
import type {Line} from '../../core/line.ts';
import type {Hint} from '../../core/page.ts';
import {tableOf} from '../../core/targets.ts';
import type {Frame} from '../../core/view.ts';

/** Keys as people read them: `Ctrl-P`, `Enter`. */
export function keyLabel(keys: string): string {
	return keys
		.split(' ')
		.map(chord =>
			chord.length === 1
				? chord
				: chord.replace(/^[a-z]/, letter => letter.toUpperCase()).replace(/-([a-z])/, (_dash, letter: string) => `-${letter.toUpperCase()}`),
		)
		.join(' ');
}

export type HintTools = Readonly<{actions: readonly Action[]; bindings: readonly Binding[]}>;

/** The hints of a screen: the page's own, else those of the actions that work on it, with the keys in force; `? keys` is always last and always there. */
export function hintsOf(frame: Frame, tools: HintTools): readonly Hint[] {
	const help = hintOf('general.help', 'keys', frame, tools);
	if (frame.view.type === 'page') return [...frame.view.page.hints, ...help];
	if (frame.view.snapshot.rows.length === 0) return [...withoutRows(frame, tools), ...help];
	const {type} = topScreen(frame.state);
	const own = tools.actions
		.filter(action => action.hint !== undefined && action.on.some(on => on === type || on === 'any') && (action.hintFor?.(frame) ?? true))
		.sort((a, b) => (a.hintOrder ?? 50) - (b.hintOrder ?? 50))
		.flatMap(action => hintOf(action.id, action.hint ?? '', frame, tools));
	return [...own, ...help];
}

/** Where there is nothing to open: what brings rows back. */
function withoutRows(frame: Frame, tools: HintTools): readonly Hint[] {
	const table = tableOf(frame);
	if (!table) return [];
	const {screen, view} = table;
	const hint = (action: string, title: string): readonly Hint[] => hintOf(action, title, frame, tools);
	const unread = view.snapshot.data === 'none' ? hint('general.reload', 'retry') : [];
	const filtered = screen.filter === '' ? [] : [...hint('general.filter', 'edit filter'), ...hint('general.peel', 'clear')];
	const faults = screen.faultsOnly ? hint('view.faults', 'show all') : [];
	const everywhere = view.resource.namespaced && screen.namespace !== undefined ? hint('table.namespace-0', 'all namespaces') : [];
	const back = screen.filter === '' && !screen.faultsOnly ? hint('general.peel', 'back') : [];
	return [...unread, ...filtered, ...faults, ...everywhere, ...hint('general.command', 'go'), ...back];
}

function hintOf(action: string, title: string, frame: Frame, {bindings}: HintTools): readonly Hint[] {
	const [keys] = keysOf(bindings, action, topScreen(frame.state).type);
	return keys === undefined ? [] : [{keys: keyLabel(keys), title}];
}

/** The hints over several rows: in each as many as fit, the last one always. */
export function hintLines(hints: readonly Hint[], columns: number, rows: number): readonly Line[] {
	const lines: Line[] = [];
	let left = hints;
	while (lines.length < rows - 1 && left.length > 1) {
		const count = Math.min(left.length - 1, Math.max(1, fitting(left, columns)));
		lines.push(hintLine(left.slice(0, count), columns));
		left = left.slice(count);
	}
	while (lines.length < rows - 1) lines.push([]);
	return [...lines, hintLine(left, columns)];
}

/** How many hints a row has room for. */
function fitting(hints: readonly Hint[], columns: number): number {
	let cells = 1;
	let count = 0;
	for (const {keys, title} of hints) {
		cells += keys.length + title.length + 3;
		if (cells > columns) break;
		count++;
	}
	return count;
}

/** The bottom row: as many hints as fit, the last one always. */
export function hintLine(hints: readonly Hint[], columns: number): Line {
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
	return [
		{text: ' '},
		...parts.flatMap(
			({keys, title}): Line => [
				{text: keys, tone: 'accent', bold: true},
				{text: ` ${title}  `, tone: 'muted'},
			],
		),
	];
}
