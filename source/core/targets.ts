import type {Effect} from './effect.ts';
import type {Item} from './kubernetes.ts';
import type {PageLine} from './page.ts';
import {focusIndex} from './page-focus.ts';
import type {ResourceType} from './resource-type.ts';
import type {ObjectTab, Screen, TableScreen} from './screen.ts';
import type {Row, TableSnapshot} from './table.ts';
import type {Frame, View} from './view.ts';

export type TableView = Extract<View, {type: 'table'}>;
export type PageView = Extract<View, {type: 'page'}>;

/** The table on screen with its state, or undefined on a page. */
export function tableOf(frame: Frame): Readonly<{view: TableView; screen: TableScreen}> | undefined {
	const screen = frame.state.stack[frame.state.stack.length - 1];
	return frame.view.type === 'table' && screen?.type === 'table' ? {view: frame.view, screen} : undefined;
}

/** Where the cursor's row stands; the first row when the cursor has none. -1 in an empty table. */
export function cursorIndex(snapshot: TableSnapshot, cursor: string | undefined): number {
	if (snapshot.rows.length === 0) return -1;
	const index = cursor === undefined ? 0 : snapshot.rows.findIndex(row => row.id === cursor);
	return Math.max(0, index);
}

/** The row under the cursor. */
export function cursorRow(frame: Frame): Row | undefined {
	const table = tableOf(frame);
	return table?.view.snapshot.rows[cursorIndex(table.view.snapshot, table.screen.cursor)];
}

/** The object under the cursor. */
export function cursorItem(frame: Frame): Item | undefined {
	const row = cursorRow(frame);
	return row && tableOf(frame)?.view.item(row.id);
}

/** The marked rows, else the one under the cursor. */
export function targetRows(frame: Frame): readonly Row[] {
	const table = tableOf(frame);
	if (!table) return [];
	const marks = new Set(table.screen.marks);
	const marked = table.view.snapshot.rows.filter(row => marks.has(row.id));
	const row = cursorRow(frame);
	return marked.length > 0 ? marked : row ? [row] : [];
}

/** The object that keys act on: the one whose page is open, else the row under the cursor. */
export function focusedRef(frame: Frame): Row['ref'] | undefined {
	const screen = frame.state.stack[frame.state.stack.length - 1];
	return screen?.type === 'object' ? screen.ref : cursorRow(frame)?.ref;
}

/** The line of a page that has the cursor. */
export function focusedLine({view, state}: Frame): PageLine | undefined {
	const screen = state.stack[state.stack.length - 1];
	return view.type === 'page' && screen && screen.type !== 'table' ? view.page.lines[focusIndex(view.page, screen.cursor)] : undefined;
}

/** Opens an object's page. */
export function openObject(kind: string, ref: Row['ref'], tab: ObjectTab = 'summary'): Effect {
	return {type: 'open', screen: objectScreen(kind, ref, tab)};
}

export function objectScreen(kind: string, ref: Row['ref'], tab: ObjectTab = 'summary'): Extract<Screen, {type: 'object'}> {
	return {type: 'object', kind, ref, tab, top: 0, managedFields: false, revealed: [], fullScreen: false, left: 0};
}

/** A table of a kind, as it is first seen. */
export function tableScreen(kind: string, options: Partial<Omit<TableScreen, 'type' | 'kind'>> = {}): TableScreen {
	return {type: 'table', kind, filter: '', wide: false, faultsOnly: false, line: 0, firstColumn: 0, marks: [], ...options};
}

/** The same table in another namespace, or in all: what was looked at there has no meaning here. A selector that was typed stays, that of an owner goes with it. */
export function tableIn(screen: TableScreen, namespace: string | undefined): TableScreen {
	const {namespace: _namespace, cursor: _cursor, of, labelSelector, ...rest} = screen;
	const kept = of === undefined && labelSelector !== undefined ? {labelSelector} : {};
	return {...rest, ...kept, marks: [], line: 0, ...(namespace === undefined ? {} : {namespace})};
}

/** The namespace a table of this kind is shown in: none for cluster-scoped kinds. */
export function namespaceFor(type: ResourceType, namespace: string | undefined): Readonly<{namespace?: string}> {
	return type.namespaced && namespace !== undefined ? {namespace} : {};
}
