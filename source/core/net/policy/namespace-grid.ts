import type {PolicyCell, PolicyModel, PolicyRow} from '../policy-model.ts';
import {type AskedPorts, askedPorts, type GridCell, type GridEnd, gridCell, gridEnd, whyCell} from './policy-grid.ts';
import type {PolicyGroup} from './policy-groups.ts';
import type {PortWish} from './policy-port.ts';
import type {PolicyWorld} from './policy-world.ts';

export type NamespaceGridWish = Readonly<{
	world: PolicyWorld;
	groups: readonly PolicyGroup[];
	portOf: (end: GridEnd) => PortWish;
	row: string | undefined;
	column: string | undefined;
	faultsOnly: boolean;
}>;

/** Wider grids are read by nobody. */
const mostNamespaces = 60;
type Place = Readonly<{id: string; ends: readonly GridEnd[]}>;
type Asked = Readonly<{wish: PortWish; ports: AskedPorts}>;
type AskedOf = (end: GridEnd) => Asked;

/** The namespaces among themselves: of each pair how many pairs of their groups are admitted, at the port of each receiver. */
export function namespaceModel(wish: NamespaceGridWish): Pick<PolicyModel, 'level' | 'rows' | 'columns' | 'hiddenRows' | 'hiddenColumns' | 'cursor' | 'why'> {
	const {world, groups, portOf, faultsOnly} = wish;
	const places = [...Map.groupBy(groups, ({namespace}) => namespace)].map(([id, members]) => ({id, ends: members.map(group => gridEnd(group))}));
	const shown = places.slice(0, mostNamespaces);
	const asked = new Map(shown.flatMap(({ends}) => ends.map(end => [end, askedOf(end, portOf(end))] as const)));
	const ask: AskedOf = end => asked.get(end) ?? askedOf(end, {protocol: 'TCP'});
	const all = shown.map(from => rowOf(world, from, shown, ask));
	const rows = faultsOnly ? all.filter(({cells}) => cells.some(({state}) => state === 'denied' || state === 'unknown')) : all;
	const cursor = cursorOf(rows, shown, wish);
	const why = cursor && whyOf(world, shown, ask, cursor);
	return {
		level: 'namespaces',
		rows,
		columns: shown.map(({id}) => ({id, title: id, port: 'its ports'})),
		hiddenRows: places.length - rows.length,
		hiddenColumns: places.length - shown.length,
		...(cursor ? {cursor} : {}),
		...(why ? {why} : {}),
	};
}

function askedOf(end: GridEnd, wish: PortWish): Asked {
	return {wish, ports: askedPorts(end, wish)};
}

function rowOf(world: PolicyWorld, from: Place, places: readonly Place[], ask: AskedOf): PolicyRow {
	return {
		id: from.id,
		title: from.id,
		pods: from.ends.reduce((sum, {group}) => sum + (group?.pods ?? 0), 0),
		policies: world.policies.filter(({metadata}) => metadata.namespace === from.id).length,
		cells: places.map(to =>
			summed(to.ends.map(end => [end, ask(end).ports] as const).flatMap(([end, ports]) => from.ends.map(sender => gridCell(world, sender, end, ports)))),
		),
	};
}

function pairs(from: Place, to: Place): ReadonlyArray<readonly [GridEnd, GridEnd]> {
	return from.ends.flatMap(a => to.ends.map(b => [a, b] as const));
}

/** What most needs to be seen of many cells: denied where nobody is admitted, else as it is for those that are. */
function summed(cells: readonly GridCell[]): PolicyCell {
	const counted = cells.filter(cell => cell !== 'not-meaningful');
	const of = (...states: readonly GridCell[]): number => counted.filter(cell => states.includes(cell)).length;
	if (counted.length === 0) return {state: 'not-meaningful'};
	const admitted = of('allowed', 'any-port', 'open');
	const state: GridCell = of('denied') > 0 ? 'denied' : of('unknown') > 0 ? 'unknown' : of('open') === counted.length ? 'open' : 'allowed';
	return {state, admitted, pairs: counted.length};
}

function cursorOf(rows: readonly PolicyRow[], places: readonly Place[], {row, column}: NamespaceGridWish): PolicyModel['cursor'] {
	const worst = rows.find(({cells}) => cells.some(({state}) => state === 'denied')) ?? rows[0];
	const shown = rows.find(({id}) => id === row) ?? worst;
	if (!shown) return undefined;
	const denied = places[shown.cells.findIndex(({state}) => state === 'denied')] ?? places[0];
	return {row: shown.id, column: places.find(({id}) => id === column)?.id ?? denied?.id ?? ''};
}

/** The first pair that is not admitted, else the first that means anything. */
function whyOf(world: PolicyWorld, places: readonly Place[], ask: AskedOf, cursor: NonNullable<PolicyModel['cursor']>): PolicyModel['why'] {
	const [from, to] = [places.find(({id}) => id === cursor.row), places.find(({id}) => id === cursor.column)];
	if (!from || !to) return undefined;
	const judged = pairs(from, to).map(([a, b]) => ({a, b, port: ask(b).wish, cell: gridCell(world, a, b, ask(b).ports)}));
	const found = judged.find(({cell}) => cell === 'denied') ?? judged.find(({cell}) => cell === 'unknown') ?? judged.find(({cell}) => cell !== 'not-meaningful');
	return found && whyCell(world, found.a, found.b, found.port);
}
