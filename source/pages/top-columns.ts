import {type Span, span} from '../core/line.ts';
import type {PageSetting} from '../core/page.ts';
import type {TopScreen} from '../core/screen.ts';
import {fullest, width} from '../core/text.ts';
import {shareOf} from '../core/top/risk.ts';
import type {TopRow} from '../core/top/top-model.ts';
import type {PageColumn} from './columns.ts';
import {amountText, bar, ofAllocatable, partCell, percentText, type Resource, riskCell, shareTone, sparkline, usedCell, wholeText} from './top-cells.ts';

/** The samples of a row's last minutes, oldest first; undefined where no history is kept of it. */
export type HistoryOf = (row: TopRow, of: Resource, samples: number) => readonly number[] | undefined;

export type TopTable = Readonly<{columns: readonly PageColumn[]; cells(row: TopRow): readonly Span[]}>;

const longestName = 28;
const widestBar = 40;
/** A bar shorter than this says nothing. */
const shortestBar = 6;
/** From here on requests, limits and pods of a node have columns of their own, and rows their sparklines. */
const wideColumns = 120;
const sparkCells = 16;

/** The columns of a level for the rows on screen. */
export function topTable(rows: readonly TopRow[], screen: TopScreen, setting: PageSetting, historyOf: HistoryOf): TopTable {
	return screen.level === 'nodes' ? nodeTable(rows, setting) : partTable(screen, setting, historyOf);
}

/** NODE, and for each resource a bar with used and allocatable, and the share. */
function nodeTable(rows: readonly TopRow[], setting: PageSetting): TopTable {
	const {columns} = setting.body;
	const wide = columns >= wideColumns;
	const name = Math.min(longestName, Math.max(4, ...rows.map(row => width(row.name))));
	const numbers = (of: Resource): number => Math.max(...rows.map(row => width(ofAllocatable(row, of))), 0);
	// Two shares, their gaps and, where there is room, requests, limits and pods.
	const others = name + 2 * 4 + 4 * 2 + (wide ? 4 * 6 + 2 * 8 + 6 : 0);
	const room = Math.floor((columns - 3 - others - numbers('cpu') - numbers('memory')) / 2) - 3;
	const cells = room < shortestBar ? 0 : Math.min(widestBar, room);
	const barred = (row: TopRow, of: Resource): Span => {
		const drawn = bar(row[of], cells, setting.glyphs);
		return span(`${drawn === '' ? '' : `${drawn} `}${ofAllocatable(row, of)}`, row.state === 'stale' ? 'muted' : undefined);
	};
	const title = (of: Resource): string => {
		const word = of === 'cpu' ? 'CPU' : 'MEM';
		return fullest([`${word}  used / requested / allocatable`, `${word}  used / requested`, word], cells + 3 + numbers(of));
	};
	const ofWhole = (row: TopRow, of: Resource, part: 'used' | 'requested' | 'limit'): Span => {
		const share = shareOf(row[of][part], row[of].allocatable);
		return share === undefined ? span('-', 'muted') : span(percentText(share), part === 'used' ? shareTone(share) : undefined);
	};
	const capacity = (row: TopRow, of: Resource): Span => span(row[of].capacity === undefined ? '-' : wholeText(of, row[of].capacity), 'muted');
	const wideTitles: readonly PageColumn[] = wide
		? [
				{title: 'REQ', align: 'end'},
				{title: 'LIM', align: 'end'},
				{title: 'CAP', align: 'end', drop: 1},
			]
		: [];
	const part = (of: Resource): readonly PageColumn[] => [{title: title(of)}, {title: '%', align: 'end'}, ...wideTitles];
	const partCells = (row: TopRow, of: Resource): readonly Span[] => [
		barred(row, of),
		ofWhole(row, of, 'used'),
		...(wide ? [ofWhole(row, of, 'requested'), ofWhole(row, of, 'limit'), capacity(row, of)] : []),
	];
	return {
		columns: [{title: 'NODE', min: 6, cut: 'middle'}, ...part('cpu'), ...part('memory'), ...(wide ? [{title: 'PODS', align: 'end', drop: 2} as const] : [])],
		cells: row => [
			span(row.name),
			...partCells(row, 'cpu'),
			...partCells(row, 'memory'),
			...(wide ? [span(row.pods === undefined ? '-' : String(row.pods))] : []),
		],
	};
}

const levelTitles = {nodes: 'NODE', pods: 'POD', containers: 'POD/CONTAINER', workloads: 'WORKLOAD', namespaces: 'NAMESPACE'} as const;

/** What is made of pods: used against requested and limit, and what threatens it. */
function partTable(screen: TopScreen, setting: PageSetting, historyOf: HistoryOf): TopTable {
	const {level, units} = screen;
	const wide = setting.body.columns >= wideColumns;
	const isGroup = level === 'workloads' || level === 'namespaces';
	const sparks = wide && !isGroup;
	const spark = (row: TopRow, of: Resource): Span => span(sparkline(historyOf(row, of, sparkCells) ?? [], setting.glyphs), 'accent');
	return {
		columns: [
			{title: levelTitles[level], min: 14, cut: 'middle'},
			...(level === 'workloads' ? [{title: 'KIND', drop: 7} as const] : []),
			...(isGroup ? [{title: 'PODS', align: 'end', drop: 1} as const] : []),
			...partColumns('CPU', 5, sparks),
			...partColumns('MEM', 3, sparks),
			{title: 'RISK'},
			...(wide && !isGroup ? [{title: 'NODE', min: 8, cut: 'middle', drop: 2} as const] : []),
		],
		cells: row => [
			span(rowName(row, screen)),
			...(level === 'workloads' ? [span(row.of ?? '', 'muted')] : []),
			...(isGroup ? [span(String(row.pods ?? 0))] : []),
			...(['cpu', 'memory'] as const).flatMap(of => [
				usedCell(row, of),
				partCell(row, of, 'requested', units),
				partCell(row, of, 'limit', units),
				...(sparks ? [spark(row, of)] : []),
			]),
			row.risk === undefined && row.bestEffort ? span('no req', 'muted') : riskCell(row.risk, setting),
			...(wide && !isGroup ? [span(row.node ?? '-')] : []),
		],
	};
}

function partColumns(word: string, drop: number, sparks: boolean): readonly PageColumn[] {
	return [
		{title: word, align: 'end'},
		{title: '/req', align: 'end', drop},
		{title: '/lim', align: 'end', drop: drop + 1},
		...(sparks ? [{title: `${word} ${(sparkCells * 15) / 60}m`, drop: drop + 6}] : []),
	];
}

/** `shop/web-0`, `shop/web-0/app`; the namespace is left out where only one is shown. */
export function rowName(row: TopRow, {namespace, pod}: Pick<TopScreen, 'namespace' | 'pod'>): string {
	const where = row.namespace === undefined || row.level === 'namespaces' || namespace !== undefined || pod !== undefined ? '' : `${row.namespace}/`;
	switch (row.level) {
		case 'containers':
			return pod === undefined ? `${where}${row.of ?? ''}/${row.name}` : row.name;
		default:
			return `${where}${row.name}`;
	}
}

/** `402m of 500m`, for texts. */
export function usedOf(used: number | undefined, whole: number | undefined, of: Resource): string {
	if (used === undefined) return '-';
	return whole === undefined ? amountText(of, used) : `${amountText(of, used)} of ${amountText(of, whole)}`;
}
