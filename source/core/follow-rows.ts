import type {TableScreen} from './screen.ts';
import {tableOf} from './targets.ts';
import type {Frame} from './view.ts';
import {nearestLeft} from './window.ts';

/**
 * What new rows mean for the cursor and the marks: where the cursor's row went away its nearest former neighbour takes the cursor, and
 * objects that are gone lose their mark. undefined: nothing changes. A row that another filter hides keeps both: it comes back.
 */
export function followRows(before: Frame, after: Frame): Partial<Pick<TableScreen, 'cursor' | 'marks'>> | undefined {
	const old = tableOf(before);
	const now = tableOf(after);
	if (!old || !now || old.view.snapshot === now.view.snapshot || !sameRowsWanted(old.screen, now.screen)) return undefined;
	const cursor = movedCursor(old.view.snapshot.rows, now.view.snapshot.rows, now.screen.cursor);
	const marks = now.screen.marks.filter(id => now.view.item(id) !== undefined);
	if (cursor === undefined && marks.length === now.screen.marks.length) return undefined;
	return {...(cursor === undefined ? {} : {cursor}), ...(marks.length === now.screen.marks.length ? {} : {marks})};
}

type Rows = ReadonlyArray<Readonly<{id: string}>>;

/** undefined: it stays on its row, or had none. */
function movedCursor(before: Rows, after: Rows, cursor: string | undefined): string | undefined {
	if (cursor === undefined || after.some(({id}) => id === cursor)) return undefined;
	return nearestLeft(
		before.map(({id}) => id),
		new Set(after.map(({id}) => id)),
		cursor,
	);
}

function sameRowsWanted(a: TableScreen, b: TableScreen): boolean {
	return (
		a.kind === b.kind &&
		a.namespace === b.namespace &&
		a.labelSelector === b.labelSelector &&
		a.fieldSelector === b.fieldSelector &&
		a.filter === b.filter &&
		a.faultsOnly === b.faultsOnly
	);
}
