import type {Action, ActionContext} from '../core/action.ts';
import {topScreen} from '../core/app-state.ts';
import type {Effect} from '../core/effect.ts';
import type {Ref} from '../core/kubernetes.ts';
import {hasLogs, logsScreen, logTargetOf} from '../core/logs/logs-start.ts';
import {logRanges} from '../core/logs/logs-model.ts';
import {qualifiedName} from '../core/resource-type.ts';
import type {LogsScreen} from '../core/screen.ts';
import {cursorRow, focusedLine, tableOf} from '../core/targets.ts';

type Change = (screen: LogsScreen) => Partial<LogsScreen>;

const nextStamps = {time: 'relative', relative: 'local', local: 'none', none: 'time'} as const;
const nextFields = {folded: 'columns', columns: 'raw', raw: 'folded'} as const;

function screenOf(context: ActionContext): LogsScreen | undefined {
	const screen = topScreen(context.frame.state);
	return screen.type === 'logs' ? screen : undefined;
}

function changed(by: Change): Action['run'] {
	return context => {
		const screen = screenOf(context);
		return screen === undefined ? [] : [{type: 'change', screen: {type: 'logs', ...by(screen)}}];
	};
}

/** A change with a word about it. */
function told(by: Change, text: (screen: LogsScreen) => string): Action['run'] {
	return context => {
		const screen = screenOf(context);
		return screen === undefined ? [] : [...changed(by)(context), {type: 'notice', tone: 'muted', text: text({...screen, ...by(screen)})}];
	};
}

function asked(command: string, words?: (screen: LogsScreen) => readonly string[]): Action['run'] {
	return context => {
		const screen = screenOf(context);
		return screen === undefined ? [] : [{type: 'page-command', command, ...(words === undefined ? {} : {words: words(screen)})}];
	};
}

function inLogs(id: string, title: string, keys: readonly string[], run: Action['run'], group: Action['group'] = 'view'): Action {
	return {id: `logs.${id}`, title, on: ['logs'], keys, group, run};
}

/** Another part of the past is read anew: what was cleared or marked has no meaning there. */
const rangeTitles: Readonly<Record<(typeof logRanges)[number], string>> = {
	tail: 'The newest lines',
	head: 'From the first line held',
	'1m': 'The last minute',
	'5m': 'The last 5 minutes',
	'15m': 'The last 15 minutes',
	'30m': 'The last 30 minutes',
	'1h': 'The last hour',
};
const ranges = logRanges.map((range, digit) =>
	inLogs(
		`range-${range}`,
		rangeTitles[range],
		[String(digit)],
		changed(() => ({range, fromTime: undefined, clearedBefore: 0, marks: [], follow: range !== 'head', top: 0, cursor: 'line:0'})),
	),
);

/** The container under the cursor of a pod's page. */
function containerUnder({frame}: ActionContext): string | undefined {
	return /^container:[a-z]+:(.+)$/.exec(focusedLine(frame)?.id ?? '')?.[1];
}

function logsOf(kind: string, ref: Ref, options: Readonly<{previous: boolean; container?: string | undefined}>): readonly Effect[] {
	const target = logTargetOf(kind, ref);
	const {previous, container} = options;
	if (target === undefined) return [{type: 'notice', tone: 'muted', text: `A ${ref.kind} has no logs`}];
	return [{type: 'open', screen: logsScreen(target, {previous, ...(container === undefined ? {} : {container})})}];
}

function openLogs(previous: boolean): Action['run'] {
	return context => {
		const screen = topScreen(context.frame.state);
		if (screen.type === 'object') return logsOf(screen.kind, screen.ref, {previous, container: containerUnder(context)});
		const table = tableOf(context.frame);
		const row = cursorRow(context.frame);
		return table && row ? logsOf(qualifiedName(table.view.resource), row.ref, {previous}) : [];
	};
}

function withoutLogs(previous: boolean): NonNullable<Action['disabled']> {
	return context => {
		const screen = topScreen(context.frame.state);
		const table = tableOf(context.frame);
		const kind = screen.type === 'object' ? screen.kind : table ? qualifiedName(table.view.resource) : '';
		if (table && !cursorRow(context.frame)) return 'There is no row here';
		if (!hasLogs(kind)) return `${kind.split('.')[0] ?? kind} have no logs`;
		return previous && kind === 'nodes' ? 'The log of a node has no run before' : undefined;
	};
}

/** `~/shop-20260114T140231Z.log`: what is proposed; the reader may change it. */
function savePrompt({frame}: ActionContext): readonly Effect[] {
	const screen = topScreen(frame.state);
	if (screen.type !== 'logs') return [];
	const {target} = screen;
	const name = target.type === 'node' ? target.node : target.type === 'selector' ? target.labelSelector : target.name;
	const time = new Date(frame.now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
	return [{type: 'prompt', prompt: 'command', text: `save ~/${name.replaceAll(/[^\w.-]+/g, '-')}-${time}Z.log`}];
}

export const logsActions: readonly Action[] = [
	{
		id: 'logs.open',
		title: 'Logs',
		hint: 'logs',
		hintOrder: 4,
		hintFor: ({view}) => view.type === 'table' && hasLogs(qualifiedName(view.resource)),
		on: ['table'],
		keys: ['l'],
		group: 'table',
		disabled: withoutLogs(false),
		run: openLogs(false),
	},
	{id: 'logs.open-previous', title: 'Logs of the run before', on: ['table'], keys: ['p'], group: 'table', disabled: withoutLogs(true), run: openLogs(true)},
	{id: 'logs.open-object', title: 'Logs', on: ['object'], keys: ['4', 'l'], group: 'object', disabled: withoutLogs(false), run: openLogs(false)},
	{
		id: 'logs.open-object-previous',
		title: 'Logs of the run before',
		on: ['object'],
		keys: ['p'],
		group: 'object',
		disabled: withoutLogs(true),
		run: openLogs(true),
	},
	...ranges,
	inLogs('follow', 'Follow the end, or stop', ['s'], asked('follow')),
	inLogs(
		'wrap',
		'Wrap long lines, or scroll them',
		['w'],
		told(
			({wrap}) => ({wrap: !wrap, left: 0}),
			({wrap}) => (wrap ? 'Long lines are wrapped' : 'Long lines are cut: Left and Right scroll them'),
		),
	),
	inLogs(
		'stamps',
		'Times: UTC, age, local, none',
		['t'],
		told(
			({stamps}) => ({stamps: nextStamps[stamps]}),
			({stamps}) => ({time: 'Times are UTC', relative: 'Times are ages', local: 'Times are local', none: 'Times are off'})[stamps],
		),
	),
	inLogs(
		'full-screen',
		'Text alone, for copying with the terminal',
		['f'],
		changed(({fullScreen}) => ({fullScreen: !fullScreen})),
	),
	inLogs('mark', 'Mark the line', ['m', 'space'], asked('mark')),
	inLogs('copy', 'Copy the marked lines, else this one', ['c'], asked('copy'), 'copy'),
	inLogs('clear', 'Clear what was read so far', ['C'], asked('clear')),
	inLogs('containers', 'All containers, or only that of the line', ['a'], asked('containers')),
	{
		...inLogs(
			'previous',
			'The run before, or the current one',
			['p'],
			changed(({previous}) => ({previous: !previous, clearedBefore: 0, marks: [], follow: true})),
		),
		disabled: context => (screenOf(context)?.target.type === 'node' ? 'The log of a node has no run before' : undefined),
	},
	inLogs('error', 'Next error', ['e'], asked('error'), 'move'),
	inLogs('only', 'Keep only what matches', ['&'], asked('only')),
	inLogs(
		'next-match',
		'Next match',
		['n'],
		asked('find', ({search = ''}) => ['1', search]),
		'move',
	),
	inLogs(
		'previous-match',
		'Match before',
		['N'],
		asked('find', ({search = ''}) => ['-1', search]),
		'move',
	),
	inLogs('line', 'The line in full, with its fields', ['enter'], asked('open'), 'general'),
	inLogs(
		'right',
		'Text to the right',
		['right', '>'],
		asked('sideways', () => ['1']),
		'move',
	),
	inLogs(
		'left',
		'Text to the left',
		['left', '<'],
		asked('sideways', () => ['-1']),
		'move',
	),
	inLogs('save', 'Save the lines shown to a file', ['S'], savePrompt, 'copy'),
	inLogs('retry', 'Retry now what waits', ['r'], () => [{type: 'reload'}], 'general'),
	inLogs(
		'fields',
		'JSON fields: folded, as columns, as written',
		['z j'],
		told(
			({fields}) => ({fields: nextFields[fields]}),
			({fields}) => ({folded: 'Fields are folded', columns: 'Fields are columns', raw: 'Lines are shown as written'})[fields],
		),
	),
	inLogs(
		'pod-colours',
		'one colour per pod',
		['z o'],
		changed(({podColours}) => ({podColours: !podColours})),
	),
	inLogs(
		'events',
		'events of the pods',
		['z e'],
		told(
			({events}) => ({events: !events}),
			({events}) => (events ? 'Events are merged in' : 'Events are left out'),
		),
	),
	inLogs(
		'fold',
		'repeats folded',
		['z u'],
		told(
			({fold}) => ({fold: !fold}),
			({fold}) => (fold ? 'Repeats are counted' : 'Every line stands for itself'),
		),
	),
];
