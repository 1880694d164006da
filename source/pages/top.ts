import {type Line, type Span, span} from '../core/line.ts';
import {type Hint, type Page, type PageLine, type PageSetting, scrollRoom} from '../core/page.ts';
import {focusIndex, pageTop} from '../core/page-focus.ts';
import type {TopScreen} from '../core/screen.ts';
import {openObject} from '../core/targets.ts';
import {clean, fullest, plural, width} from '../core/text.ts';
import type {TopDetail, TopModel, TopRow} from '../core/top/top-model.ts';
import {topScreenOf} from '../core/top/top-screen.ts';
import {topLevels, topRowPrefix, topSubject} from '../core/top/top-view.ts';
import {layoutColumns} from './columns.ts';
import {fitPage, line, still} from './fit.ts';
import {stateMark} from './state-mark.ts';
import {bannerLines, sourceLine} from './top-banner.ts';
import {type HistoryOf, rowName, topTable} from './top-columns.ts';
import {topFoot} from './top-detail.ts';

const hints: readonly Hint[] = [
	{keys: 'Tab', title: 'level'},
	{keys: 'C', title: 'cpu'},
	{keys: 'M', title: 'mem'},
	{keys: 'P', title: 'ns'},
	{keys: 'Enter', title: 'into'},
	{keys: 'z b', title: 'besteffort'},
	{keys: 'z n', title: 'units'},
];
/** Rows keep so many lines before the foot gets any. */
const leastRows = 8;

/** What is used of what there is, level by level; more of the row under the cursor below. */
export function topPage(model: TopModel, screen: TopScreen, setting: PageSetting, more: Readonly<{detail?: TopDetail; historyOf: HistoryOf}>): Page {
	const banner = bannerLines(model, setting);
	const above = [tabLine(screen, setting), ...banner];
	const {rows} = setting.body;
	const footRows = Math.max(0, rows - above.length - 1 - Math.min(model.rows.length, leastRows));
	const foot = model.rows.length === 0 ? [] : topFoot(model, more.detail, screen, {setting, rows: footRows});
	const bare: Page = {
		crumb: crumbOf(screen),
		head: sourceLine(model, setting),
		fixed: above,
		lines: [],
		foot,
		first: topRowPrefix,
		hints,
		status: statusOf(model, setting),
	};
	if (model.rows.length === 0) return fitPage({...bare, lines: [still(span(emptyText(model, screen), 'muted'))]}, setting);
	// Below the column heads. Only the rows on screen are laid out: there may be ten thousand.
	const all = model.rows.map((row): PageLine => ({id: row.id, line: [span(' '), span(clean(rowName(row, screen)))]}));
	const room = Math.max(1, scrollRoom({fixed: above, foot}, rows) - 1);
	const top = pageTop({...bare, lines: all}, screen, room);
	const shown = model.rows.slice(top, top + room);
	const table = topTable(shown, screen, setting, more.historyOf);
	const laid = layoutColumns(
		table.columns,
		shown.map(row => table.cells(row)),
		setting.body.columns - 3,
		setting.glyphs.cut,
	);
	const lines = shown.map((row, index) => rowLine(row, laid.rows[index] ?? [], setting));
	const fitted = fitPage({...bare, fixed: [...above, line('  ', ...laid.head)], lines}, setting);
	all.splice(top, fitted.lines.length, ...fitted.lines);
	return {...fitted, lines: all};
}

/** The row that the detail is about. */
export function focusedRow({rows}: TopModel, cursor: string | undefined): TopRow | undefined {
	return rows[Math.max(0, focusIndex({crumb: '', head: [], fixed: [], hints: [], lines: rows.map(({id}) => ({id, line: []}))}, cursor))];
}

function crumbOf(screen: TopScreen): string {
	const subject = topSubject(screen);
	return subject === undefined ? 'Top' : `Top(${subject})`;
}

function rowLine(row: TopRow, drawn: Line, setting: PageSetting): PageLine {
	const enter = enterOf(row);
	return {
		id: row.id,
		line: line(stateMark(row.tone, setting), ' ', ...drawn),
		copy: row.name,
		...(enter === undefined ? {} : {enter: [enter]}),
	};
}

/** One level deeper: a node's pods, a pod's containers, a container's pod. */
function enterOf(row: TopRow) {
	const {level, name, namespace} = row;
	const deeper = (view: Parameters<typeof topScreenOf>[0]) => ({type: 'open', screen: topScreenOf(view)}) as const;
	switch (level) {
		case 'nodes':
			return deeper({level: 'pods', node: name});
		case 'pods':
			return deeper({level: 'containers', pod: `${namespace ?? ''}/${name}`, ...(namespace === undefined ? {} : {namespace})});
		case 'workloads':
			return deeper({level: 'pods', workload: `${row.of ?? ''} ${namespace ?? ''}/${name}`, ...(namespace === undefined ? {} : {namespace})});
		case 'namespaces':
			return deeper({level: 'pods', namespace: name});
		case 'containers':
			return openObject('pods', {apiVersion: 'v1', kind: 'Pod', name: row.of ?? '', ...(namespace === undefined ? {} : {namespace})}, 'metrics');
	}
}

/** The levels, and what the rows are narrowed to and ordered by where there is room. */
function tabLine(screen: TopScreen, setting: PageSetting): Line {
	const tabs = topLevels.flatMap((level, index): Span[] => [
		...(index === 0 ? [] : [span('  ')]),
		level === screen.level ? {text: `[${level}]`, tone: 'accent', bold: true} : span(level),
	]);
	const narrowed = [
		...(screen.namespace === undefined || screen.level === 'nodes' ? [] : [`namespace ${screen.namespace}`]),
		...(screen.labelSelector === undefined ? [] : [`labels ${screen.labelSelector}`]),
		...(screen.bestEffort ? ['without requests (z b)'] : []),
	];
	const sort = `sort ${screen.sort.toUpperCase()}${screen.descending ? ' desc' : ''}`;
	const room = setting.body.columns - tabs.reduce((sum, {text}) => sum + width(text), 1) - 4;
	const facts = fullest([[...narrowed, sort].join('   '), narrowed.length === 0 ? sort : narrowed.join('   ')], Math.max(0, room), setting.glyphs.cut);
	return line(...tabs, span('  '.padEnd(Math.max(2, room - width(facts) + 2))), span(facts, 'muted'));
}

function statusOf(model: TopModel, {glyphs}: PageSetting): Line {
	const waits = model.unmeasured === 0 ? '' : `   ${plural(model.unmeasured, 'pod')} not measured`;
	if (model.level === 'nodes')
		return line(span(`${glyphs.barUsed} used  ${glyphs.barRequested} requested  ${glyphs.barLine} end of requests  % of allocatable${waits}`, 'muted'));
	const has = (state: TopRow['state']): boolean => model.rows.some(row => row.state === state);
	const legend = `${has('pending') ? '   .. not measured yet' : ''}${has('stale') ? '   ? over 90s old' : ''}`;
	return line(span(`${plural(model.rows.length, model.level.slice(0, -1))}${legend}${waits}`, 'muted'));
}

function emptyText({from, level}: TopModel, screen: TopScreen): string {
	if ((level === 'nodes' ? from.nodes : from.pods).state === 'loading') return `Reading ${level}`;
	const of = level === 'nodes' ? from.nodes : from.pods;
	if (of.problem !== undefined || (level === 'nodes' && from.missing !== undefined)) return `Nothing is known of ${level} here: the reasons stand above.`;
	if (screen.bestEffort) return 'Every pod here has requests. z b shows all again';
	const where = topSubject(screen);
	return `There are no ${level === 'nodes' ? 'nodes' : 'running pods'}${where === undefined ? '' : ` in ${where}`}.`;
}
