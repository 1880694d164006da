import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compareCells, compareNatural, compareRows, mergeSorted, sortRows} from '../../source/core/order.ts';
import type {Cell, Row} from '../../source/core/table.ts';
import type {Tone} from '../../source/core/tone.ts';

function row(name: string, cell: Cell, namespace = 'shop', tone: Tone = 'ok'): Row {
	return {id: `${namespace}/${name}`, ref: {apiVersion: 'v1', kind: 'Pod', namespace, name}, meta: {name, namespace}, cells: [cell], tone};
}
const count = (value?: number): Cell => (value === undefined ? {type: 'number', unit: 'count'} : {type: 'number', unit: 'count', value});
const names = (rows: readonly Row[]): string => rows.map(one => one.ref.name).join(' ');
const columns = [{id: 'restarts'}];

test('cells of each type in ascending order', () => {
	const ordered: ReadonlyArray<readonly Cell[]> = [
		[count(0), count(2), count(10), count()],
		[
			{type: 'ratio', have: 0, want: 3},
			{type: 'ratio', have: 1, want: 2},
			{type: 'ratio', have: 2, want: 4},
			{type: 'ratio', have: 1, want: 1},
			{type: 'ratio', have: 3, want: 3},
		],
		[{type: 'age', since: 300}, {type: 'age', since: 200}, {type: 'age'}],
		[{type: 'duration', ms: 5}, {type: 'duration', ms: 9}, {type: 'duration', from: 200}, {type: 'duration', from: 100}, {type: 'duration'}],
		[
			{type: 'text', text: 'web-2'},
			{type: 'text', text: 'web-10'},
			{type: 'text', text: '<none>'},
		],
	];
	for (const cells of ordered) {
		for (let i = 0; i < cells.length; i++) {
			for (let j = 0; j < cells.length; j++) {
				assert.equal(Math.sign(compareCells(cells[i], cells[j])), Math.sign(i - j), `${JSON.stringify(cells[i])} ${JSON.stringify(cells[j])}`);
			}
		}
	}
});

test('natural order is total', () => {
	const sorted = ['', 'a', 'a-2', 'a-10', 'a-010', 'a-10b', 'a10', 'b'];
	for (let i = 0; i < sorted.length; i++) {
		for (let j = 0; j < sorted.length; j++) {
			const [x = '', y = ''] = [sorted[i], sorted[j]];
			assert.equal(Math.sign(compareNatural(x, y)), 0 - Math.sign(compareNatural(y, x)), `${x} ${y}`);
			if (i !== j) assert.notEqual(compareNatural(x, y), 0, `${x} ${y}`);
		}
	}
	assert.deepEqual(['web-10', 'web-9', 'web-1'].toSorted(compareNatural), ['web-1', 'web-9', 'web-10']);
});

test('missing is last in both directions, and the tie-breaker is not reversed', () => {
	const rows = [row('b', count(1)), row('none', count()), row('a', count(1)), row('c', count(7))];
	assert.equal(names(sortRows(rows, {by: 'restarts', descending: false}, columns)), 'a b c none');
	assert.equal(names(sortRows(rows, {by: 'restarts', descending: true}, columns)), 'c a b none');
	assert.equal(names(sortRows(rows, {by: 'nonsense', descending: true}, columns)), 'a b c none');
	assert.equal(names(sortRows(rows, {by: 'name', descending: true}, columns)), 'none c b a');
});

test('namespace comes before name, and state is gravest first', () => {
	const rows = [row('a', count(), 'z', 'ok'), row('b', count(), 'a', 'error'), row('c', count(), 'm', 'warning')];
	assert.equal(names(sortRows(rows, undefined, columns)), 'b c a');
	assert.equal(names(sortRows(rows, {by: 'namespace', descending: true}, columns)), 'a c b');
	assert.equal(names(sortRows(rows, {by: 'state', descending: false}, columns)), 'b c a');
});

test('merging few or many changes gives what a full sort gives', () => {
	const order = {by: 'restarts', descending: true};
	const compare = compareRows(order, columns);
	const base = Array.from({length: 900}, (_, index) => row(`pod-${index}`, count((index * 7919) % 101)));
	for (const changes of [0, 1, 7, 600]) {
		const sorted = sortRows(base, order, columns);
		const changed = new Map(base.slice(0, changes).map((one, index) => [one.id, row(one.ref.name, count((index * 31) % 97))]));
		const added = [...changed.values(), row(`new-${changes}`, count(5))];
		const merged = mergeSorted(sorted, new Set(changed.keys()), added, compare);
		assert.deepEqual(merged, sortRows([...base.filter(one => !changed.has(one.id)), ...added], order, columns));
	}
	const sorted = sortRows(base, order, columns);
	assert.equal(mergeSorted(sorted, new Set(), [], compare), sorted);
});
