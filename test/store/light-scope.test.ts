import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {FeedSink, Scope} from '../../source/core/feed.ts';
import type {Item} from '../../source/core/kubernetes.ts';
import {isNodeLost, mayBeLost} from '../../source/core/node-state.ts';
import {LightScope} from '../../source/store/light-scope.ts';
import {Pulse} from '../../source/store/pulse.ts';
import {WatchedScopes} from '../../source/store/scopes.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {podType} from '../tools/pod-type.ts';
import {tableItem} from '../tools/table-item.ts';

const scope: Scope = {type: {...podType, kind: 'Node', plural: 'nodes', namespaced: false}, mode: 'object'};

function printed(name: string, status: string): Item {
	return tableItem({kind: 'Node', columns: ['Name', 'Status'], cells: [name, status], meta: {name}});
}

function whole(name: string, ready: 'True' | 'False' | 'Unknown'): Item {
	const meta = {name, uid: `uid-${name}`};
	const object = {apiVersion: 'v1', kind: 'Node', metadata: meta, status: {conditions: [{type: 'Ready', status: ready}]}};
	return tableItem({columns: ['Name', 'Status'], cells: [name, ready === 'True' ? 'Ready' : 'NotReady'], meta, object});
}

function setUp() {
	const clock = createFakeClock();
	const sinks = new Map<Scope['mode'], FeedSink>();
	const pulse = new Pulse({clock, tier: () => 'local', blocked: () => false});
	const scopes = new WatchedScopes({
		clock,
		pulse,
		skewMs: () => 0,
		feedOf: opened => async (sink, signal) => {
			sinks.set(opened.mode, sink);
			await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), {once: true}));
			sinks.delete(opened.mode);
		},
	});
	let told = 0;
	const light = new LightScope({scopes, scope, inDoubt: mayBeLost, changed: () => told++});
	const list = async (mode: Scope['mode'], items: readonly Item[]): Promise<void> => {
		const sink = sinks.get(mode);
		assert.ok(sink, `nothing watches ${mode}`);
		sink.beginList();
		sink.page(items);
		sink.endList();
		await clock.advance(1000);
	};
	const apply = async (mode: Scope['mode'], item: Item, type: 'upsert' | 'delete' = 'upsert'): Promise<void> => {
		sinks.get(mode)?.apply([{type, item}]);
		await clock.advance(1000);
	};
	const lost = (name: string): boolean | undefined => {
		const item = light.find(undefined, name);
		return item && isNodeLost(item);
	};
	return {clock, light, list, apply, lost, modes: () => [...sinks.keys()], told: () => told};
}

test('cells are all that is watched while they leave no doubt', async () => {
	const {light, list, lost, modes, told} = setUp();
	await list('cells', [printed('a', 'Ready'), printed('b', 'Ready,SchedulingDisabled')]);
	assert.deepEqual(modes(), ['cells']);
	assert.deepEqual([light.state().data, lost('a'), lost('b'), lost('c')], ['ready', false, false, undefined]);
	assert.equal(told(), 1);
});

test('an item in doubt is read whole: only then is a silent kubelet told from one that is not ready', async () => {
	const {clock, light, list, apply, lost, modes} = setUp();
	await list('cells', [printed('a', 'Ready'), printed('b', 'NotReady'), printed('c', 'NotReady')]);
	assert.deepEqual(modes(), ['cells', 'object']);
	assert.equal(lost('b'), false);
	await list('object', [whole('a', 'True'), whole('b', 'Unknown'), whole('c', 'False')]);
	assert.deepEqual([lost('a'), lost('b'), lost('c')], [false, true, false]);
	assert.deepEqual(
		[...light.items()].map(item => [item.meta.name, item.object !== undefined]),
		[
			['a', false],
			['b', true],
			['c', true],
		],
	);
	await apply('cells', printed('b', 'Ready'));
	assert.deepEqual([lost('b'), light.find(undefined, 'b')?.object], [false, undefined]);
	assert.deepEqual(modes(), ['cells', 'object'], 'c is in doubt still');
	await apply('cells', printed('c', 'NotReady'), 'delete');
	await clock.advance(60_000);
	await clock.settle();
	assert.deepEqual(modes(), ['cells'], 'it lingers a minute, as any scope');
});

test('changes come under one key, whole or not; what is in doubt comes again when it is read and when it changes', async () => {
	const {light, list, apply} = setUp();
	const changes = () => {
		const {changed, removed} = light.changes();
		return {changed: [...changed].map(([key, item]) => [key, isNodeLost(item)]), removed};
	};
	await list('cells', [printed('a', 'Ready'), printed('b', 'NotReady')]);
	assert.deepEqual(changes(), {
		changed: [
			['/a', false],
			['/b', false],
		],
		removed: [],
	});
	await list('object', [whole('a', 'True'), whole('b', 'Unknown')]);
	assert.deepEqual(changes(), {changed: [['/b', true]], removed: []});
	await apply('object', whole('b', 'False'));
	assert.deepEqual(changes(), {changed: [['/b', false]], removed: []});
	await apply('cells', printed('b', 'NotReady'), 'delete');
	assert.deepEqual(changes(), {changed: [], removed: ['/b']});
	assert.deepEqual(changes(), {changed: [], removed: []});
});
