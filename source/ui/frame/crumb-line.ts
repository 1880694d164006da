import {topScreen} from '../../core/app-state.ts';
import {lineWidth, spreadLine} from '../../core/cut-line.ts';
import type {Glyphs} from '../../core/glyphs.ts';
import type {Line} from '../../core/line.ts';
import type {Screen} from '../../core/screen.ts';
import {clean, group, truncate} from '../../core/text.ts';
import type {Frame} from '../../core/view.ts';

/** `Pods(shop)`: what a screen is called in row 2. */
export function crumbOf(screen: Screen, frame: Frame): string {
	switch (screen.type) {
		case 'table': {
			const name = screen.kind.split('.')[0] ?? screen.kind;
			const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
			const where = screen.of ? clean(screen.of.name) : (screen.namespace ?? (frame.view.type === 'table' && topScreen(frame.state) === screen && frame.view.resource.namespaced ? 'all' : ''));
			return where === '' ? title : `${title}(${clean(where)})`;
		}
		case 'object':
			return clean(screen.ref.name);
		default:
			return `${screen.type.charAt(0).toUpperCase()}${screen.type.slice(1)}`;
	}
}

/** What the table shows of what there is: `11 of 42 shown`, or the count alone. */
export function shownCount(frame: Frame): string {
	if (frame.view.type !== 'table') return '';
	const {rows, total, data} = frame.view.snapshot;
	if (data === 'none') return '';
	const more = data === 'partial' ? '...' : '';
	return rows.length === total ? `${group(total)}${more}` : `${group(rows.length)} of ${group(total)}${more} shown`;
}

/** Marks, filter and sort of the table on top, each where it is not the default. */
export function tableFacts(frame: Frame): readonly string[] {
	const screen = topScreen(frame.state);
	if (screen.type !== 'table') return [];
	const facts: string[] = [];
	if (screen.marks.length > 0) facts.push(`${screen.marks.length} marked`);
	if (screen.sort) facts.push(`sort ${screen.sort.by.toUpperCase()}${screen.sort.descending ? ' desc' : ''}`);
	if (screen.labelSelector !== undefined) facts.push(`labels ${clean(screen.labelSelector)}`);
	if (screen.fieldSelector !== undefined) facts.push(`fields ${clean(screen.fieldSelector)}`);
	if (screen.faultsOnly) facts.push('faults only (!)');
	if (screen.filter !== '') facts.push(`filter ${clean(screen.filter)}`);
	return facts;
}

/** Row 2: where one is, how much of it, which filter; from 100 columns the pinned tabs. */
export function crumbLine(frame: Frame, glyphs: Glyphs): Line {
	const {state, view, viewport} = frame;
	const crumbs = state.stack.map(screen => crumbOf(screen, frame));
	const last = view.type === 'page' ? view.page.crumb : (crumbs[crumbs.length - 1] ?? '');
	const before = crumbs.slice(0, -1).join(' > ');
	const right: Line = view.type === 'page' ? [...view.page.head, {text: ' '}] : [];
	const facts = view.type === 'table' ? [shownCount(frame), ...(viewport.rows >= 36 ? [] : tableFacts(frame))].filter(fact => fact !== '') : [];
	const tabs = state.pins.length === 0 ? '' : viewport.columns >= 100 ? `tabs  ${state.pins.map((screen, index) => `${index + 1} ${crumbOf(screen, frame)}`).join('  ')} ` : `tabs ${state.pins.length} `;
	const factText = facts.length === 0 ? '' : `   ${facts.join('   ')}`;
	const room = viewport.columns - lineWidth(right) - tabs.length - 3;
	const path = before === '' ? last : `${before} > ${last}`;
	const shortened = path.length + factText.length > room ? truncate(path, Math.max(8, room - factText.length), 'front', glyphs.cut) : path;
	return spreadLine([{text: ` ${shortened}`, tone: 'accent'}, {text: factText}], [...right, {text: tabs, tone: 'muted'}], viewport.columns);
}
