import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../source/core/kubernetes.ts';
import {ProblemError} from '../../source/core/problem.ts';
import {createProbes} from '../../source/kube/probes.ts';
import {systemClock} from '../../source/system/clock.ts';
import {openTransport} from '../tools/open-transport.ts';
import {startScriptedServer} from '../tools/scripted-server.ts';

const never = new AbortController().signal;
const pod: KubeObject = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'k8tui-probe-x', namespace: 'tools', labels: {'k8tui.io/debug': 'x'}}};

async function codeOf(promise: Promise<unknown>): Promise<string> {
	const error = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof ProblemError, String(error));
	return error.problem.code;
}

test('a pod is made with its label and deleted by its uid; no other pod is', async () => {
	await using server = await startScriptedServer();
	server.on('POST /api/v1/namespaces/tools/pods', {status: 201, body: {...pod, metadata: {...pod.metadata, uid: 'u-1'}}});
	server.on('DELETE /api/v1/namespaces/tools/pods/k8tui-probe-x', {body: {}});
	await using transport = await openTransport(server.url, {level: 'probe'});
	const probes = createProbes({transport, clock: systemClock('hold')});
	assert.equal(await codeOf(probes.deletePod({...pod, metadata: {...pod.metadata, uid: 'u-1'}}, never)), 'policy');
	const created = await probes.createPod(pod, never);
	await probes.deletePod(created, never);
	assert.equal(await codeOf(probes.deletePod({...pod, metadata: {...pod.metadata, uid: 'u-2'}}, never)), 'policy');
	assert.equal(await codeOf(probes.createPod({...pod, metadata: {name: 'x', namespace: 'tools'}}, never)), 'bug');
	assert.deepEqual(
		server.requests.map(({method}) => method),
		['POST', 'DELETE'],
	);
	assert.deepEqual(JSON.parse(String(server.requests[1]?.body)), {apiVersion: 'v1', kind: 'DeleteOptions', preconditions: {uid: 'u-1'}});
});

test('a pod that is gone already counts as deleted; one that was made anew in its place stays', async () => {
	await using server = await startScriptedServer();
	server.on('POST /api/v1/namespaces/tools/pods', {status: 201, body: {...pod, metadata: {...pod.metadata, uid: 'u-1'}}});
	await using transport = await openTransport(server.url, {level: 'probe'});
	const probes = createProbes({transport, clock: systemClock('hold')});
	const created = await probes.createPod(pod, never);
	server.on('DELETE /api/v1/namespaces/tools/pods/k8tui-probe-x', {status: 404, body: {kind: 'Status', message: 'not found'}});
	await probes.deletePod(created, never);
	server.on('DELETE /api/v1/namespaces/tools/pods/k8tui-probe-x', {status: 409, body: {kind: 'Status', message: 'the UID in the precondition does not match'}});
	assert.equal(await codeOf(probes.deletePod(created, never)), 'conflict');
});

test('an ephemeral container is a strategic merge patch of that subresource; the blackbox exporter a GET of /probe', async () => {
	await using server = await startScriptedServer();
	server.on('PATCH /api/v1/namespaces/shop/pods/web-1/ephemeralcontainers', {body: pod});
	server.on('GET *', {body: 'probe_success 1\n'});
	await using transport = await openTransport(server.url, {level: 'probe'});
	const probes = createProbes({transport, clock: systemClock('hold')});
	await probes.addEphemeralContainer({namespace: 'shop', pod: 'web-1'}, {name: 'probe', image: 'x'}, never);
	const [patch] = server.requests;
	assert.equal(patch?.headers['content-type'], 'application/strategic-merge-patch+json');
	assert.deepEqual(JSON.parse(String(patch?.body)), {spec: {ephemeralContainers: [{name: 'probe', image: 'x'}]}});
	assert.match(
		await probes.blackbox({namespace: 'monitoring', service: 'blackbox', port: '9115'}, {target: 'web.shop:80', module: 'tcp_connect'}, never),
		/probe_success 1/,
	);
	assert.match(
		server.requests[1]?.url ?? '',
		/^\/api\/v1\/namespaces\/monitoring\/services\/blackbox(?::|%3A)9115\/proxy\/probe\?target=web\.shop%3A80&module=tcp_connect$/,
	);
});
