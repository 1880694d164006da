import {topScreen} from '../../core/app-state.ts';
import {cellText} from '../../core/cell-text.ts';
import type {Glyphs} from '../../core/glyphs.ts';
import type {Line} from '../../core/line.ts';
import {cursorIndex, tableOf} from '../../core/targets.ts';
import {clean, group, width} from '../../core/text.ts';
import {tones} from '../../core/tone.ts';
import type {Frame} from '../../core/view.ts';
import {filterError} from './filter-error.ts';
import type {TableLayout} from './table-layout.ts';

const newHere = 'New here? Enter opens the row, ? lists keys, : goes anywhere, k9s keys work';

/** The prompt while typing, else the last notice, else what is hidden and cut on this screen. */
export function statusLine(frame: Frame, glyphs: Glyphs, layout: TableLayout | undefined): Line {
	const {state} = frame;
	if (state.prompt && state.prompt.kind !== 'palette' && state.prompt.kind !== 'actions') return promptLine(frame);
	const notice = state.noticeShown ? state.notices[state.notices.length - 1] : undefined;
	if (notice) return [{text: ' '}, {text: `${glyphs.state[notice.tone] === ' ' ? '' : `${glyphs.state[notice.tone]} `}${clean(notice.text)}`, tone: notice.tone}];
	if (state.keysPressed < 3) return [{text: ` ${newHere}`, tone: 'muted'}];
	if (frame.view.type === 'page') return frame.view.page.status ? [{text: ' '}, ...frame.view.page.status] : [];
	return [{text: ` ${tableStatus(frame, layout)}`, tone: 'muted'}];
}

function promptLine({state, choices}: Frame): Line {
	const {prompt} = state;
	if (!prompt) return [];
	const sign = prompt.kind === 'command' ? ':' : '/';
	const {text, cursor} = prompt.editor;
	const ghost = prompt.kind === 'command' && cursor === text.length ? (choices.find(choice => choice.text.startsWith(text) && choice.text !== text)?.text.slice(text.length) ?? '') : '';
	const at = text.slice(cursor, cursor + 1) || ghost.slice(0, 1) || ' ';
	const after = cursor < text.length ? text.slice(cursor + 1) : '';
	return [{text: ` ${sign}`, tone: 'accent', bold: true}, {text: text.slice(0, cursor)}, {text: at, inverse: true}, {text: after}, {text: cursor < text.length ? ghost : ghost.slice(1), tone: 'muted'}];
}

/** Below the prompt: what is wrong with the filter, right under it; else the completions. */
export function promptHelp(frame: Frame): Line {
	const {prompt} = frame.state;
	if (!prompt) return [];
	if (prompt.kind === 'filter') {
		const error = filterError(prompt.editor.text, frame);
		if (error) {
			const {filter} = tableOf(frame)?.screen ?? {filter: ''};
			const message = `^ ${error.message}${filter === '' || filter === prompt.editor.text ? '' : `   (filter in force: ${clean(filter)})`}`;
			const under = 2 + width(prompt.editor.text.slice(0, error.at));
			return [{text: `${' '.repeat(Math.max(0, Math.min(under, frame.viewport.columns - message.length - 1)))}${message}`, tone: 'warning'}];
		}
		const count = frame.view.type === 'table' ? `${group(frame.view.snapshot.rows.length)} of ${group(frame.view.snapshot.total)} shown   ` : '';
		return [{text: `  ${count}text, /regex/, ~fuzzy, !not, app=web, status!=Running, restarts>0, age<5m   Enter keeps, Esc undoes`, tone: 'muted'}];
	}
	if (prompt.kind === 'search') return [{text: '  Enter searches, n and N go on, Esc leaves', tone: 'muted'}];
	const shown = frame.choices.slice(0, 12).map(({text, note}) => (note === '' ? text : `${text} (${note})`));
	return [{text: shown.length === 0 ? '  Enter runs what is typed, Esc leaves' : `  ${shown.join('   ')}`, tone: 'muted'}];
}

/** Nothing is hidden without a count: filtered rows by state, columns to the sides, the full text of a cut cell. */
function tableStatus(frame: Frame, layout: TableLayout | undefined): string {
	const table = tableOf(frame);
	if (!table) return '';
	const {snapshot} = table.view;
	const parts: string[] = [];
	const hidden = snapshot.total - snapshot.rows.length;
	if (hidden > 0) parts.push(`${group(hidden)} hidden by ${table.screen.faultsOnly && table.screen.filter === '' ? '! faults only' : 'filter'}${hiddenStates(frame)}. Esc shows all`);
	for (const {column, rows} of snapshot.withoutValue ?? []) if (rows > 0) parts.push(`${group(rows)} without ${column}`);
	if (layout && layout.droppedLeft.length > 0) parts.push(`${layout.droppedLeft.length} columns left: <`);
	if (layout && layout.droppedRight.length > 0) parts.push(`+${layout.droppedRight.length} columns right (${layout.droppedRight.join(' ')}): >`);
	if (snapshot.flashes.size > 0 && layout && snapshot.flashes.size > layout.visible * 0.3) parts.push(`${group(snapshot.flashes.size)} rows changed`);
	const cut = cutCell(frame, layout);
	if (cut !== undefined) parts.push(cut);
	if (snapshot.partial) parts.push(`Only these namespaces could be read: ${snapshot.partial.join(', ')}`);
	if (table.screen.marks.length > 0) parts.push(`${table.screen.marks.length} marked`);
	const index = cursorIndex(snapshot, table.screen.cursor);
	if (index >= 0) parts.push(`${group(index + 1)} of ${group(snapshot.rows.length)}`);
	return parts.join('   ');
}

function hiddenStates(frame: Frame): string {
	const table = tableOf(frame);
	if (!table) return '';
	const shown = new Map<string, number>();
	for (const row of table.view.snapshot.rows) shown.set(row.tone, (shown.get(row.tone) ?? 0) + 1);
	const parts = tones.flatMap(tone => {
		const count = (table.view.snapshot.tones[tone] ?? 0) - (shown.get(tone) ?? 0);
		return count > 0 && tone !== 'text' ? [`${group(count)} ${tone === 'muted' ? 'done' : tone}`] : [];
	});
	return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

/** A cell that is cut shows in full while the cursor is on its row. */
function cutCell(frame: Frame, layout: TableLayout | undefined): string | undefined {
	const table = tableOf(frame);
	const row = table && table.view.snapshot.rows[cursorIndex(table.view.snapshot, table.screen.cursor)];
	if (!layout || !row || !table) return undefined;
	for (const {index, width: columns} of layout.shown) {
		const cell = row.cells[index];
		const text = cell && clean(cellText(cell, frame.now, {times: frame.state.times}));
		if (text !== undefined && width(text) > columns) return text;
	}
	return undefined;
}

/** The screen's own state of the filter prompt counts as typing: the hint bar gives way to it. */
export function isTyping(frame: Frame): boolean {
	const {prompt} = frame.state;
	return prompt !== undefined && prompt.kind !== 'palette' && prompt.kind !== 'actions' && topScreen(frame.state) !== undefined;
}
