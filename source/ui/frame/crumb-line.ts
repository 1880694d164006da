import {topScreen} from '../../core/app-state.ts';
import {lineWidth, spreadLine} from '../../core/cut-line.ts';
import type {Glyphs} from '../../core/glyphs.ts';
import type {Line} from '../../core/line.ts';
import type {Screen, TableScreen} from '../../core/screen.ts';
import {clean, group, truncate, width} from '../../core/text.ts';
import {topSubject} from '../../core/top/top-view.ts';
import type {Frame} from '../../core/view.ts';
import {targetName} from '../../pages/logs-head.ts';
import {resourceKinds} from '../../resources/index.ts';

/** `Pods(shop)`: what a screen is called in row 2. */
export function crumbOf(screen: Screen, frame: Frame): string {
	switch (screen.type) {
		case 'table': {
			const where = placeOf(screen, frame);
			return where === '' ? titleOf(screen, frame) : `${titleOf(screen, frame)}(${clean(where)})`;
		}
		case 'object':
			return clean(screen.ref.name);
		case 'logs':
			return `Logs(${clean(targetName(screen.target))})`;
		case 'top': {
			const subject = topSubject(screen);
			return subject === undefined ? 'Top' : `Top(${clean(subject)})`;
		}
		default:
			return `${screen.type.charAt(0).toUpperCase()}${screen.type.slice(1)}`;
	}
}

function placeOf(screen: TableScreen, frame: Frame): string {
	if (screen.of) return screen.of.name;
	const isClusterScoped =
		frame.view.type === 'table' && topScreen(frame.state) === screen ? !frame.view.resource.namespaced : kindOf(screen)?.scope === 'cluster';
	return isClusterScoped ? '' : (screen.namespace ?? 'all');
}

/** `PersistentVolumeClaims`: the plural with the capitals of the kind. */
function titleOf(screen: TableScreen, frame: Frame): string {
	const plural = screen.kind.split('.')[0] ?? screen.kind;
	const kind = frame.view.type === 'table' && topScreen(frame.state) === screen ? frame.view.resource.kind : (kindOf(screen)?.kind ?? '');
	let same = 0;
	while (same < kind.length && kind.charAt(same).toLowerCase() === plural.charAt(same)) same++;
	return same === 0 ? `${plural.charAt(0).toUpperCase()}${plural.slice(1)}` : kind.slice(0, same) + plural.slice(same);
}

function kindOf(screen: TableScreen): (typeof resourceKinds)[number] | undefined {
	const [plural, ...group] = screen.kind.split('.');
	return resourceKinds.find(kind => kind.plural === plural && (kind.apiVersion.split('/').at(-2) ?? '') === group.join('.'));
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
	const note = frame.view.type === 'table' ? frame.view.kind.note : undefined;
	// What the user asked for comes before what is always so.
	if (facts.length === 0 && note !== undefined) facts.push(note);
	return facts;
}

/** Row 2: where one is, how much of it, which filter; from 100 columns the pinned tabs. `counted`: a line of its own says how much. */
export function crumbLine(frame: Frame, glyphs: Glyphs, counted: boolean): Line {
	const {state, view, viewport} = frame;
	const crumbs = state.stack.map(screen => crumbOf(screen, frame));
	if (view.type === 'page') crumbs[crumbs.length - 1] = view.page.crumb;
	const right: Line = view.type === 'page' ? [...view.page.head, {text: ' '}] : [];
	const facts = view.type === 'table' && !counted ? [shownCount(frame), ...tableFacts(frame)].filter(fact => fact !== '') : [];
	const tabs =
		state.pins.length === 0
			? ''
			: viewport.columns >= 100
				? `tabs  ${state.pins.map((screen, index) => `${index + 1} ${crumbOf(screen, frame)}`).join('  ')} `
				: `tabs ${state.pins.length} `;
	const factText = facts.length === 0 ? '' : `   ${facts.join('   ')}`;
	const room = viewport.columns - lineWidth(right) - width(tabs) - 2;
	return spreadLine(
		[{text: ` ${pathOf(crumbs, room - width(factText), glyphs.cut)}`, tone: 'accent'}, {text: truncate(factText, Math.max(0, room - 8), 'end', glyphs.cut)}],
		[...right, {text: tabs, tone: 'muted'}],
		viewport.columns,
	);
}

/** The crumbs in at most that many cells: those farthest away leave first, the last is cut last. */
function pathOf(crumbs: readonly string[], room: number, cut: string): string {
	for (let from = 0; from < crumbs.length; from++) {
		const path = `${from === 0 ? '' : `${cut} > `}${crumbs.slice(from).join(' > ')}`;
		if (width(path) <= room) return path;
	}
	return truncate(crumbs.at(-1) ?? '', Math.max(8, room), 'middle', cut);
}
