import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compareRows} from '../../source/core/order.ts';
import type {ResourceKind} from '../../source/core/resource-kind.ts';
import {LiveTable, type TableShape} from '../../source/store/live-table.ts';
import {Pulse} from '../../source/store/pulse.ts';
import {WatchedScopes} from '../../source/store/scopes.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {podType} from '../tools/pod-type.ts';
import {pod, scriptedFeed} from '../tools/scripted-feed.ts';

const kind: ResourceKind = {
	apiVersion: 'v1',
	kind: 'Pod',
	plural: 'pods',
	aliases: [],
	scope: 'namespaced',
	mode: 'metadata',
	sort: {by: 'name'},
	columns: [
		{id: 'name', title: 'NAME', cell: item => ({type: 'text', text: item.meta.name})},
		{id: 'status', title: 'STATUS', cell: item => ({type: 'text', text: String(item.printed('Status'))})},
	],
	tone: item => (item.printed('Status') === 'Running' ? 'ok' : 'error'),
};
const shape: TableShape = {columns: of => of.columns, faultsOnly: false, compare: (_kind, columns) => compareRows({by: 'name', descending: false}, columns)};

function open(initial: TableShape = shape) {
	const clock = createFakeClock();
	const feed = scriptedFeed();
	const pulse = new Pulse({clock, tier: () => 'local', blocked: () => false});
	const scopes = new WatchedScopes({feedOf: feed.feedOf, clock, pulse, skewMs: () => 0});
	const table = new LiveTable(
		{scopes, scope: {type: podType, mode: 'metadata'}, kindOf: () => kind, besideScope: () => undefined, clock, now: () => clock.now()},
		initial,
	);
	let told = 0;
	const leave = table.subscribe(() => told++);
	return {clock, feed, table, leave, told: () => told, names: () => table.snapshot().rows.map(row => row.ref.name)};
}

test('rows come in order, page by page, and say whether they are all', async () => {
	const {clock, feed, table, names} = open();
	feed.sink().beginList();
	feed.sink().page([pod('c'), pod('a')]);
	await clock.advance(100);
	assert.deepEqual([names(), table.snapshot().data], [['a', 'c'], 'partial']);
	feed.sink().page([pod('b')]);
	feed.sink().endList();
	await clock.advance(100);
	assert.deepEqual([names(), table.snapshot().data, table.snapshot().total], [['a', 'b', 'c'], 'ready', 3]);
});

test('changes are counted: rows that came, became another or went, not those that stayed as they were', async () => {
	const {clock, feed, table} = open();
	feed.sink().apply([
		{type: 'upsert', item: pod('a')},
		{type: 'upsert', item: pod('b')},
	]);
	await clock.advance(100);
	const first = table.changes;
	assert.equal(first, 2);
	feed.sink().apply([
		{type: 'upsert', item: pod('a')},
		{type: 'delete', item: pod('b')},
		{type: 'upsert', item: pod('c')},
	]);
	await clock.advance(100);
	assert.equal(table.changes, first + 2);
	table.reshape({...shape, matches: row => row.ref.name === 'a'});
	assert.equal(table.changes, first + 2, 'another filter changes no data');
});

test('another filter or order projects nothing anew; other columns do', async () => {
	let projected = 0;
	const [name] = kind.columns;
	assert.ok(name);
	const counted = {
		...name,
		cell: (item: Parameters<typeof name.cell>[0], context: Parameters<typeof name.cell>[1]) => {
			projected++;
			return name.cell(item, context);
		},
	};
	const columns = [counted, ...kind.columns.slice(1)];
	const {clock, feed, table, names} = open({...shape, columns: () => columns});
	feed.sink().apply(['b', 'a', 'c'].map(text => ({type: 'upsert', item: pod(text)})));
	await clock.advance(100);
	const before = projected;
	table.reshape({...shape, columns: () => [...columns], matches: row => row.ref.name !== 'c'});
	assert.deepEqual(names(), ['a', 'b']);
	table.reshape({...shape, columns: () => [...columns], compare: (_kind, shown) => compareRows({by: 'name', descending: true}, shown)});
	assert.deepEqual(names(), ['c', 'b', 'a']);
	assert.equal(projected, before);
	table.reshape({...shape, columns: () => [counted]});
	assert.equal(projected, before + 3);
	assert.equal(table.snapshot().rows[0]?.cells.length, 1);
});

test('a row that did not change keeps its identity, so it is not drawn again', async () => {
	const {clock, feed, table} = open();
	feed.sink().apply([
		{type: 'upsert', item: pod('a')},
		{type: 'upsert', item: pod('b')},
	]);
	await clock.advance(100);
	const before = table.snapshot().rows[0];
	feed.sink().apply([
		{type: 'upsert', item: pod('a', {resourceVersion: '2'})},
		{type: 'upsert', item: pod('b', {resourceVersion: '2', status: 'Failed'})},
	]);
	await clock.advance(100);
	assert.equal(table.snapshot().rows[0], before);
	assert.deepEqual(table.snapshot().tones, {ok: 1, error: 1});
});

test('filter, faults only and another order act on what is there, at once', async () => {
	const {clock, feed, table, names} = open();
	feed.sink().apply([
		{type: 'upsert', item: pod('web-1')},
		{type: 'upsert', item: pod('web-2', {status: 'Failed'})},
		{type: 'upsert', item: pod('db', {status: 'Failed'})},
	]);
	await clock.advance(100);
	table.reshape({...shape, matches: row => row.ref.name.startsWith('web')});
	assert.deepEqual([names(), table.snapshot().total], [['web-1', 'web-2'], 3]);
	table.reshape({...shape, faultsOnly: true, compare: (_kind, columns) => compareRows({by: 'name', descending: true}, columns)});
	assert.deepEqual(names(), ['web-2', 'db']);
});

test('a changed value stands out for a second, a row of the first list does not', async () => {
	const {clock, feed, table} = open();
	feed.sink().beginList();
	feed.sink().page([pod('a')]);
	feed.sink().endList();
	await clock.advance(100);
	assert.equal(table.snapshot().flashes.size, 0);
	feed.sink().apply([
		{type: 'upsert', item: pod('a', {resourceVersion: '2', status: 'Failed'})},
		{type: 'upsert', item: pod('new')},
	]);
	await clock.advance(100);
	assert.deepEqual(
		[...table.snapshot().flashes],
		[
			['uid-a', [1]],
			['uid-new', 'new'],
		],
	);
	await clock.advance(1100);
	assert.equal(table.snapshot().flashes.size, 0);
});

test('500 deletions at once leave the rest, in one frame', async () => {
	const {clock, feed, names, told} = open();
	const all = Array.from({length: 600}, (_none, index) => pod(`p-${String(index).padStart(3, '0')}`));
	feed.sink().beginList();
	feed.sink().page(all);
	feed.sink().endList();
	await clock.advance(100);
	const before = told();
	feed.sink().apply(all.slice(0, 500).map(item => ({type: 'delete', item}) as const));
	await clock.advance(100);
	assert.equal(names().length, 100);
	assert.equal(told(), before + 1);
});

test('leaving closes nothing of the store and leaves no timer behind', async () => {
	const {clock, leave} = open();
	leave();
	await clock.advance(61_000);
	assert.equal(clock.pending(), 0);
});

test('while pages come in the table is drawn four times a second, and at once when they are all there', async () => {
	const {clock, feed, table, told} = open();
	feed.sink().beginList();
	for (let page = 0; page < 10; page++) {
		feed.sink().page([pod(`p-${page}`)]);
		await clock.advance(100);
	}
	assert.ok(told() <= 6, `${told()} frames in a second`);
	assert.ok(table.snapshot().rows.length >= 7, 'the count moves');
	feed.sink().page([pod('last')]);
	feed.sink().endList();
	await clock.advance(100);
	assert.deepEqual([table.snapshot().rows.length, table.snapshot().data], [11, 'ready']);
});
