import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {humanDuration, parseHumanDuration} from '../../source/core/age.ts';
import {cellText} from '../../source/core/cell-text.ts';
import type {Item, KubeObject, Meta, PrintedCell} from '../../source/core/kubernetes.ts';
import type {ResourceKind} from '../../source/core/resource-kind.ts';
import type {Beside, CellContext} from '../../source/core/table.ts';
import type {Tone} from '../../source/core/tone.ts';
import {fixturePath} from './repository.ts';
import {nothingBeside, tableItem} from './table-item.ts';

/** A row of a real server's Table with its whole object: test/fixtures/objects/<plural>/<name>.json. */
export type Fixture = Readonly<{columns: readonly string[]; cells: readonly PrintedCell[]; object: KubeObject}>;

/** What is changed about the fixture, and what must come out. */
export type KindCase = Readonly<{
	name: string;
	/** Printed cells that differ, by column name. */
	cells?: Readonly<Record<string, PrintedCell>>;
	meta?: Partial<Meta>;
	/** Fields of the object that differ; records are merged, lists replaced, undefined removes. */
	object?: Readonly<Record<string, unknown>>;
	/** Without the whole object, as in metadata mode. */
	bare?: boolean;
	/** How old the object is; 1h unless told. */
	age?: string;
	beside?: Beside;
	serverVersion?: string;
	tone: Tone;
	why?: string;
	/** For how long it has not been well, by what its row alone tells. */
	troubledFor?: string;
	/** Texts of cells, by column id. */
	shows?: Readonly<Record<string, string>>;
}>;

export type KindExpectation = Readonly<{
	fixture: string;
	/** Texts of all cells, by column id, of the fixture as it is, an hour old. */
	shows: Readonly<Record<string, string>>;
	cases?: readonly KindCase[];
	beside?: Beside;
	/** Columns that only some servers print. */
	optional?: readonly string[];
}>;

/** Reads a fixture row. Throws where there is none. */
export function readFixture(plural: string, name: string): Fixture {
	// The files are written in this shape; a wrong one fails the tests that use it.
	return JSON.parse(readFileSync(fixturePath('objects', plural, `${name}.json`), 'utf8')) as Fixture;
}

/** The fixture as an item; `mode` as the kind streams it. */
export function fixtureItem(plural: string, name: string, change: Omit<KindCase, 'name' | 'tone'> = {}, asked?: (column: string) => void): Item {
	const {columns, cells, object} = readFixture(plural, name);
	const meta = merged(object.metadata, change.meta ?? {});
	// A merge of an object of that kind with fields of its own.
	const whole = {...(merged(object, change.object ?? {}) as KubeObject), metadata: meta as Meta};
	return tableItem({
		columns: [...columns, ...Object.keys(change.cells ?? {}).filter(column => !columns.includes(column))],
		cells: [
			...columns.map((column, index) => (change.cells && column in change.cells ? change.cells[column] : (cells[index] ?? undefined))),
			...Object.entries(change.cells ?? {}).flatMap(([column, cell]) => (columns.includes(column) ? [] : [cell])),
		],
		meta: whole.metadata,
		...(change.bare ? {apiVersion: object.apiVersion, kind: object.kind} : {object: whole}),
		...(asked ? {asked} : {}),
	});
}

/** One test a kind for its record and its fixture's cells, one for each case. */
export function testKind(kind: ResourceKind, expected: KindExpectation): void {
	const {plural} = kind;
	const bare = kind.mode === 'metadata';
	test(`${plural}: the record fits what the server serves`, () => {
		const {object, columns} = readFixture(plural, expected.fixture);
		assert.deepEqual([kind.apiVersion, kind.kind], [object.apiVersion, object.kind]);
		assert.equal(kind.scope, object.metadata.namespace === undefined ? 'cluster' : 'namespaced');
		const ids = kind.columns.map(({id}) => id);
		assert.deepEqual([...new Set(ids)], ids, 'ids are unique');
		assert.ok(ids.includes(kind.sort.by), `sorts by a column: ${kind.sort.by}`);
		assert.ok(!kind.tone || ids.includes(kind.tonedColumn ?? 'status'), 'the tone has a column');
		const asked = new Set<string>();
		const context = contextOf(object, {}, expected.beside);
		const item = fixtureItem(plural, expected.fixture, {bare}, column => asked.add(column));
		for (const column of kind.columns) column.cell(item, context);
		kind.tone?.(item, context);
		const known = new Set([...columns, ...(expected.optional ?? [])].map(column => column.toLowerCase()));
		assert.deepEqual(
			[...asked].filter(column => !known.has(column.toLowerCase())),
			[],
			'asks for no column the server does not print',
		);
	});
	test(`${plural}: cells`, () => {
		const {object} = readFixture(plural, expected.fixture);
		const context = contextOf(object, {}, expected.beside);
		const item = fixtureItem(plural, expected.fixture, {bare});
		assert.deepEqual(
			Object.fromEntries(kind.columns.filter(({id}) => id !== 'labels').map(column => [column.id, shown(kind, column.id, item, context)])),
			expected.shows,
		);
	});
	for (const each of expected.cases ?? []) test(`${plural}: ${each.name}`, () => checkCase(kind, expected, each));
}

function checkCase(kind: ResourceKind, expected: KindExpectation, each: KindCase): void {
	const item = fixtureItem(kind.plural, expected.fixture, {...each, bare: each.bare ?? kind.mode === 'metadata'});
	const context = contextOf(readFixture(kind.plural, expected.fixture).object, each, expected.beside);
	assert.equal(kind.tone?.(item, context) ?? 'text', each.tone);
	assert.equal(kind.why?.(item, context), each.why);
	if (each.troubledFor !== undefined) assert.equal(humanDuration(context.now - (kind.since?.(item, context) ?? Number.NaN)), each.troubledFor);
	for (const [id, text] of Object.entries(each.shows ?? {})) assert.equal(shown(kind, id, item, context), text, id);
}

function shown(kind: ResourceKind, id: string, item: Item, context: CellContext): string {
	const column = kind.columns.find(each => each.id === id);
	assert.ok(column, `there is a column ${id}`);
	return cellText(column.cell(item, context), context.now);
}

function contextOf(object: KubeObject, {age = '1h', beside, serverVersion}: Partial<KindCase>, standard: Beside | undefined): CellContext {
	const now = Date.parse(object.metadata.creationTimestamp ?? '') + (parseHumanDuration(age) ?? 0);
	return {now, beside: beside ?? standard ?? nothingBeside, ...(serverVersion === undefined ? {} : {serverVersion})};
}

/** Records are merged, everything else is replaced; undefined removes. */
function merged(base: object, change: object): object {
	const result: Record<string, unknown> = {...base};
	for (const [key, value] of Object.entries(change)) {
		const before = result[key];
		if (value === undefined) delete result[key];
		else if (isRecord(before) && isRecord(value)) result[key] = merged(before, value);
		else result[key] = value;
	}
	return result;
}

function isRecord(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
