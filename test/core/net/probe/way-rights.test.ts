import assert from 'node:assert/strict';
import {test} from 'node:test';
import {planDns} from '../../../../source/core/net/probe/plan-dns.ts';
import {podSecurityNote} from '../../../../source/core/net/probe/way-rights.ts';
import {clusterView, namespaceObject} from '../../../tools/cluster-view.ts';
import {smallCluster} from '../../../tools/small-cluster.ts';

const note = (level: string | undefined, way: 'ephemeral' | 'pod' = 'pod') => {
	const labels = level === undefined ? {} : {'pod-security.kubernetes.io/enforce': level};
	const view = clusterView([...smallCluster().filter(({metadata}) => metadata.name !== 'debug'), namespaceObject('debug', labels)]);
	return podSecurityNote(view, {plan: planDns({view, from: 'demo/shell-1', way}), way, namespace: 'debug'});
};

test('what Pod Security will refuse is said before: pods in the network of a node, in a namespace that enforces it', () => {
	assert.deepEqual(note('baseline'), ['Namespace debug enforces PodSecurity baseline: it refuses the pods in the network of a node']);
	assert.equal(note('restricted').length, 1);
	for (const level of ['privileged', undefined]) assert.deepEqual(note(level), []);
	assert.deepEqual(note('restricted', 'ephemeral'), [], 'the container that is added is restricted itself');
});
