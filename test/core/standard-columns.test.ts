import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {PrintedCell} from '../../source/core/kubernetes.ts';
import {
	age,
	annotated,
	columnId,
	count,
	durationCell,
	labels,
	name,
	namespaceColumn,
	quantity,
	ratio,
	restarts,
	server,
} from '../../source/core/standard-columns.ts';
import type {Cell, Column} from '../../source/core/table.ts';
import {nothingBeside, tableItem} from '../tools/table-item.ts';

const now = Date.parse('2026-11-21T14:00:00Z');
const minute = 60_000;

function cell(column: Column, title: string, printed: PrintedCell, printedAt?: number): Cell {
	const item = tableItem({columns: [title], cells: [printed], meta: {name: 'web'}, ...(printedAt === undefined ? {} : {printedAt})});
	return column.cell(item, {now, beside: nothingBeside});
}

const typed: ReadonlyArray<readonly [Column, string, PrintedCell, Cell]> = [
	[server('Type'), 'Type', 'ClusterIP', {type: 'text', text: 'ClusterIP'}],
	[server('Type'), 'Type', '<none>', {type: 'text', text: ''}],
	[server('Type'), 'Type', undefined, {type: 'text', text: ''}],
	[server('External-IP'), 'External-IP', '<pending>', {type: 'text', text: '<pending>'}],
	[server('Webhooks'), 'Webhooks', 3, {type: 'number', value: 3, unit: 'count'}],
	[server('Suspend'), 'Suspend', false, {type: 'text', text: 'false'}],
	[count('MinPods'), 'MinPods', '2', {type: 'number', value: 2, unit: 'count'}],
	[count('MinPods'), 'MinPods', '<unset>', {type: 'text', text: ''}],
	[count('Desired'), 'Desired', 0, {type: 'number', value: 0, unit: 'count'}],
	[ratio('Ready'), 'Ready', '1/3', {type: 'ratio', have: 1, want: 3}],
	[ratio('Completions'), 'Completions', '0/1 of 3', {type: 'text', text: '0/1 of 3'}],
	[ratio('Ready', {faults: true}), 'Ready', '1/3', {type: 'ratio', have: 1, want: 3, tone: 'warning'}],
	[ratio('Ready', {faults: true}), 'Ready', '0/3', {type: 'ratio', have: 0, want: 3, tone: 'error'}],
	[ratio('Ready', {faults: true}), 'Ready', '0/0', {type: 'ratio', have: 0, want: 0}],
	[quantity('Capacity'), 'Capacity', '5Gi', {type: 'number', value: 5 * 1024 ** 3, unit: 'bytes'}],
	[quantity('Capacity'), 'Capacity', '', {type: 'number', unit: 'bytes'}],
	[restarts, 'Restarts', '0', {type: 'number', value: 0, unit: 'count'}],
	[restarts, 'Restarts', 4, {type: 'number', value: 4, unit: 'count'}],
	[restarts, 'Restarts', '31 (48s ago)', {type: 'number', value: 31, unit: 'count', since: now - 48_000, tone: 'warning'}],
	[restarts, 'Restarts', '3 (12m ago)', {type: 'number', value: 3, unit: 'count', since: now - 12 * minute}],
	[restarts, 'Restarts', 'many', {type: 'text', text: 'many'}],
];
for (const [column, title, printed, expected] of typed) {
	test(`${title} ${String(printed)}`, () => assert.deepEqual(cell(column, title, printed), expected));
}

test('a printed age is counted from when it was printed', () => {
	assert.deepEqual(cell(restarts, 'Restarts', '2 (9m ago)', now - 2 * minute), {type: 'number', value: 2, unit: 'count', since: now - 11 * minute});
});

test('what every object has', () => {
	const item = tableItem({
		columns: [],
		cells: [],
		meta: {name: 'web', namespace: 'shop', creationTimestamp: '2026-11-21T13:00:00Z', labels: {app: 'web', tier: 'front'}, annotations: {default: 'true'}},
	});
	const context = {now, beside: nothingBeside};
	assert.deepEqual(name.cell(item, context), {type: 'text', text: 'web'});
	assert.deepEqual(namespaceColumn.cell(item, context), {type: 'text', text: 'shop'});
	assert.deepEqual(age.cell(item, context), {type: 'age', since: now - 60 * minute});
	assert.deepEqual(labels.cell(item, context), {type: 'text', text: 'app=web,tier=front'});
	assert.deepEqual(annotated('Default', 'default').cell(item, context), {type: 'text', text: 'yes'});
	const plain = tableItem({columns: [], cells: [], meta: {name: 'web'}});
	assert.deepEqual(namespaceColumn.cell(plain, context), {type: 'text', text: ''});
	assert.deepEqual(age.cell(plain, context), {type: 'age'});
	assert.deepEqual(labels.cell(plain, context), {type: 'text', text: ''});
});

test('a duration ends, runs or has not begun', () => {
	assert.deepEqual(durationCell(now - minute, now), {type: 'duration', ms: minute});
	assert.deepEqual(durationCell(now - minute, undefined), {type: 'duration', from: now - minute});
	assert.deepEqual(durationCell(undefined, undefined), {type: 'duration'});
});

test('ids for filters', () => {
	const ids = ['Port(s)', 'Access Modes', 'Up-to-date', 'CPU%', 'Cluster-IP', 'PreemptionPolicy'].map(columnId);
	assert.deepEqual(ids, ['ports', 'access-modes', 'up-to-date', 'cpu%', 'cluster-ip', 'preemptionpolicy']);
});
