import type {Action, ActionContext} from '../core/action.ts';
import type {Effect} from '../core/effect.ts';
import {eventFacts} from '../core/event-facts.ts';
import {qualifiedName} from '../core/resource-type.ts';
import {cursorIndex, cursorItem, cursorRow, focusedRef, namespaceFor, objectScreen, openObject, tableIn, tableOf, tableScreen} from '../core/targets.ts';
import {move} from './move.ts';

const noRow = (context: ActionContext): string | undefined => (cursorRow(context.frame) ? undefined : 'There is no row here');

/** Enter: what the kind's record says; the object page where it says nothing. */
function enter(context: ActionContext): readonly Effect[] {
	const table = tableOf(context.frame);
	const item = cursorItem(context.frame);
	if (!table || !item) return [];
	const {kind, resource} = table.view;
	const name = qualifiedName(resource);
	if (kind.enter === 'namespace') {
		const pods = context.catalogue.find('pods');
		return [{type: 'namespace', namespace: item.meta.name}, ...(pods ? [{type: 'go', screen: tableScreen('pods', {namespace: item.meta.name})} as const] : [])];
	}
	if (kind.enter === 'pods') {
		const selector = item.printed('Selector');
		if (typeof selector === 'string' && selector !== '<none>' && selector !== '')
			return [
				{
					type: 'open',
					screen: tableScreen('pods', {...(item.meta.namespace === undefined ? {} : {namespace: item.meta.namespace}), labelSelector: selector, of: item.ref}),
				},
			];
	}
	if (kind.enter === 'regarding') {
		const about = eventFacts(item)?.about;
		const type = about && context.catalogue.ofObject(about.apiVersion, about.kind);
		if (about && type) return [openObject(qualifiedName(type), about)];
	}
	if (kind.enter === 'containers') return [{type: 'open', screen: {...objectScreen(name, item.ref), cursor: 'container:app:'}}];
	return [openObject(name, item.ref)];
}

function open(tab: 'summary' | 'yaml' | 'related'): Action['run'] {
	return context => {
		const table = tableOf(context.frame);
		const row = cursorRow(context.frame);
		return table && row ? [openObject(qualifiedName(table.view.resource), row.ref, tab)] : [];
	};
}

function ownerOf(context: ActionContext): readonly Effect[] {
	const item = cursorItem(context.frame);
	const owner = item?.meta.ownerReferences?.find(reference => reference.controller === true) ?? item?.meta.ownerReferences?.[0];
	const type = owner && context.catalogue.ofObject(owner.apiVersion, owner.kind);
	if (!owner || !type) return [{type: 'notice', tone: 'muted', text: `${item?.meta.name ?? 'It'} has no owner that can be opened`}];
	return [openObject(qualifiedName(type), {apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name, ...namespaceFor(type, item?.meta.namespace)})];
}

function nodeOf(context: ActionContext): readonly Effect[] {
	const node = cursorItem(context.frame)?.printed('Node');
	if (typeof node !== 'string' || node === '<none>' || node === '') return [{type: 'notice', tone: 'muted', text: 'This row names no node'}];
	return [openObject('nodes', {apiVersion: 'v1', kind: 'Node', name: node})];
}

function toggleMark(context: ActionContext): readonly Effect[] {
	const table = tableOf(context.frame);
	const row = cursorRow(context.frame);
	if (!table || !row) return [];
	const marks = table.screen.marks.includes(row.id) ? table.screen.marks.filter(id => id !== row.id) : [...table.screen.marks, row.id];
	return [{type: 'change', screen: {type: 'table', marks}}, ...move(context, 'down')];
}

/** From the last mark to the cursor, as k9s does. */
function markRange(context: ActionContext): readonly Effect[] {
	const table = tableOf(context.frame);
	if (!table) return [];
	const {rows} = table.view.snapshot;
	const to = cursorIndex(table.view.snapshot, table.screen.cursor);
	const last = table.screen.marks[table.screen.marks.length - 1];
	const from = Math.max(0, last === undefined ? to : rows.findIndex(row => row.id === last));
	const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(row => row.id);
	return [{type: 'change', screen: {type: 'table', marks: [...new Set([...table.screen.marks, ...range])]}}];
}

function inNamespace(context: ActionContext, namespace: string | undefined): readonly Effect[] {
	const table = tableOf(context.frame);
	const shown: Effect = {type: 'notice', tone: 'muted', text: namespace === undefined ? 'All namespaces' : `Namespace ${namespace}`};
	if (!table?.view.resource.namespaced) return [{type: 'namespace', namespace}, shown];
	return [{type: 'namespace', namespace}, {type: 'replace', screen: tableIn(table.screen, namespace)}, shown];
}

function favourite(digit: number): Action {
	return {
		id: `table.namespace-${digit}`,
		title: digit === 0 ? 'All namespaces' : `Favourite namespace ${digit}`,
		on: ['table'],
		keys: [String(digit)],
		group: 'table',
		disabled: context =>
			digit === 0 || context.frame.state.favourites[digit - 1] !== undefined ? undefined : `There is no favourite namespace ${digit} yet. :ns NAME adds one`,
		run: context => inNamespace(context, digit === 0 ? undefined : context.frame.state.favourites[digit - 1]),
	};
}

/** Sorts by a column; the same again turns it round. */
export function sortBy(context: ActionContext, column: string): readonly Effect[] {
	const table = tableOf(context.frame);
	if (!table) return [];
	if (!table.view.snapshot.columns.some(({id}) => id === column))
		return [{type: 'notice', tone: 'muted', text: `This table has no column ${column.toUpperCase()}`}];
	const before = table.screen.sort ?? {by: table.view.kind.sort.by, descending: table.view.kind.sort.descending ?? false};
	// What one looks for is at the top at the first press: the most restarts, the youngest, the gravest.
	const first = ['restarts', 'status', 'cpu', 'mem'].includes(column);
	return [{type: 'change', screen: {type: 'table', sort: {by: column, descending: before.by === column ? !before.descending : first}}}];
}

function pickColumn(context: ActionContext, step: -1 | 1): readonly Effect[] {
	const table = tableOf(context.frame);
	if (!table) return [];
	const ids = table.view.snapshot.columns.map(({id}) => id);
	const at = ids.indexOf(table.screen.column ?? table.screen.sort?.by ?? table.view.kind.sort.by);
	const column = ids[(at + step + ids.length) % ids.length];
	return column === undefined ? [] : [{type: 'change', screen: {type: 'table', column}}];
}

const sorts = [
	['N', 'name'],
	['A', 'age'],
	['S', 'status'],
	['P', 'namespace'],
	['T', 'restarts'],
	['R', 'ready'],
	['C', 'cpu'],
	['M', 'mem'],
] as const;

export const tableActions: readonly Action[] = [
	{id: 'table.enter', title: 'Open', hint: 'open', hintOrder: 1, on: ['table'], keys: ['enter'], group: 'table', disabled: noRow, run: enter},
	{
		id: 'table.describe',
		title: 'Describe: summary, conditions, events',
		hint: 'describe',
		hintOrder: 2,
		on: ['table'],
		keys: ['d'],
		group: 'table',
		disabled: noRow,
		run: open('summary'),
	},
	{id: 'table.yaml', title: 'YAML', hint: 'yaml', hintOrder: 3, on: ['table'], keys: ['y'], group: 'table', disabled: noRow, run: open('yaml')},
	{id: 'table.related', title: 'Used by, and what it uses', on: ['table'], keys: ['u'], group: 'table', disabled: noRow, run: open('related')},
	{id: 'table.owner', title: 'Owner', on: ['table'], keys: ['J'], group: 'table', disabled: noRow, run: ownerOf},
	{id: 'table.node', title: 'Node', on: ['table'], keys: ['o'], group: 'table', disabled: noRow, run: nodeOf},
	{
		id: 'table.warp',
		title: 'Show the namespace of this row',
		on: ['table'],
		keys: ['w'],
		group: 'table',
		disabled: noRow,
		run: context => inNamespace(context, focusedRef(context.frame)?.namespace),
	},
	{id: 'table.mark', title: 'Mark', hint: 'mark', hintOrder: 5, on: ['table'], keys: ['space'], group: 'table', disabled: noRow, run: toggleMark},
	{id: 'table.mark-range', title: 'Mark from the last mark to here', on: ['table'], keys: ['V', 'ctrl-space'], group: 'table', disabled: noRow, run: markRange},
	...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(favourite),
	...sorts.map(
		([key, column]): Action => ({
			id: `sort.${column}`,
			title: `Sort by ${column.toUpperCase()}; again reverses`,
			on: ['table'],
			keys: [key],
			group: 'sort',
			run: context => sortBy(context, column),
		}),
	),
	{
		id: 'sort.picked',
		title: 'Sort by the picked column',
		on: ['table'],
		keys: ['O'],
		group: 'sort',
		run: context => sortBy(context, tableOf(context.frame)?.screen.column ?? 'name'),
	},
	{id: 'sort.pick-left', title: 'Pick the column to the left', on: ['table'], keys: ['shift-left'], group: 'sort', run: context => pickColumn(context, -1)},
	{id: 'sort.pick-right', title: 'Pick the column to the right', on: ['table'], keys: ['shift-right'], group: 'sort', run: context => pickColumn(context, 1)},
];
