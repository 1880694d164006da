import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ItemStore} from '../../source/store/items.ts';
import {pod} from '../tools/scripted-feed.ts';

function filled(...names: readonly string[]): ItemStore {
	const store = new ItemStore(() => {}, {now: () => 1000, skewMs: () => 0});
	store.beginList();
	store.page(names.map(name => pod(name)));
	store.endList();
	return store;
}
const names = (store: ItemStore): readonly string[] => [...store.values()].map(item => item.meta.name).sort();

test('a first page shows before the list is complete', () => {
	const store = new ItemStore(() => {}, {now: () => 1000, skewMs: () => 0});
	store.beginList();
	store.page([pod('a')]);
	assert.deepEqual([store.state().data, names(store)], ['partial', ['a']]);
	store.endList();
	assert.equal(store.state().data, 'ready');
});

test('a relist sweeps what is gone and never empties the table on the way', () => {
	const store = filled('a', 'b');
	store.beginList();
	assert.deepEqual(names(store), ['a', 'b']);
	store.page([pod('b', {resourceVersion: '2'}), pod('c')]);
	assert.deepEqual([names(store), store.state().data], [['a', 'b', 'c'], 'ready']);
	store.endList();
	assert.deepEqual(names(store), ['b', 'c']);
});

test('an event during the list wins over a later page of it', () => {
	const store = filled();
	store.beginList();
	store.apply([
		{type: 'upsert', item: pod('a', {resourceVersion: '9', status: 'Failed'})},
		{type: 'delete', item: pod('b')},
	]);
	store.page([pod('a', {resourceVersion: '5'}), pod('b')]);
	store.endList();
	assert.deepEqual(names(store), ['a']);
	assert.equal(store.find('shop', 'a')?.printed('Status'), 'Failed');
});

test('an item an event added during a relist is not swept', () => {
	const store = filled('a');
	store.beginList();
	store.apply([{type: 'upsert', item: pod('new')}]);
	store.page([pod('a')]);
	store.endList();
	assert.deepEqual(names(store), ['a', 'new']);
});

test('older and repeated events change nothing', () => {
	const store = filled();
	store.apply([{type: 'upsert', item: pod('a', {resourceVersion: '10', status: 'Failed'})}]);
	store.apply([{type: 'upsert', item: pod('a', {resourceVersion: '9'})}]);
	assert.equal(store.find('shop', 'a')?.printed('Status'), 'Failed');
	store.apply([{type: 'delete', item: pod('never-there')}]);
	assert.deepEqual(names(store), ['a']);
});

test('the same name with another uid replaces the old object even when its deletion was lost', () => {
	const store = filled('a');
	store.apply([{type: 'upsert', item: pod('a', {uid: 'second', resourceVersion: '7'})}]);
	assert.equal(store.size, 1);
	assert.equal(store.find('shop', 'a')?.meta.uid, 'second');
	store.apply([{type: 'delete', item: pod('a')}]);
	assert.equal(store.find('shop', 'a')?.meta.uid, 'second', 'the late deletion of the first is not that of the second');
});

test('each follower gets what changed since its own last question', () => {
	const store = filled('a');
	const one = store.follow();
	assert.deepEqual(
		one.changes().changed.map(item => item.meta.name),
		['a'],
	);
	store.apply([{type: 'upsert', item: pod('b')}]);
	const two = store.follow();
	store.apply([{type: 'delete', item: pod('a')}]);
	assert.deepEqual(one.changes(), {changed: [store.find('shop', 'b')], removed: ['uid-a']});
	assert.deepEqual(two.changes().removed, ['uid-a']);
	assert.deepEqual(one.changes(), {changed: [], removed: []});
});

test('a dead stream keeps the data and its time', () => {
	const store = filled('a');
	store.stream({state: 'reconnecting', since: 2000, nextTryAt: 3000, problem: {code: 'refused', what: 'Could not watch pods', cause: 'connection refused'}});
	assert.deepEqual([store.state().data, store.state().asOf, store.size], ['ready', 1000, 1]);
	store.stream({state: 'gone', since: 4000});
	assert.equal(store.size, 0);
});

test('what a feed reports in local time is kept in server time', () => {
	const store = new ItemStore(() => {}, {now: () => 90_000, skewMs: () => 30_000});
	store.stream({state: 'live', lastEventAt: 1000});
	assert.deepEqual(store.state().stream, {state: 'live', lastEventAt: 31_000});
	store.stream({state: 'denied', since: 2000, problem: {code: 'forbidden', what: 'Could not list pods', cause: 'forbidden'}});
	assert.equal('since' in store.state().stream && store.state().stream.state, 'denied');
	assert.equal(Reflect.get(store.state().stream, 'since'), 32_000);
});
