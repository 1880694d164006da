import {humanDuration} from '../core/age.ts';
import {type Line, type Span, span} from '../core/line.ts';
import type {PageSetting} from '../core/page.ts';
import {formatBytes} from '../core/quantity.ts';
import type {TopScreen} from '../core/screen.ts';
import {fit, fullest, plural, truncate, width} from '../core/text.ts';
import type {FileSystemUse, VolumeUse} from '../core/top/node-summary.ts';
import {shareOf} from '../core/top/risk.ts';
import type {TopDetail, TopModel, TopRow} from '../core/top/top-model.ts';
import {layoutColumns} from './columns.ts';
import {line, rule} from './fit.ts';
import {stateMark} from './state-mark.ts';
import {amountText, highest, percentText, type Resource, riskCell, shareTone, sparkline, usedCell, partCell, wholeText} from './top-cells.ts';
import {rowName} from './top-columns.ts';

/** The foot of the page, at most `rows` lines: what all rows add up to, then more of the one under the cursor. */
export function topFoot(
	model: TopModel,
	detail: TopDetail | undefined,
	screen: TopScreen,
	at: Readonly<{setting: PageSetting; rows: number}>,
): readonly Line[] {
	const {setting, rows} = at;
	const total = totalLine(model, setting);
	const best = bestEffortLine(model, screen);
	const more = detail === undefined ? [] : detailLines(detail, screen, setting, rows - total.length - best.length - 1);
	const all = more.length === 0 ? [...total, ...best] : [...total, rule(setting), ...more, ...best];
	return rows < 1 ? [] : all.length <= rows ? all : [...total, ...(rows - total.length > 2 ? [rule(setting), ...more] : [])].slice(0, rows);
}

/** All nodes together. */
function totalLine({total, rows}: TopModel, setting: PageSetting): readonly Line[] {
	if (total === undefined || rows.length < 2) return [];
	const part = (of: Resource, requestedWord: string): string => {
		const {used, requested, allocatable} = total[of];
		if (allocatable === undefined) return '-';
		const asked = requested === undefined ? '' : `, ${requestedWord} ${wholeText(of, requested)} (${percentText(shareOf(requested, allocatable) ?? 0)})`;
		return `${used === undefined ? '-' : wholeText(of, used)} of ${wholeText(of, allocatable)}${of === 'cpu' ? ' cores' : ''}${asked}`;
	};
	const without = total.unmeasured === 0 ? '' : `   ${plural(total.unmeasured, 'node')} not measured`;
	const texts = ['requested', 'req'].map(word => `  cluster  CPU ${part('cpu', word)}   MEM ${part('memory', word)}${without}`);
	texts.push(texts[1]?.replaceAll(' of ', '/').replace(' cores', '') ?? '');
	return [line(span(fullest(texts, setting.body.columns - 2, setting.glyphs.cut)))];
}

function bestEffortLine({bestEffort, level}: TopModel, screen: TopScreen): readonly Line[] {
	if (screen.bestEffort || bestEffort === 0 || level === 'containers') return [];
	return [line(span(`  no requests set: ${plural(bestEffort, 'pod')} (BestEffort, evicted first)`), span('   z b lists', 'muted'))];
}

function detailLines(detail: TopDetail, screen: TopScreen, setting: PageSetting, rows: number): readonly Line[] {
	const {row} = detail;
	const lines = [...historyLines(detail, screen, setting), ...(row.level === 'nodes' ? nodeLines(detail, setting) : partLines(detail, setting))];
	const table = row.level === 'nodes' ? nodePods(detail, screen, setting, rows - lines.length) : [];
	return [...lines, ...table].slice(0, Math.max(0, rows));
}

/** The course of the last minutes, as many samples as there is room for. */
function historyLines({row, cpuHistory = [], memoryHistory = []}: TopDetail, screen: TopScreen, setting: PageSetting): readonly Line[] {
	const name = `${rowName(row, screen)}${row.level === 'workloads' ? ` (${row.of ?? ''})` : ''}`;
	const most = (of: Resource, values: readonly number[]): string => {
		const value = highest(values);
		return value === undefined ? '' : `max ${amountText(of, value)}`;
	};
	if (row.history === undefined)
		return [line({text: name, bold: true}, ...(row.unmeasured === undefined ? [] : [span(`   ${plural(row.unmeasured, 'pod')} not measured`, 'muted')]))];
	const named = Math.min(width(name), Math.max(12, Math.floor(setting.body.columns * 0.28)));
	const fixed = 1 + named + 2 * ('  CPU 15m  '.length + 1 + 'max 1234Mi'.length);
	const cells = Math.max(4, Math.min(60, Math.floor((setting.body.columns - fixed - 2) / 2)));
	const part = (of: Resource, values: readonly number[]): readonly Span[] => {
		const shown = values.slice(-cells);
		if (highest(shown) === undefined) return [span(`  ${of === 'cpu' ? 'CPU' : 'MEM'} no sample yet`, 'muted')];
		const minutes = Math.round((shown.length * 15) / 60);
		return [
			span(`  ${of === 'cpu' ? 'CPU' : 'MEM'} ${minutes}m  `, 'muted'),
			span(sparkline(shown, setting.glyphs), 'accent'),
			span(` ${most(of, shown)}`, 'muted'),
		];
	};
	const title = {text: truncate(name, named, 'middle', setting.glyphs.cut), bold: true};
	return [line(title, ...part('cpu', cpuHistory), ...part('memory', memoryHistory))];
}

/** How far a node is from evicting pods, and how full its file systems are. */
export function nodeLines({row, eviction, fileSystem, imageFileSystem, kubelet}: TopDetail, setting: PageSetting): readonly Line[] {
	const lines: Line[] = [];
	if (eviction) {
		const {available, bytes, text, isRead} = eviction;
		const near = available !== undefined && bytes !== undefined && available < bytes * 2;
		const left = available === undefined ? 'unknown how much is left' : `now ${formatBytes(available)}`;
		const source = isRead !== false ? '' : ' (the default; its own setting could not be read)';
		lines.push(
			line(
				near ? stateMark(available < bytes ? 'error' : 'warning', setting) : ' ',
				' ',
				span(`eviction at memory.available<${text}, ${left}${source}`, near ? 'warning' : undefined),
			),
		);
	}
	const disks = [...diskSpans('disk', fileSystem), ...(sameDisk(fileSystem, imageFileSystem) ? [] : diskSpans('images', imageFileSystem))];
	if (disks.length > 0) lines.push(line('  ', ...disks));
	else if (kubelet !== undefined && row.state !== 'none') lines.push(line('  ', span(`file systems: ${kubelet.text}`, 'muted')));
	return lines;
}

function sameDisk(a: FileSystemUse | undefined, b: FileSystemUse | undefined): boolean {
	return b === undefined || (a?.capacity === b.capacity && a?.available === b.available);
}

function diskSpans(word: string, use: FileSystemUse | undefined): readonly Span[] {
	if (use?.capacity === undefined) return [];
	// What others store on the same disk counts too: full is what is not available.
	const taken = use.available === undefined ? use.used : use.capacity - use.available;
	const share = shareOf(taken, use.capacity);
	return [
		span(`${word} ${taken === undefined ? '-' : formatBytes(taken)} of ${formatBytes(use.capacity)}`),
		...(share === undefined ? [] : [span(` (${percentText(share)})`, shareTone(share))]),
		span('   '),
	];
}

/** The pods of a node in the order of the screen; those that find no room are one line. */
function nodePods({row, pods = []}: TopDetail, screen: TopScreen, setting: PageSetting, rows: number): readonly Line[] {
	if (rows < 2 || pods.length === 0) return [];
	const room = rows - 1;
	const shown = pods.length <= room ? pods : pods.slice(0, Math.max(0, room - 1));
	const rest = pods.slice(shown.length);
	const cells = shown.map(pod => podCells(pod, screen, setting));
	const all = rest.length === 0 ? cells : [...cells, restCells(rest)];
	const specs = [
		{title: `POD ON ${row.name}`, min: 14, cut: 'middle'},
		{title: 'CPU', align: 'end'},
		{title: '/req', align: 'end', drop: 3},
		{title: '/lim', align: 'end', drop: 4},
		{title: 'MEM', align: 'end'},
		{title: '/req', align: 'end', drop: 1},
		{title: '/lim', align: 'end', drop: 2},
		{title: 'RISK'},
	] as const;
	const table = layoutColumns(specs, all, setting.body.columns - 3, setting.glyphs.cut);
	const marks = [...shown.map(pod => stateMark(pod.tone, setting)), span(' ')];
	return [line('  ', ...table.head), ...table.rows.map((drawn, index) => line(marks[index] ?? ' ', ' ', ...drawn))];
}

function podCells(pod: TopRow, {units}: TopScreen, setting: PageSetting): readonly Span[] {
	return [
		span(`${pod.namespace ?? ''}/${pod.name}`),
		usedCell(pod, 'cpu'),
		partCell(pod, 'cpu', 'requested', units),
		partCell(pod, 'cpu', 'limit', units),
		usedCell(pod, 'memory'),
		partCell(pod, 'memory', 'requested', units),
		partCell(pod, 'memory', 'limit', units),
		pod.risk === undefined && pod.bestEffort ? span('no req', 'muted') : riskCell(pod.risk, setting),
	];
}

/** `9 more pods` with their sums. */
function restCells(rest: readonly TopRow[]): readonly Span[] {
	const sum = (of: Resource, part: 'used' | 'requested'): Span => {
		const known = rest.flatMap(row => row[of][part] ?? []);
		return known.length === 0
			? span('-', 'muted')
			: span(
					amountText(
						of,
						known.reduce((total, value) => total + value, 0),
					),
					'muted',
				);
	};
	const none = span('', 'muted');
	return [
		span(plural(rest.length, 'more pod'), 'muted'),
		sum('cpu', 'used'),
		sum('cpu', 'requested'),
		none,
		sum('memory', 'used'),
		sum('memory', 'requested'),
		none,
		none,
	];
}

/** Memory against the limit, kills, ephemeral storage and volumes of a pod or container. */
export function partLines({row, ephemeral, volumes = [], kubelet}: TopDetail, setting: PageSetting): readonly Line[] {
	const facts = [
		...(row.trouble === undefined ? [] : [`does not start: ${row.trouble}`]),
		...(row.pods === undefined ? [] : [plural(row.pods, 'pod')]),
		...(row.memory.limit === undefined
			? [row.pods === undefined ? 'no memory limit' : 'not every container has a memory limit']
			: [`memory ${memoryOfLimit(row)}`]),
		...(row.risk?.text === 'OOM' && row.risk.since !== undefined ? [`killed for want of memory ${humanDuration(setting.now - row.risk.since)} ago`] : []),
		...(row.bestEffort ? ['no requests: evicted first'] : []),
		...(row.node === undefined ? [] : [`node ${row.node}`]),
		...(ephemeral === undefined ? [] : [`ephemeral storage ${formatBytes(ephemeral)}`]),
	];
	const claims = volumes.filter(({claim}) => claim !== undefined);
	const others = volumes.filter(({claim, used}) => claim === undefined && used !== undefined);
	const why = kubelet !== undefined && volumes.length === 0 && ephemeral === undefined ? [line('  ', span(`volumes: ${kubelet.text}`, 'muted'))] : [];
	return [
		line('  ', span(facts.join('   '))),
		...claims.map(volume => volumeLine(volume)),
		...(others.length === 0 ? [] : [line('  ', span(othersText(others), 'muted'))]),
		...why,
	];
}

function memoryOfLimit({memory}: TopRow): string {
	const share = shareOf(memory.used, memory.limit);
	const used = memory.used === undefined ? '-' : formatBytes(memory.used);
	return `${used} of ${formatBytes(memory.limit ?? 0)}${share === undefined ? '' : ` (${percentText(share)})`}`;
}

function volumeLine({claim, name, used, capacity}: VolumeUse): Line {
	const share = shareOf(used, capacity);
	const of = capacity === undefined ? '' : ` of ${formatBytes(capacity)}`;
	return line(
		'  ',
		span(`claim ${fit(claim ?? name, 24).trimEnd()}  ${used === undefined ? '-' : formatBytes(used)}${of}`),
		...(share === undefined ? [] : [span(` (${percentText(share)})`, shareTone(share))]),
	);
}

function othersText(volumes: readonly VolumeUse[]): string {
	return `volumes  ${volumes.map(({name, used = 0}) => `${name} ${formatBytes(used)}`).join('  ')}`;
}
