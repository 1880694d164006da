import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellText} from '../../source/core/cell-text.ts';
import type {ServerColumn} from '../../source/core/feed.ts';
import {genericKind} from '../../source/core/generic-kind.ts';
import type {PrintedCell} from '../../source/core/kubernetes.ts';
import type {ResourceType} from '../../source/core/resource-type.ts';
import type {Tone} from '../../source/core/tone.ts';
import {nothingBeside, tableItem} from '../tools/table-item.ts';

const widgets: ResourceType = {
	group: 'shop.example.test',
	version: 'v1',
	plural: 'widgets',
	kind: 'Widget',
	singular: 'widget',
	namespaced: true,
	verbs: ['list', 'watch'],
	shortNames: [],
	categories: [],
	subresources: [],
	preferred: true,
	state: 'current',
};
const now = Date.parse('2026-11-21T14:00:00Z');
const context = {now, beside: nothingBeside};
const column = (name: string, type = 'string', rest: Partial<ServerColumn> = {}): ServerColumn => ({
	name,
	type,
	format: '',
	description: '',
	priority: 0,
	...rest,
});
const nameColumn = column('Name', 'string', {format: 'name'});

function itemOf(columns: readonly ServerColumn[], cells: readonly PrintedCell[], created = '2026-11-21T13:00:00Z', deleted?: string) {
	return tableItem({
		columns: columns.map(({name}) => name),
		cells,
		meta: {name: 'w-1', namespace: 'shop', creationTimestamp: created, ...(deleted ? {deletionTimestamp: deleted} : {})},
		printedAt: now - 60_000,
	});
}

test('the server’s columns, typed by what they hold', () => {
	const columns = [
		nameColumn,
		column('Replicas', 'integer'),
		column('Port(s)'),
		column('Enabled', 'boolean'),
		column('Renewed', 'date'),
		column('Since', 'date'),
		column('Age', 'date'),
		column('Host', 'string', {priority: 1}),
	];
	const kind = genericKind(widgets, columns);
	assert.deepEqual(
		kind.columns.map(({id, title, align, wide}) => [id, title, align, wide]),
		[
			['name', 'NAME', undefined, undefined],
			['replicas', 'REPLICAS', 'end', undefined],
			['ports', 'PORT(S)', undefined, undefined],
			['enabled', 'ENABLED', undefined, undefined],
			['renewed', 'RENEWED', 'end', undefined],
			['since', 'SINCE', 'end', undefined],
			['host', 'HOST', undefined, true],
			['age', 'AGE', 'end', undefined],
		],
	);
	const item = itemOf(columns, ['w-1', 3, '80,443', false, '5m', '2026-11-21T12:00:00Z', '1h', 'n1']);
	assert.deepEqual(
		kind.columns.map(each => cellText(each.cell(item, context), now)),
		// `5m` was printed a minute ago.
		['w-1', '3', '80,443', 'false', '6m', '120m', 'n1', '60m'],
	);
	assert.equal(kind.columns[1]?.cell(item, context).type, 'number');
	assert.deepEqual([kind.apiVersion, kind.kind, kind.scope, kind.mode, kind.sort.by], ['shop.example.test/v1', 'Widget', 'namespaced', 'metadata', 'name']);
});

test('without columns: name and age', () => {
	assert.deepEqual(
		genericKind({...widgets, namespaced: false}, []).columns.map(({id}) => id),
		['name', 'age'],
	);
});

test('the generic converter’s Created At is the age', () => {
	assert.deepEqual(
		genericKind(widgets, [nameColumn, column('Created At', 'date')]).columns.map(({id}) => id),
		['name', 'age'],
	);
});

test('two columns of one title have two ids', () => {
	assert.deepEqual(
		genericKind(widgets, [nameColumn, column('Class'), column('Class')]).columns.map(({id}) => id),
		['name', 'class', 'class-2', 'age'],
	);
});

const tones: ReadonlyArray<readonly [column: string, cell: PrintedCell, tone: Tone, why?: string]> = [
	['Status', 'Running', 'ok'],
	['Status', 'Failed', 'error', 'Status Failed'],
	['State', 'Degraded', 'warning', 'State Degraded'],
	['Phase', 'In Progress', 'progressing'],
	['Phase', 'Succeeded', 'muted'],
	['Sync Status', 'OutOfSync', 'warning', 'Sync Status OutOfSync'],
	['Health', 'Unknown', 'unknown', 'Health Unknown'],
	['Status', 'Deleting', 'terminating'],
	['Status', 'Whatever', 'text'],
	['Ready', 'True', 'ok'],
	['Ready', true, 'ok'],
	['Ready', 'False', 'error', 'Ready False'],
	['Ready', '1/3', 'warning', 'Ready 1/3'],
	['Ready', '0/3', 'error', 'Ready 0/3'],
	['Ready', '3/3', 'ok'],
	['Available', 'False (MissingEndpoints)', 'error', 'Available False (MissingEndpoints)'],
	['Established', 'Unknown', 'unknown', 'Established Unknown'],
	['Ready', undefined, 'text'],
	['Colour', 'Failed', 'text'],
];
for (const [title, cell, tone, why] of tones) {
	test(`${title} ${String(cell)} is ${tone}`, () => {
		const columns = [nameColumn, column(title)];
		const kind = genericKind(widgets, columns);
		const item = itemOf(columns, ['w-1', cell]);
		assert.equal(kind.tone?.(item, context), tone);
		assert.equal(kind.why?.(item, context), why);
		assert.equal(kind.tonedColumn, title === 'Colour' ? undefined : title.toLowerCase().replace(' ', '-'));
	});
}

test('a word in the status goes before Ready, an unknown word does not', () => {
	const columns = [nameColumn, column('Ready'), column('Status')];
	const kind = genericKind(widgets, columns);
	assert.equal(kind.tone?.(itemOf(columns, ['w-1', 'False', 'Suspended']), context), 'muted');
	assert.equal(kind.tone?.(itemOf(columns, ['w-1', 'False', 'Some words of an operator']), context), 'error');
});

test('what was just made may not be ready yet; what is deleted is that first', () => {
	const columns = [nameColumn, column('Ready')];
	const kind = genericKind(widgets, columns);
	assert.equal(kind.tone?.(itemOf(columns, ['w-1', 'False'], '2026-11-21T13:59:30Z'), context), 'progressing');
	assert.equal(kind.tone?.(itemOf(columns, ['w-1', 'False'], undefined, '2026-11-21T13:59:30Z'), context), 'terminating');
});
