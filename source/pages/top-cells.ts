import {humanDuration} from '../core/age.ts';
import type {Glyphs} from '../core/glyphs.ts';
import {type Span, span} from '../core/line.ts';
import type {PageSetting} from '../core/page.ts';
import {formatBytes, formatCores, formatCpu} from '../core/quantity.ts';
import {shareOf} from '../core/top/risk.ts';
import type {Measure, Risk, TopRow} from '../core/top/top-model.ts';
import type {Tone} from '../core/tone.ts';

export type Resource = 'cpu' | 'memory';

const warningShare = 80;
const errorShare = 95;

/** `402m`, `233Mi`. */
export function amountText(of: Resource, value: number): string {
	return of === 'cpu' ? formatCpu(value) : formatBytes(value);
}

/** What an object uses: `-` where nobody knows, `..` where it is yet to be measured, `38m?` and dim where the value is old. */
export function usedCell(row: Pick<TopRow, 'state' | Resource>, of: Resource): Span {
	const {used} = row[of];
	if (used === undefined) return span(row.state === 'pending' ? '..' : '-', 'muted');
	return row.state === 'stale' ? span(`${amountText(of, used)}?`, 'muted') : span(amountText(of, used));
}

/** A request or limit: the amount, or in percent how much of it is used. `-`: it is not set, or not known. */
export function partCell(row: Pick<TopRow, Resource>, of: Resource, part: 'requested' | 'limit', units: 'quantity' | 'percent'): Span {
	const amount = row[of][part];
	if (amount === undefined || amount === 0) return span('-', 'muted');
	if (units === 'quantity') return span(amountText(of, amount));
	const share = shareOf(row[of].used, amount);
	return share === undefined ? span('-', 'muted') : span(percentText(share), part === 'limit' ? shareTone(share) : undefined);
}

/** Rounded down, as kubectl does. */
export function percentText(share: number): string {
	return `${Math.floor(share)}%`;
}

/** The look of a share of what may be used. */
export function shareTone(share: number): Tone | undefined {
	if (share >= errorShare) return 'error';
	return share >= warningShare ? 'warning' : undefined;
}

/** `! 97%`, `! OOM 3m`. */
export function riskCell(risk: Risk | undefined, setting: PageSetting): Span {
	if (risk === undefined) return span('');
	const since = risk.since === undefined ? '' : ` ${humanDuration(setting.now - risk.since)}`;
	return span(`${setting.glyphs.state.warning} ${risk.text}${since}`, risk.tone);
}

/** Used of what pods may use: `1.9/4`, `9.8/16Gi`; the unit once where both have the same. */
export function ofAllocatable(row: Pick<TopRow, 'state' | Resource>, of: Resource): string {
	const {allocatable} = row[of];
	const whole = allocatable === undefined ? '-' : wholeText(of, allocatable);
	const {used} = row[of];
	if (used === undefined) return `${row.state === 'pending' ? '..' : '-'}/${whole}`;
	const text = `${of === 'cpu' ? formatCores(used) : formatBytes(used)}${row.state === 'stale' ? '?' : ''}`;
	const unit = /[A-Za-z]+$/.exec(whole)?.[0] ?? '';
	return `${unit !== '' && text.endsWith(unit) ? text.slice(0, -unit.length) : text}/${whole}`;
}

/** Cores for a node, as long as there is one; bytes as everywhere. */
export function wholeText(of: Resource, value: number): string {
	if (of === 'memory') return formatBytes(value);
	return value > 0 && value < 1000 ? formatCpu(value) : formatCores(value);
}

/** `[####|..   ]`: used, requested and, where the requests end, a line; the whole is what pods may use. '' where that is unknown. */
export function bar(measure: Measure, cells: number, glyphs: Glyphs): string {
	const {used, requested, allocatable} = measure;
	if (cells < 1 || allocatable === undefined || allocatable <= 0) return '';
	const at = (amount: number): number => Math.min(cells, Math.ceil((amount / allocatable) * cells));
	const usedCells = used === undefined ? 0 : Math.min(cells, Math.max(used > 0 ? 1 : 0, Math.round((used / allocatable) * cells)));
	const requestedCells = requested === undefined ? 0 : at(requested);
	const drawn = Array.from({length: cells}, (_none, index) => {
		if (index === requestedCells - 1) return glyphs.barLine;
		if (index < usedCells) return glyphs.barUsed;
		return index < requestedCells ? glyphs.barRequested : ' ';
	});
	return `[${drawn.join('')}]`;
}

/** One cell a value, the highest at the top of the scale; a gap stays blank. */
export function sparkline(values: readonly number[], glyphs: Glyphs): string {
	const scale = [...glyphs.spark];
	const most = values.reduce((highest, value) => (value > highest ? value : highest), 0);
	return values.map(value => (Number.isNaN(value) ? ' ' : (scale[most === 0 ? 0 : Math.ceil((value / most) * (scale.length - 1))] ?? ' '))).join('');
}

/** The highest that was measured; undefined where nothing was. */
export function highest(values: readonly number[]): number | undefined {
	const known = values.filter(value => !Number.isNaN(value));
	return known.length === 0 ? undefined : Math.max(...known);
}
