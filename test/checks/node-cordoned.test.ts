import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nodeCordoned} from '../../source/checks/node-cordoned.ts';
import {nodeObject} from '../tools/cluster-view.ts';
import {findings, remedies, told, withoutKind} from '../tools/run-check.ts';

const cordoned = nodeObject('n1', {spec: {unschedulable: true}});

test('a cordoned node is told, as no fault', () => {
	assert.deepEqual(told(nodeCordoned, [cordoned, nodeObject('n2')]), ['NODE_CORDONED info proven: Node n1 is cordoned: no new pods are placed on it']);
	assert.equal(findings(nodeCordoned, [cordoned])[0]?.class, 'practice');
	assert.deepEqual(remedies(nodeCordoned, [cordoned]), ['kubectl uncordon n1']);
});

test('nodes that may not be read are not checked', () => {
	assert.deepEqual(told(nodeCordoned, [nodeObject('n1'), nodeObject('n2', {spec: {unschedulable: false}})]), []);
	assert.deepEqual(withoutKind(nodeCordoned, [cordoned], 'nodes'), ['NOT_CHECKED coverage']);
});
