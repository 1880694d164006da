import assert from 'node:assert/strict';
import {test} from 'node:test';
import {resolveKind} from '../../source/core/kind-resolution.ts';
import {qualifiedName, type ResourceType} from '../../source/core/resource-type.ts';

function type(group: string, plural: string, kind: string, more: Partial<ResourceType> = {}): ResourceType {
	return {
		group,
		version: 'v1',
		plural,
		kind,
		singular: kind.toLowerCase(),
		namespaced: true,
		verbs: ['get', 'list', 'watch'],
		shortNames: [],
		categories: [],
		subresources: [],
		preferred: true,
		state: 'current',
		...more,
	};
}

const types = [
	type('policy.example.com', 'posts', 'Post', {shortNames: ['po', 'deploy']}),
	type('aaa.example.com', 'events', 'Event'),
	type('events.k8s.io', 'events', 'Event', {shortNames: ['ev']}),
	type('metrics.k8s.io', 'pods', 'PodMetrics', {version: 'v1beta1', singular: 'pod', verbs: ['get', 'list']}),
	type('', 'events', 'Event', {shortNames: ['ev']}),
	type('', 'pods', 'Pod', {shortNames: ['po'], categories: ['all']}),
	type('apps', 'deployments', 'Deployment', {shortNames: ['deploy'], categories: ['all']}),
	type('autoscaling', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler', {version: 'v2', shortNames: ['hpa']}),
	type('autoscaling', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler', {version: 'v1', shortNames: ['hpa'], preferred: false}),
	type('authentication.k8s.io', 'tokenreviews', 'TokenReview', {verbs: ['create']}),
	type('zoo.example.com', 'pods', 'Pod', {state: 'gone'}),
];
const names = (word: string) => resolveKind(word, types).map(found => `${qualifiedName(found)}/${found.version}`);

test('each way to name a kind', () => {
	assert.deepEqual(names('deployments'), ['deployments.apps/v1']);
	assert.deepEqual(names('Deployment'), ['deployments.apps/v1']);
	assert.deepEqual(names('deployments.apps'), ['deployments.apps/v1']);
	assert.deepEqual(names('deployments.v1.apps'), ['deployments.apps/v1']);
	assert.deepEqual(names('horizontalpodautoscaler'), ['horizontalpodautoscalers.autoscaling/v2']);
	assert.deepEqual(names('HPA'), ['horizontalpodautoscalers.autoscaling/v2']);
	assert.deepEqual(names(' podmetrics '), ['pods.metrics.k8s.io/v1beta1']);
	assert.deepEqual(names('all'), ['pods/v1', 'deployments.apps/v1']);
});

test('a version that was named is the one, preferred or not', () => {
	assert.deepEqual(names('horizontalpodautoscalers.v1.autoscaling'), ['horizontalpodautoscalers.autoscaling/v1']);
	assert.deepEqual(names('pods.v1'), ['pods/v1']);
});

test('ties: core, apps, batch, Kubernetes, then CRDs by the alphabet', () => {
	assert.deepEqual(names('events'), ['events/v1', 'events.events.k8s.io/v1', 'events.aaa.example.com/v1']);
	assert.equal(names('ev')[0], 'events/v1');
	assert.equal(names('po')[0], 'pods/v1');
	assert.equal(names('deploy')[0], 'deployments.apps/v1');
	assert.equal(names('pods')[0], 'pods/v1');
});

test('what cannot be listed, is gone, or unknown is no answer', () => {
	for (const word of ['tokenreviews', 'pods.zoo.example.com', 'nothing', '', ' ']) assert.deepEqual(names(word), [], word);
});
