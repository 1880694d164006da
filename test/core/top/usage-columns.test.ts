import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellText} from '../../../source/core/cell-text.ts';
import {matchRow} from '../../../source/core/query/match.ts';
import {parseQuery} from '../../../source/core/query/parse.ts';
import {typedColumns} from '../../../source/core/query/columns.ts';
import {projectRow} from '../../../source/core/project.ts';
import {sortRows} from '../../../source/core/order.ts';
import type {CellContext, Row} from '../../../source/core/table.ts';
import {type MetricsReading, nothingRead} from '../../../source/core/top/metrics-reading.ts';
import type {PodNumbers} from '../../../source/core/top/pod-numbers.ts';
import {nodes} from '../../../source/resources/nodes.ts';
import {pods} from '../../../source/resources/pods.ts';
import {itemOf, served} from '../../store/many-feeds.ts';

const now = Date.UTC(2026, 0, 2, 14, 2, 31);
const Mi = 1024n ** 2n * 10n ** 9n;
const reading: MetricsReading = {
	...nothingRead,
	asked: {nodes: true, pods: true},
	source: {nodes: 'metrics.k8s.io', pods: 'metrics.k8s.io'},
	nodes: new Map([['n1', {cpu: 1_900_000_000n, memory: 8192n * Mi, at: now - 5000, source: 'metrics.k8s.io'}]]),
	pods: new Map(
		(
			[
				['shop/web', 37_500_001n, 121n * Mi, 5000],
				['shop/old', 940_000_000n, 498n * Mi, 91_000],
			] as const
		).map(([key, cpu, memory, age]) => [key, {cpu, memory, at: now - age, source: 'metrics.k8s.io', containers: new Map()}] as const),
	),
};
const numbers = {requests: {cpu: 50_000_000n, memory: 242n * Mi}, limits: {cpu: 100_000_000n}, unlimited: {cpu: false, memory: true}} as unknown as PodNumbers;
const context = (more: Partial<CellContext> = {}): CellContext => ({
	now,
	beside: {ready: () => false, find: () => undefined, list: () => []},
	metrics: {reading, pod: key => (key === 'shop/web' ? numbers : undefined), node: () => ({requests: {cpu: 2_000_000_000n}, limits: {}})},
	...more,
});
const pod = (name: string, created = '2026-01-01T00:00:00Z', status = 'Running') =>
	itemOf(served('v1', 'Pod', {metadata: {name, namespace: 'shop', creationTimestamp: created}}), {status, ready: '1/1', restarts: '0'});
const rowOf = (name: string, more: Partial<CellContext> = {}, created?: string, status?: string): Row =>
	projectRow(pods, pods.columns, pod(name, created, status), context(more));
const textOf = (row: Row, id: string): string => {
	const cell = row.cells[pods.columns.findIndex(column => column.id === id)];
	return cell ? cellText(cell, now) : assert.fail(id);
};

test('CPU and MEM: the value, old with a question mark, .. before the first sample, - where nobody measures', () => {
	const cells = (row: Row) => [textOf(row, 'cpu'), textOf(row, 'mem')];
	assert.deepEqual(cells(rowOf('web')), ['38m', '121Mi']);
	assert.deepEqual(cells(rowOf('old')), ['940m?', '498Mi?']);
	assert.equal(rowOf('old').cells[pods.columns.findIndex(({id}) => id === 'cpu')]?.tone, 'muted');
	assert.deepEqual(cells(rowOf('new', {}, '2026-01-02T14:02:00Z')), ['..', '..']);
	assert.deepEqual(cells(rowOf('new', {}, '2026-01-02T14:02:00Z', 'Completed')), ['-', '-']);
	assert.deepEqual(cells(rowOf('unknown')), ['-', '-']);
	const {metrics: _metrics, ...without} = context();
	assert.deepEqual(cells(projectRow(pods, pods.columns, pod('web'), without)), ['-', '-']);
});

test('shares of requests and limits; a pod without a limit has no share of it', () => {
	const row = rowOf('web');
	assert.deepEqual(
		['cpu/r', 'cpu/l', 'mem/r', 'mem/l'].map(id => textOf(row, id)),
		['76%', '38%', '50%', '-'],
	);
	for (const id of ['cpu/r', 'cpu/l', 'mem/r', 'mem/l']) assert.ok(pods.columns.find(column => column.id === id)?.wide);
});

test('nodes: a share is of what pods may use', () => {
	const object = served('v1', 'Node', {metadata: {name: 'n1'}, status: {allocatable: {cpu: '4', memory: '16Gi'}, capacity: {cpu: '100', memory: '1Ti'}}});
	const row = projectRow(nodes, nodes.columns, itemOf(object), context());
	const text = (id: string): string => {
		const cell = row.cells[nodes.columns.findIndex(column => column.id === id)];
		return cell ? cellText(cell, now) : assert.fail(id);
	};
	assert.deepEqual(['cpu', 'cpu%', 'mem', 'mem%', 'cpu/r', 'mem/r'].map(text), ['1900m', '47%', '8Gi', '50%', '95%', '-']);
});

test('filters and sorts go by the value', () => {
	const rows = ['web', 'old', 'unknown'].map(name => rowOf(name));
	const matching = (filter: string): readonly string[] => {
		const parsed = parseQuery(filter, typedColumns(pods.columns, rows));
		if ('error' in parsed) assert.fail(parsed.error.message);
		return rows.filter(row => matchRow(parsed.query, row, pods.columns, now)).map(({ref}) => ref.name);
	};
	assert.deepEqual(matching('cpu>500m'), ['old']);
	assert.deepEqual(matching('cpu<0.5'), ['web']);
	assert.deepEqual(matching('mem>=121Mi'), ['web', 'old']);
	assert.deepEqual(matching('cpu%req>75'), ['web']);
	assert.deepEqual(
		sortRows(rows, {by: 'cpu', descending: true}, pods.columns).map(({ref}) => ref.name),
		['old', 'web', 'unknown'],
	);
	assert.deepEqual(
		sortRows(rows, {by: 'mem', descending: false}, pods.columns).map(({ref}) => ref.name),
		['web', 'old', 'unknown'],
	);
	// Before any row has a value the type of the column is known all the same.
	const parsed = parseQuery('cpu>500x', typedColumns(pods.columns, []));
	assert.ok('error' in parsed && /500x is not a CPU quantity/.test(parsed.error.message));
	assert.ok('query' in parseQuery('mem%lim>80', typedColumns(pods.columns, [])));
});
