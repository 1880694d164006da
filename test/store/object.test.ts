import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Item, KubeObject} from '../../source/core/kubernetes.ts';
import {type Problem, ProblemError} from '../../source/core/problem.ts';
import type {ResourceKind} from '../../source/core/resource-kind.ts';
import {createObject} from '../../source/store/object.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {catalogueOf, itemOf, labelled, manyFeeds, served} from './many-feeds.ts';

const forbidden: Problem = {code: 'forbidden', what: 'Could not list pods in shop', cause: 'you may not list pods'};
const kinds: readonly ResourceKind[] = [
	labelled('v1', 'Pod', 'pods'),
	labelled('v1', 'Node', 'nodes', {scope: 'cluster'}),
	labelled('v1', 'Event', 'events', {mode: 'object'}),
	labelled('v1', 'Secret', 'secrets'),
	labelled('v1', 'ConfigMap', 'configmaps'),
	labelled('v1', 'Service', 'services', {mode: 'object'}),
	labelled('apps/v1', 'ReplicaSet', 'replicasets'),
	labelled('apps/v1', 'Deployment', 'deployments'),
	labelled('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices'),
];

type Get = (managedFields: boolean) => Promise<KubeObject>;

async function start(
	plural: string,
	ref: Readonly<{apiVersion: string; kind: string; namespace?: string; name: string}>,
	options: Readonly<{get?: Get; related?: boolean}> = {},
) {
	const clock = createFakeClock();
	const feeds = manyFeeds(clock);
	const catalogue = catalogueOf(...kinds);
	const type = catalogue.types.find(one => one.plural === plural);
	assert.ok(type);
	const gets: boolean[] = [];
	const client = {
		get: (_type: unknown, _namespace: unknown, _name: unknown, {managedFields}: Readonly<{managedFields: boolean}>) => {
			gets.push(managedFields);
			return options.get?.(managedFields) ?? Promise.reject(new ProblemError(forbidden));
		},
	};
	const live = createObject({
		scopes: feeds.scopes,
		client,
		catalogue: () => catalogue,
		clock,
		now: () => clock.now(),
		type,
		ref,
		related: options.related ?? true,
	});
	const leave = live.subscribe(() => {});
	await clock.settle();
	const related = () => live.snapshot().related.map(({relation, kind, ref: {name}, state}) => [relation, kind, name, state]);
	return {clock, feeds, live, leave, gets, related};
}

const podRef = {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1'};

function pod(more: Readonly<Record<string, unknown>> = {}, metadata: Readonly<Record<string, unknown>> = {}): Item {
	return itemOf(
		served('v1', 'Pod', {
			metadata: {
				name: 'web-1',
				namespace: 'shop',
				labels: {app: 'web'},
				ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-abc', uid: 'rs', controller: true}],
				...metadata,
			},
			spec: {
				nodeName: 'n1',
				volumes: [{name: 'c', configMap: {name: 'conf'}}],
				containers: [{name: 'app', envFrom: [{secretRef: {name: 'db', optional: true}}]}],
			},
			...more,
		}),
	);
}

test('one watch of its own for the object, one for its events', async () => {
	const {feeds, live, clock} = await start('pods', podRef);
	assert.deepEqual(feeds.names(), ['pods shop metadata.name=web-1', 'events shop involvedObject.kind=Pod,involvedObject.name=web-1']);
	assert.deepEqual([live.snapshot().data, live.snapshot().object, live.snapshot().events], ['none', undefined, undefined]);
	feeds.list('pods shop metadata.name=web-1', [pod({}, {labels: {app: 'web', state: 'error', why: 'CrashLoopBackOff'}})]);
	await clock.advance(200);
	const model = live.snapshot();
	assert.deepEqual(
		[model.data, model.tone, model.why, model.stream.state, model.object?.metadata.name],
		['ready', 'error', 'CrashLoopBackOff', 'live', 'web-1'],
	);
});

test('deleted keeps the last state, missing never was there, made again is another object', async () => {
	const key = 'pods shop metadata.name=web-1';
	const {feeds, live, clock} = await start('pods', podRef, {related: false});
	feeds.list(key, []);
	await clock.advance(200);
	assert.equal(live.snapshot().data, 'missing');
	const first = pod();
	feeds.upsert(key, first);
	await clock.advance(200);
	feeds.remove(key, first);
	await clock.advance(200);
	assert.deepEqual([live.snapshot().data, live.snapshot().object?.metadata.uid], ['deleted', first.meta.uid]);
	feeds.upsert(key, pod({}, {uid: 'second'}));
	await clock.advance(200);
	assert.deepEqual([live.snapshot().data, live.snapshot().object?.metadata.uid, live.snapshot().ref.uid], ['ready', 'second', 'second']);
});

function event(name: string, at: string, uid: string): Item {
	return itemOf(
		served('v1', 'Event', {
			metadata: {name, namespace: 'shop', uid: name},
			lastTimestamp: at,
			type: 'Normal',
			reason: name,
			involvedObject: {kind: 'Pod', name: 'web-1', namespace: 'shop', uid},
		}),
	);
}

test('events newest first, without those of an earlier pod of the name', async () => {
	const {feeds, live, clock} = await start('pods', podRef, {related: false});
	feeds.list('pods shop metadata.name=web-1', [pod({}, {uid: 'now'})]);
	feeds.list('events shop involvedObject.kind=Pod,involvedObject.name=web-1', [
		event('a', '2026-01-01T00:00:01Z', 'now'),
		event('old', '2026-01-01T00:00:09Z', 'before'),
		event('b', '2026-01-01T00:00:05Z', 'now'),
	]);
	await clock.advance(200);
	assert.deepEqual(
		live.snapshot().events?.map(({meta}) => meta.name),
		['b', 'a'],
	);
});

test('the events of a node carry its name as uid', async () => {
	const {feeds, live, clock} = await start('nodes', {apiVersion: 'v1', kind: 'Node', name: 'n1'}, {related: false});
	assert.deepEqual(feeds.names(), ['nodes metadata.name=n1', 'events involvedObject.kind=Node,involvedObject.name=n1']);
	feeds.list('nodes metadata.name=n1', [itemOf(served('v1', 'Node', {metadata: {name: 'n1', uid: 'real'}}))]);
	feeds.list('events involvedObject.kind=Node,involvedObject.name=n1', [event('a', '2026-01-01T00:00:01Z', 'n1'), event('b', '2026-01-01T00:00:01Z', 'other')]);
	await clock.advance(200);
	assert.deepEqual(
		live.snapshot().events?.map(({meta}) => meta.name),
		['a'],
	);
});

test('what a pod names is looked up: owners of owners, present, missing, optional, denied, not read yet', async () => {
	const {feeds, live, clock, related} = await start('pods', podRef);
	feeds.list('pods shop metadata.name=web-1', [pod()]);
	await clock.advance(200);
	assert.deepEqual(related(), [
		['owner', 'replicasets.apps', 'web-abc', 'unchecked'],
		['node', 'nodes', 'n1', 'unchecked'],
		['mounts', 'configmaps', 'conf', 'unchecked'],
		['env from', 'secrets', 'db', 'unchecked'],
	]);
	feeds.list('replicasets shop metadata.name=web-abc', [
		itemOf(
			served('apps/v1', 'ReplicaSet', {
				metadata: {name: 'web-abc', namespace: 'shop', ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd', controller: true}]},
			}),
		),
	]);
	feeds.list('nodes metadata.name=n1', [itemOf(served('v1', 'Node', {metadata: {name: 'n1'}}), {status: 'Ready'})]);
	feeds.list('configmaps shop metadata.name=conf', []);
	feeds.stream('secrets shop metadata.name=db', {state: 'denied', since: clock.now(), problem: forbidden});
	feeds.list('services shop', [
		itemOf(served('v1', 'Service', {metadata: {name: 'web', namespace: 'shop'}, spec: {selector: {app: 'web'}}})),
		itemOf(served('v1', 'Service', {metadata: {name: 'other', namespace: 'shop'}, spec: {selector: {app: 'x'}}})),
		itemOf(served('v1', 'Service', {metadata: {name: 'by-hand', namespace: 'shop'}, spec: {}})),
	]);
	await clock.advance(200);
	feeds.list('deployments shop metadata.name=web', [
		itemOf(served('apps/v1', 'Deployment', {metadata: {name: 'web', namespace: 'shop', labels: {state: 'warning', why: '2/3 ready'}}})),
	]);
	await clock.advance(200);
	assert.deepEqual(related(), [
		['owner', 'replicasets.apps', 'web-abc', 'present'],
		['owner', 'deployments.apps', 'web', 'present'],
		['node', 'nodes', 'n1', 'present'],
		['mounts', 'configmaps', 'conf', 'missing'],
		['env from', 'secrets', 'db', 'denied'],
		['selected by', 'services', 'web', 'present'],
	]);
	const details = live.snapshot().related.map(({tone, detail}) => [tone, detail]);
	assert.deepEqual(details, [
		['ok', undefined],
		['warning', '2/3 ready'],
		['ok', 'Ready'],
		['error', 'not there'],
		['unknown', undefined],
		['ok', undefined],
	]);
});

test('an optional reference that is not there is no fault', async () => {
	const {feeds, live, clock} = await start('pods', podRef);
	feeds.list('pods shop metadata.name=web-1', [pod()]);
	await clock.advance(200);
	feeds.list('secrets shop metadata.name=db', []);
	await clock.advance(200);
	const secret = live.snapshot().related.find(({kind}) => kind === 'secrets');
	assert.deepEqual([secret?.state, secret?.tone, secret?.detail], ['missing', 'muted', 'not there, optional']);
});

test('a service that selects nothing says so, with its selector', async () => {
	const {feeds, live, clock} = await start('services', {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'promo'});
	feeds.list('services shop metadata.name=promo', [
		itemOf(served('v1', 'Service', {metadata: {name: 'promo', namespace: 'shop'}, spec: {selector: {app: 'promos'}}})),
	]);
	await clock.advance(200);
	feeds.list('pods shop app=promos', []);
	await clock.advance(200);
	assert.deepEqual(
		live.snapshot().related.filter(({relation}) => relation === 'selects'),
		[
			{
				relation: 'selects',
				kind: 'pods',
				ref: {apiVersion: 'v1', kind: 'Pod', name: '', namespace: 'shop'},
				state: 'missing',
				tone: 'muted',
				detail: 'none has app=promos',
			},
		],
	);
});

test('who uses a ConfigMap is read from whole pods; watches of references that went away are closed', async () => {
	const {feeds, clock, related} = await start('configmaps', {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'conf'});
	feeds.list('configmaps shop metadata.name=conf', [itemOf(served('v1', 'ConfigMap', {metadata: {name: 'conf', namespace: 'shop'}}))]);
	await clock.advance(200);
	assert.equal(feeds.scope('pods shop')?.mode, 'object');
	feeds.list('pods shop', [pod(), itemOf(served('v1', 'Pod', {metadata: {name: 'else', namespace: 'shop'}, spec: {containers: []}}))]);
	await clock.advance(200);
	assert.deepEqual(related(), [['used by', 'pods', 'web-1', 'present']]);
	const other = await start('pods', podRef);
	other.feeds.list('pods shop metadata.name=web-1', [pod()]);
	await other.clock.advance(200);
	other.feeds.upsert('pods shop metadata.name=web-1', pod({spec: {containers: []}}));
	await other.clock.advance(61_000);
	assert.equal(other.feeds.names().includes('configmaps shop metadata.name=conf'), false);
});

test('the preview watches nothing but the object and its events', async () => {
	const {feeds, live, clock} = await start('pods', podRef, {related: false});
	feeds.list('pods shop metadata.name=web-1', [pod()]);
	await clock.advance(200);
	assert.deepEqual([feeds.names().length, live.snapshot().related], [2, []]);
});

test('where only get is allowed the object is read by get, again after half a minute', async () => {
	const {feeds, live, clock, gets} = await start('pods', podRef, {
		related: false,
		get: async () => served('v1', 'Pod', {metadata: {name: 'web-1', namespace: 'shop'}}),
	});
	feeds.stream('pods shop metadata.name=web-1', {state: 'denied', since: clock.now(), problem: forbidden});
	await clock.advance(200);
	assert.deepEqual([live.snapshot().data, live.snapshot().object?.metadata.name, live.snapshot().stream.state], ['ready', 'web-1', 'denied']);
	await clock.advance(20_000);
	assert.deepEqual(gets, [false]);
	await clock.advance(20_000);
	assert.deepEqual(gets, [false, false]);
});

test('a get that fails too leaves the object unread and is not repeated at once', async () => {
	const {feeds, live, clock, gets} = await start('pods', podRef, {related: false});
	feeds.stream('pods shop metadata.name=web-1', {state: 'denied', since: clock.now(), problem: forbidden});
	await clock.advance(25_000);
	assert.deepEqual([live.snapshot().data, gets.length], ['none', 1]);
});

test('managedFields are fetched once for each state of the object, when they are asked for', async () => {
	const whole = served('v1', 'Pod', {metadata: {name: 'web-1', namespace: 'shop', resourceVersion: 'other', managedFields: [{manager: 'kubectl'}]}});
	const {feeds, live, clock, gets} = await start('pods', podRef, {related: false, get: async () => whole});
	feeds.list('pods shop metadata.name=web-1', [pod()]);
	await clock.advance(200);
	assert.match(live.snapshot().yaml({managedFields: false, revealed: []}).join('\n'), /^apiVersion: v1/);
	assert.deepEqual(gets, []);
	for (let index = 0; index < 5; index++) {
		live.snapshot().yaml({managedFields: true, revealed: []});
		await clock.advance(100);
	}
	assert.deepEqual(gets, [true]);
	assert.match(live.snapshot().yaml({managedFields: true, revealed: []}).join('\n'), /manager: kubectl/);
	feeds.upsert('pods shop metadata.name=web-1', pod());
	await clock.advance(200);
	live.snapshot().yaml({managedFields: true, revealed: []});
	await clock.advance(100);
	assert.deepEqual(gets, [true, true]);
});

test('the YAML of a Secret is masked, also when it was read with managedFields', async () => {
	const secret = served('v1', 'Secret', {metadata: {name: 'db', namespace: 'shop'}, data: {password: btoa('planted-value')}});
	const {feeds, live, clock} = await start(
		'secrets',
		{apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'db'},
		{related: false, get: async () => secret},
	);
	feeds.list('secrets shop metadata.name=db', [itemOf(secret)]);
	await clock.advance(200);
	for (const managedFields of [false, true, true]) {
		const text = live.snapshot().yaml({managedFields, revealed: []}).join('\n');
		assert.match(text, /password: \(masked, 13 bytes\)/);
		assert.doesNotMatch(text, /planted|cGxhbnRlZ/);
		await clock.advance(100);
	}
	assert.match(
		live
			.snapshot()
			.yaml({managedFields: false, revealed: ['password']})
			.join('\n'),
		/password: planted-value/,
	);
});

test('the same YAML is not written twice', async () => {
	const {feeds, live, clock} = await start('pods', podRef, {related: false});
	feeds.list('pods shop metadata.name=web-1', [pod()]);
	await clock.advance(200);
	const options = {managedFields: false, revealed: []};
	assert.equal(live.snapshot().yaml(options), live.snapshot().yaml(options));
});

test('the last one to leave ends watches and timers', async () => {
	const {feeds, clock, leave} = await start('pods', podRef);
	feeds.list('pods shop metadata.name=web-1', [pod()]);
	await clock.advance(200);
	leave();
	await clock.advance(61_000);
	assert.deepEqual([feeds.names(), clock.pending()], [[], 0]);
});
