import type {Action, ActionContext} from '../core/action.ts';
import {topScreen} from '../core/app-state.ts';
import type {Effect} from '../core/effect.ts';
import {focusedLine, tableOf} from '../core/targets.ts';
import type {Frame} from '../core/view.ts';
import {toMatch} from './search.ts';

function peelOrQuit(context: ActionContext): readonly Effect[] {
	const {state} = context.frame;
	const screen = topScreen(state);
	const layers = state.stack.length > 1 || (screen.type === 'table' && (screen.marks.length > 0 || screen.filter !== '' || screen.faultsOnly));
	return layers ? [{type: 'peel'}] : [{type: 'ask-quit'}];
}

/** `n` and `N` in a page: to the next line that holds the searched text. */
function nextMatch(context: ActionContext, step: -1 | 1): readonly Effect[] {
	const screen = topScreen(context.frame.state);
	if (screen.type === 'table') return [];
	if (screen.search === undefined || screen.search === '') return [{type: 'notice', tone: 'muted', text: 'Nothing is searched for yet: / searches'}];
	return toMatch(context, screen.search, step);
}

function isLive({view}: Frame): boolean {
	return view.type === 'table' && (view.snapshot.stream.state === 'live' || view.snapshot.stream.state === 'polling');
}

/** While a tour of the demo goes on, its next step. */
function forward({frame}: ActionContext): readonly Effect[] {
	const {tour} = frame.state;
	return tour === undefined ? [{type: 'history', step: 1}] : [{type: 'tour', place: {...tour, done: tour.done + 1}}];
}

export const generalActions: readonly Action[] = [
	{
		id: 'general.command',
		title: 'Go to a kind or run a command',
		hint: 'go',
		hintOrder: 90,
		on: ['any'],
		keys: [':'],
		group: 'general',
		run: () => [{type: 'prompt', prompt: 'command'}],
	},
	{
		id: 'general.filter',
		title: 'Filter rows; search text',
		hint: 'filter',
		hintOrder: 60,
		on: ['any'],
		keys: ['/'],
		group: 'general',
		run: context => [{type: 'prompt', prompt: tableOf(context.frame) ? 'filter' : 'search'}],
	},
	{
		id: 'general.palette',
		title: 'All commands',
		hint: 'all',
		hintOrder: 95,
		on: ['any'],
		keys: ['ctrl-p'],
		group: 'general',
		run: () => [{type: 'prompt', prompt: 'palette'}],
	},
	{
		id: 'general.actions',
		title: 'What can be done here',
		on: ['table', 'object'],
		keys: ['.'],
		group: 'general',
		run: () => [{type: 'prompt', prompt: 'actions'}],
	},
	{
		id: 'general.help',
		title: 'Keys of this screen',
		on: ['any'],
		keys: ['?'],
		group: 'general',
		run: context => [
			topScreen(context.frame.state).type === 'help'
				? {type: 'peel'}
				: {type: 'open', screen: {type: 'help', about: topScreen(context.frame.state).type, filter: '', top: 0}},
		],
	},
	{id: 'general.peel', title: 'Back: one layer', on: ['any'], keys: ['esc'], group: 'general', run: () => [{type: 'peel'}]},
	{id: 'general.close', title: 'Back; at the root twice quits', on: ['any'], keys: ['q'], group: 'general', run: peelOrQuit},
	{id: 'general.last', title: 'Last view', on: ['any'], keys: ['-'], group: 'go', run: () => [{type: 'last-view'}]},
	{id: 'general.back', title: 'History back', on: ['any'], keys: ['H', '['], group: 'go', run: () => [{type: 'history', step: -1}]},
	{id: 'general.forward', title: 'History forward', on: ['any'], keys: ['L', ']'], group: 'go', run: forward},
	{id: 'general.reload', title: 'Retry now, read again', on: ['any'], keys: ['ctrl-r'], group: 'general', run: () => [{type: 'reload'}]},
	{
		id: 'page.reload',
		title: 'Retry now, read again',
		on: ['overview', 'object', 'contexts', 'calls'],
		keys: ['r'],
		group: 'general',
		run: () => [{type: 'reload'}],
	},
	{
		id: 'table.retry',
		title: 'Retry now, while the data is old',
		on: ['table'],
		keys: ['r'],
		group: 'general',
		disabled: ({frame}) => (isLive(frame) ? 'The table is live: there is nothing to retry' : undefined),
		run: () => [{type: 'reload'}],
	},
	{
		id: 'general.header',
		title: 'Header on or off',
		on: ['any'],
		keys: ['ctrl-e'],
		group: 'view',
		run: ({frame}) => [{type: 'switch', to: {header: !frame.state.header}}],
	},
	{
		id: 'general.crumbs',
		title: 'Crumbs on or off',
		on: ['any'],
		keys: ['ctrl-g'],
		group: 'view',
		run: ({frame}) => [{type: 'switch', to: {crumbs: !frame.state.crumbs}}],
	},
	{
		id: 'general.aliases',
		title: 'Kinds and their short names',
		on: ['any'],
		keys: ['ctrl-a'],
		group: 'go',
		run: () => [{type: 'open', screen: {type: 'aliases', top: 0}}],
	},
	{id: 'general.redraw', title: 'Draw the screen anew', on: ['any'], keys: ['ctrl-l'], group: 'general', run: () => [{type: 'redraw'}]},
	{id: 'general.suspend', title: 'Suspend; fg comes back', on: ['any'], keys: ['ctrl-z'], group: 'general', run: () => [{type: 'suspend'}]},
	{id: 'general.cancel', title: 'Cancel; twice within 2 s quits', on: ['any'], keys: ['ctrl-c'], group: 'general', run: () => [{type: 'ask-quit'}]},
	{
		id: 'general.next-match',
		title: 'Next match',
		on: ['object', 'top', 'help', 'aliases', 'calls', 'notices'],
		keys: ['n'],
		group: 'move',
		run: context => nextMatch(context, 1),
	},
	{
		id: 'general.previous-match',
		title: 'Match before',
		on: ['object', 'help', 'aliases', 'calls', 'notices'],
		keys: ['N'],
		group: 'move',
		run: context => nextMatch(context, -1),
	},
	{
		id: 'page.enter',
		title: 'Open',
		hint: 'open',
		hintOrder: 1,
		on: ['overview', 'object', 'network', 'contexts', 'calls', 'notices', 'aliases', 'help', 'start'],
		keys: ['enter'],
		group: 'general',
		run: context => {
			const screen = topScreen(context.frame.state);
			if (screen.type === 'table' || context.frame.view.type !== 'page') return [];
			return focusedLine(context.frame)?.enter ?? [];
		},
	},
];
