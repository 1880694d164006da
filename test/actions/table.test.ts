import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sortBy} from '../../source/actions/table.ts';
import type {KubeEvent} from '../../source/core/event-facts.ts';
import {objectScreen, tableScreen} from '../../source/core/targets.ts';
import {actionContext, podId, podItem, tableFrame} from '../tools/frames.ts';
import {runAction} from '../tools/run-action.ts';
import {tableItem} from '../tools/table-item.ts';

const items = [podItem('a-1', {owner: 'a'}), podItem('b-1', {node: '<none>'}), podItem('c-1'), podItem('d-1')];
const on = (screen: NonNullable<Parameters<typeof tableFrame>[0]>['screen'] = {}, more: Parameters<typeof tableFrame>[0] = {}) =>
	actionContext(tableFrame({items, screen, ...more}));
const screenOf = (id: string, context: Parameters<typeof runAction>[1]): unknown => {
	const [effect] = runAction(id, context);
	return typeof effect === 'object' && 'screen' in effect ? effect.screen : effect;
};

test('Enter opens what the kind leads to', () => {
	const pod = objectScreen('pods', {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'a-1', uid: podId('a-1')});
	assert.deepEqual(screenOf('table.enter', on()), {...pod, cursor: 'container:app:'});
	const deployment = tableItem({
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		columns: ['Name', 'Selector'],
		cells: ['web', 'app=web'],
		meta: {name: 'web', namespace: 'shop', uid: 'u1'},
	});
	const opened = screenOf('table.enter', on({}, {of: 'deployments.apps', items: [deployment]}));
	assert.deepEqual(opened, tableScreen('pods', {namespace: 'shop', labelSelector: 'app=web', of: deployment.ref}));
	const namespace = tableItem({kind: 'Namespace', columns: ['Name'], cells: ['data'], meta: {name: 'data', uid: 'u2'}});
	assert.deepEqual(runAction('table.enter', on({}, {of: 'namespaces', items: [namespace]})), [
		{type: 'namespace', namespace: 'data'},
		{type: 'go', screen: tableScreen('pods', {namespace: 'data'})},
	]);
});

test('Enter on an event opens what it is about; the event itself where that kind is unknown', () => {
	const event = (involvedObject: KubeEvent['involvedObject'] & object) => {
		const meta = {name: 'web-1.17', namespace: 'shop', uid: 'e1'};
		const object: KubeEvent = {apiVersion: 'v1', kind: 'Event', metadata: meta, involvedObject, lastTimestamp: '2026-01-14T14:02:00Z'};
		return tableItem({columns: ['Name'], cells: ['web-1.17'], meta, object});
	};
	const opened = (about: Parameters<typeof event>[0]) => screenOf('table.enter', on({}, {of: 'events', items: [event(about)]}));
	const pod = {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1', uid: 'p1'};
	assert.deepEqual(opened(pod), objectScreen('pods', pod));
	assert.deepEqual(opened({apiVersion: 'v1', kind: 'Node', name: 'node-a1'}), objectScreen('nodes', {apiVersion: 'v1', kind: 'Node', name: 'node-a1'}));
	const own = opened({...pod, apiVersion: 'example.test/v1', kind: 'Widget'});
	assert.ok(typeof own === 'object' && own !== null && 'kind' in own);
	assert.equal(own.kind, 'events');
});

test('where there is no row, keys for rows say so', () => {
	for (const id of [
		'table.enter',
		'table.describe',
		'table.yaml',
		'table.related',
		'table.owner',
		'table.node',
		'table.warp',
		'table.mark',
		'table.mark-range',
	])
		assert.equal(runAction(id, actionContext(tableFrame())), 'There is no row here', id);
});

test('d, y and u open tabs of the object', () => {
	const tabs = ['table.describe', 'table.yaml', 'table.related'].map(id => screenOf(id, on({cursor: podId('c-1')})));
	assert.deepEqual(
		tabs.map(screen => (screen as {tab: string}).tab),
		['summary', 'yaml', 'related'],
	);
	assert.deepEqual(
		tabs.map(screen => (screen as {ref: {name: string}}).ref.name),
		['c-1', 'c-1', 'c-1'],
	);
});

test('J and o go to owner and node, and say where there is none', () => {
	assert.deepEqual(screenOf('table.owner', on()), objectScreen('replicasets.apps', {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'a', namespace: 'shop'}));
	assert.deepEqual(runAction('table.owner', on({cursor: podId('b-1')})), [{type: 'notice', tone: 'muted', text: 'b-1 has no owner that can be opened'}]);
	assert.deepEqual(screenOf('table.node', on()), objectScreen('nodes', {apiVersion: 'v1', kind: 'Node', name: 'node-a1'}));
	assert.deepEqual(runAction('table.node', on({cursor: podId('b-1')})), [{type: 'notice', tone: 'muted', text: 'This row names no node'}]);
});

test('Space marks and goes on, again unmarks; V marks from the last mark to the cursor', () => {
	const [mark, moved] = runAction('table.mark', on());
	assert.deepEqual(mark, {type: 'change', screen: {type: 'table', marks: [podId('a-1')]}});
	assert.ok(typeof moved === 'object' && moved.type === 'change' && 'cursor' in moved.screen && moved.screen.cursor === podId('b-1'));
	assert.deepEqual(runAction('table.mark', on({marks: [podId('a-1')]}))[0], {type: 'change', screen: {type: 'table', marks: []}});
	const range = on({marks: [podId('d-1')], cursor: podId('b-1')});
	assert.deepEqual(runAction('table.mark-range', range), [{type: 'change', screen: {type: 'table', marks: [podId('d-1'), podId('b-1'), podId('c-1')]}}]);
	assert.deepEqual(runAction('table.mark-range', on({cursor: podId('c-1')})), [{type: 'change', screen: {type: 'table', marks: [podId('c-1')]}}]);
});

test('digits change the namespace; a selector that was typed stays, that of an owner goes', () => {
	const typed = on({labelSelector: 'app=web', marks: [podId('a-1')], cursor: podId('a-1')}, {state: {favourites: ['data']}});
	assert.deepEqual(runAction('table.namespace-1', typed).slice(0, 2), [
		{type: 'namespace', namespace: 'data'},
		{type: 'replace', screen: tableScreen('pods', {namespace: 'data', labelSelector: 'app=web'})},
	]);
	const owned = on({labelSelector: 'app=web', of: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}});
	assert.deepEqual(runAction('table.namespace-0', owned)[0], {type: 'namespace', namespace: undefined});
	assert.deepEqual(runAction('table.namespace-0', owned)[1], {type: 'replace', screen: tableScreen('pods')});
	assert.match(String(runAction('table.namespace-5', on())), /no favourite namespace 5/);
	assert.deepEqual(runAction('table.namespace-0', on({}, {of: 'nodes', items: []})).length, 2);
});

test('w shows the namespace of the row', () => {
	const everywhere = actionContext(tableFrame({items: [podItem('x', {namespace: 'data'})], state: {namespace: undefined}}));
	assert.deepEqual(runAction('table.warp', everywhere)[0], {type: 'namespace', namespace: 'data'});
});

test('sorting turns round at the second press, and begins with what one looks for', () => {
	assert.deepEqual(sortBy(on(), 'restarts'), [{type: 'change', screen: {type: 'table', sort: {by: 'restarts', descending: true}}}]);
	assert.deepEqual(sortBy(on({sort: {by: 'restarts', descending: true}}), 'restarts'), [
		{type: 'change', screen: {type: 'table', sort: {by: 'restarts', descending: false}}},
	]);
	assert.deepEqual(sortBy(on(), 'name'), [{type: 'change', screen: {type: 'table', sort: {by: 'name', descending: true}}}]);
	assert.deepEqual(sortBy(on(), 'roles'), [{type: 'notice', tone: 'muted', text: 'This table has no column ROLES'}]);
	assert.deepEqual(runAction('sort.picked', on({column: 'age'})), [{type: 'change', screen: {type: 'table', sort: {by: 'age', descending: false}}}]);
});

test('a column is picked round the table', () => {
	assert.deepEqual(runAction('sort.pick-right', on()), [{type: 'change', screen: {type: 'table', column: 'ready'}}]);
	const {view} = tableFrame({items});
	assert.ok(view.type === 'table');
	assert.deepEqual(runAction('sort.pick-left', on()), [{type: 'change', screen: {type: 'table', column: view.snapshot.columns.at(-1)?.id}}]);
});
