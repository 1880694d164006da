import type {Line} from '../core/line.ts';
import type {PageSetting} from '../core/page.ts';
import type {ResourceType} from '../core/resource-type.ts';
import type {TableScreen} from '../core/screen.ts';
import type {TableSnapshot} from '../core/table.ts';
import {type TableStateFacts, tableStateLines} from '../pages/table-states.ts';

export type InsteadFacts = Readonly<{
	screen: TableScreen;
	type: ResourceType;
	snapshot: TableSnapshot;
	openedAt: number;
	whoCan: readonly string[] | undefined;
	note: string | undefined;
}>;

/** In the place of rows: why there are none. */
export function insteadOfRows(facts: InsteadFacts, setting: PageSetting): readonly Line[] {
	const {screen, type, snapshot, openedAt, whoCan, note} = facts;
	const all: TableStateFacts = {
		screen,
		type,
		snapshot,
		waitedMs: setting.now - openedAt,
		...(whoCan === undefined ? {} : {whoCan}),
		...(note === undefined ? {} : {note}),
	};
	return tableStateLines(all, setting);
}
