import {formatTime, humanDuration, type TimeMode} from './age.ts';
import {never} from './never.ts';
import {formatBytes, formatCpu} from './quantity.ts';
import type {Cell} from './table.ts';
import {clean, group} from './text.ts';

/** How times are shown; `offsetMinutes` of the local zone, needed for `local` alone. */
export type CellTextOptions = Readonly<{times: TimeMode; offsetMinutes?: number}>;

/** What a cell without a value reads (screens.md 10). */
export const missingText = '-';
/** What is not measured yet. */
const pendingText = '..';

/** The text of a cell, safe to print. `now`: server time, ms since the epoch. */
export function cellText(cell: Cell, now: number, options: CellTextOptions = {times: 'age'}): string {
	switch (cell.type) {
		case 'text':
			return stateText(cell, now);
		case 'number':
			return numberText(cell, now);
		case 'ratio':
			return `${cell.have}/${cell.want}`;
		case 'age':
			return cell.since === undefined ? missingText : formatTime(cell.since, options.times, now, options.offsetMinutes ?? 0);
		case 'duration':
			return durationText(cell, now);
		default:
			return never(cell);
	}
}

/** `Terminating 6m`; a missing text reads like every other missing value. */
function stateText(cell: Extract<Cell, {type: 'text'}>, now: number): string {
	const text = cell.text === '' ? missingText : clean(cell.text);
	return cell.since === undefined ? text : `${text} ${humanDuration(now - cell.since)}`;
}

function durationText(cell: Extract<Cell, {type: 'duration'}>, now: number): string {
	if (cell.ms !== undefined) return humanDuration(cell.ms);
	return cell.from === undefined ? missingText : humanDuration(now - cell.from);
}

function numberText(cell: Extract<Cell, {type: 'number'}>, now: number): string {
	if (cell.value === undefined || Number.isNaN(cell.value)) return cell.sample === 'pending' ? pendingText : missingText;
	const text = `${formatNumber(cell.value, cell.unit)}${cell.sample === 'stale' ? '?' : ''}`;
	return cell.since === undefined ? text : `${text} (${humanDuration(now - cell.since)})`;
}

/** A number of a column's unit as its cells show it. */
export function formatNumber(value: number, unit: 'count' | 'millicores' | 'bytes' | 'percent'): string {
	switch (unit) {
		case 'count':
			return group(value);
		case 'millicores':
			return formatCpu(value);
		case 'bytes':
			return formatBytes(value);
		case 'percent':
			return `${Math.round(value)}%`;
		default:
			return never(unit);
	}
}
