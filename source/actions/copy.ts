import type {Action, ActionContext} from '../core/action.ts';
import {cellText} from '../core/cell-text.ts';
import {commandLineOf} from '../core/command-line-of.ts';
import type {Effect} from '../core/effect.ts';
import {plain} from '../core/line.ts';
import {shellWord} from '../core/shell-word.ts';
import {focusedLine, focusedRef, tableOf, targetRows} from '../core/targets.ts';
import {clean, plural, truncate} from '../core/text.ts';

const nothing = (context: ActionContext): string | undefined => (focusedRef(context.frame) ? undefined : 'There is nothing to copy here');

function refs(context: ActionContext): ReadonlyArray<Readonly<{namespace?: string; name: string; kind: string}>> {
	const rows = targetRows(context.frame).map(row => row.ref);
	const focused = focusedRef(context.frame);
	return rows.length > 0 ? rows : focused ? [focused] : [];
}

function copyNames(context: ActionContext): readonly Effect[] {
	const names = refs(context).map(ref => ref.name);
	return [{type: 'copy', text: names.join('\n'), what: plural(names.length, 'name')}];
}

/** What the page gives for the line under the cursor; on an object's page its name where the line gives nothing. */
function copyFocused(context: ActionContext): readonly Effect[] {
	const text = focusedLine(context.frame)?.copy;
	if (text !== undefined) return [{type: 'copy', text, what: truncate(text.split('\n')[0] ?? '', 40)}];
	return focusedRef(context.frame) ? copyNames(context) : [{type: 'notice', tone: 'muted', text: 'There is nothing to copy here'}];
}

function copyNamespace(context: ActionContext): readonly Effect[] {
	const namespace = focusedRef(context.frame)?.namespace;
	return namespace === undefined ? [{type: 'notice', tone: 'muted', text: 'It is in no namespace'}] : [{type: 'copy', text: namespace, what: 'the namespace'}];
}

function kubectlLine(context: ActionContext): string {
	const {context: cluster} = context.frame.head;
	return refs(context)
		.map(ref =>
			[
				'kubectl',
				'--context',
				cluster.name,
				...(ref.namespace === undefined ? [] : ['-n', ref.namespace]),
				'get',
				`${ref.kind.toLowerCase()}/${ref.name}`,
				'-o',
				'yaml',
			]
				.map(shellWord)
				.join(' '),
		)
		.join('\n');
}

/** The rows as a Markdown table, for a ticket. */
function markdown(context: ActionContext): readonly Effect[] {
	const table = tableOf(context.frame);
	if (!table) return [];
	const columns = table.view.snapshot.columns;
	const safe = (text: string): string => clean(text).replaceAll('|', '\\|');
	const rows = targetRows(context.frame).map(row => row.cells.map(cell => safe(cellText(cell, context.frame.now, {times: 'age'}))));
	const lines = [columns.map(column => column.title), columns.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`);
	return [{type: 'copy', text: `${lines.join('\n')}\n`, what: `${plural(rows.length, 'row')} as Markdown`}];
}

export const copyActions: readonly Action[] = [
	{id: 'copy.name', title: 'name', on: ['table'], keys: ['c', 'Y n'], group: 'copy', disabled: nothing, run: copyNames},
	{id: 'copy.object-name', title: 'name', on: ['object'], keys: ['Y n'], group: 'copy', disabled: nothing, run: copyNames},
	{
		id: 'copy.focused',
		title: 'what the cursor is on',
		on: ['overview', 'object', 'top', 'contexts', 'calls', 'notices', 'aliases', 'help', 'start'],
		keys: ['c'],
		group: 'copy',
		run: copyFocused,
	},
	{id: 'copy.namespace', title: 'namespace', on: ['table'], keys: ['n', 'Y s'], group: 'copy', disabled: nothing, run: copyNamespace},
	{
		id: 'copy.full',
		title: 'namespace/name',
		on: ['table', 'object'],
		keys: ['Y f'],
		group: 'copy',
		disabled: nothing,
		run: context => [
			{
				type: 'copy',
				text: refs(context)
					.map(ref => (ref.namespace === undefined ? ref.name : `${ref.namespace}/${ref.name}`))
					.join('\n'),
				what: 'namespace/name',
			},
		],
	},
	{
		id: 'copy.line',
		title: 'command line of this view',
		on: ['any'],
		keys: ['Y l'],
		group: 'copy',
		run: ({frame}) => [{type: 'copy', text: commandLineOf(frame), what: 'the command line of this view'}],
	},
	{
		id: 'copy.kubectl',
		title: 'kubectl line',
		on: ['table', 'object'],
		keys: ['Y k'],
		group: 'copy',
		disabled: nothing,
		run: context => [{type: 'copy', text: kubectlLine(context), what: 'the kubectl line'}],
	},
	{
		id: 'copy.text',
		title: 'text of this tab',
		on: ['object'],
		keys: ['Y y'],
		group: 'copy',
		// The first cell of a line is the cursor's, not the text's.
		run: ({frame}) =>
			frame.view.type === 'page'
				? [{type: 'copy', text: `${frame.view.page.lines.map(({line}) => plain(line).slice(1).trimEnd()).join('\n')}\n`, what: 'the text of this tab'}]
				: [],
	},
	{id: 'copy.markdown', title: 'Markdown table', on: ['table'], keys: ['Y m'], group: 'copy', disabled: nothing, run: markdown},
];
