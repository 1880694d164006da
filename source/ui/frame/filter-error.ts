import {typedColumns} from '../../core/query/columns.ts';
import {mistypedText} from '../../core/query/explain.ts';
import {parseQuery} from '../../core/query/parse.ts';
import {tableOf} from '../../core/targets.ts';
import type {Frame} from '../../core/view.ts';

/** What is wrong with a filter for the table on top, or looks so, and under which letter; undefined: nothing. */
export function filterError(text: string, frame: Frame): Readonly<{at: number; message: string}> | undefined {
	const table = tableOf(frame);
	if (!table || text === '') return undefined;
	const parsed = parseQuery(text, typedColumns(table.view.snapshot.columns, table.view.snapshot.rows));
	if ('error' in parsed) return {at: parsed.error.from, message: parsed.error.proposal ?? parsed.error.message};
	// Known only once the filter has been tried on all rows.
	const [word] = table.screen.filter === text ? (table.view.snapshot.mistyped ?? []) : [];
	return word && {at: word.from, message: mistypedText(word)};
}
