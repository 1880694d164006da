import type {ClusterView} from '../check.ts';
import type {Finding} from '../finding.ts';
import type {KubeObject} from '../kubernetes.ts';
import {type GridEnds, isDns, namespaceEnds, usualPorts} from './policy/grid-ends.ts';
import {namespaceModel} from './policy/namespace-grid.ts';
import {askedPorts, type GridEnd, gridCell, whyCell} from './policy/policy-grid.ts';
import {policyEnforcer} from './policy/policy-enforcer.ts';
import {type PolicyGroup, policyGroups} from './policy/policy-groups.ts';
import {type PortWish, portWishText, readPortWish} from './policy/policy-port.ts';
import {type PolicyWorld, policyWorld} from './policy/policy-world.ts';
import {whomReaches, whoReaches} from './policy/reachability.ts';
import type {WhatIf} from './policy/what-if.ts';
import type {CellChange, PolicyModel, PolicyRow} from './policy-model.ts';

export type PolicyWish = Readonly<{
	/** undefined: the namespaces among themselves. */
	namespace?: string;
	/** As readPortWish has it; undefined: the port of each receiver. */
	port?: string;
	row?: string;
	column?: string;
	/** Only lines in which something is denied or unknown. */
	faultsOnly?: boolean;
	whatIf?: WhatIf;
	findings?: readonly Finding[];
}>;

/** From here on namespaces are compared by their coarse groups: every pair is looked at, and there are as many as the square of it. */
const mostGroups = 300;

/** Everything the Policy tab shows, for one moment of the cluster. */
export function policyModel(view: ClusterView, wish: PolicyWish): PolicyModel {
	const current = policyWorld(view);
	const world = wish.whatIf ? policyWorld(view, wish.whatIf.policies) : current;
	const groups = policyGroups(world, view.all('pods'));
	const {namespace} = wish;
	const of = {
		readable: world.readable,
		...(namespace === undefined ? {} : {namespace}),
		policies: world.policies.filter(({metadata}) => namespace === undefined || metadata.namespace === namespace).length,
		enforcer: policyEnforcer(view),
		notEvaluated: [...Map.groupBy(world.others, ({api}) => api)].map(([api, list]) => ({api, count: list.length})),
		findings: (wish.findings ?? []).filter(({id, subject}) => id.startsWith('NP_') && (namespace === undefined || subject.namespace === namespace)),
	};
	const portOf = portFor(view, wish.port);
	if (namespace === undefined) {
		const few = groups.length > mostGroups ? policyGroups(world, view.all('pods'), true) : groups;
		return {...of, ...namespaceModel({world, groups: few, portOf, row: wish.row, column: wish.column, faultsOnly: wish.faultsOnly === true})};
	}
	const ends = namespaceEnds(world, groups, namespace);
	const grid = gridOf(world, ends, portOf, wish.faultsOnly === true);
	const cursor = cursorOf(grid.rows, ends.columns, wish);
	const probe = cursor && probeOf(view, ends, portOf, cursor);
	return {
		...of,
		level: 'groups',
		rows: grid.rows,
		columns: ends.columns.map(end => ({id: end.id, title: end.title, port: portWishText(portOf(end))})),
		hiddenRows: ends.hiddenRows + grid.left,
		hiddenColumns: ends.hiddenColumns,
		...(probe ? {probe} : {}),
		...(cursor ? {cursor, ...whyOf(world, ends, portOf, cursor), ...reachOf({world, groups, ends, portOf}, cursor)} : {}),
		...(wish.whatIf ? {whatIf: {...wish.whatIf, changes: changesOf(current, world, ends, portOf)}} : {}),
	};
}

function portFor(view: ClusterView, text: string | undefined): (end: GridEnd) => PortWish {
	const wish = text === undefined ? undefined : readPortWish(text);
	return wish ? () => wish : usualPorts(view);
}

function gridOf(
	world: PolicyWorld,
	ends: GridEnds,
	portOf: (end: GridEnd) => PortWish,
	faultsOnly: boolean,
): Readonly<{rows: readonly PolicyRow[]; left: number}> {
	const columns = ends.columns.map(column => ({column, ports: askedPorts(column, portOf(column))}));
	const all = ends.rows.map(row => ({
		id: row.id,
		title: row.title,
		pods: row.group?.pods ?? 0,
		policies: new Set([...world.isolating(row.from, 'egress'), ...world.isolating(row.from, 'ingress')]).size,
		cells: columns.map(({column, ports}) => ({state: gridCell(world, row, column, ports)})),
	}));
	const rows = faultsOnly ? all.filter(({cells}) => cells.some(({state}) => state === 'denied' || state === 'unknown')) : all;
	return {rows, left: all.length - rows.length};
}

type Cell = Readonly<{row: string; column: string}>;

/** The cell asked for, else one that keeps a sender from DNS where that is a finding, else the first that is denied, else the first. */
function cursorOf(rows: readonly PolicyRow[], columns: readonly GridEnd[], {row, column, findings = []}: PolicyWish): Cell | undefined {
	const dns = findings.some(isDnsFault) ? columns.findIndex(({group}) => group !== undefined && isDns(group)) : -1;
	const lacksDns = ({cells}: PolicyRow): boolean => cells[dns]?.state === 'denied';
	const worst = rows.find(lacksDns) ?? rows.find(one => one.cells.some(({state}) => state === 'denied')) ?? rows[0];
	const shown = rows.find(({id}) => id === row) ?? worst;
	if (!shown) return undefined;
	const denied = (lacksDns(shown) ? columns[dns] : columns[shown.cells.findIndex(({state}) => state === 'denied')]) ?? columns[0];
	const found = columns.find(({id}) => id === column) ?? denied;
	return found && {row: shown.id, column: found.id};
}

function isDnsFault({id, severity}: Finding): boolean {
	return id === 'NP_EGRESS_BLOCKS_DNS' && severity !== 'info';
}

/** Where traffic would show what the cell says: DNS from its sender, else the path to a pod of its receiver by TCP. */
function probeOf(view: ClusterView, {rows, columns}: GridEnds, portOf: (end: GridEnd) => PortWish, cursor: Cell): PolicyModel['probe'] {
	const [from, to] = [rows.find(({id}) => id === cursor.row)?.from, columns.find(({id}) => id === cursor.column)];
	const nameOf = (uid: string | undefined): Pick<KubeObject['metadata'], 'namespace' | 'name'> | undefined =>
		view.all('pods').find(({metadata}) => metadata.uid === uid && uid !== '')?.metadata;
	const [sender, receiver] = [nameOf(from?.uid), nameOf(to?.to.uid)];
	if (!sender || !receiver || !to) return undefined;
	const client = `${sender.namespace ?? ''}/${sender.name}`;
	if (to.group && isDns(to.group)) return {tab: 'dns', from: client};
	const wish = portOf(to);
	const [port] = askedPorts(to, wish).numbers;
	return wish.protocol === 'TCP' && port !== undefined
		? {tab: 'path', from: client, target: `pod/${receiver.name}.${receiver.namespace ?? ''}:${port}`}
		: undefined;
}

function whyOf(world: PolicyWorld, {rows, columns}: GridEnds, portOf: (end: GridEnd) => PortWish, cursor: Cell): Pick<PolicyModel, 'why'> {
	const [from, to] = [rows.find(({id}) => id === cursor.row), columns.find(({id}) => id === cursor.column)];
	if (!from || !to) return {};
	return {why: whyCell(world, from, to, portOf(to))};
}

type Place = Readonly<{world: PolicyWorld; groups: readonly PolicyGroup[]; ends: GridEnds; portOf: (end: GridEnd) => PortWish}>;

/** Left out where every group would have to be asked about, and there are thousands. */
function reachOf({world, groups, ends, portOf}: Place, cursor: Cell): Pick<PolicyModel, 'reach'> {
	const [from, to] = [ends.rows.find(({id}) => id === cursor.row), ends.columns.find(({id}) => id === cursor.column)];
	if (!from || !to || groups.length > mostGroups) return {};
	const wish = portOf(to);
	const into = whoReaches({world, groups, wish}, to.to);
	return {reach: {port: portWishText(wish), into, outOf: whomReaches({world, groups, wish: {protocol: 'TCP'}}, from.from)}};
}

function changesOf(before: PolicyWorld, after: PolicyWorld, {rows, columns}: GridEnds, portOf: (end: GridEnd) => PortWish): readonly CellChange[] {
	return rows.flatMap(row =>
		columns.flatMap(column => {
			const wish = portOf(column);
			const ports = askedPorts(column, wish);
			const [was, is] = [gridCell(before, row, column, ports), gridCell(after, row, column, ports)];
			return was === is ? [] : [{row: row.id, column: column.id, port: portWishText(wish), before: was, after: is}];
		}),
	);
}
