import {cellText} from '../core/cell-text.ts';
import {isMissing} from '../core/order.ts';
import {changedCells} from '../core/project.ts';
import type {ResourceType} from '../core/resource-type.ts';
import type {Cell, Column, Row} from '../core/table.ts';
import {rowFields} from './row-fields.ts';
import {jsonText} from './json-text.ts';

/** Neither: nothing; without `before` it is new, without `after` it is gone. */
export type RowChange = Readonly<{before?: Row; after?: Row}>;
export type ChangeLineOptions = Readonly<{columns: readonly Column[]; type: ResourceType; now: number; format: 'text' | 'wide' | 'jsonl'}>;

/**
 * One change in one line: `14:02:31Z pod shop/web-kq2xz READY 2/2 -> 1/2`, `... ADDED READY 0/1, STATUS Pending`, `... DELETED`,
 * or for jsonl the row with `time` and `change`, and under `before` what was different. undefined when no column shows a difference.
 */
export function changeLine(change: RowChange, options: ChangeLineOptions): string | undefined {
	const row = change.after ?? change.before;
	if (row === undefined) return undefined;
	const changed = change.before && change.after ? changedIndexes(change.before, change.after, options) : undefined;
	if (changed?.length === 0) return undefined;
	const name = changed ? 'MODIFIED' : change.after ? 'ADDED' : 'DELETED';
	if (options.format === 'jsonl') return jsonLine(name, row, change, options);
	const who = `${options.type.singular || options.type.kind.toLowerCase()} ${row.ref.namespace === undefined ? '' : `${row.ref.namespace}/`}${row.ref.name}`;
	const what = changed ? changed.map(index => difference(index, change, options)).join(', ') : name;
	const with_ = name === 'ADDED' ? ` ${values(row, options).join(', ')}` : '';
	return `${utcTime(options.now)} ${who} ${what}${with_}`.trimEnd();
}

/** `14:02:31Z`. */
export function utcTime(ms: number): string {
	return `${new Date(ms).toISOString().slice(11, 19)}Z`;
}

/** Names and ages say nothing new in a line that begins with a name and a time. */
function isShown(column: Column, cell: Cell | undefined, options: ChangeLineOptions): boolean {
	return (!column.wide || options.format !== 'text') && column.id !== 'name' && column.id !== 'namespace' && cell?.type !== 'age';
}

function changedIndexes(before: Row, after: Row, options: ChangeLineOptions): readonly number[] {
	return changedCells(before, after).filter(index => {
		const column = options.columns[index];
		return column !== undefined && isShown(column, after.cells[index], options) && textOf(before, index, options) !== textOf(after, index, options);
	});
}

function difference(index: number, {before, after}: RowChange, options: ChangeLineOptions): string {
	return `${options.columns[index]?.title ?? ''} ${textOf(before, index, options)} -> ${textOf(after, index, options)}`;
}

function values(row: Row, options: ChangeLineOptions): readonly string[] {
	return options.columns.flatMap((column, index) =>
		isShown(column, row.cells[index], options) && !isMissing(row.cells[index]) ? [`${column.title} ${textOf(row, index, options)}`] : [],
	);
}

function textOf(row: Row | undefined, index: number, {now}: ChangeLineOptions): string {
	const cell = row?.cells[index];
	return cell === undefined || isMissing(cell) ? '-' : cellText(cell, now);
}

function jsonLine(name: string, row: Row, {before, after}: RowChange, {columns, type, now}: ChangeLineOptions): string {
	const fields = rowFields(row, columns, type, now);
	const was = before && after ? rowFields(before, columns, type, now) : {};
	const different = Object.fromEntries(Object.entries(was).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(fields[key])));
	return jsonText({time: new Date(now).toISOString(), change: name, ...fields, ...(before && after ? {before: different} : {})});
}
