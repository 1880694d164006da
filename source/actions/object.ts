import type {Action, ActionContext} from '../core/action.ts';
import {topScreen} from '../core/app-state.ts';
import type {Effect} from '../core/effect.ts';
import {focusedLine} from '../core/targets.ts';
import {type ObjectTab, objectTabs, objectTabsOf} from '../core/screen.ts';

/** The digit of each tab (screens.md 2): a tab that is not there leaves its number free. */
const digits: Readonly<Record<ObjectTab, string>> = {summary: '1', yaml: '2', events: '3', metrics: '5', related: '6'};
const titles: Readonly<Record<ObjectTab, string>> = {summary: 'Summary', yaml: 'YAML', events: 'Events', metrics: 'Metrics', related: 'Related'};

function show(tab: ObjectTab): readonly Effect[] {
	return [{type: 'change', screen: {type: 'object', tab, top: 0, left: 0}}];
}

function notMeasured({frame}: ActionContext): string | undefined {
	const screen = topScreen(frame.state);
	return screen.type === 'object' && !objectTabsOf(screen.ref).includes('metrics') ? `Only pods and nodes are measured, not a ${screen.ref.kind}` : undefined;
}

function next(context: ActionContext, step: -1 | 1): readonly Effect[] {
	const screen = topScreen(context.frame.state);
	if (screen.type !== 'object') return [];
	const tabs = objectTabsOf(screen.ref);
	const tab = tabs[(tabs.indexOf(screen.tab) + step + tabs.length) % tabs.length];
	return tab === undefined ? [] : show(tab);
}

/** The key of a Secret that the cursor is on, in the Summary as in the YAML; undefined: on none of them. */
function keyUnder({frame}: ActionContext): string | undefined {
	const line = focusedLine(frame);
	return line?.id?.startsWith('key:') ? line.id.slice(4) : /^"?([\w.-]+)"?: \((?:masked|binary), /.exec(line?.copy ?? '')?.[1];
}

/** Decodes the key of a Secret under the cursor, after a question: others may be watching. */
function decode(context: ActionContext): readonly Effect[] {
	const screen = topScreen(context.frame.state);
	if (screen.type !== 'object' || screen.ref.kind !== 'Secret') return [{type: 'notice', tone: 'muted', text: 'Only the values of a Secret are hidden'}];
	const key = keyUnder(context);
	if (screen.revealed.length > 0) return [{type: 'change', screen: {type: 'object', revealed: []}}];
	return [
		{
			type: 'ask',
			dialog: {
				title: `Show ${key === undefined ? 'the values' : `the value of ${key}`} of Secret ${screen.ref.name}`,
				lines: ['The decoded text is drawn on this screen, for all who watch it.', 'x hides it again.'],
				confirm: 'show',
				keep: 'keep hidden',
				effects: [{type: 'change', screen: {type: 'object', tab: 'yaml', top: 0, revealed: [key ?? '*']}}],
			},
		},
	];
}

export const objectActions: readonly Action[] = [
	...objectTabs.map(
		(tab): Action => ({
			id: `object.${tab}`,
			title: titles[tab],
			on: ['object'],
			keys: tab === 'summary' ? ['1', 'd'] : tab === 'yaml' ? ['2', 'y'] : [digits[tab]],
			group: 'object',
			...(tab === 'metrics' ? {disabled: notMeasured} : {}),
			run: () => show(tab),
		}),
	),
	{id: 'object.next-tab', title: 'Next tab', hint: 'next tab', hintOrder: 20, on: ['object'], keys: ['tab'], group: 'object', run: context => next(context, 1)},
	{id: 'object.previous-tab', title: 'Tab before', on: ['object'], keys: ['shift-tab'], group: 'object', run: context => next(context, -1)},
	{
		id: 'object.decode',
		title: 'Show or hide the values of a Secret',
		on: ['object'],
		keys: ['x'],
		group: 'object',
		disabled: ({frame}) => (frame.state.share === undefined ? undefined : 'People are watching: share mode shows no value. :share off ends it'),
		run: decode,
	},
	{
		id: 'object.managed-fields',
		title: 'managedFields in the YAML',
		on: ['object'],
		keys: ['m'],
		group: 'object',
		run: context => {
			const screen = topScreen(context.frame.state);
			return screen.type === 'object' ? [{type: 'change', screen: {type: 'object', tab: 'yaml', managedFields: !screen.managedFields}}] : [];
		},
	},
	{
		id: 'object.full-screen',
		title: 'Text alone, for copying with the terminal',
		on: ['object'],
		keys: ['f'],
		group: 'object',
		run: context => {
			const screen = topScreen(context.frame.state);
			return screen.type === 'object' ? [{type: 'change', screen: {type: 'object', fullScreen: !screen.fullScreen}}] : [];
		},
	},
];
