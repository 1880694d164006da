import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {Row} from '../../source/core/table.ts';
import {width} from '../../source/core/text.ts';
import {previewLines} from '../../source/pages/preview.ts';
import {crashing, crashingModel, typeOf} from './object-fixture.ts';
import {setting, sizes} from './page-fixture.ts';

const row: Row = {id: 'pod-uid', ref: crashingModel.ref, meta: crashing.metadata, cells: [], tone: 'error'};
const type = typeOf(crashing);
const preview = {...crashingModel, related: []};

function text(columns: number, rows: number, model: typeof crashingModel | 'none' = preview): readonly string[] {
	return previewLines(model === 'none' ? undefined : model, row, type, {...setting(columns, rows), body: {columns, rows}}).map(line => plain(line).trimEnd());
}

test('54x34: why, facts, containers, events, then conditions', () => {
	assert.deepEqual(text(54, 34), [
		' PREVIEW  X Pod checkout-5b8c9f7d66-xw8pl  follows',
		'',
		' WHY  X CrashLoopBackOff, 30 restarts',
		'       container app CrashLoopBackOff, last run exit',
		'       1 2m ago, 30 restarts: back-off 5m0s',
		'       restarting failed container=app',
		'',
		' Node      node-a2 10.0.1.22',
		' Pod IP    10.244.2.37     QoS       Burstable',
		' SA        checkout        Start     9m',
		' Priority  0               DNS       ClusterFirst',
		' Restart   Always          Phase     Running',
		' Created   9m',
		'',
		'   CONTAINER  STATE             READY  RESTARTS',
		' X app        CrashLoopBackOff  no           30',
		' + envoy      Running 9m        yes           0',
		' . migrate    Done (init) 9m    -             0',
		'   hidden at this width: LAST, CPU R/L, MEM R/L, IMAGE',
		'',
		' EVENTS 2',
		' ! 60s BackOff x30  Back-off restarting failed contai~',
		'   9m  Pulled       Container image "checkout:2.18.0"~',
		'',
		' VOLUMES',
		'   db  secret checkout-db',
		'   tmp  emptyDir',
		'',
		'   CONDITION        STATUS  SINCE  REASON',
		' + PodScheduled     True       9m',
		' + Initialized      True       9m',
		' ! ContainersReady  False      8m  ContainersNotReady~',
		' X Ready            False      8m  ContainersNotReady~',
		' 3 more lines: Enter opens the object',
	]);
});

test('what the failed container wrote last stands before its events, with levels and the time of day', () => {
	const at = Date.parse('2026-11-21T14:01:48Z');
	const lines = [
		{at, text: 'INFO starting checkout 2.18.0'},
		{at: at + 1000, text: '\u001b[33mplain words\u001b[0m of a tool'},
		{at: at + 2000, text: '{"level":"fatal","msg":"DB_URL is not set"}'},
		{at: undefined, text: 'cut off'},
	];
	const shown = text(54, 38, {...preview, lastLog: {container: 'app', previous: true, lines}});
	const from = shown.indexOf(' LAST LOG app, previous run   p opens it');
	assert.ok(from > 0 && from < shown.indexOf(' EVENTS 2'));
	assert.deepEqual(shown.slice(from + 1, from + 6), [
		' 14:01:48 INFO starting checkout 2.18.0',
		' 14:01:49 plain words of a tool',
		' 14:01:50 FATAL DB_URL is not set',
		' cut off',
		'',
	]);
	const empty = text(54, 38, {...preview, lastLog: {container: 'app', previous: false, lines: []}});
	assert.deepEqual(empty.slice(from, from + 2), [' LAST LOG app   l opens it', ' It wrote nothing.']);
	const short = text(54, 24, {...preview, lastLog: {container: 'app', previous: true, lines}});
	assert.deepEqual(
		short.slice(-4),
		[' LAST LOG app, previous run   p opens it', ' 14:01:50 FATAL DB_URL is not set', ' cut off', ' 13 more lines: Enter opens the object'],
		'the newest lines stay',
	);
	assert.ok(!text(54, 23, {...preview, lastLog: {container: 'app', previous: true, lines}}).some(line => line.includes('LAST LOG')), 'or it is left out');
	const problem = {code: 'forbidden', what: 'Could not read the log', cause: 'you may not get pods/log'} as const;
	assert.ok(text(54, 38, {...preview, lastLog: {container: 'app', previous: true, lines: [], problem}}).includes(' ? you may not get pods/log'));
});

test('an export masks the log that the preview shows', () => {
	const lines = [{at: undefined, text: 'Authorization: Bearer abcdefghijklmnop'}];
	const options = {patterns: [], addresses: false} as const;
	const shown = previewLines({...preview, lastLog: {container: 'app', previous: true, lines}}, row, type, {
		...setting(54, 38),
		body: {columns: 54, rows: 38},
		masks: options,
	}).map(plain);
	assert.ok(!shown.some(line => line.includes('abcdefghijklmnop')));
	assert.ok(shown.some(line => line.includes('Authorization')));
});

test('without a model only the name stands there', () => {
	assert.deepEqual(text(54, 34, 'none'), [' PREVIEW  X Pod checkout-5b8c9f7d66-xw8pl  follows', '']);
});

test('the model of another row is not shown under this one', () => {
	assert.deepEqual(text(54, 34, {...preview, ref: {...preview.ref, name: 'other'}}), [' PREVIEW  X Pod checkout-5b8c9f7d66-xw8pl  follows', '']);
});

test('never more lines than rows, never wider than the pane', () => {
	for (const [columns, rows] of sizes) {
		const lines = previewLines(preview, row, type, {...setting(columns, rows), body: {columns, rows}});
		assert.ok(lines.length <= rows, `${columns}x${rows}: ${lines.length} lines`);
		for (const line of lines) assert.ok(width(plain(line)) <= columns, `${columns}x${rows}: ${plain(line)}`);
	}
	assert.equal(text(54, 14).at(-1), ' 19 more lines: Enter opens the object');
});
