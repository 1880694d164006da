import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	cursorIndex,
	cursorItem,
	cursorRow,
	focusedLine,
	focusedRef,
	namespaceFor,
	objectScreen,
	tableIn,
	tableOf,
	tableScreen,
	targetRows,
} from '../../source/core/targets.ts';
import {catalogue, linesOf, pageFrame, podId, podItem, tableFrame} from '../tools/frames.ts';

const items = ['a', 'b', 'c'].map(name => podItem(name));
const frame = tableFrame({items, screen: {cursor: podId('b')}});

test('the row under the cursor; the first where it has none', () => {
	assert.equal(cursorRow(frame)?.ref.name, 'b');
	assert.equal(cursorItem(frame), items[1]);
	assert.equal(cursorRow(tableFrame({items}))?.ref.name, 'a');
	assert.equal(cursorRow(tableFrame({items, screen: {cursor: 'gone'}}))?.ref.name, 'a');
	assert.equal(cursorRow(tableFrame()), undefined);
	assert.ok(frame.view.type === 'table');
	assert.equal(cursorIndex(frame.view.snapshot, undefined), 0);
	assert.equal(cursorIndex({...frame.view.snapshot, rows: []}, undefined), -1);
});

test('keys act on the marked rows that are shown, else on the one under the cursor', () => {
	const names = (marks: readonly string[]): readonly string[] => targetRows(tableFrame({items, screen: {cursor: podId('b'), marks}})).map(({ref}) => ref.name);
	assert.deepEqual(names([podId('c'), podId('a')]), ['a', 'c']);
	assert.deepEqual(names([]), ['b']);
	assert.deepEqual(names(['filtered away']), ['b']);
	assert.deepEqual(targetRows(pageFrame()), []);
});

test('on a page the object that is open', () => {
	const ref = {apiVersion: 'v1', kind: 'Pod', name: 'x', namespace: 'shop'};
	assert.equal(focusedRef(pageFrame({screen: objectScreen('pods', ref)})), ref);
	assert.equal(focusedRef(pageFrame()), undefined);
	assert.equal(tableOf(pageFrame()), undefined);
	assert.equal(focusedLine(pageFrame({lines: linesOf('-', 'a')}))?.id, 'a');
	assert.equal(focusedLine(frame), undefined);
});

test('a table taken to another namespace keeps what was typed', () => {
	const owned = tableScreen('pods', {
		namespace: 'shop',
		labelSelector: 'app=a',
		of: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'a'},
		cursor: 'x',
		marks: ['x'],
		line: 3,
		filter: 'f',
	});
	assert.deepEqual(tableIn(owned, 'data'), tableScreen('pods', {namespace: 'data', filter: 'f'}));
	assert.deepEqual(tableIn(tableScreen('pods', {namespace: 'shop', labelSelector: 'app=a'}), undefined), tableScreen('pods', {labelSelector: 'app=a'}));
});

test('cluster-scoped kinds are shown in no namespace', () => {
	const [pods, nodes] = [catalogue.find('pods'), catalogue.find('nodes')];
	assert.ok(pods && nodes);
	assert.deepEqual([namespaceFor(pods, 'shop'), namespaceFor(pods, undefined), namespaceFor(nodes, 'shop')], [{namespace: 'shop'}, {}, {}]);
});
