import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellText} from '../../../source/core/cell-text.ts';
import {ColumnSet} from '../../../source/core/compact-item.ts';
import {compareRows} from '../../../source/core/order.ts';
import {pods as podsKind} from '../../../source/resources/pods.ts';
import {LiveTable, type TableShape} from '../../../source/store/live-table.ts';
import {ClusterUsage} from '../../../source/store/metrics/cluster-usage.ts';
import {TableMetrics} from '../../../source/store/metrics/table-metrics.ts';
import {Pulse} from '../../../source/store/pulse.ts';
import {WatchedScopes} from '../../../source/store/scopes.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {fakeItem, serverColumns} from '../../tools/fake-client.ts';
import {catalogue, metricsServer, notFound, podsType} from './metrics-server.ts';

const columns = new ColumnSet(serverColumns('Name', 'Ready', 'Status', 'Restarts', 'Age', 'IP', 'Node'));
const created = '2025-12-01T00:00:00Z';
const item = (name: string, namespace: string) =>
	fakeItem(podsType, columns, {namespace, cells: [name, '1/1', 'Running', '0', '5d', '10.0.0.1', 'n1'], meta: {creationTimestamp: created}});

async function start(options: Readonly<{sort?: string; wide?: boolean; absent?: boolean}> = {}) {
	const {sort = 'name', wide = false, absent = false} = options;
	const clock = createFakeClock();
	const server = metricsServer(clock);
	if (absent) server.state.pods = notFound;
	const pulse = new Pulse({clock, tier: () => 'local', blocked: () => false});
	const scopes = new WatchedScopes({feedOf: server.client.feedOf, clock, pulse, skewMs: () => 0});
	const usage = new ClusterUsage({client: server.client, catalogue: () => catalogue, clock, now: () => clock.now()});
	const shape: TableShape = {
		columns: kind => kind.columns.filter(column => wide || column.wide !== true),
		faultsOnly: false,
		compare: (_kind, shown) => compareRows({by: sort, descending: sort !== 'name'}, shown),
		sortedBy: sort,
	};
	const table = new LiveTable(
		{
			scopes,
			scope: {type: podsType, mode: 'metadata'},
			kindOf: () => podsKind,
			besideScope: () => undefined,
			clock,
			now: () => clock.now(),
			metrics: changed => new TableMetrics({usage, kind: 'pods', changed}),
		},
		shape,
	);
	const leave = table.subscribe(() => undefined);
	const feed = server.feeds[0];
	assert.ok(feed);
	feed.sink.columns(columns.columns);
	feed.sink.beginList();
	feed.sink.page([item('web-0', 'shop'), item('pg-0', 'data'), item('silent', 'shop')]);
	feed.sink.endList();
	await clock.advance(200);
	const shown = (id: string) =>
		table.snapshot().rows.map(row => {
			const cell = row.cells[table.snapshot().columns.findIndex(column => column.id === id)];
			return `${row.ref.name} ${cell ? cellText(cell, clock.now()) : 'no cell'}`;
		});
	return {clock, ...server, table, leave, shown, usage};
}

test('values come into the rows that are there, and rows whose value is the same stay the same', async () => {
	const {clock, table, shown, sample, usage} = await start();
	assert.deepEqual(shown('cpu'), ['pg-0 900m', 'silent -', 'web-0 12m']);
	assert.deepEqual(shown('mem'), ['pg-0 64Mi', 'silent -', 'web-0 64Mi']);
	const before = table.snapshot();
	sample();
	await clock.advance(20_000);
	assert.deepEqual(table.snapshot().rows, before.rows);
	assert.ok(table.snapshot().rows.every((row, index) => row === before.rows[index]));
	usage[Symbol.dispose]();
});

test('values that age get their mark, and nothing flashes for it', async () => {
	const {clock, shown, state, table, usage} = await start();
	state.pods = notFound;
	await clock.advance(100_000);
	assert.deepEqual(shown('cpu'), ['pg-0 900m?', 'silent -', 'web-0 12m?']);
	assert.equal(table.snapshot().flashes.size, 0);
	usage[Symbol.dispose]();
});

test('a table in the order of a sampled column is put in order anew', async () => {
	const {shown, usage} = await start({sort: 'cpu'});
	assert.deepEqual(shown('cpu'), ['pg-0 900m', 'web-0 12m', 'silent -']);
	usage[Symbol.dispose]();
});

test('without the metrics API the table asks once a minute and no kubelet, and its cells say that nothing is known', async () => {
	const {clock, shown, taken, usage} = await start({absent: true});
	assert.deepEqual(shown('cpu'), ['pg-0 -', 'silent -', 'web-0 -']);
	taken();
	await clock.advance(59_000);
	assert.deepEqual(taken(), []);
	await clock.advance(121_000);
	const asked = taken();
	assert.equal(asked.filter(path => path.startsWith('list pods.metrics')).length, 3);
	assert.ok(!asked.some(path => path.includes('proxy')));
	usage[Symbol.dispose]();
});

test('whole pods are streamed for the wide columns alone, and everything ends with the table', async () => {
	const narrow = await start();
	assert.equal(narrow.feeds.length, 1);
	narrow.usage[Symbol.dispose]();
	const {clock, feeds, leave} = await start({wide: true});
	assert.deepEqual(
		feeds.map(({scope}) => scope.mode),
		['metadata', 'object'],
	);
	leave();
	await clock.advance(61_000);
	assert.ok(feeds.every(({signal}) => signal.aborted));
	assert.equal(clock.pending(), 0);
});
