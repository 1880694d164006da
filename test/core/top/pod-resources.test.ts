import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import type {Pod} from '../../../source/core/pod.ts';
import {parseNano} from '../../../source/core/top/nano.ts';
import {podResources} from '../../../source/core/top/pod-resources.ts';
import {fixturePath} from '../../tools/repository.ts';

/** What `PodRequests` and `PodLimits` of k8s.io/component-helpers v0.34.2 (with UseStatusResources) say of each pod. */
type Known = Readonly<{title: string; pod: Pod; requests: Readonly<Record<string, string>>; limits: Readonly<Record<string, string>>}>;
const known = JSON.parse(readFileSync(fixturePath('top', 'pod-resources.json'), 'utf8')) as readonly Known[];

test('T39: there are at least 20 pods with the answers of the scheduler', () => assert.ok(known.length >= 20));

for (const {title, pod, requests, limits} of known) {
	test(`T39: requests and limits: ${title}`, () => {
		const found = podResources(pod);
		for (const name of ['cpu', 'memory'] as const) {
			const of = (list: Readonly<Record<string, string>>): bigint | undefined => (list[name] === undefined ? undefined : parseNano(list[name]));
			assert.equal(found.requests[name], of(requests), `requests of ${name}`);
			assert.equal(found.limits[name], of(limits), `limits of ${name}`);
		}
	});
}

test('a container without a limit leaves the pod without one, unless the pod has its own', () => {
	const unlimited = (title: string) => podResources(known.find(one => one.title === title)?.pod ?? assert.fail(title)).unlimited;
	assert.deepEqual(unlimited('one container'), {cpu: false, memory: false});
	assert.deepEqual(unlimited('one of two has a limit'), {cpu: true, memory: true});
	assert.deepEqual(unlimited('a sidecar is added'), {cpu: false, memory: false});
	assert.deepEqual(unlimited('a sidecar before an init runs beside it'), {cpu: true, memory: true});
	assert.deepEqual(unlimited('pod level replaces the sum'), {cpu: false, memory: false});
	assert.deepEqual(unlimited('pod level of one resource'), {cpu: false, memory: false});
	assert.deepEqual(unlimited('nothing set'), {cpu: true, memory: true});
});

test('a strange object costs itself alone', () => {
	const strange = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'x'}, spec: {containers: [{name: 'a', resources: {requests: {cpu: 'much', memory: 64}}}]}};
	// Served by nobody, but what a server sends is not ours to promise.
	assert.deepEqual(podResources(strange as unknown as Pod).requests, {memory: 64_000_000_000n});
	assert.deepEqual(podResources({apiVersion: 'v1', kind: 'Pod', metadata: {name: 'x'}}), {requests: {}, limits: {}, unlimited: {cpu: false, memory: false}});
});
