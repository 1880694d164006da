import {typedColumns} from '../../core/query/columns.ts';
import {parseQuery} from '../../core/query/parse.ts';
import {tableOf} from '../../core/targets.ts';
import type {Frame} from '../../core/view.ts';

/** What is wrong with a filter for the table on top, and under which letter; undefined: nothing. */
export function filterError(text: string, frame: Frame): Readonly<{at: number; message: string}> | undefined {
	const table = tableOf(frame);
	if (!table || text === '') return undefined;
	const parsed = parseQuery(text, typedColumns(table.view.snapshot.columns, table.view.snapshot.rows));
	return 'error' in parsed ? {at: parsed.error.from, message: parsed.error.proposal ?? parsed.error.message} : undefined;
}
