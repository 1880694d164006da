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
