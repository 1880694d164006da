import {textAt} from '../core/field.ts';
import {span} from '../core/line.ts';
import type {Item, KubeObject, Ref} from '../core/kubernetes.ts';
import type {Node} from '../core/node-state.ts';
import type {ObjectModel} from '../core/object-model.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import type {Pod} from '../core/pod.ts';
import {openObject} from '../core/targets.ts';
import {evictionBytes} from '../core/top/eviction.ts';
import {podHistoryKey} from '../core/top/history-key.ts';
import {newestSample} from '../core/top/metrics-reading.ts';
import type {ObjectMetrics} from '../core/top/object-metrics.ts';
import {podNumbers} from '../core/top/pod-numbers.ts';
import {shareOf} from '../core/top/risk.ts';
import type {Measure, TopDetail, TopModel, TopRow} from '../core/top/top-model.ts';
import {type TopInput, topRows} from '../core/top/top-rows.ts';
import {topScreenOf} from '../core/top/top-screen.ts';
import {podKey} from '../core/top/usage.ts';
import {joined, line, still} from './fit.ts';
import {tableBlock} from './summary/table-block.ts';
import {bannerLines, sourceLine} from './top-banner.ts';
import {
	amountText,
	bar,
	highest,
	ofAllocatable,
	partCell,
	percentText,
	type Resource,
	riskCell,
	shareTone,
	sparkline,
	usedCell,
	wholeText,
} from './top-cells.ts';
import {nodeLines, partLines} from './top-detail.ts';

const words = {cpu: 'CPU', memory: 'MEM'} as const;
const barCells = 30;

/** The Metrics tab of a pod or a node: what it uses of what it may, its last quarter of an hour, its parts. */
export function metricsLines(model: ObjectModel, setting: PageSetting): readonly PageLine[] {
	const {object, metrics} = model;
	if (object === undefined) return [];
	if (metrics === undefined) return [still(span('Asking for metrics', 'muted'))];
	return object.kind === 'Node' ? nodeTab(object, metrics, setting) : podTab(object, metrics, setting);
}

function podTab(object: KubeObject, metrics: ObjectMetrics, setting: PageSetting): readonly PageLine[] {
	// The tab is that of v1 Pods and Nodes.
	const numbers = podNumbers(object as Pod);
	const input: Omit<TopInput, 'view'> = {reading: metrics.reading, numbers: new Map([[numbers.key, numbers]]), nodes: [], now: setting.now};
	const [row] = topRows({...input, view: topScreenOf({level: 'pods'})});
	if (row === undefined) return [still(`It has ended (${textAt(object, 'status', 'phase') ?? 'unknown'}), so nothing of it is measured.`)];
	const parts = topRows({...input, view: topScreenOf({level: 'containers', sort: 'name', descending: false})});
	const summary = numbers.node === undefined ? undefined : metrics.reading.summaries.get(numbers.node)?.pods.get(numbers.key);
	const detail: TopDetail = {
		row,
		volumes: summary?.volumes ?? [],
		...(summary?.ephemeral === undefined ? {} : {ephemeral: summary.ephemeral}),
		...(metrics.reading.kubelet === undefined ? {} : {kubelet: metrics.reading.kubelet}),
	};
	return joined([
		sourceLines('pods', [row], metrics, setting),
		(['cpu', 'memory'] as const).flatMap(of => [useLine(row, of), historyLine(row, of, metrics, setting)]),
		tableBlock(
			partSpecs('CONTAINER'),
			parts.map(part => partRow(part, part.name, setting)),
			setting,
		).flatMap(({lines}) => lines),
		partLines(detail, setting).map(drawn => ({line: drawn})),
	]);
}

function nodeTab(object: KubeObject, metrics: ObjectMetrics, setting: PageSetting): readonly PageLine[] {
	const {name} = object.metadata;
	const item: Item<Node> = {ref: {apiVersion: 'v1', kind: 'Node', name}, meta: object.metadata, object: object as Node, printed: () => undefined};
	const input: Omit<TopInput, 'view'> = {reading: metrics.reading, numbers: metrics.numbers, nodes: [item], now: setting.now};
	const [row] = topRows({...input, view: topScreenOf({level: 'nodes'})});
	if (row === undefined) return [];
	const pods = metrics.numbers === undefined ? [] : topRows({...input, view: topScreenOf({level: 'pods', node: name, sort: 'memory'})});
	const summary = metrics.reading.summaries.get(name);
	const available = summary?.memoryAvailable ?? left(row.memory);
	const bytes = metrics.eviction && evictionBytes(metrics.eviction, row.memory.capacity);
	const detail: TopDetail = {
		row,
		...(metrics.eviction ? {eviction: {...metrics.eviction, ...(available === undefined ? {} : {available}), ...(bytes === undefined ? {} : {bytes})}} : {}),
		...(summary?.fileSystem ? {fileSystem: summary.fileSystem} : {}),
		...(summary?.imageFileSystem ? {imageFileSystem: summary.imageFileSystem} : {}),
		...(metrics.reading.kubelet === undefined ? {} : {kubelet: metrics.reading.kubelet}),
	};
	return joined([
		sourceLines('nodes', [row], metrics, setting),
		(['cpu', 'memory'] as const).flatMap(of => [...wholeLines(row, of, setting), historyLine(row, of, metrics, setting)]),
		nodeLines(detail, setting).map(drawn => ({line: drawn})),
		tableBlock(
			partSpecs('POD'),
			pods.map(pod => partRow(pod, `${pod.namespace ?? ''}/${pod.name}`, setting)),
			setting,
		).flatMap(({lines}) => lines),
	]);
}

/** Memory that is left of what the machine has, where its kubelet may not be asked. */
export function left({capacity, used}: Measure): number | undefined {
	return capacity === undefined || used === undefined ? undefined : Math.max(0, capacity - used);
}

function sourceLines(kind: 'nodes' | 'pods', rows: readonly TopRow[], {reading}: ObjectMetrics, setting: PageSetting): readonly PageLine[] {
	const newest = reading[kind].size === 0 ? undefined : newestSample(reading, kind);
	const measured = rows.some(row => row.cpu.used !== undefined || row.memory.used !== undefined);
	const model: TopModel = {
		level: kind,
		rows: measured ? rows : [],
		bestEffort: 0,
		unmeasured: 0,
		from: {
			isAsked: reading.asked[kind],
			...(reading.source[kind] === undefined ? {} : {source: reading.source[kind]}),
			...(newest === undefined ? {} : {at: newest.at}),
			...(newest?.windowMs === undefined ? {} : {windowMs: newest.windowMs}),
			...(reading.missing[kind] === undefined ? {} : {missing: reading.missing[kind]}),
			...(reading.kubelet === undefined ? {} : {kubelet: reading.kubelet}),
			pods: {state: 'ready'},
			nodes: {state: 'ready'},
		},
	};
	return [{line: line(...sourceLine(model, setting))}, ...bannerLines(model, setting).map(drawn => ({line: drawn}))];
}

/** `CPU  402m   requests 200m (201%)   limit 500m (80%)`. */
function useLine(row: TopRow, of: Resource): PageLine {
	const {used, requested, limit} = row[of];
	const part = (word: string, amount: number | undefined, none: string) => {
		if (amount === undefined || amount === 0) return [span(`   ${none}`, 'muted')];
		const share = shareOf(used, amount);
		return [
			span(`   ${word} ${amountText(of, amount)}`),
			...(share === undefined ? [] : [span(` (${percentText(share)})`, word === 'limit' ? shareTone(share) : undefined)]),
		];
	};
	return {
		line: line({text: `${words[of]}  `, bold: true}, usedCell(row, of), ...part('requests', requested, 'no requests'), ...part('limit', limit, 'no limit')),
		id: `metrics:${of}`,
	};
}

/** A node's bar with its shares. */
function wholeLines(row: TopRow, of: Resource, setting: PageSetting): readonly PageLine[] {
	const {used, requested, limit, allocatable, capacity} = row[of];
	const cells = Math.min(barCells, Math.max(0, setting.body.columns - 50));
	const drawn = bar(row[of], cells, setting.glyphs);
	const share = shareOf(used, allocatable);
	const shares = [
		...(requested === undefined ? [] : [`requested ${wholeText(of, requested)} (${percentText(shareOf(requested, allocatable) ?? 0)})`]),
		...(limit === undefined ? [] : [`limits ${wholeText(of, limit)} (${percentText(shareOf(limit, allocatable) ?? 0)})`]),
		...(capacity === undefined ? [] : [`capacity ${wholeText(of, capacity)}`]),
	];
	return [
		{
			line: line(
				{text: `${words[of]}  `, bold: true},
				`${drawn === '' ? '' : `${drawn} `}${ofAllocatable(row, of)}`,
				...(share === undefined ? [] : [span(` (${percentText(share)})`, shareTone(share))]),
			),
			id: `metrics:${of}`,
		},
		still(`     ${shares.join('   ')}`),
	];
}

/** The last quarter of an hour and its highest value. */
function historyLine(row: TopRow, of: Resource, metrics: ObjectMetrics, setting: PageSetting): PageLine {
	const values = row.history === undefined ? [] : metrics.history(row.history, of).slice(-Math.max(4, setting.body.columns - 30));
	const most = highest(values);
	const minutes = Math.round((values.length * 15) / 60);
	return still(
		span(`     ${minutes}m  `, 'muted'),
		span(sparkline(values, setting.glyphs), 'accent'),
		span(most === undefined ? ' nothing measured yet' : ` max ${amountText(of, most)}`, 'muted'),
	);
}

function partSpecs(title: string) {
	return [
		{title, min: 14, cut: 'middle'},
		{title: 'CPU', align: 'end'},
		{title: '/req', align: 'end', drop: 3},
		{title: '/lim', align: 'end', drop: 4},
		{title: 'MEM', align: 'end'},
		{title: '/req', align: 'end', drop: 1},
		{title: '/lim', align: 'end', drop: 2},
		{title: 'RISK'},
	] as const;
}

function partRow(row: TopRow, name: string, setting: PageSetting) {
	const isPod = row.level === 'pods';
	return {
		tone: row.tone,
		id: `metrics:${row.id}`,
		copy: row.name,
		cells: [
			span(name),
			...(['cpu', 'memory'] as const).flatMap(of => [usedCell(row, of), partCell(row, of, 'requested', 'quantity'), partCell(row, of, 'limit', 'quantity')]),
			row.risk === undefined && row.bestEffort ? span('no req', 'muted') : riskCell(row.risk, setting),
		],
		...(isPod
			? {
					enter: [
						openObject('pods', {apiVersion: 'v1', kind: 'Pod', name: row.name, ...(row.namespace === undefined ? {} : {namespace: row.namespace})}, 'metrics'),
					],
				}
			: {}),
	};
}

/** Two lines for a narrow place: the last minutes of a pod's CPU and memory. Nothing where nothing was measured. */
export function usageLines({namespace, name}: Ref, {history}: ObjectMetrics, setting: PageSetting): readonly PageLine[] {
	return (['cpu', 'memory'] as const).flatMap(of => {
		const values = history(podHistoryKey(podKey(namespace, name)), of).slice(-Math.max(4, Math.min(60, setting.body.columns - 24)));
		const most = highest(values);
		if (most === undefined) return [];
		const minutes = Math.round((values.length * 15) / 60);
		return [
			still(span(`${words[of]} ${minutes}m  `, 'muted'), span(sparkline(values, setting.glyphs), 'accent'), span(` max ${amountText(of, most)}`, 'muted')),
		];
	});
}
