import assert from 'node:assert/strict';
import {test} from 'node:test';
import {serviceOverlap} from '../../source/checks/service-overlap.ts';
import {podObject, serviceObject} from '../tools/cluster-view.ts';
import {told, withoutKind} from '../tools/run-check.ts';

const service = serviceObject('shop/web', {selector: {app: 'web'}});
const pod = (owner: string, image: string, labels: Readonly<Record<string, string>> = {}, kind = 'ReplicaSet') =>
	podObject(`shop/${owner}-5f-1`, {
		labels: {app: 'web', 'pod-template-hash': '5f', ...labels},
		spec: {containers: [{name: 'main', image}]},
		metadata: {ownerReferences: [{apiVersion: 'apps/v1', kind, name: `${owner}-5f`, uid: owner, controller: true}]},
	});

test('two Deployments with nothing in common behind one Service', () => {
	assert.deepEqual(told(serviceOverlap, [service, pod('web', 'registry.test/web:1'), pod('job', 'registry.test:5000/job@sha256:0')]), [
		'SVC_DUP_SELECTOR_OVERLAP info possible: Service shop/web sends to pods of 2 Deployments with different images: web (1), job (1)',
	]);
});

test('false positives: the same image in another version, canaries by label, one owner, other kinds', () => {
	assert.deepEqual(told(serviceOverlap, [service, pod('web', 'registry.test/web:1'), pod('web-new', 'registry.test/web:2')]), []);
	assert.deepEqual(told(serviceOverlap, [service, pod('web', 'a:1'), pod('other', 'b:1', {track: 'canary'})]), []);
	assert.deepEqual(told(serviceOverlap, [service, pod('web', 'a:1')]), []);
	assert.deepEqual(told(serviceOverlap, [service, pod('web', 'a:1'), pod('db', 'b:1', {}, 'StatefulSet')]), []);
});

test('unread is not checked', () => assert.deepEqual(withoutKind(serviceOverlap, [], 'pods'), ['NOT_CHECKED coverage']));
