import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Json, listAt, recordsAt, textAt} from '../../source/demo/json.ts';
import {setMetricsApi} from '../../source/demo/aggregated-apis.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {ask} from './demo-client.ts';

const v2 = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const v2beta1 = 'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList';
const kubectl = `${v2},${v2beta1},application/json`;

async function open(): Promise<DemoServer> {
	return await startDemo({story: 'healthy', realTime: false, clock: createFakeClock()});
}

function line(groupVersion: string, name: string, parts: Readonly<{namespaced: boolean; verbs: readonly Json[]}>): string {
	return `${groupVersion}/${name} ${parts.namespaced ? 'namespaced' : 'cluster'} ${parts.verbs.join(',')}`;
}

function aggregatedLines(root: Json): readonly string[] {
	return recordsAt(root, 'items').flatMap(group =>
		recordsAt(group, 'versions').flatMap(version => {
			const name = textAt(group, 'metadata', 'name');
			const groupVersion = name === '' ? textAt(version, 'version') : `${name}/${textAt(version, 'version')}`;
			return recordsAt(version, 'resources').flatMap(resource => {
				const namespaced = textAt(resource, 'scope') === 'Namespaced';
				const plural = textAt(resource, 'resource');
				return [
					line(groupVersion, plural, {namespaced, verbs: listAt(resource, 'verbs')}),
					...recordsAt(resource, 'subresources').map(own =>
						line(groupVersion, `${plural}/${textAt(own, 'subresource')}`, {namespaced, verbs: listAt(own, 'verbs')}),
					),
				];
			});
		}),
	);
}

async function legacyLines(server: DemoServer): Promise<readonly string[]> {
	const groups = recordsAt((await ask(server, '/apis')).body, 'groups');
	const paths = ['/api/v1', ...groups.flatMap(group => recordsAt(group, 'versions').map(version => `/apis/${textAt(version, 'groupVersion')}`))];
	const documents = await Promise.all(paths.map(async path => (await ask(server, path)).body));
	return documents.flatMap(document =>
		recordsAt(document, 'resources').map(resource =>
			line(textAt(document, 'groupVersion'), textAt(resource, 'name'), {namespaced: resource['namespaced'] === true, verbs: listAt(resource, 'verbs')}),
		),
	);
}

test('v2, v2beta1 and the legacy documents tell the same', async () => {
	await using server = await open();
	const documents = await Promise.all(['/api', '/apis'].map(async path => await ask(server, path, {accept: kubectl})));
	assert.ok(documents.every(({headers}) => headers.get('content-type') === 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'));
	const aggregated = documents.flatMap(({body}) => aggregatedLines(body));
	assert.ok(aggregated.includes('v1/pods namespaced create,delete,deletecollection,get,list,patch,update,watch'));
	assert.ok(aggregated.includes('apps/v1/deployments/scale namespaced get,patch,update'));
	assert.deepEqual(await legacyLines(server), aggregated);
	server.settings.discovery = 'v2beta1';
	const older = await Promise.all(['/api', '/apis'].map(async path => await ask(server, path, {accept: kubectl})));
	assert.match(older[0]?.headers.get('content-type') ?? '', /v=v2beta1/);
	assert.deepEqual(
		older.flatMap(({body}) => aggregatedLines(body)),
		aggregated,
	);
	server.settings.discovery = 'legacy';
	assert.equal(textAt((await ask(server, '/api', {accept: kubectl})).body, 'kind'), 'APIVersions');
	assert.equal(textAt((await ask(server, '/apis', {accept: kubectl})).body, 'kind'), 'APIGroupList');
});

test('an unchanged document is answered 304, a changed one in full', async () => {
	await using server = await open();
	const first = await ask(server, '/apis', {accept: kubectl});
	const etag = first.headers.get('etag') ?? '';
	assert.notEqual(etag, '');
	const again = await ask(server, '/apis', {accept: kubectl, headers: {'if-none-match': etag}});
	assert.deepEqual([again.status, again.text], [304, '']);
	server.cluster.delete('customresourcedefinitions.apiextensions.k8s.io', undefined, 'tenants.example.test');
	assert.equal((await ask(server, '/apis', {accept: kubectl, headers: {'if-none-match': etag}})).status, 200);
});

test('a group whose API service is down is stale in one document and 503 in the other', async () => {
	await using server = await open();
	server.settings.staleGroups.add('backup.example.test');
	const {body} = await ask(server, '/apis', {accept: kubectl});
	const group = recordsAt(body, 'items').find(item => textAt(item, 'metadata', 'name') === 'backup.example.test');
	assert.deepEqual(
		recordsAt(group, 'versions').map(version => textAt(version, 'freshness')),
		['Stale', 'Stale'],
	);
	assert.equal((await ask(server, '/apis/backup.example.test/v1')).status, 503);
	assert.equal((await ask(server, '/apis/backup.example.test/v1/backups')).status, 503);
	assert.equal((await ask(server, '/apis/apps/v1')).status, 200);
});

test('a CustomResourceDefinition is served as soon as it is there, or after the lag that is set', async () => {
	const clock = createFakeClock();
	await using server = await startDemo({story: 'healthy', realTime: false, clock});
	const define = async (plural: string): Promise<number> => {
		const versions = [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object'}}}];
		const spec = {group: 'new.test', scope: 'Namespaced', names: {plural, kind: plural.toUpperCase()}, versions};
		const body = {apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: {name: `${plural}.new.test`}, spec};
		const created = await ask(server, '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {method: 'POST', body});
		assert.equal(textAt(recordsAt(created.body, 'status', 'conditions')[1], 'type'), 'Established');
		return (await ask(server, `/apis/new.test/v1/${plural}`)).status;
	};
	assert.equal(await define('things'), 200);
	server.settings.customKindLagMs = 2000;
	assert.equal(await define('slows'), 404);
	await clock.advance(2000);
	assert.equal((await ask(server, '/apis/new.test/v1/slows')).status, 200);
});

test('health, version and the absent metrics group', async () => {
	await using server = await open();
	assert.equal((await ask(server, '/readyz')).text, 'ok');
	assert.match((await ask(server, '/readyz?verbose')).text, /^\[\+\]ping ok\n[\s\S]*\nreadyz check passed\n$/);
	server.settings.failingChecks.add('etcd');
	const failing = await ask(server, '/readyz?verbose');
	assert.equal(failing.status, 500);
	assert.match(failing.text, /\[-\]etcd failed: reason withheld\n/);
	assert.equal(textAt((await ask(server, '/version')).body, 'gitVersion'), 'v1.34.2');
	setMetricsApi(server.cluster, 'absent');
	assert.equal((await ask(server, '/apis/metrics.k8s.io/v1beta1/pods')).status, 404);
	assert.equal((await ask(server, '/apis/metrics.k8s.io')).status, 404);
	assert.equal(textAt((await ask(server, '/apis/apps')).body, 'preferredVersion'), '');
	assert.equal(textAt((await ask(server, '/apis/apps')).body, 'preferredVersion', 'version'), 'v1');
});
