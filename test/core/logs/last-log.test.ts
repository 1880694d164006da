import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../../source/core/kubernetes.ts';
import {lastFailedRun} from '../../../source/core/logs/last-log.ts';
import type {ContainerStatus} from '../../../source/core/pod.ts';

const at = (minute: number): string => `2026-11-21T12:${String(minute).padStart(2, '0')}:00Z`;
const ended = (exitCode: number, minute: number) => ({terminated: {exitCode, finishedAt: at(minute)}});
const waiting = {waiting: {reason: 'CrashLoopBackOff'}};
const running = {running: {startedAt: at(0)}};

function pod(...containers: readonly ContainerStatus[]): KubeObject {
	return {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-1', namespace: 'shop', uid: 'u'}, ...{status: {containerStatuses: containers}}};
}

const run = (...containers: readonly ContainerStatus[]) => {
	const found = lastFailedRun(pod(...containers));
	return found && [found.container, found.previous ? 'previous' : 'current'];
};

test('a container that waits to be started again: the run before; one that ended for good: this run', () => {
	assert.deepEqual(run({name: 'app', ready: false, state: waiting, lastState: ended(1, 3)}), ['app', 'previous']);
	assert.deepEqual(run({name: 'app', ready: false, state: ended(2, 3)}), ['app', 'current']);
	assert.deepEqual(run({name: 'app', ready: false, state: running, lastState: ended(1, 3)}), ['app', 'previous'], 'runs again, not ready yet');
});

test('nothing where nothing failed, where it is well again, and where nothing ever ran', () => {
	assert.equal(run({name: 'app', ready: true, state: running}), undefined);
	assert.equal(run({name: 'app', ready: true, state: running, lastState: ended(1, 3)}), undefined);
	assert.equal(run({name: 'app', ready: false, state: ended(0, 3)}), undefined, 'done');
	assert.equal(run({name: 'app', ready: false, state: {waiting: {reason: 'ImagePullBackOff'}}}), undefined);
	assert.equal(run(), undefined);
	assert.equal(lastFailedRun(undefined), undefined);
	assert.equal(lastFailedRun({...pod({name: 'app', state: ended(1, 3)}), kind: 'PodTemplate'}), undefined);
});

test('of several, the one that failed last; the next run has another key', () => {
	const first: ContainerStatus = {name: 'app', ready: false, state: waiting, lastState: ended(1, 3)};
	const second: ContainerStatus = {name: 'side', ready: false, state: waiting, lastState: ended(1, 5)};
	assert.deepEqual(run(first, second), ['side', 'previous']);
	const key = (minute: number) => lastFailedRun(pod({...first, lastState: ended(1, minute)}))?.key;
	assert.notEqual(key(3), key(4));
	assert.equal(key(3), key(3));
});
