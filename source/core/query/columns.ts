import {never} from '../never.ts';
import {isMissing} from '../order.ts';
import type {Cell, Column, Row} from '../table.ts';
import type {QueryColumn, ValueType} from './query.ts';

/** Short forms, beside id and title. */
const aliases: Readonly<Record<string, readonly string[]>> = {
	ns: ['namespace'],
	namespaces: ['namespace'],
	memory: ['mem'],
	'cpu%req': ['cpu/r', 'cpu-requests-percent'],
	'mem%req': ['mem/r', 'mem-requests-percent'],
	'cpu%lim': ['cpu/l', 'cpu-limits-percent'],
	'mem%lim': ['mem/l', 'mem-limits-percent'],
};

// Every row has them, whether or not the table shows them.
const always: readonly QueryColumn[] = [
	{id: 'name', title: 'NAME', type: 'text'},
	{id: 'namespace', title: 'NAMESPACE', type: 'text'},
];

/** The column a filter's word names, by id, title or short form, in any case; undefined: none. */
export function findColumn(word: string, columns: readonly QueryColumn[]): QueryColumn | undefined {
	const wanted = word.toLowerCase();
	const known = [...columns, ...always];
	for (const name of [wanted, ...(aliases[wanted] ?? [])]) {
		const found = known.find(column => column.id === name || column.title.toLowerCase().replaceAll(' ', '-') === name);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The names a filter may use for columns, for proposals. */
export function columnNames(columns: readonly QueryColumn[]): readonly string[] {
	return [...new Set([...columns, ...always].map(column => column.id))];
}

/** The columns with the types their cells have; those whose rows have no value yet stay without one. */
export function typedColumns(columns: ReadonlyArray<Pick<Column, 'id' | 'title'>>, rows: readonly Row[]): readonly QueryColumn[] {
	return columns.map(({id, title}, index) => {
		const row = rows.find(({cells}) => !isMissing(cells[index]));
		const cell = row?.cells[index];
		return cell === undefined ? {id, title} : {id, title, type: typeOfCell(cell)};
	});
}

/** What kind of value a cell holds. */
export function typeOfCell(cell: Cell): ValueType {
	switch (cell.type) {
		case 'number':
			return cell.unit;
		case 'text':
		case 'ratio':
		case 'age':
		case 'duration':
			return cell.type;
		default:
			return never(cell);
	}
}
