import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {parse, stringify} from 'yaml';
import type {Identity} from '../../../source/core/cluster-client.ts';
import type {ContextChoice} from '../../../source/kube/config.ts';
import {type ConformanceCluster, conformanceTest, type Kubectl} from '../../tools/conformance-cluster.ts';
import {createLoginPlugin} from '../../tools/login-plugin.ts';

const {signal} = new AbortController();

const reviews = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
const folder = mkdtempSync(join(tmpdir(), 'k8tui-identity-'));
test.after(() => rmSync(folder, {recursive: true, force: true}));

function reviewFile(): string {
	const path = join(folder, 'review.json');
	writeFileSync(path, JSON.stringify({apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview'}));
	return path;
}

/** The same facts in the same form from both: keys without a value are left out. */
function plain({username, uid, groups, extra}: Partial<Identity>) {
	return {username, groups: [...(groups ?? [])].sort(), ...(uid === undefined ? {} : {uid}), ...(extra === undefined ? {} : {extra})};
}

async function kubectlWhoami(kubectl: Kubectl, args: readonly string[], kubeconfigPath?: string) {
	const first = await kubectl(['auth', 'whoami', '-o', 'json', ...args], kubeconfigPath);
	// `auth whoami` asks in Protobuf, which not every server reads; the same question in JSON is the same command's identity.
	const isRefused = /unknown format/.test(first.errors);
	const {code, out, errors} = isRefused ? await kubectl(['create', '--raw', reviews, '-f', reviewFile(), ...args], kubeconfigPath) : first;
	assert.equal(code, 0, errors);
	// What `auth whoami` prints is a SelfSubjectReview.
	return (JSON.parse(out) as {status: {userInfo: Partial<Identity>}}).status.userInfo;
}

async function sameIdentity(cluster: ConformanceCluster, choice: ContextChoice, path?: string): Promise<Identity | undefined> {
	await using own = await cluster.open(choice, path);
	const ours = await own.client.whoami(signal);
	assert.ok(ours);
	if (cluster.kubectl === undefined) return ours;
	const flags = [
		...(choice.as === undefined ? [] : [`--as=${choice.as}`]),
		...(choice.asGroups ?? []).map(group => `--as-group=${group}`),
		...(choice.asUid === undefined ? [] : [`--as-uid=${choice.asUid}`]),
	];
	assert.deepEqual(plain(ours), plain(await kubectlWhoami(cluster.kubectl, flags, path)));
	return ours;
}

conformanceTest('T2: whoami by the kubeconfig as it is, as kubectl', async cluster => {
	const identity = await sameIdentity(cluster, {});
	assert.ok(identity?.groups.includes('system:authenticated'));
});

conformanceTest('T2: whoami under --as, --as-group, --as-uid, as kubectl', async cluster => {
	const identity = await sameIdentity(cluster, {as: 'jane', asGroups: ['sre', 'night shift'], asUid: '4711'});
	assert.deepEqual(identity && plain(identity), {username: 'jane', groups: ['night shift', 'sre', 'system:authenticated'], uid: '4711'});
	assert.equal((await sameIdentity(cluster, {as: 'jane'}))?.username, 'jane');
});

/** A token of a service account of the test's own. */
async function serviceAccountToken(cluster: ConformanceCluster, namespace: string): Promise<string> {
	await cluster.apply({apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'robot', namespace}});
	const path = `/api/v1/namespaces/${namespace}/serviceaccounts/robot/token`;
	const {json} = await cluster.raw.call('POST', path, {apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {expirationSeconds: 600}});
	// A TokenRequest answers with its status.
	return (json as {status: {token: string}}).status.token;
}

conformanceTest('T2: whoami with a token, a tokenFile and a login plugin, as kubectl', async (cluster, context) => {
	if (cluster.client.context.server.startsWith('http:')) {
		context.skip('this server speaks plain HTTP: no credentials are sent there');
		return;
	}
	const namespace = await cluster.createNamespace();
	const token = await serviceAccountToken(cluster, namespace);
	writeFileSync(join(folder, 'token-of-robot'), `${token}\n`);
	await using plugin = await createLoginPlugin(`answer({token: ${JSON.stringify(token)}});`);
	for (const [name, user] of Object.entries({token: {token}, tokenFile: {tokenFile: 'token-of-robot'}, exec: {exec: plugin.exec}})) {
		const path = join(folder, name);
		writeFileSync(path, withUser(cluster.kubeconfigPath, user));
		const identity = await sameIdentity(cluster, {}, path);
		assert.equal(identity?.username, `system:serviceaccount:${namespace}:robot`, name);
	}
});

/** The current context of a kubeconfig with another user in it. */
function withUser(path: string, user: unknown): string {
	// A kubeconfig has this shape, or nothing of this could run.
	const config = parse(readFileSync(path, 'utf8')) as {users: Array<{name: string}>};
	return stringify({...config, users: config.users.map(({name}) => ({name, user}))});
}
