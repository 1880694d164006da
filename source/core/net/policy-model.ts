import type {Finding} from '../finding.ts';
import type {Readability} from '../check.ts';
import type {NetworkView} from './network-view.ts';
import type {PolicyEnforcer} from './policy/policy-enforcer.ts';
import type {CellWhy, GridCell} from './policy/policy-grid.ts';
import type {Reach} from './policy/reachability.ts';

/** A cell of the grid. Between namespaces: how many pairs of their groups are admitted. */
export type PolicyCell = Readonly<{state: GridCell; admitted?: number; pairs?: number}>;

export type PolicyRow = Readonly<{
	id: string;
	/** `shop/web`; `data` between namespaces. */
	title: string;
	/** How many policies select it. */
	policies: number;
	pods: number;
	cells: readonly PolicyCell[];
}>;

/** `port`: what is asked of this receiver: `tcp/5432`. */
export type PolicyColumn = Readonly<{id: string; title: string; port: string}>;

/** A cell that the edited policies change. */
export type CellChange = Readonly<{row: string; column: string; port: string; before: GridCell; after: GridCell}>;

export type WhatIfModel = Readonly<{added: readonly string[]; replaced: readonly string[]; ignored: readonly string[]; changes: readonly CellChange[]}>;

/** What the Policy tab shows: who reaches whom, and why for the cell under the cursor. */
export type PolicyModel = Readonly<{
	readable: Readability;
	/** Whether there are groups of one namespace, or namespaces. */
	level: 'groups' | 'namespaces';
	namespace?: string;
	/** Of that namespace, or of the cluster. */
	policies: number;
	rows: readonly PolicyRow[];
	columns: readonly PolicyColumn[];
	/** Left out, because there are too many. */
	hiddenRows: number;
	hiddenColumns: number;
	/** The cell under the cursor, by id; undefined while there is none. */
	cursor?: Readonly<{row: string; column: string}>;
	/** Of the cell under the cursor. Between namespaces that of the first pair that is not admitted. */
	why?: CellWhy;
	/** Of the cell under the cursor: who reaches its receiver at its port, whom its sender reaches at all. */
	reach?: Readonly<{port: string; into: readonly Reach[]; outOf: readonly Reach[]}>;
	/** Where probes would show what the cell under the cursor says; undefined where they cannot. */
	probe?: Readonly<{tab: 'dns'; from: string} | {tab: 'path'; from: string; target: string}>;
	enforcer: PolicyEnforcer;
	/** Policy APIs that are not evaluated, with how many objects. */
	notEvaluated: ReadonlyArray<Readonly<{api: string; count: number}>>;
	/** Findings of the policy checks, for the notes. */
	findings: readonly Finding[];
	whatIf?: WhatIfModel;
}>;

/** The cell beside the cursor's: one to the left or right, one up or down; the edge holds. */
export function movedCell(
	{rows, columns, cursor}: PolicyModel,
	to: Readonly<{rows: number; columns: number}>,
): Readonly<{row: string; column: string}> | undefined {
	if (!cursor) return undefined;
	return {row: stepped(rows, cursor.row, to.rows), column: stepped(columns, cursor.column, to.columns)};
}

function stepped(list: ReadonlyArray<Readonly<{id: string}>>, id: string, by: number): string {
	const at = Math.max(
		0,
		list.findIndex(one => one.id === id),
	);
	return list[Math.min(list.length - 1, Math.max(0, at + by))]?.id ?? id;
}

/** How the lines of the grid are named among the page's lines: the cursor's line is its row. */
export const gridRowPrefix = 'row:';

/** What of a Network screen the Policy tab goes by. */
export function policyPlace(screen: NetworkView & Readonly<{cursor?: string}>): Pick<NetworkView, 'namespace' | 'port' | 'row' | 'column' | 'faultsOnly'> {
	const {cursor, namespace, port, row, column, faultsOnly} = screen;
	const moved = cursor?.startsWith(gridRowPrefix) ? cursor.slice(gridRowPrefix.length) : row;
	return {
		faultsOnly,
		...(namespace === undefined ? {} : {namespace}),
		...(port === undefined ? {} : {port}),
		...(moved === undefined ? {} : {row: moved}),
		...(column === undefined ? {} : {column}),
	};
}
