import assert from 'node:assert/strict';
import {test} from 'node:test';
import {changedCells, keepRow, projectRow} from '../../source/core/project.ts';
import type {ResourceKind} from '../../source/core/resource-kind.ts';
import type {Cell, Column, Row} from '../../source/core/table.ts';
import {podItem} from '../tools/frames.ts';
import {nothingBeside} from '../tools/table-item.ts';

const context = {now: 1000, beside: nothingBeside};
const column = (id: string, cell: Column['cell']): Column => ({id, title: id.toUpperCase(), cell});
const kind: ResourceKind = {apiVersion: 'v1', kind: 'Pod', plural: 'pods', aliases: [], scope: 'namespaced', mode: 'metadata', columns: [], sort: {by: 'name'}};
const fail = (): never => {
	throw new Error('a status nobody thought of');
};

test('a row is its cells by column, with its identity', () => {
	const item = podItem('web-1');
	const row = projectRow({...kind, tone: () => 'ok'}, [column('name', ({meta}) => ({type: 'text', text: meta.name}))], item, context);
	assert.deepEqual(row, {id: 'uid-shop-web-1', ref: item.ref, meta: item.meta, cells: [{type: 'text', text: 'web-1'}], tone: 'ok'});
});

test('a column or a rule that throws costs its own cell', () => {
	const row = projectRow({...kind, tone: fail}, [column('bad', fail), column('good', () => ({type: 'text', text: 'x'}))], podItem('a'), context);
	assert.deepEqual(row.cells, [
		{type: 'text', text: '!', tone: 'error'},
		{type: 'text', text: 'x'},
	]);
	assert.equal(row.tone, 'unknown');
});

test('without a rule what is being deleted is terminating', () => {
	const item = podItem('a');
	assert.equal(projectRow(kind, [], item, context).tone, 'text');
	assert.equal(projectRow(kind, [], {...item, meta: {...item.meta, deletionTimestamp: '2026-01-01T00:00:00Z'}}, context).tone, 'terminating');
});

const rowOf = (cells: readonly Cell[], more: Partial<Row> = {}): Row => ({
	id: 'a',
	ref: {apiVersion: 'v1', kind: 'Pod', name: 'a'},
	meta: {name: 'a'},
	cells,
	tone: 'ok',
	...more,
});

test('a row that draws the same stays the same object', () => {
	const before = rowOf([
		{type: 'text', text: 'x'},
		{type: 'number', value: 3, unit: 'count', since: 100},
	]);
	assert.equal(
		keepRow(
			before,
			rowOf([
				{type: 'text', text: 'x'},
				{type: 'number', value: 3, unit: 'count', since: 900},
			]),
		),
		before,
	);
	const changed = rowOf([
		{type: 'text', text: 'y'},
		{type: 'number', value: 3, unit: 'count', since: 100},
	]);
	assert.equal(keepRow(before, changed), changed);
	assert.deepEqual(changedCells(before, changed), [0]);
	for (const other of [rowOf(before.cells, {tone: 'error'}), rowOf(before.cells.slice(1)), rowOf(before.cells, {meta: {name: 'a', labels: {}}})])
		assert.equal(keepRow(before, other), other);
	assert.equal(keepRow(undefined, before), before);
});

test('an age that began at another time is another cell', () => {
	const [a, b] = [rowOf([{type: 'age', since: 1}]), rowOf([{type: 'age', since: 2}])];
	assert.deepEqual(changedCells(a, b), [0]);
	assert.deepEqual(changedCells(rowOf([{type: 'age'}]), b), [0]);
});
