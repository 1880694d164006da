import {humanDuration} from '../age.ts';
import {cellText, formatNumber, missingText} from '../cell-text.ts';
import {never} from '../never.ts';
import {compareNatural, isMissing, ratioOf} from '../order.ts';
import {parseQuantity} from '../quantity.ts';
import type {Cell, Column, Row} from '../table.ts';
import {clean} from '../text.ts';
import type {CompareTerm, Comparison, LabelTerm, Query, TextTest} from './query.ts';
import {readingFor, readValue} from './values.ts';

type Columns = ReadonlyArray<Pick<Column, 'id'>>;

/** Does the row pass the filter? `columns`: those of its cells. `now`: server time, ms since the epoch. */
export function matchRow(query: Query, row: Row, columns: Columns, now: number): boolean {
	switch (query.type) {
		case 'and':
			return query.parts.every(part => matchRow(part, row, columns, now));
		case 'or':
			return query.parts.some(part => matchRow(part, row, columns, now));
		case 'not':
			return !matchRow(query.part, row, columns, now);
		case 'text':
			return matchText(query.match, row);
		case 'label':
			return matchLabel(query, row);
		case 'contains': {
			const cell = cellOf(row, columns, query.column);
			return cell !== undefined && (query.match.test(steadyText(cell)) || query.match.test(cellText(cell, now)));
		}
		case 'set': {
			const cell = cellOf(row, columns, query.column);
			return query.negated !== (cell !== undefined && query.tests.some(({test}) => test(steadyText(cell)) || test(cellText(cell, now))));
		}
		case 'compare':
			return matchCell(query, cellOf(row, columns, query.column), now);
		default:
			return never(query);
	}
}

/** The cell of a column; name and namespace are there without one. */
export function cellOf(row: Row, columns: Columns, id: string): Cell | undefined {
	const cell = row.cells[columns.findIndex(column => column.id === id)];
	if (cell !== undefined) return cell;
	if (id === 'name') return {type: 'text', text: row.ref.name};
	return id === 'namespace' ? {type: 'text', text: row.ref.namespace ?? ''} : undefined;
}

/** The name and every cell, without what moves with the clock: a row must not come and go while its age ticks. */
function matchText({test}: TextTest, row: Row): boolean {
	return test(row.ref.name) || row.cells.some(cell => !isMissing(cell) && test(steadyText(cell)));
}

/** A cell's text without the time in it: of `31 (48s)` the 31, of `Terminating 6m` the word; nothing of an age. */
function steadyText(cell: Cell): string {
	switch (cell.type) {
		case 'text':
			return clean(cell.text);
		case 'number':
			return cell.value === undefined ? missingText : formatNumber(cell.value, cell.unit);
		case 'ratio':
			return `${cell.have}/${cell.want}`;
		case 'age':
		case 'duration':
			return '';
		default:
			return never(cell);
	}
}

function matchLabel({key, operator, values, match}: LabelTerm, row: Row): boolean {
	const value = row.meta.labels?.[key];
	switch (operator) {
		case 'exists':
			return value !== undefined;
		case 'absent':
			return value === undefined;
		case 'in':
			return value !== undefined && values.includes(value);
		case 'notin':
			// As the API does: an object without the label differs too.
			return value === undefined || !values.includes(value);
		case 'contains':
			return value !== undefined && match?.test(value) === true;
		default:
			return never(operator);
	}
}

function matchCell(term: CompareTerm, cell: Cell | undefined, now: number): boolean {
	if (cell === undefined || isMissing(cell)) {
		const wantsNone = term.value === '-' || term.value === '' || (cell?.type === 'text' && cell.text === term.value);
		return term.operator === '=' ? wantsNone : term.operator === '!=' && !wantsNone;
	}
	if (term.operator === '=') return isEqual(term, cell, now);
	if (term.operator === '!=') return !isEqual(term, cell, now);
	const order = compareValue(term, cell, now);
	return order !== undefined && holds(term.operator, order);
}

function holds(operator: Exclude<Comparison, '=' | '!='>, order: number): boolean {
	switch (operator) {
		case '>':
			return order > 0;
		case '>=':
			return order >= 0;
		case '<':
			return order < 0;
		case '<=':
			return order <= 0;
		default:
			return never(operator);
	}
}

/** Equal is what reads the same on screen: `mem=1Gi` finds every `1Gi`. */
function isEqual({equal, readings, value}: CompareTerm, cell: Cell, now: number): boolean {
	if (equal.test(steadyText(cell)) || equal.test(cellText(cell, now))) return true;
	if (cell.type === 'text') return false;
	const wanted = readingFor(readings, numericType(cell));
	if (wanted === undefined) return false;
	if (cell.type === 'ratio') return !value.includes('/') && ratioOf(cell.have, cell.want) === wanted;
	if (cell.type === 'number')
		return cell.value === wanted || (cell.value !== undefined && formatNumber(cell.value, cell.unit) === formatNumber(wanted, cell.unit));
	const actual = cellValue(cell, now);
	return actual !== undefined && humanDuration(actual) === humanDuration(wanted);
}

function numericType(cell: Exclude<Cell, {type: 'text'}>): 'count' | 'millicores' | 'bytes' | 'percent' | 'ratio' | 'age' | 'duration' {
	return cell.type === 'number' ? cell.unit : cell.type;
}

/** A cell's value in the unit its type compares in: ms for ages and durations. undefined: none, or text. */
export function cellValue(cell: Cell, now: number): number | undefined {
	switch (cell.type) {
		case 'text':
			return undefined;
		case 'number':
			return cell.value;
		case 'ratio':
			return ratioOf(cell.have, cell.want);
		case 'age':
			return cell.since === undefined ? undefined : now - cell.since;
		case 'duration':
			return cell.ms ?? (cell.from === undefined ? undefined : now - cell.from);
		default:
			return never(cell);
	}
}

/** Below, at or above zero as the cell is below, at or above the term's value; undefined: not comparable. */
function compareValue(term: CompareTerm, cell: Cell, now: number): number | undefined {
	if (cell.type === 'text') return compareTextCell(term, cell.text);
	const wanted = readingFor(term.readings, numericType(cell));
	const actual = cellValue(cell, now);
	return wanted === undefined || actual === undefined ? undefined : actual - wanted;
}

/** Cells of the server's own columns are text: `10Gi`, `3 (5m ago)`, `2/3`, `4d`. Numbers in them compare as numbers, the rest naturally. */
function compareTextCell({readings, value}: CompareTerm, text: string): number | undefined {
	const [first = ''] = text.split(' ');
	const quantity = parseQuantity(first);
	if (quantity !== undefined && readings.quantity !== undefined) return quantity - readings.quantity;
	const {durationMs, ratio} = readValue(first);
	if (durationMs !== undefined && readings.durationMs !== undefined) return durationMs - readings.durationMs;
	if (ratio !== undefined && readings.ratio !== undefined) return ratio - readings.ratio;
	// A number asked of a text that has none: no answer rather than an alphabetical one.
	return readings.number === undefined ? compareNatural(text, value) : undefined;
}
