import {cellText} from '../../core/cell-text.ts';
import {commandLineOf} from '../../core/command-line-of.ts';
import type {Shot} from '../../core/export/shot.ts';
import {maskText, type MaskOptions} from '../../core/share/mask-text.ts';
import type {Cell} from '../../core/table.ts';
import type {Frame} from '../../core/view.ts';
import {freshness} from './freshness.ts';
import type {BodyLine} from './page-lines.ts';
import {maskedCount, maskedLines} from './watched.ts';

/** A composed frame for an export: masked, with what says where it is from. */
export function shotOf(frame: Frame, composed: readonly BodyLine[], masks: MaskOptions): Shot {
	const {viewport, now, head, view} = frame;
	const lines = maskedLines(composed, masks);
	const stream = view.type === 'table' ? view.snapshot.stream : view.stream;
	return {
		columns: viewport.columns,
		rows: viewport.rows,
		lines,
		at: now,
		context: head.context.name,
		...(head.version === undefined ? {} : {version: head.version}),
		...(head.context.demo ? {demo: head.demoStory ?? 'unnamed'} : {}),
		freshness: freshness(stream, now, {}).text,
		masked: maskedCount(lines),
		command: maskText(commandLineOf(frame), masks),
		...(view.type === 'table' ? {table: tableOf(frame, view, masks)} : {}),
	};
}

function tableOf(frame: Frame, view: Extract<Frame['view'], {type: 'table'}>, masks: MaskOptions): NonNullable<Shot['table']> {
	const {columns, rows} = view.snapshot;
	return {
		columns: columns.map(({id}) => id),
		rows: rows.map(row =>
			Object.fromEntries(columns.map(({id}, index) => [id, exportedValue(row.cells[index], frame.now, text => maskText(text, masks))] as const)),
		),
	};
}

/** Numbers in the unit of their cell: millicores, bytes, percent, count; everything else as it reads. */
function exportedValue(cell: Cell | undefined, now: number, mask: (text: string) => string): string | number | null {
	if (cell === undefined) return null;
	if (cell.type === 'number') return cell.value ?? null;
	return mask(cellText(cell, now));
}
