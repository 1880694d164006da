import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsSingleReplica} from '../../source/checks/dns-single-replica.ts';
import {findings, told, withoutKind} from '../tools/run-check.ts';
import {dnsObjects} from '../core/net/dns/dns-fixture.ts';

test('one pod for three nodes, or all on one node: practice, never a fault', () => {
	const [found] = findings(dnsSingleReplica, dnsObjects({nodes: ['n1']}));
	assert.deepEqual([found?.title, found?.class, found?.severity], ['One CoreDNS pod serves 3 nodes', 'practice', 'info']);
	assert.equal(found?.remedy[0]?.command, 'kubectl -n kube-system scale deployment coredns --replicas=2');
	assert.equal(findings(dnsSingleReplica, dnsObjects({nodes: ['n1', 'n1']}))[0]?.title, 'All 2 CoreDNS pods run on node n1');
});

test('spread over nodes, and small clusters', () => {
	assert.deepEqual(told(dnsSingleReplica, dnsObjects()), []);
	assert.deepEqual(told(dnsSingleReplica, dnsObjects({nodes: ['n1'], allNodes: ['n1', 'n2']})), []);
});

test('nodes that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(dnsSingleReplica, dnsObjects({nodes: ['n1']}), 'nodes'), ['NOT_CHECKED coverage']);
});
