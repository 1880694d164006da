import {typedColumns} from '../../core/query/columns.ts';
import {mistypedText} from '../../core/query/explain.ts';
import {parseQuery} from '../../core/query/parse.ts';
import {tableOf} from '../../core/targets.ts';
import type {Frame} from '../../core/view.ts';

/** What to say of a filter, and under which letter. */
export type FilterFault = Readonly<{at: number; message: string}>;

/** What is wrong with a filter for the table on top; undefined: nothing. */
export function filterError(text: string, frame: Frame): FilterFault | undefined {
	const table = tableOf(frame);
	if (!table || text === '') return undefined;
	const parsed = parseQuery(text, typedColumns(table.view.snapshot.columns, table.view.snapshot.rows));
	return 'error' in parsed ? {at: parsed.error.from, message: parsed.error.proposal ?? parsed.error.message} : undefined;
}

/** What looks wrong with a filter that can be read: it is in force all the same. Known once it has been tried on all rows. */
export function filterDoubt(text: string, frame: Frame): FilterFault | undefined {
	const table = tableOf(frame);
	const [word] = table?.screen.filter === text ? (table.view.snapshot.mistyped ?? []) : [];
	return word && {at: word.from, message: mistypedText(word)};
}
