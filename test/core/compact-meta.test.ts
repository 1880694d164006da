import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compactMeta} from '../../source/core/compact-meta.ts';
import {createIntern} from '../../source/core/intern.ts';

test('what only weighs is dropped, the rest is kept', () => {
	const kept = {
		name: 'web',
		namespace: 'shop',
		uid: 'u1',
		resourceVersion: '7',
		creationTimestamp: '2026-01-01T00:00:00Z',
		labels: {app: 'web'},
		annotations: {note: 'x'},
		ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs', uid: 'u0', controller: true}],
		generation: 3,
		deletionTimestamp: '2026-01-02T00:00:00Z',
		deletionGracePeriodSeconds: 30,
		finalizers: ['kubernetes'],
	};
	const served = {
		...kept,
		annotations: {note: 'x', 'kubectl.kubernetes.io/last-applied-configuration': '{}'},
		managedFields: [{manager: 'kubectl'}],
		generateName: 'web-',
		selfLink: '/x',
	};
	assert.deepEqual(compactMeta(served, createIntern()), kept);
});

test('absent fields stay absent; annotations that were only the last applied object are none', () => {
	const annotations = {'kubectl.kubernetes.io/last-applied-configuration': '{}'};
	assert.deepEqual(compactMeta({name: 'node-1', annotations}, createIntern()), {name: 'node-1'});
});

test('rows with the same labels and owners share them', () => {
	const intern = createIntern();
	const served = () => ({name: 'a', labels: {app: 'web'}, ownerReferences: [{apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u'}]});
	const [first, second] = [compactMeta(served(), intern), compactMeta(served(), intern)];
	assert.equal(first.labels, second.labels);
	assert.equal(first.ownerReferences, second.ownerReferences);
});
