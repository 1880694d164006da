import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ProblemError} from '../../source/core/problem.ts';
import {createAccess} from '../../source/kube/access.ts';
import {ruleGrants} from '../../source/kube/rbac-rule.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {openTransport} from '../tools/open-transport.ts';
import {hang, type ScriptedServer, startScriptedServer} from '../tools/scripted-server.ts';

const never = new AbortController().signal;
const question = {verb: 'delete', group: '', resource: 'pods', namespace: 'shop'};
const reviewPath = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const rbac = '/apis/rbac.authorization.k8s.io/v1';

async function open(script: (server: ScriptedServer) => void) {
	const server = await startScriptedServer();
	script(server);
	const clock = createFakeClock();
	const transport = await openTransport(server.url, {clock});
	const close = async () => {
		await transport.close();
		await server[Symbol.asyncDispose]();
	};
	return {server, clock, access: createAccess({transport, clock}), [Symbol.asyncDispose]: close};
}

test('a question is asked once, word for word, and its answer is kept for 5 minutes', async () => {
	await using it = await open(server =>
		server.on(`POST ${reviewPath}`, {status: 201, body: {status: {allowed: true, reason: 'RBAC: allowed'}}}, {status: 201, body: {status: {allowed: false}}}),
	);
	const answers = await Promise.all([it.access.can(question, never), it.access.can({...question}, never)]);
	assert.deepEqual(answers, [
		{allowed: true, reason: 'RBAC: allowed'},
		{allowed: true, reason: 'RBAC: allowed'},
	]);
	assert.deepEqual(JSON.parse(String(it.server.requests[0]?.body)), {
		apiVersion: 'authorization.k8s.io/v1',
		kind: 'SelfSubjectAccessReview',
		spec: {resourceAttributes: question},
	});
	await it.clock.advance(299_999);
	await it.access.can(question, never);
	assert.equal(it.server.requests.length, 1);
	await it.clock.advance(1);
	assert.deepEqual(await it.access.can(question, never), {allowed: false});
	await it.access.can({...question, name: 'web'}, never);
	assert.equal(it.server.requests.length, 3);
	it.access.forget();
	await it.access.can(question, never);
	assert.equal(it.server.requests.length, 4);
});

test('a question that fails is unknown, with the reason, and is asked again', async () => {
	await using it = await open(server => server.on(`POST ${reviewPath}`, {status: 500, body: {message: 'webhook down'}}, {body: '{"status":{"all'}, hang));
	const failed = await it.access.can(question, never);
	assert.ok(failed.allowed === 'unknown');
	assert.deepEqual([failed.problem.what, failed.problem.cause], ['Could not ask whether you may delete pods', 'the server answered 500: webhook down']);
	const half = await it.access.can(question, never);
	assert.ok(half.allowed === 'unknown');
	assert.match(half.problem.cause, /JSON that is damaged or cut off after 15 bytes/);
	assert.equal((await it.access.can(question, AbortSignal.abort())).allowed, 'unknown');
});

test('who I am; undefined where the server cannot say', async () => {
	const path = 'POST /apis/authentication.k8s.io/v1/selfsubjectreviews';
	await using it = await open(server =>
		server.on(path, {body: {status: {userInfo: {username: 'eve', groups: ['a'], extra: {k: ['v']}}}}}, {status: 404}, {status: 403, body: {}}),
	);
	assert.deepEqual(await it.access.whoami(never), {username: 'eve', groups: ['a'], extra: {k: ['v']}});
	assert.equal(await it.access.whoami(never), undefined);
	await assert.rejects(it.access.whoami(never), ProblemError);
});

test('the rules of a namespace enable, they never forbid', async () => {
	await using it = await open(server =>
		server.on('POST /apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
			body: {status: {incomplete: true, resourceRules: [{verbs: ['get'], apiGroups: [''], resources: ['pods']}]}},
		}),
	);
	const rules = await it.access.accessRules('shop', never);
	assert.deepEqual([rules.incomplete, rules.grants({...question, verb: 'get'}), rules.grants(question)], [true, true, 'unknown']);
});

const roles = (...items: unknown[]) => ({body: {items}});
const admin = {metadata: {name: 'admin'}, rules: [{verbs: ['*'], apiGroups: ['*'], resources: ['*']}]};
const reader = {metadata: {name: 'reader'}, rules: [{verbs: ['get', 'list'], apiGroups: [''], resources: ['pods']}]};
const deleter = {metadata: {name: 'deleter', namespace: 'shop'}, rules: [{verbs: ['delete'], apiGroups: [''], resources: ['pods']}]};
const bind = (role: string, kind: string, ...subjects: unknown[]) => ({
	metadata: {name: `b-${role}`, ...(kind === 'Role' ? {namespace: 'shop'} : {})},
	roleRef: {kind, name: role},
	subjects,
});

test('who can: subjects of every binding of a role that grants it, all pages, each once', async () => {
	await using it = await open(server => {
		server.on(`GET ${rbac}/clusterroles`, {body: {items: [reader], metadata: {continue: 'next'}}}, roles(admin));
		server.on(
			`GET ${rbac}/clusterrolebindings`,
			roles(
				bind('admin', 'ClusterRole', {kind: 'Group', name: 'sre'}, {kind: 'ServiceAccount', name: 'ci', namespace: 'build'}),
				bind('reader', 'ClusterRole', {kind: 'User', name: 'no'}),
			),
		);
		server.on(`GET ${rbac}/namespaces/shop/roles`, roles(deleter));
		server.on(
			`GET ${rbac}/namespaces/shop/rolebindings`,
			roles(bind('deleter', 'Role', {kind: 'User', name: 'eve'}), bind('admin', 'ClusterRole', {kind: 'Group', name: 'sre'}), {
				metadata: {name: 'x', namespace: 'shop'},
				roleRef: {kind: 'Role', name: 'gone'},
			}),
		);
	});
	assert.deepEqual(await it.access.whoCan(question, never), [
		'group sre via ClusterRole/admin',
		'serviceaccount build/ci via ClusterRole/admin',
		'user eve via Role/deleter',
	]);
	assert.deepEqual(
		it.server.requests.filter(request => request.path.endsWith('clusterroles')).map(request => request.query.get('continue')),
		[null, 'next'],
	);
});

test('who can where a part is not readable says so; where nothing is, it fails', async () => {
	const denied = {status: 403, body: {message: 'User "eve" cannot list resource "clusterroles" in API group "rbac.authorization.k8s.io" at the cluster scope'}};
	await using it = await open(server => {
		server.on('* *', denied);
		server.on(`GET ${rbac}/namespaces/shop/roles`, roles(deleter));
		server.on(`GET ${rbac}/namespaces/shop/rolebindings`, roles(bind('deleter', 'Role', {kind: 'User', name: 'eve'})));
	});
	const lines = await it.access.whoCan(question, never);
	assert.equal(lines[0], 'user eve via Role/deleter');
	assert.match(String(lines[1]), /^others are not known: user eve may not list clusterroles/);
	await assert.rejects(it.access.whoCan({...question, namespace: 'other'}, never), /may not list clusterroles/);
});

const rule = {verbs: ['get'], apiGroups: ['apps'], resources: ['deployments']};
const asked = {verb: 'get', group: 'apps', resource: 'deployments'};
for (const [expected, change, more] of [
	[true, {}, {}],
	[false, {}, {verb: 'list'}],
	[true, {verbs: ['*']}, {verb: 'list'}],
	[false, {}, {group: ''}],
	[true, {apiGroups: ['*']}, {group: ''}],
	[false, {}, {subresource: 'scale'}],
	[true, {resources: ['deployments/scale']}, {subresource: 'scale'}],
	[true, {resources: ['*/scale']}, {subresource: 'scale'}],
	[true, {resources: ['*']}, {subresource: 'scale'}],
	[false, {resources: ['*/scale']}, {}],
	[false, {resources: ['deployments/*']}, {subresource: 'scale'}],
	[false, {resourceNames: ['web']}, {}],
	[true, {resourceNames: ['web']}, {name: 'web'}],
	[false, {resourceNames: ['web']}, {name: 'api'}],
] as const) {
	test(`a rule ${JSON.stringify(change)} ${expected ? 'grants' : 'does not grant'} ${JSON.stringify(more)}`, () =>
		assert.equal(ruleGrants({...rule, ...change}, {...asked, ...more}), expected));
}
