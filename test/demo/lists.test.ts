import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at, type Json, listAt, recordsAt, textAt} from '../../source/demo/json.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {ask, asMetadata, asTable} from './demo-client.ts';

async function open(): Promise<DemoServer> {
	return await startDemo({story: 'healthy', realTime: false, clock: createFakeClock()});
}

function rowNames(table: Json): readonly string[] {
	return recordsAt(table, 'rows').map(row => `${textAt(row, 'object', 'metadata', 'namespace')}/${textAt(row, 'object', 'metadata', 'name')}`);
}

test('pages of two have every pod once, in order, at one resourceVersion, whatever is written meanwhile', async () => {
	await using server = await open();
	const whole = rowNames((await ask(server, '/api/v1/pods', {accept: asTable})).body);
	const seen: string[] = [];
	const versions = new Set<string>();
	let token = '';
	do {
		const {body} = await ask(server, `/api/v1/pods?limit=2&continue=${token}`, {accept: asTable});
		const names = rowNames(body);
		assert.ok(names.length <= 2);
		seen.push(...names);
		versions.add(textAt(body, 'metadata', 'resourceVersion'));
		token = textAt(body, 'metadata', 'continue');
		assert.equal(at(body, 'metadata', 'remainingItemCount'), token === '' ? undefined : whole.length - seen.length);
		if (seen.length === 2) server.cluster.delete('pods', 'shop', 'payments-0');
	} while (token !== '');
	assert.deepEqual(seen, whole);
	assert.deepEqual([...whole].sort(), whole);
	assert.equal(versions.size, 1);
});

test('with a selector nobody says how many remain; resourceVersion 0 ignores the limit', async () => {
	await using server = await open();
	const selected = await ask(server, '/api/v1/namespaces/shop/pods?limit=1&labelSelector=app%3Dweb', {accept: asTable});
	assert.notEqual(textAt(selected.body, 'metadata', 'continue'), '');
	assert.equal(at(selected.body, 'metadata', 'remainingItemCount'), undefined);
	const everything = await ask(server, '/api/v1/pods?limit=1&resourceVersion=0', {accept: asTable});
	assert.equal(recordsAt(everything.body, 'rows').length, server.cluster.list('pods').length);
});

test('a token that is too old is answered 410 with one that goes on, inconsistently', async () => {
	await using server = await open();
	const first = await ask(server, '/api/v1/pods?limit=5');
	server.cluster.compact();
	const second = await ask(server, `/api/v1/pods?limit=5&continue=${textAt(first.body, 'metadata', 'continue')}`);
	assert.equal(second.status, 410);
	assert.equal(textAt(second.body, 'reason'), 'Expired');
	const rest = await ask(server, `/api/v1/pods?continue=${textAt(second.body, 'metadata', 'continue')}`);
	assert.equal(recordsAt(rest.body, 'items').length, server.cluster.list('pods').length - 5);
	assert.equal((await ask(server, '/api/v1/pods?continue=zzz')).status, 400);
});

test('a token is too old after five minutes', async () => {
	const clock = createFakeClock();
	await using server = await startDemo({story: 'healthy', realTime: false, clock});
	const token = textAt((await ask(server, '/api/v1/pods?limit=5')).body, 'metadata', 'continue');
	clock.jump(299_000);
	assert.equal((await ask(server, `/api/v1/pods?limit=5&continue=${token}`)).status, 200);
	clock.jump(2000);
	assert.equal((await ask(server, `/api/v1/pods?limit=5&continue=${token}`)).status, 410);
});

test('includeObject has three ways and nothing else', async () => {
	await using server = await open();
	const path = '/api/v1/namespaces/shop/pods?limit=1&includeObject=';
	const object = async (include: string): Promise<Json | undefined> =>
		at(recordsAt((await ask(server, path + include, {accept: asTable})).body, 'rows')[0], 'object');
	assert.equal(await object('None'), null);
	assert.equal(textAt(await object(''), 'kind'), 'PartialObjectMetadata');
	assert.ok(listAt(await object('Metadata'), 'metadata', 'managedFields').length > 0);
	assert.notEqual(textAt(await object('Object'), 'spec', 'nodeName'), '');
	const refused = await ask(server, `${path}Foo`, {accept: asTable});
	assert.equal(refused.status, 400);
	assert.match(textAt(refused.body, 'message'), /includeObject: Invalid value: "Foo"/);
});

test('a single object, a list and metadata come in the shape that was asked for', async () => {
	await using server = await open();
	const table = await ask(server, '/api/v1/nodes/node-a1', {accept: `application/json;as=Table;v=v9;g=meta.k8s.io,${asTable}`});
	assert.equal(textAt(table.body, 'kind'), 'Table');
	assert.equal(recordsAt(table.body, 'rows').length, 1);
	const beta = await ask(server, '/api/v1/nodes', {accept: 'application/json;as=Table;v=v1beta1;g=meta.k8s.io'});
	assert.equal(textAt(beta.body, 'apiVersion'), 'meta.k8s.io/v1beta1');
	const plain = await ask(server, '/api/v1/nodes');
	assert.equal(textAt(plain.body, 'kind'), 'NodeList');
	assert.equal(at(recordsAt(plain.body, 'items')[0], 'kind'), undefined, 'items of built-in lists carry no kind');
	const custom = await ask(server, '/apis/backup.example.test/v1/backups');
	assert.equal(at(recordsAt(custom.body, 'items')[0], 'kind'), 'Backup');
	const partial = await ask(server, '/api/v1/nodes', {accept: asMetadata});
	assert.equal(textAt(partial.body, 'kind'), 'PartialObjectMetadataList');
	assert.equal((await ask(server, '/api/v1/nodes', {accept: 'text/plain'})).status, 406);
	assert.equal((await ask(server, '/api/v1/nodes', {accept: 'application/json;as=Table;v=v3;g=meta.k8s.io'})).status, 406);
});

test('a kind without Tables answers a plain list where it may, else 406', async () => {
	await using server = await open();
	server.settings.withoutTables.add('nodes');
	assert.equal(textAt((await ask(server, '/api/v1/nodes', {accept: `${asTable},application/json`})).body, 'kind'), 'NodeList');
	assert.equal((await ask(server, '/api/v1/nodes', {accept: asTable})).status, 406);
});

test('custom columns: types, priorities, dates as ages, null where the path leads nowhere; other versions show the same objects', async () => {
	await using server = await open();
	server.cluster.create({apiVersion: 'backup.example.test/v1', kind: 'Backup', metadata: {name: 'never-ran', namespace: 'data'}, spec: {}});
	const {body} = await ask(server, '/apis/backup.example.test/v1/namespaces/data/backups', {accept: asTable});
	assert.deepEqual(
		recordsAt(body, 'columnDefinitions').map(column => `${textAt(column, 'name')}:${textAt(column, 'type')}:${String(column['priority'])}`),
		['Name:string:0', 'Phase:string:0', 'Size:integer:0', 'Encrypted:boolean:0', 'Last Run:date:0', 'Ratio:number:1', 'Age:date:0'],
	);
	const cells = recordsAt(body, 'rows').map(row => row['cells']);
	assert.deepEqual(cells[0], ['media-nightly', 'Running', 42, true, '4h30m', 0.42, '212d']);
	assert.deepEqual(cells[1], ['never-ran', null, null, null, null, null, '0s']);
	const beta = await ask(server, '/apis/backup.example.test/v1beta1/namespaces/data/backups/pg-nightly');
	assert.equal(textAt(beta.body, 'apiVersion'), 'backup.example.test/v1beta1');
});

test('what is not there is 404 in the words of the server', async () => {
	await using server = await open();
	const missing = await ask(server, '/apis/apps/v1/namespaces/shop/deployments/nope');
	assert.deepEqual([missing.status, textAt(missing.body, 'message')], [404, 'deployments.apps "nope" not found']);
	assert.deepEqual(at(missing.body, 'details'), {name: 'nope', group: 'apps', kind: 'deployments'});
	assert.equal(textAt((await ask(server, '/api/v1/nopes')).body, 'message'), 'the server could not find the requested resource');
	assert.equal((await ask(server, '/nope')).text, '404 page not found\n');
	const future = await ask(server, '/api/v1/pods?resourceVersion=999999999');
	assert.deepEqual([future.status, future.headers.get('retry-after')], [504, '1']);
	assert.equal(textAt(recordsAt(future.body, 'details', 'causes')[0], 'reason'), 'ResourceVersionTooLarge');
	assert.equal((await ask(server, '/api/v1/pods?limit=abc')).status, 400);
	assert.equal((await ask(server, '/api/v1/pods', {method: 'PUT', body: {}})).status, 405);
});

test('ages move with the clock, and a kept row with them', async () => {
	const clock = createFakeClock();
	await using server = await startDemo({story: 'healthy', realTime: false, clock});
	server.cluster.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'young', namespace: 'shop'}});
	const age = async (): Promise<Json | undefined> =>
		listAt(recordsAt((await ask(server, '/api/v1/namespaces/shop/configmaps/young', {accept: asTable})).body, 'rows')[0], 'cells')[2];
	assert.equal(await age(), '0s');
	clock.jump(999);
	assert.equal(await age(), '0s');
	clock.jump(1);
	assert.equal(await age(), '1s');
	clock.jump(600_000);
	assert.equal(await age(), '10m');
});
