import type {ContextsModel, Reach} from '../core/contexts-model.ts';
import {type Line, type Span, span} from '../core/line.ts';
import {never} from '../core/never.ts';
import type {Hint, Page, PageSetting} from '../core/page.ts';
import {describeProblem} from '../core/problem.ts';
import type {PageScreen} from '../core/screen.ts';
import {plural} from '../core/text.ts';
import type {Tone} from '../core/tone.ts';
import {fitPage, line, rule, still} from './fit.ts';
import {type BlockRow, tablePage} from './summary/table-block.ts';

const hints: readonly Hint[] = [
	{keys: 'Enter', title: 'use this context'},
	{keys: 'r', title: 'ask again'},
	{keys: 'c', title: 'copy name'},
	{keys: ':', title: 'go'},
	{keys: 'Esc', title: 'back'},
];
const ruleRows = 19;
/** Days left of a client certificate: warn, and worse (screens.md 4). */
const warnDays = 30;
const errorDays = 7;

type Listed = ContextsModel['contexts'][number];

/** Every context of the kubeconfig with its cluster, user, namespace and how it answers. */
export function contextsPage(model: ContextsModel, screen: Extract<PageScreen, {type: 'contexts'}>, setting: PageSetting): Page {
	const rows = model.contexts.map(context => contextRow(context, model));
	const specs = [
		{title: '', min: 1},
		{title: 'CONTEXT', min: 8, ideal: 20, cut: 'middle'},
		{title: 'NAMESPACE', min: 6, cut: 'middle', drop: 3},
		{title: 'USER', min: 6, cut: 'middle', drop: 2},
		{title: 'VERSION', drop: 4},
		{title: 'LATENCY', align: 'end', drop: 5},
		{title: 'CERT', align: 'end', drop: 6},
		{title: 'SERVER', min: 12, ideal: 24, cut: 'front', drop: 7},
		{title: 'ANSWER', min: 10, ideal: 18},
	] as const;
	const problem = model.problem === undefined ? [] : [line(span(describeProblem(model.problem), 'error'))];
	const above = [...problem, ...(setting.body.rows >= ruleRows ? [rule(setting)] : [])];
	const table = tablePage(specs, rows, setting, above.length);
	const empty = [still('There is no context in what was read.'), ...model.files.map(file => still(`  ${file}`))];
	return fitPage(
		{
			crumb: 'Contexts',
			head: [span(plural(model.contexts.length, 'context'))],
			...table,
			fixed: [...above, ...table.fixed],
			lines: rows.length === 0 ? empty : table.lines,
			status: statusOf(model, screen.cursor),
			hints,
		},
		setting,
	);
}

function contextRow({info, reach}: Listed, model: ContextsModel): BlockRow {
	const {tone, text} = answer(reach);
	const current = info.name === model.current;
	return {
		tone,
		id: `context:${info.name}`,
		copy: info.name,
		enter: [{type: 'context', name: info.name}],
		cells: [
			span(current ? '*' : ''),
			current ? {text: info.name, bold: true} : span(info.name),
			span(info.namespace),
			span(info.user),
			span(reach.state === 'reached' ? reach.version : '-'),
			span(reach.state === 'reached' ? `${Math.round(reach.latencyMs)} ms` : '-'),
			certificate(info.certificateDays),
			span(info.server),
			span(text, tone),
		],
	};
}

function answer(reach: Reach): Readonly<{tone: Tone; text: string}> {
	switch (reach.state) {
		case 'asking':
			return {tone: 'progressing', text: 'asking'};
		case 'not-asked':
			return {tone: 'muted', text: 'not asked'};
		case 'reached':
			return {tone: 'ok', text: 'reached'};
		case 'failed':
			return {tone: 'error', text: reach.problem.cause};
		default:
			return never(reach);
	}
}

function certificate(days: number | undefined): Span {
	if (days === undefined) return span('-');
	if (days < 0) return span(`expired ${-Math.floor(days)}d`, 'error');
	return span(`${Math.floor(days)}d`, days <= errorDays ? 'error' : days <= warnDays ? 'warning' : 'text');
}

/** The failure under the cursor in full, else the files that were read. */
function statusOf({contexts, files}: ContextsModel, cursor: string | undefined): Line {
	const focused = contexts.find(({info}) => `context:${info.name}` === cursor) ?? contexts[0];
	if (focused?.reach.state === 'failed') return line(span(describeProblem(focused.reach.problem), 'error'));
	return line(`* is in use. Read from ${focused?.info.source ?? (files.join(', ') || 'nowhere')}`);
}
