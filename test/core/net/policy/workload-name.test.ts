import assert from 'node:assert/strict';
import {test} from 'node:test';
import {workloadName} from '../../../../source/core/net/policy/workload-name.ts';
import {podObject} from '../../../tools/cluster-view.ts';

test('what a pod belongs to, as its reader knows it', () => {
	const owned = (kind: string, name: string, more: object = {}) =>
		podObject('x/pod-n1', {node: 'n1', metadata: {ownerReferences: [{apiVersion: 'v1', kind, name, uid: 'u', controller: true}], ...more}});
	assert.equal(workloadName(owned('ReplicaSet', 'web-6f9c', {labels: {'pod-template-hash': '6f9c'}})), 'web');
	assert.equal(workloadName(owned('ReplicaSet', 'own-set')), 'own-set');
	assert.equal(workloadName(owned('StatefulSet', 'pg')), 'pg');
	assert.equal(workloadName(owned('Job', 'tick-29921278')), 'tick');
	assert.equal(workloadName(owned('Job', 'migrate-2')), 'migrate-2');
	assert.equal(workloadName(owned('Node', 'n1')), 'pod');
	assert.equal(workloadName(podObject('x/alone')), 'alone');
});
