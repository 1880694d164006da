import assert from 'node:assert/strict';
import {test} from 'node:test';
import {networkPolicyPeers} from '../../source/checks/network-policy-peers.ts';
import {namespaceObject, object, podObject, policyObject} from '../tools/cluster-view.ts';
import {told, withoutKind} from '../tools/run-check.ts';

const base = [
	namespaceObject('shop'),
	namespaceObject('data', {team: 'a'}),
	podObject('shop/web', {labels: {app: 'web'}}),
	podObject('data/pg', {labels: {app: 'pg'}}),
];
const policy = (from: readonly unknown[], more: object = {}) => policyObject('shop/p', {podSelector: {}, ingress: [{from}], ...more});

test('a peer that names nobody', () => {
	assert.deepEqual(told(networkPolicyPeers, [...base, policy([{podSelector: {matchLabels: {app: 'x'}}}])]), [
		'NP_PEER_SELECTS_NOTHING info proven: NetworkPolicy shop/p: ingress rule 0 names ns shop app=x, which matches no pod, so rule 0 admits nobody',
	]);
	assert.match(
		told(networkPolicyPeers, [...base, policy([{namespaceSelector: {matchLabels: {team: 'b'}}}, {podSelector: {}}])])[0] ?? '',
		/names ns with team=b, which matches no pod, so this part of the rule admits nobody$/,
	);
	assert.match(
		told(networkPolicyPeers, [...base, policyObject('shop/p', {podSelector: {}, egress: [{to: [{namespaceSelector: {matchLabels: {team: 'b'}}}]}]})])[0] ?? '',
		/egress rule 0/,
	);
});

test('two list items where one was meant', () => {
	const mixed = policy([{namespaceSelector: {}}, {podSelector: {matchLabels: {app: 'web'}}}]);
	assert.deepEqual(told(networkPolicyPeers, [...base, mixed]), [
		'NP_PEER_SELECTS_NOTHING info possible: NetworkPolicy shop/p: ingress rule 0 lists "any ns" and "ns shop app=web" apart: either will do, and the first alone admits every pod of the cluster',
	]);
	// The own namespace, or that of others: two items are right.
	assert.deepEqual(told(networkPolicyPeers, [...base, policy([{podSelector: {}}, {namespaceSelector: {matchLabels: {team: 'a'}}}])]), []);
});

test('false positives: peers that match, both selectors in one, address blocks, no peers, workloads without pods, a direction that does not count', () => {
	const fine = [
		[{podSelector: {}}],
		[{namespaceSelector: {matchLabels: {team: 'a'}}, podSelector: {matchLabels: {app: 'pg'}}}],
		[{ipBlock: {cidr: '192.0.2.0/24'}}],
		[],
	];
	for (const from of fine) assert.deepEqual(told(networkPolicyPeers, [...base, policy(from)]), [], JSON.stringify(from));
	const scaled = object('apps/v1', 'Deployment', 'shop/x', {spec: {replicas: 0, template: {metadata: {labels: {app: 'x'}}}}});
	assert.deepEqual(told(networkPolicyPeers, [...base, scaled, policy([{podSelector: {matchLabels: {app: 'x'}}}])]), []);
	assert.deepEqual(told(networkPolicyPeers, [...base, policy([{podSelector: {matchLabels: {app: 'x'}}}], {policyTypes: ['Egress']})]), []);
});

test('unread is not checked', () => assert.deepEqual(withoutKind(networkPolicyPeers, base, 'namespaces'), ['NOT_CHECKED coverage']));
