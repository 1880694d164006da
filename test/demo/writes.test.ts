import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at, type Json, type JsonObject, numberAt, recordsAt, textAt} from '../../source/demo/json.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {type Answer, ask, OpenWatch} from './demo-client.ts';

const path = '/api/v1/namespaces/shop/configmaps';

async function open(): Promise<DemoServer> {
	return await startDemo({story: 'healthy', realTime: false, clock: createFakeClock()});
}

function configMap(name: string, more: JsonObject = {}): JsonObject {
	return {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name}, data: {a: '1'}, ...more};
}

async function create(server: DemoServer, name: string): Promise<Answer> {
	return await ask(server, path, {method: 'POST', body: configMap(name)});
}

async function patch(server: DemoServer, name: string, type: string, body: Json): Promise<Answer> {
	return await ask(server, `${path}/${name}`, {method: 'PATCH', body, type: `application/${type}+json`});
}

test('what is created, changed and deleted over HTTP is seen by a watch', async () => {
	await using server = await open();
	const from = textAt((await ask(server, `${path}?limit=1`)).body, 'metadata', 'resourceVersion');
	await using watch = await OpenWatch.open(server, `${path}?watch=1&resourceVersion=${from}`, 'application/json');
	const created = await create(server, 'x');
	assert.equal(created.status, 201);
	assert.notEqual(textAt(created.body, 'metadata', 'uid'), '');
	assert.equal((await patch(server, 'x', 'merge-patch', {data: {b: '2'}})).status, 200);
	assert.equal((await patch(server, 'x', 'merge-patch', {data: {b: '2'}})).status, 200);
	const deleted = await ask(server, `${path}/x`, {method: 'DELETE'});
	assert.deepEqual([deleted.status, textAt(deleted.body, 'status')], [200, 'Success']);
	await watch.until(({events}) => events.length === 3);
	assert.deepEqual(watch.summary(), ['ADDED x', 'MODIFIED x', 'DELETED x'], 'a write that changes nothing makes no event');
	assert.deepEqual(at(watch.events[1], 'object', 'data'), {a: '1', b: '2'});
});

test('creation is refused: twice, in a namespace that is not there, without a name, as another kind', async () => {
	await using server = await open();
	await create(server, 'x');
	const twice = await create(server, 'x');
	assert.deepEqual([twice.status, textAt(twice.body, 'message')], [409, 'configmaps "x" already exists']);
	const nowhere = await ask(server, '/api/v1/namespaces/nope/configmaps', {method: 'POST', body: configMap('x')});
	assert.deepEqual([nowhere.status, textAt(nowhere.body, 'message')], [404, 'namespaces "nope" not found']);
	assert.equal((await ask(server, path, {method: 'POST', body: {metadata: {}}})).status, 422);
	assert.equal((await ask(server, path, {method: 'POST', body: configMap('y', {kind: 'Secret'})})).status, 400);
	assert.equal((await ask(server, path, {method: 'POST', body: [], type: 'application/vnd.kubernetes.protobuf'})).status, 415);
	const named = await ask(server, path, {method: 'POST', body: {metadata: {generateName: 'made-'}}});
	assert.match(textAt(named.body, 'metadata', 'name'), /^made-[a-z0-9]{5}$/);
});

test('an update needs the current resourceVersion where it names one', async () => {
	await using server = await open();
	const {body} = await create(server, 'x');
	const update = async (version: string, data: JsonObject): Promise<Answer> =>
		await ask(server, `${path}/x`, {method: 'PUT', body: configMap('x', {metadata: {name: 'x', resourceVersion: version}, data})});
	const first = textAt(body, 'metadata', 'resourceVersion');
	assert.equal((await update(first, {b: '2'})).status, 200);
	const late = await update(first, {c: '3'});
	assert.equal(late.status, 409);
	assert.match(textAt(late.body, 'message'), /the object has been modified; please apply your changes to the latest version and try again$/);
	assert.deepEqual(server.cluster.get('configmaps', 'shop', 'x')?.['data'], {b: '2'});
	assert.equal((await update('', {d: '4'})).status, 200);
});

test('the patch types that are served change the object, apply is 415', async () => {
	await using server = await open();
	await create(server, 'x');
	await patch(server, 'x', 'json-patch', [{op: 'add', path: '/data/b', value: '2'}]);
	await patch(server, 'x', 'strategic-merge-patch', {metadata: {labels: {l: 'm'}}, data: {a: null}});
	const object = server.cluster.get('configmaps', 'shop', 'x');
	assert.deepEqual([object?.['data'], object?.metadata.labels], [{b: '2'}, {l: 'm'}]);
	assert.equal((await patch(server, 'x', 'apply-patch', {})).status, 415);
	assert.equal((await patch(server, 'nope', 'merge-patch', {})).status, 404);
});

test('a dry run answers and stores nothing', async () => {
	await using server = await open();
	const before = server.cluster.resourceVersion;
	assert.equal((await ask(server, `${path}?dryRun=All`, {method: 'POST', body: configMap('x')})).status, 201);
	const patched = await ask(server, `${path}/web-config?dryRun=All`, {method: 'PATCH', body: {data: {z: '1'}}, type: 'application/merge-patch+json'});
	assert.equal(textAt(patched.body, 'data', 'z'), '1');
	assert.equal((await ask(server, `${path}/web-config?dryRun=All`, {method: 'DELETE'})).status, 200);
	assert.equal(server.cluster.resourceVersion, before);
});

test('finalizers hold an object until they are taken away', async () => {
	await using server = await open();
	await ask(server, path, {method: 'POST', body: configMap('x', {metadata: {name: 'x', finalizers: ['example.test/keep']}})});
	const marked = await ask(server, `${path}/x`, {method: 'DELETE'});
	assert.notEqual(textAt(marked.body, 'metadata', 'deletionTimestamp'), '');
	assert.equal((await ask(server, `${path}/x`)).status, 200);
	await patch(server, 'x', 'merge-patch', {metadata: {finalizers: null}});
	assert.equal((await ask(server, `${path}/x`)).status, 404);
});

test('the status is written by its sub-resource only, and the generation counts changes of the spec', async () => {
	await using server = await open();
	const deployment = '/apis/apps/v1/namespaces/shop/deployments/web';
	const type = 'application/merge-patch+json';
	const main = await ask(server, deployment, {method: 'PATCH', type, body: {spec: {replicas: 7}, status: {replicas: 99}}});
	assert.equal(numberAt(main.body, 'spec', 'replicas'), 7);
	assert.notEqual(numberAt(main.body, 'status', 'replicas'), 99);
	const status = await ask(server, `${deployment}/status`, {method: 'PATCH', type, body: {spec: {replicas: 1}, status: {replicas: 99}}});
	assert.deepEqual([numberAt(status.body, 'spec', 'replicas'), numberAt(status.body, 'status', 'replicas')], [7, 99]);
	assert.equal(numberAt(status.body, 'metadata', 'generation'), numberAt(main.body, 'metadata', 'generation'));
	const again = await ask(server, deployment, {method: 'PATCH', type, body: {spec: {replicas: 8}}});
	assert.equal(numberAt(again.body, 'metadata', 'generation'), numberAt(main.body, 'metadata', 'generation') + 1);
});

test("a namespace takes everything in it along; a uid that is not the object's spares it", async () => {
	await using server = await open();
	const wrong = await ask(server, `${path}/web-config`, {method: 'DELETE', body: {preconditions: {uid: 'other'}}});
	assert.equal(wrong.status, 409);
	const from = String(server.cluster.resourceVersion);
	await using watch = await OpenWatch.open(server, `/api/v1/namespaces?watch=1&resourceVersion=${from}`, 'application/json');
	await ask(server, '/api/v1/namespaces/shop', {method: 'DELETE'});
	await watch.until(({events}) => events.length === 2);
	assert.equal(textAt(watch.events[0], 'object', 'status', 'phase'), 'Terminating');
	assert.deepEqual(watch.summary(), ['MODIFIED shop', 'DELETED shop']);
	assert.deepEqual(server.cluster.list('pods', 'shop'), []);
	assert.equal(recordsAt((await ask(server, '/api/v1/namespaces/shop/pods')).body, 'items').length, 0);
});

test('a collection is deleted by selector', async () => {
	await using server = await open();
	const before = server.cluster.list('pods', 'shop').length;
	assert.equal((await ask(server, '/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb', {method: 'DELETE'})).status, 200);
	assert.equal(server.cluster.list('pods', 'shop').length, before - 3);
});

test('scale reads and sets the number of pods, and refuses what is none', async () => {
	await using server = await open();
	const scale = '/apis/apps/v1/namespaces/shop/deployments/web/scale';
	const {body} = await ask(server, scale);
	assert.deepEqual([textAt(body, 'kind'), numberAt(body, 'spec', 'replicas'), textAt(body, 'status', 'selector')], ['Scale', 3, 'app=web']);
	const merge = 'application/merge-patch+json';
	const scaled = await ask(server, scale, {method: 'PATCH', type: merge, body: {spec: {replicas: 5}}});
	assert.deepEqual([scaled.status, numberAt(server.cluster.get('deployments.apps', 'shop', 'web'), 'spec', 'replicas')], [200, 5]);
	assert.equal((await ask(server, scale, {method: 'PATCH', type: merge, body: {spec: {replicas: -1}}})).status, 422);
	assert.equal((await ask(server, scale, {method: 'PUT', body: {metadata: {resourceVersion: '1'}, spec: {replicas: 2}}})).status, 409);
	assert.equal((await ask(server, `${scale}?dryRun=All`, {method: 'PATCH', type: merge, body: {spec: {replicas: 9}}})).status, 200);
	assert.equal(numberAt(server.cluster.get('deployments.apps', 'shop', 'web'), 'spec', 'replicas'), 5);
});

test('an eviction keeps to the PodDisruptionBudget', async () => {
	await using server = await open();
	const names = server.cluster.list('pods', 'shop').filter(({metadata}) => metadata.labels?.['app'] === 'web');
	const evict = async (name: string): Promise<Answer> =>
		await ask(server, `/api/v1/namespaces/shop/pods/${name}/eviction`, {method: 'POST', body: {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name}}});
	assert.equal((await evict(names[0]?.metadata.name ?? '')).status, 201);
	const refused = await evict(names[1]?.metadata.name ?? '');
	assert.deepEqual([refused.status, textAt(refused.body, 'reason')], [429, 'TooManyRequests']);
	assert.equal(textAt(recordsAt(refused.body, 'details', 'causes')[0], 'reason'), 'DisruptionBudget');
	assert.equal((await evict('none')).status, 404);
});

test('what probes write: an ephemeral container that starts and stays, a pod of their own, deleted by its uid', async () => {
	const clock = createFakeClock();
	await using server = await startDemo({story: 'healthy', clock});
	const pods = '/api/v1/namespaces/shop/pods';
	const type = 'application/strategic-merge-patch+json';
	const container = {name: 'debugger-x7k2p', image: 'registry.example.test/tools/netshoot:1', stdin: true, targetContainerName: 'app'};
	const patched = await ask(server, `${pods}/payments-0/ephemeralcontainers`, {method: 'PATCH', type, body: {spec: {ephemeralContainers: [container]}}});
	assert.equal(patched.status, 200);
	await clock.advance(3000);
	const state = (): string =>
		JSON.stringify(at(recordsAt(server.cluster.get('pods', 'shop', 'payments-0'), 'status', 'ephemeralContainerStatuses')[0], 'state'));
	assert.match(state(), /"running"/);
	assert.equal((await ask(server, `${pods}/payments-0/log?container=debugger-x7k2p`)).status, 200);
	assert.equal((await ask(server, `${pods}/payments-0/ephemeralcontainers`, {method: 'PATCH', type, body: {spec: {}}, user: 'alice'})).status, 403);
	const spec = {nodeName: 'node-a1', restartPolicy: 'Never', containers: [{name: 'probe', image: 'registry.example.test/tools/netshoot:1'}]};
	const made = await ask(server, pods, {method: 'POST', body: {metadata: {generateName: 'k8tui-', labels: {'k8tui.io/debug': 's1'}}, spec}});
	await clock.advance(10_000);
	const name = textAt(made.body, 'metadata', 'name');
	assert.equal(textAt(server.cluster.get('pods', 'shop', name), 'status', 'phase'), 'Running');
	const gone = async (uid: string): Promise<number> =>
		(await ask(server, `${pods}/${name}`, {method: 'DELETE', body: {preconditions: {uid}, gracePeriodSeconds: 0}})).status;
	assert.equal(await gone('00000000-0000-4000-a000-000000000000'), 409);
	assert.equal(await gone(textAt(made.body, 'metadata', 'uid')), 200);
	assert.equal(server.cluster.get('pods', 'shop', name), undefined);
});
