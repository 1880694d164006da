import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain, span} from '../../source/core/line.ts';
import {lineWidth} from '../../source/core/cut-line.ts';
import {layoutColumns} from '../../source/pages/columns.ts';

const specs = [
	{title: 'NAME', min: 6, cut: 'middle'},
	{title: 'N', align: 'end'},
	{title: 'NOTE', min: 4, drop: 2},
	{title: 'IMAGE', min: 4, ideal: 10, cut: 'front', drop: 1},
] as const;
const rows = [
	['checkout-xw8pl', '7', 'a note', 'registry/web:1'],
	['db', '12', '', 'pg:1'],
].map(row => row.map(text => span(text)));

function text(columns: number): readonly string[] {
	const table = layoutColumns(specs, rows, columns, '~');
	return [table.head, ...table.rows].map(one => plain(one).trimEnd());
}

test('with room every column has its natural width, numbers stand right', () => {
	assert.deepEqual(text(60), ['NAME             N  NOTE    IMAGE', 'checkout-xw8pl   7  a note  registry/web:1', 'db              12          pg:1']);
});

test('then columns shrink, each cut where it may be', () => {
	assert.deepEqual(
		text(34),
		['NAME         N  NOTE    IMAGE', 'check~w8pl   7  a note  ~try/web:1', 'db          12          pg:1'].map(line => line),
	);
});

test('then they leave in their order, and are named', () => {
	const table = layoutColumns(specs, rows, 26, '~');
	assert.deepEqual(table.dropped, ['NOTE']);
	assert.deepEqual(layoutColumns(specs, rows, 16, '~').dropped, ['NOTE', 'IMAGE']);
});

test('never wider than asked for while the columns that stay have room for their least width', () => {
	for (let columns = 10; columns < 80; columns++) {
		const table = layoutColumns(specs, rows, columns, '~');
		for (const one of [table.head, ...table.rows]) assert.ok(lineWidth(one) <= columns, `${columns}: ${plain(one)}`);
	}
});

test('texts are made safe before they are measured', () => {
	assert.deepEqual(layoutColumns([{title: 'A'}, {title: 'B'}], [[span('x\u0007'), span('日本')]], 40, '~').rows.map(plain), ['x\\x07  日本']);
});
