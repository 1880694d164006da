import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at, type JsonObject, listAt, recordsAt, textAt} from '../../source/demo/json.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {ask} from './demo-client.ts';

async function open(): Promise<DemoServer> {
	return await startDemo({story: 'healthy', realTime: false, clock: createFakeClock()});
}

// Word for word from a kube-apiserver v1.34.2 asked by a user without rights.
const refusals: ReadonlyArray<readonly [method: string, path: string, message: string, details: JsonObject]> = [
	['GET', '/api/v1/pods', 'pods is forbidden: User "eve" cannot list resource "pods" in API group "" at the cluster scope', {kind: 'pods'}],
	[
		'GET',
		'/api/v1/namespaces/shop/pods/x/log',
		'pods "x" is forbidden: User "eve" cannot get resource "pods/log" in API group "" in the namespace "shop"',
		{name: 'x', kind: 'pods'},
	],
	[
		'GET',
		'/apis/apps/v1/namespaces/shop/deployments/x',
		'deployments.apps "x" is forbidden: User "eve" cannot get resource "deployments" in API group "apps" in the namespace "shop"',
		{name: 'x', group: 'apps', kind: 'deployments'},
	],
	[
		'DELETE',
		'/api/v1/namespaces/x',
		'namespaces "x" is forbidden: User "eve" cannot delete resource "namespaces" in API group "" in the namespace "x"',
		{name: 'x', kind: 'namespaces'},
	],
	['GET', '/metrics', 'forbidden: User "eve" cannot get path "/metrics"', {}],
];

test('a user without rights is refused word for word, and still reads version and discovery', async () => {
	await using server = await open();
	for (const [method, path, message, details] of refusals) {
		const answer = await ask(server, path, {method, user: 'eve'});
		assert.deepEqual([answer.status, textAt(answer.body, 'message'), at(answer.body, 'details')], [403, message, details], path);
	}
	for (const path of ['/version', '/readyz', '/api', '/apis', '/apis/apps/v1']) assert.equal((await ask(server, path, {user: 'eve'})).status, 200, path);
});

test('the RBAC objects in the store decide, at once', async () => {
	await using server = await open();
	assert.equal((await ask(server, '/api/v1/pods', {user: 'alice'})).status, 200);
	assert.equal((await ask(server, '/api/v1/namespaces/shop/secrets', {user: 'alice'})).status, 403);
	assert.equal((await ask(server, '/api/v1/namespaces/shop/secrets', {user: 'dev'})).status, 200);
	assert.equal((await ask(server, '/api/v1/namespaces/data/pods', {user: 'dev'})).status, 403);
	assert.equal((await ask(server, '/api/v1/namespaces/shop/configmaps', {user: 'system:serviceaccount:shop:web'})).status, 200);
	assert.equal((await ask(server, '/api/v1/nodes', {user: 'x', headers: {'impersonate-group': 'ops'}})).status, 200);
	server.cluster.delete('clusterrolebindings.rbac.authorization.k8s.io', undefined, 'alice-view');
	assert.equal((await ask(server, '/api/v1/pods', {user: 'alice'})).status, 403);
	assert.equal((await ask(server, '/api/v1/pods', {user: 'alice', headers: {authorization: 'Bearer demo-token'}})).status, 403);
});

test('resourceNames allow the one object, also as list and watch of its name', async () => {
	await using server = await open();
	const rules = [{apiGroups: [''], resources: ['configmaps'], resourceNames: ['web-config'], verbs: ['get', 'list']}];
	const metadata = {name: 'one', namespace: 'shop'};
	server.cluster.create({apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules});
	const subjects = [{kind: 'User', name: 'eve', apiGroup: 'rbac.authorization.k8s.io'}];
	const roleRef = {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'one'};
	server.cluster.create({apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata, roleRef, subjects});
	const path = '/api/v1/namespaces/shop/configmaps';
	assert.equal((await ask(server, `${path}/web-config`, {user: 'eve'})).status, 200);
	assert.equal((await ask(server, `${path}?fieldSelector=metadata.name%3Dweb-config`, {user: 'eve'})).status, 200);
	assert.equal((await ask(server, path, {user: 'eve'})).status, 403);
	assert.equal((await ask(server, `${path}/cart-config`, {user: 'eve'})).status, 403);
});

test('a bad token is 401; a token names its user; nobody may impersonate who may not', async () => {
	await using server = await open();
	const bad = await ask(server, '/api/v1/pods', {headers: {authorization: 'Bearer nope'}});
	assert.deepEqual([bad.status, textAt(bad.body, 'message')], [401, 'Unauthorized']);
	server.tokens.set('alice-token', {username: 'alice', groups: []});
	const own = {authorization: 'Bearer alice-token'};
	assert.equal((await ask(server, '/api/v1/pods', {headers: own})).status, 200);
	assert.equal((await ask(server, '/api/v1/pods', {headers: own, user: 'demo'})).status, 403);
	server.tokens.delete('alice-token');
	assert.equal((await ask(server, '/api/v1/pods', {headers: own})).status, 401);
});

test('the three questions about oneself are answered', async () => {
	await using server = await open();
	const may = async (user: string, resourceAttributes: JsonObject): Promise<unknown> => {
		const body = {spec: {resourceAttributes}};
		const answer = await ask(server, '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {method: 'POST', body, user});
		assert.equal(answer.status, 201);
		return at(answer.body, 'status', 'allowed');
	};
	assert.equal(await may('alice', {verb: 'list', resource: 'pods'}), true);
	assert.equal(await may('alice', {verb: 'get', resource: 'pods', subresource: 'log', namespace: 'shop'}), true);
	assert.equal(await may('alice', {verb: 'delete', resource: 'pods', namespace: 'shop'}), false);
	assert.equal(await may('dev', {verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'shop'}), true);
	const body = {spec: {namespace: 'shop'}};
	const rules = await ask(server, '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {method: 'POST', body, user: 'dev'});
	assert.ok(recordsAt(rules.body, 'status', 'resourceRules').some(rule => listAt(rule, 'resources').includes('secrets')));
	assert.equal(at(rules.body, 'status', 'incomplete'), false);
	server.settings.incompleteRules = true;
	const partial = await ask(server, '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {method: 'POST', body, user: 'dev'});
	assert.equal(at(partial.body, 'status', 'incomplete'), true);
	const self = await ask(server, '/apis/authentication.k8s.io/v1/selfsubjectreviews', {method: 'POST', body: {}});
	assert.deepEqual(at(self.body, 'status', 'userInfo'), {username: 'demo', groups: ['system:masters', 'system:authenticated']});
});
