import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ContainerStatus, Pod} from '../../source/core/pod.ts';
import {type PodContainer, podContainers} from '../../source/core/pod-containers.ts';
import {readFixture} from '../tools/kind-cases.ts';

const at = '2026-11-21T14:00:00Z';
const atMs = Date.parse(at);

function podWith(status: Omit<ContainerStatus, 'name'>, role: 'containers' | 'initContainers' = 'containers'): Pod {
	const statuses = [{name: 'app', ...status}];
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'web'},
		spec: {[role]: [{name: 'app', image: 'shop/web:1'}]},
		status: role === 'containers' ? {containerStatuses: statuses} : {initContainerStatuses: statuses},
	};
}

const cases: ReadonlyArray<Readonly<{name: string; status: Omit<ContainerStatus, 'name'>; init?: boolean; is: Partial<PodContainer>}>> = [
	{name: 'running', status: {ready: true, state: {running: {startedAt: at}}}, is: {tone: 'ok', state: 'Running', since: atMs, ready: true}},
	{name: 'running, unready', status: {ready: false, state: {running: {startedAt: at}}}, is: {tone: 'warning', state: 'Running'}},
	{name: 'init running', init: true, status: {state: {running: {startedAt: at}}}, is: {tone: 'progressing', state: 'Running', role: 'init'}},
	{
		name: 'init done',
		init: true,
		status: {state: {terminated: {exitCode: 0, reason: 'Completed', finishedAt: at}}},
		is: {tone: 'muted', state: 'Done', since: atMs},
	},
	{name: 'being created', status: {state: {waiting: {reason: 'ContainerCreating'}}}, is: {tone: 'progressing', state: 'ContainerCreating'}},
	{name: 'its turn has not come', status: {state: {waiting: {}}}, is: {tone: 'progressing', state: 'Waiting'}},
	{
		name: 'crash loop',
		status: {
			restartCount: 30,
			state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container\n'}},
			lastState: {terminated: {exitCode: 1, reason: 'Error', finishedAt: at}},
		},
		is: {tone: 'error', state: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container', last: 'exit 1', lastAt: atMs, restarts: 30},
	},
	{name: 'killed for memory', status: {state: {terminated: {exitCode: 137, reason: 'OOMKilled'}}}, is: {tone: 'error', state: 'OOMKilled'}},
	{name: 'killed by a signal', status: {state: {terminated: {exitCode: 137, signal: 9, reason: 'Error'}}}, is: {tone: 'error', state: 'signal 9'}},
	{name: 'without a state', status: {}, is: {tone: 'progressing', state: 'Waiting', restarts: 0, ready: false}},
];

for (const {name, status, init, is} of cases) {
	test(`a container that is ${name}`, () => {
		const [container] = podContainers(podWith(status, init ? 'initContainers' : 'containers'));
		assert.ok(container);
		for (const [key, value] of Object.entries(is)) assert.equal(container[key as keyof PodContainer], value, key);
	});
}

test('all containers of a pod, in the order they matter', () => {
	const pod: Pod = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'web'},
		spec: {
			initContainers: [{name: 'migrate'}, {name: 'mesh', restartPolicy: 'Always'}],
			containers: [{name: 'app', resources: {requests: {cpu: '10m'}, limits: {memory: '64Mi'}}}, {name: 'log'}],
			ephemeralContainers: [{name: 'debug'}],
		},
	};
	const containers = podContainers(pod);
	assert.deepEqual(
		containers.map(({name, role}) => `${name} ${role}`),
		['app app', 'log app', 'mesh sidecar', 'migrate init', 'debug ephemeral'],
	);
	assert.deepEqual(containers[0]?.requests, {cpu: '10m'});
	assert.deepEqual(containers[0]?.limits, {memory: '64Mi'});
});

test('a real pod', () => {
	// The fixture holds a Pod.
	const [container] = podContainers(readFixture('pods', 'running').object as Pod);
	assert.equal(container?.state, 'Running');
	assert.equal(container?.tone, 'ok');
	assert.ok(container?.since);
});
