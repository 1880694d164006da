import type {ResourceType} from '../core/resource-type.ts';
import type {Cell, Column, Row} from '../core/table.ts';
import {never} from '../core/never.ts';

/** A row as a record for `-o jsonl`: typed cells with their unit in the field name, missing ones null. */
export type RowFields = Readonly<Record<string, unknown>>;

/** Columns whose id is short for the screen. */
const fullNames: Readonly<Record<string, string>> = {mem: 'memory', ns: 'namespace', cap: 'capacity'};
/** What says which object it is stands first and cannot be replaced by a column of the same name. */
const identity = new Set(['kind', 'namespace', 'name', 'tone', 'labels']);

/**
 * `{"kind":"Pod","namespace":"shop","name":"web","tone":"ok","readyHave":1,"readyWant":1,"restarts":0,"cpuMillicores":38,
 * "memoryBytes":126877696,"ageSeconds":540,...,"labels":{...}}`. `now`: server time, ms since the epoch.
 */
export function rowFields(row: Row, columns: readonly Column[], type: ResourceType, now: number): RowFields {
	const fields: Record<string, unknown> = {kind: type.kind, namespace: row.ref.namespace ?? null, name: row.ref.name, tone: row.tone};
	for (const [index, column] of columns.entries()) {
		const cell = row.cells[index];
		if (cell === undefined || column.id === 'name' || column.id === 'namespace' || column.id === 'labels') continue;
		for (const [field, value] of cellFields(fieldName(column.id), cell, now)) fields[identity.has(field) ? `${field}Cell` : field] = value;
	}
	return {...fields, labels: row.meta.labels ?? {}};
}

function cellFields(name: string, cell: Cell, now: number): ReadonlyArray<readonly [string, unknown]> {
	switch (cell.type) {
		case 'text':
			return [[name, cell.text === '' ? null : cell.text], ...since(name, cell.since, now)];
		case 'number':
			return [[`${name}${units[cell.unit]}`, cell.value ?? null], ...since(name, cell.since, now)];
		case 'ratio':
			return [
				[`${name}Have`, cell.have],
				[`${name}Want`, cell.want],
			];
		case 'age':
			return [[`${name}Seconds`, seconds(cell.since === undefined ? undefined : now - cell.since)]];
		case 'duration':
			return [[`${name}Seconds`, seconds(cell.ms ?? (cell.from === undefined ? undefined : now - cell.from))]];
		default:
			return never(cell);
	}
}

const units = {count: '', millicores: 'Millicores', bytes: 'Bytes', percent: 'Percent'} as const;

function since(name: string, at: number | undefined, now: number): ReadonlyArray<readonly [string, unknown]> {
	return at === undefined ? [] : [[`${name}SinceSeconds`, seconds(now - at)]];
}

function seconds(ms: number | undefined): number | null {
	return ms === undefined ? null : Math.round(ms / 1000);
}

/** `up-to-date` -> `upToDate`, `cpu%req` -> `cpuReq`. */
function fieldName(id: string): string {
	const words = (fullNames[id] ?? id).split(/[^\p{L}\p{N}]+/u).filter(word => word !== '');
	return words.map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join('') || 'column';
}
