import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fitColumns, gapColumns, gutterColumns, type Layout, type LayoutOptions} from '../../source/core/layout.ts';
import type {Column} from '../../source/core/table.ts';

function column(title: string, priority?: number, align: 'start' | 'end' = 'start', more: Partial<Column> = {}): Column {
	return {id: title.toLowerCase(), title, align, ...(priority === undefined ? {} : {priority}), cell: () => ({type: 'text', text: ''}), ...more};
}

const pods: readonly Column[] = [
	column('NAMESPACE'),
	column('NAME', 1),
	column('READY', 1),
	column('STATUS', 1),
	column('RESTARTS', 2, 'end'),
	column('CPU', 3, 'end'),
	column('MEM', 3, 'end'),
	column('IP', 6),
	column('NODE', 5),
	column('AGE', 4, 'end'),
];
/** The widths of mock-up M2. */
const rows = [
	['shop', 'checkout-5b8c9f7d66-8r2vn', '0/1', 'CrashLoopBackOff', '31 (48s)', '-', '-', '10.244.2.37', 'node-a2', '9m'],
	['data', 'web-6f9c7d8b54-kq2xz', '1/2', 'Running, 1 unready', '0', '402m', '233Mi', '10.244.12.137', 'node-b2', '4d'],
	['shop', 'search-0', '1/1', 'Running', '0', '1840m', 3, 11, 7, 3],
];

function fit(options: Partial<LayoutOptions>): Layout {
	return fitColumns({columns: pods, rows, width: 80, firstColumn: 0, allNamespaces: false, ...options});
}
const titles = (layout: Layout): string => layout.shown.map(({index}) => pods[index]?.title).join(' ');
const used = (layout: Layout): number => layout.shown.reduce((sum, {width}) => sum + width, gutterColumns + gapColumns * (layout.shown.length - 1));

test('80 columns are those of the mock-up, to the cell', () => {
	const layout = fit({sortedBy: 'name'});
	assert.equal(titles(layout), 'NAME READY STATUS RESTARTS CPU MEM');
	assert.deepEqual(
		layout.shown.map(({width}) => width),
		[25, 5, 18, 8, 5, 5],
	);
	assert.equal(used(layout), 80);
	assert.deepEqual(layout.droppedRight, ['IP', 'NODE', 'AGE']);
	assert.deepEqual(layout.droppedLeft, []);
});

test('columns come back by priority, in their own order', () => {
	assert.equal(titles(fit({width: 60})), 'NAME READY STATUS');
	assert.equal(titles(fit({width: 66})), 'NAME READY STATUS RESTARTS');
	assert.equal(titles(fit({width: 86})), 'NAME READY STATUS RESTARTS CPU MEM AGE');
	assert.equal(titles(fit({width: 100})), 'NAME READY STATUS RESTARTS CPU MEM NODE AGE');
	assert.equal(titles(fit({width: 140})), 'NAME READY STATUS RESTARTS CPU MEM IP NODE AGE');
	assert.equal(titles(fit({width: 140, allNamespaces: true})), 'NAMESPACE NAME READY STATUS RESTARTS CPU MEM IP NODE AGE');
});

test('no width is exceeded, and NAME, READY and STATUS are never dropped', () => {
	for (let width = 24; width <= 160; width++) {
		for (const allNamespaces of [false, true]) {
			const layout = fit({width, allNamespaces});
			assert.ok(used(layout) <= width, `${width}: ${used(layout)}`);
			assert.match(titles(layout), /NAME READY STATUS/);
			assert.equal(layout.shown.length + layout.droppedRight.length, allNamespaces ? 10 : 9);
		}
	}
});

test('names are cut last', () => {
	const long = [['shop', 'x'.repeat(50), '1/1', 'CrashLoopBackOff', '0', '1m', '1Mi', '', '', '']];
	const layout = fit({rows: long, width: 80});
	assert.equal(layout.shown[0]?.width, 50);
	assert.equal(titles(layout), 'NAME READY STATUS');
	assert.equal(fit({rows: [['shop', 'x'.repeat(90), '1/1', 'Running']], width: 80}).shown[0]?.width, 80 - 4 - 4 - 5 - 6);
});

test('scrolled to the right, gutter and NAME stay and the rest follows in order', () => {
	const layout = fit({firstColumn: 2});
	assert.equal(titles(layout), 'NAME RESTARTS CPU MEM IP NODE');
	assert.deepEqual(layout.droppedLeft, ['READY', 'STATUS']);
	assert.deepEqual(layout.droppedRight, ['AGE']);
	assert.equal(titles(fit({firstColumn: 99})), 'NAME AGE');
	const reached = new Set<string>();
	for (let firstColumn = 0; firstColumn < 8; firstColumn++) for (const title of titles(fit({firstColumn, width: 60})).split(' ')) reached.add(title);
	assert.equal(reached.size, 9);
});

test('a column keeps to its own bounds, and a table without a name column has a first one', () => {
	const columns = [column('MESSAGE', undefined, 'start', {width: {min: 10, ideal: 12, max: 20}}), column('COUNT', 1, 'end')];
	const wide = fitColumns({columns, rows: [['x'.repeat(99), '6,120']], width: 80, firstColumn: 0, allNamespaces: false});
	assert.deepEqual(wide.shown, [
		{index: 0, width: 20, align: 'start'},
		{index: 1, width: 5, align: 'end'},
	]);
	assert.deepEqual(fitColumns({columns: [], rows: [], width: 80, firstColumn: 0, allNamespaces: false}), {shown: [], droppedLeft: [], droppedRight: []});
});
