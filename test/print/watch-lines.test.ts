import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ColumnSet} from '../../source/core/compact-item.ts';
import type {FeedSink} from '../../source/core/feed.ts';
import type {PrintedCell} from '../../source/core/kubernetes.ts';
import type {Problem} from '../../source/core/problem.ts';
import {printOnce} from '../../source/print/print-once.ts';
import {FakeClient, fakeItem} from '../tools/fake-client.ts';
import {podColumns, podType, printJob} from './cases.ts';

const set = new ColumnSet(podColumns);
const pod = (...cells: readonly PrintedCell[]) => fakeItem(podType, set, {namespace: 'shop', cells});
const web = pod('web', '2/2', 'Running', '0', '9m', '', 'n1');
const cart = pod('cart', '1/1', 'Running', '0', '9m', '', 'n1');
const broken: Problem = {code: 'refused', what: 'Could not watch pods', cause: 'connection refused by 10.0.0.10:6443'};

function start(invocation: Partial<Parameters<typeof printJob>[1]> = {}) {
	const client = new FakeClient();
	const ending = new AbortController();
	const printed = printJob(client, {watch: true, ...invocation, selection: {...invocation.selection}});
	const done = printOnce(printed.job, ending.signal);
	const sink = client.sinks.get('pods');
	assert.ok(sink);
	return {...printed, client, sink, ending, done};
}

function list(sink: FeedSink, ...items: ReadonlyArray<ReturnType<typeof pod>>): void {
	sink.beginList();
	sink.columns(podColumns);
	sink.page(items);
	sink.endList();
	sink.stream({state: 'live', lastEventAt: 0});
}

test('what is there at the start is counted, then a line for each change', async () => {
	const {sink, out, errors, ending, done, client} = start({selection: {labelSelector: 'app'}});
	assert.deepEqual(client.scopes, [{type: podType, mode: 'metadata', namespace: 'shop', labelSelector: 'app'}]);
	list(sink, web, cart);
	assert.deepEqual(errors, ['Watching 2 pods; a line for each change follows.']);
	sink.apply([{type: 'upsert', item: pod('web', '1/2', 'Running', '0', '9m', '', 'n1')}]);
	sink.apply([{type: 'upsert', item: pod('web', '0/2', 'Error', '3', '9m', '', 'n2')}]);
	sink.apply([
		{type: 'upsert', item: pod('new', '0/1', 'Pending', '0', '1s', '', '')},
		{type: 'delete', item: cart},
	]);
	assert.equal(
		out(),
		[
			'14:02:31Z pod shop/web READY 2/2 -> 1/2',
			'14:02:31Z pod shop/web READY 1/2 -> 0/2, STATUS Running -> Error, RESTARTS 0 -> 3',
			'14:02:31Z pod shop/new ADDED READY 0/1, STATUS Pending, RESTARTS 0',
			'14:02:31Z pod shop/cart DELETED',
			'',
		].join('\n'),
	);
	ending.abort();
	assert.equal(await done, 0);
});

test('an event that changes no column prints nothing; -o wide shows more of them', () => {
	const moved = pod('web', '2/2', 'Running', '0', '10m', '', 'n2');
	const narrow = start();
	list(narrow.sink, web);
	narrow.sink.apply([{type: 'upsert', item: moved}]);
	assert.equal(narrow.out(), '');
	const wide = start({format: 'wide'});
	list(wide.sink, web);
	wide.sink.apply([{type: 'upsert', item: moved}]);
	assert.equal(wide.out(), '14:02:31Z pod shop/web NODE n1 -> n2\n');
});

test('-o jsonl: the row with change, time, and what was different', () => {
	const {sink, out} = start({format: 'jsonl'});
	list(sink, web);
	sink.apply([
		{type: 'upsert', item: pod('web', '1/2', 'Running', '0', '9m', '', 'n1')},
		{type: 'delete', item: web},
	]);
	const [modified, deleted] = out()
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	assert.deepEqual(
		[modified.time, modified.change, modified.name, modified.readyHave, modified.before],
		['2026-03-01T14:02:31.000Z', 'MODIFIED', 'web', 1, {readyHave: 2}],
	);
	assert.deepEqual([deleted.change, deleted.name, deleted.before], ['DELETED', 'web', undefined]);
});

test('a relist tells what changed, came and went meanwhile; what the watch brought wins over its pages', () => {
	const {sink, out} = start();
	list(sink, web, cart);
	sink.beginList();
	sink.apply([{type: 'upsert', item: pod('late', '1/1', 'Running', '0', '1s', '', 'n1')}]);
	sink.page([
		pod('web', '1/2', 'Running', '0', '9m', '', 'n1'),
		pod('late', '0/1', 'Pending', '0', '1s', '', ''),
		pod('new', '1/1', 'Running', '0', '1s', '', 'n1'),
	]);
	sink.endList();
	assert.deepEqual(
		out()
			.trim()
			.split('\n')
			.map(line => line.split(' ').slice(2, 4).join(' ')),
		['shop/late ADDED', 'shop/web READY', 'shop/new ADDED', 'shop/cart DELETED'],
	);
});

test('a filter narrows the lines; a row that stops matching is told once', () => {
	const {sink, out} = start({selection: {filter: 'status=Running'}});
	list(sink, web);
	sink.apply([{type: 'upsert', item: pod('other', '0/1', 'Pending', '0', '1s', '', '')}]);
	sink.apply([{type: 'upsert', item: pod('web', '0/2', 'Error', '0', '9m', '', 'n1')}]);
	sink.apply([{type: 'upsert', item: pod('web', '0/2', 'Failed', '0', '9m', '', 'n1')}]);
	assert.equal(out(), '14:02:31Z pod shop/web READY 2/2 -> 0/2, STATUS Running -> Error\n');
});

test('a lost and regained stream is told once each on stderr', () => {
	const {sink, errors} = start();
	list(sink, web);
	for (const nextTryAt of [1, 2]) sink.stream({state: 'reconnecting', since: 0, problem: broken, nextTryAt});
	sink.stream({state: 'live', lastEventAt: 0});
	assert.deepEqual(errors.slice(1), [
		'14:02:31Z Lost the watch of pods: connection refused by 10.0.0.10:6443. Trying again.',
		'14:02:31Z Watching pods again.',
	]);
});

test('a server that cannot be reached at the start, a right that is missing, a kind that goes: code 2', async () => {
	const down = start();
	down.sink.stream({state: 'reconnecting', since: 0, problem: broken, nextTryAt: 1});
	assert.equal(await down.done, 2);
	assert.deepEqual(down.errors, ['Could not watch pods: connection refused by 10.0.0.10:6443.']);
	const denied = start();
	list(denied.sink, web);
	denied.sink.stream({state: 'denied', since: 0, problem: {code: 'forbidden', what: 'You may not watch pods', cause: 'no rule'}});
	assert.equal(await denied.done, 2);
	const gone = start();
	gone.sink.stream({state: 'gone', since: 0});
	assert.equal(await gone.done, 2);
	assert.deepEqual(gone.errors, ['The kind pods was removed from the server.']);
});

test('one object is watched by its name; namespaces that stand in for all are told', () => {
	const {client, sink, errors} = start({selection: {targets: [{kind: 'pod', name: 'web'}]}});
	assert.equal(client.scopes[0]?.fieldSelector, 'metadata.name=web');
	sink.partial(['a', 'b']);
	assert.deepEqual(errors, ['You may not list pods in all namespaces; watching a, b.']);
});

test('a filter that cannot be read ends it before anything is printed', async () => {
	const {sink, done, errors} = start({selection: {filter: 'age>500x'}});
	sink.columns(podColumns);
	assert.equal(await done, 2);
	assert.equal(errors.length, 1);
});
