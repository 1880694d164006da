import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ColumnSet, CompactItem} from '../../source/core/compact-item.ts';
import {createMergedSinks, mergeStates} from '../../source/kube/merged-sinks.ts';
import {createCollectingSink} from '../tools/collecting-sink.ts';

const columns = new ColumnSet([]);
const item = (namespace: string, name: string) =>
	new CompactItem({ref: {apiVersion: 'v1', kind: 'Pod', namespace, name}, meta: {name, namespace, uid: `${namespace}-${name}`}, columns, cells: []});
const problem = {code: 'forbidden', what: 'x', cause: 'y'} as const;

test('the first lists of all are one list; a later one sweeps its own rows only', () => {
	const sink = createCollectingSink();
	const merged = createMergedSinks(sink, 2);
	const [a, b] = [merged.sinkOf(0), merged.sinkOf(1)];
	a.beginList();
	b.beginList();
	a.page([item('a', 'one'), item('a', 'two')]);
	a.endList();
	assert.deepEqual(sink.lists, {begun: 1, ended: 0});
	a.apply([
		{type: 'delete', item: item('a', 'two')},
		{type: 'upsert', item: item('a', 'three')},
	]);
	b.page([item('b', 'one')]);
	b.endList();
	assert.deepEqual(sink.lists, {begun: 1, ended: 1});
	assert.deepEqual([...sink.items.keys()].toSorted(), ['a-one', 'a-three', 'b-one']);
	a.beginList();
	a.page([item('a', 'four')]);
	a.apply([{type: 'upsert', item: item('a', 'three')}]);
	a.endList();
	assert.deepEqual([...sink.items.keys()].toSorted(), ['a-four', 'a-three', 'b-one']);
	assert.deepEqual(sink.lists, {begun: 1, ended: 1});
});

test('a namespace that turns out to be denied does not keep the list open', () => {
	const sink = createCollectingSink();
	const merged = createMergedSinks(sink, 2);
	merged.sinkOf(0).beginList();
	merged.sinkOf(0).endList();
	merged.sinkOf(1).stream({state: 'denied', since: 0, problem});
	assert.equal(sink.lists.ended, 1);
});

test('one state for all: the one that keeps most from being seen', () => {
	const live = (lastEventAt: number) => ({state: 'live', lastEventAt}) as const;
	const down = {state: 'reconnecting', since: 1, problem, nextTryAt: 2} as const;
	const denied = {state: 'denied', since: 1, problem} as const;
	assert.deepEqual(mergeStates([live(5), live(9), live(7)]), live(9));
	assert.deepEqual(mergeStates([live(5), denied]), live(5));
	assert.deepEqual(mergeStates([denied, denied]), denied);
	assert.deepEqual(mergeStates([live(5), down, {state: 'loading', rows: 3}]), down);
	assert.deepEqual(mergeStates([{state: 'loading', rows: 3, remaining: 1}, live(5), {state: 'loading', rows: 4}]), {state: 'loading', rows: 7});
});
