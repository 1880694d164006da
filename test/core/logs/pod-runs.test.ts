import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chosenContainers} from '../../../source/core/logs/container-choice.ts';
import {endingText, isBetweenRuns, podRuns, timesText} from '../../../source/core/logs/pod-runs.ts';
import type {ContainerState, Pod} from '../../../source/core/pod.ts';

type Parts = Readonly<{state: ContainerState; lastState?: ContainerState; restartCount?: number; policy?: string; phase?: string}>;

function pod({state, lastState, restartCount = 0, policy = 'Always', phase = 'Running'}: Parts): Pod {
	const status = {name: 'main', restartCount, containerID: 'containerd://1', state, ...(lastState === undefined ? {} : {lastState})};
	return {
		...{apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-1', namespace: 'shop'}},
		spec: {containers: [{name: 'main'}], ...{restartPolicy: policy}},
		status: {phase, containerStatuses: [status]},
	};
}

const run = (parts: Parts) => {
	const [found] = podRuns(pod(parts));
	assert.ok(found);
	return found;
};
const ended = {exitCode: 1, reason: 'Error', startedAt: '2026-11-21T15:00:00Z', finishedAt: '2026-11-21T15:01:00Z'};

test('a container that runs, and the run before it', () => {
	const found = run({state: {running: {startedAt: '2026-11-21T15:02:00Z'}}, lastState: {terminated: ended}, restartCount: 3});
	assert.equal(found.state, 'running');
	assert.equal(found.restart, 3);
	assert.equal(found.before?.exitCode, 1);
	assert.equal(found.startedAt, Date.parse('2026-11-21T15:02:00Z'));
	assert.equal(isBetweenRuns(found), false);
});

test('while it waits for its next run, the one that ended last is the newest', () => {
	const found = run({state: {waiting: {reason: 'CrashLoopBackOff'}}, lastState: {terminated: ended}, restartCount: 3});
	assert.equal(found.state, 'ended');
	assert.equal(found.ending?.exitCode, 1);
	assert.equal(found.before, undefined);
	assert.equal(found.waitsFor, 'CrashLoopBackOff');
	assert.equal(isBetweenRuns(found), true);
});

test('one that never started waits', () => {
	assert.equal(run({state: {waiting: {reason: 'ContainerCreating'}}}).state, 'waiting');
	assert.equal(run({state: {}}).state, 'waiting');
});

test('whether another run follows is a matter of the restart policy', () => {
	const done = {...ended, exitCode: 0};
	assert.equal(run({state: {terminated: ended}}).final, false);
	assert.equal(run({state: {terminated: ended}, policy: 'Never'}).final, true);
	assert.equal(run({state: {terminated: ended}, policy: 'OnFailure'}).final, false);
	assert.equal(run({state: {terminated: done}, policy: 'OnFailure'}).final, true);
	assert.equal(run({state: {terminated: ended}, phase: 'Failed'}).final, true);
});

test('what ended the pod as a whole is told with the run', () => {
	const failed = pod({state: {terminated: ended}, phase: 'Failed'});
	const verdict = (status: object) => podRuns({...failed, status: {...failed.status, ...status}})[0]?.verdict;
	assert.equal(verdict({reason: 'Evicted', message: 'The node was low on resource: memory.'}), 'Evicted: The node was low on resource: memory.');
	assert.equal(verdict({reason: 'DeadlineExceeded'}), 'DeadlineExceeded');
	assert.equal(verdict({}), undefined);
	assert.equal(verdict({phase: 'Running', reason: 'Evicted'}), undefined);
});

test('how it ended, and which time it was', () => {
	assert.equal(endingText({exitCode: 137, reason: 'OOMKilled'}), 'exit 137 OOMKilled');
	assert.equal(endingText({exitCode: 0, reason: 'Completed'}), 'exit 0');
	assert.equal(endingText({exitCode: 137, signal: 9, reason: 'Error'}), 'signal 9');
	assert.deepEqual([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(timesText), [
		...['1st time', '2nd time', '3rd time', '4th time', '11th time', '12th time', '13th time', '21st time', '102nd time', '111th time'],
	]);
});

test('the containers that are chosen: all, one by name, or the one that kubectl takes', () => {
	const many: Pod = {
		...{apiVersion: 'v1', kind: 'Pod'},
		metadata: {name: 'web-1', annotations: {'kubectl.kubernetes.io/default-container': 'proxy'}},
		spec: {
			containers: [{name: 'main'}, {name: 'proxy'}],
			initContainers: [{name: 'setup'}, {name: 'mesh', restartPolicy: 'Always'}],
			ephemeralContainers: [{name: 'debugger'}],
		},
	};
	assert.deepEqual(chosenContainers(many, {type: 'all'}), ['main', 'proxy', 'mesh', 'setup', 'debugger']);
	assert.deepEqual(chosenContainers(many, {type: 'default'}), ['proxy']);
	assert.deepEqual(chosenContainers({...many, metadata: {name: 'web-1'}}, {type: 'default'}), ['main']);
	assert.deepEqual(chosenContainers(many, {type: 'named', name: 'setup'}), ['setup']);
	assert.deepEqual(chosenContainers(many, {type: 'named', name: 'none'}), []);
});
