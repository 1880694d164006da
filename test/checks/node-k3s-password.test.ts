import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nodeK3sPassword} from '../../source/checks/node-k3s-password.ts';
import {nodeNotReady} from '../../source/checks/node-not-ready.ts';
import {rank} from '../../source/core/diagnose/rank.ts';
import type {NodePasswordFacts, NodeRefusalFacts} from '../../source/core/net/server-facts.ts';
import type {Observation} from '../../source/core/observation.ts';
import {clusterView, nodeObject, viewNow} from '../tools/cluster-view.ts';
import {findings, remedies, told, withoutKind} from '../tools/run-check.ts';

function node(name: string, ready = 'True', version = 'v1.34.2+k3s1') {
	const lastTransitionTime = new Date(viewNow - 300_000).toISOString();
	return nodeObject(name, {status: {nodeInfo: {kubeletVersion: version}, conditions: [{type: 'Ready', status: ready, lastTransitionTime}]}});
}

function secrets(...names: readonly string[]): Observation<NodePasswordFacts> {
	return {probe: 'node-passwords', target: 'kube-system', at: viewNow, tookMs: 2, outcome: 'ok', facts: {secrets: names}};
}

function events(...names: readonly string[]): Observation<NodeRefusalFacts> {
	const refusals = names.map(name => ({node: name, message: 'Deferred node password secret validation failed: hash does not match', at: viewNow - 400_000}));
	return {probe: 'node-password-events', target: 'default', at: viewNow, tookMs: 2, outcome: 'ok', facts: {refusals}};
}

const usual = secrets('n1.node-password.k3s', 'n2.node-password.k3s');

test('a refusal that the server told proves it, whether the Node is there or not', () => {
	const observations = [usual, events('N2', 'n9')];
	assert.deepEqual(told(nodeK3sPassword, [node('n1'), node('n2', 'Unknown')], {observations}), [
		'NODE_K3S_PASSWORD critical proven: Node N2: the server refuses this host, its password is not the one that it registered with',
		'NODE_K3S_PASSWORD critical proven: Node n9: the server refuses this host, its password is not the one that it registered with',
	]);
	assert.deepEqual(remedies(nodeK3sPassword, [node('n1'), node('n2', 'Unknown')], {observations: [usual, events('n2')]}), [
		'kubectl -n kube-system delete secret n2.node-password.k3s',
		'k3s agent --with-node-id',
	]);
});

test('a Secret without its Node and a silent node with one are hints, a node that is well is none', () => {
	const observations = [secrets('n1.node-password.k3s', 'n2.node-password.k3s', 'old.node-password.k3s'), events()];
	assert.deepEqual(told(nodeK3sPassword, [node('N1'), node('n2', 'Unknown')], {observations}), [
		'NODE_K3S_PASSWORD info possible: Node n2 is silent: if its host was set up anew, its old password Secret keeps it out',
		'NODE_K3S_PASSWORD info possible: Secret old.node-password.k3s: a host old registered once, and there is no Node of this name',
	]);
	assert.deepEqual(told(nodeK3sPassword, [node('n1'), node('n2')], {observations: [usual, events()]}), []);
});

test('RKE2 has names of its own', () => {
	const observations = [secrets('n1.node-password.rke2'), events('n1')];
	assert.deepEqual(remedies(nodeK3sPassword, [node('n1', 'Unknown', 'v1.34.2+rke2r1')], {observations}), [
		'kubectl -n kube-system delete secret n1.node-password.rke2',
		'rke2 agent --with-node-id',
	]);
});

test('what may not be read is not checked; in other clusters nothing is said', () => {
	const problem = {code: 'forbidden' as const, what: 'Could not list the names of Secrets in kube-system', cause: 'User viewer may not list secrets'};
	const denied: Observation = {probe: 'node-passwords', target: 'kube-system', at: 0, tookMs: 1, outcome: 'failed', problem};
	assert.deepEqual(told(nodeK3sPassword, [node('n1')], {observations: [denied, events()]}), [
		'NOT_CHECKED info proven: Not checked: k3s and RKE2 take their nodes: Could not list the names of Secrets in kube-system: User viewer may not list secrets',
	]);
	assert.deepEqual(told(nodeK3sPassword, [node('n1', 'Unknown')]), []);
	assert.deepEqual(withoutKind(nodeK3sPassword, [], 'nodes'), ['NOT_CHECKED coverage']);
});

test('it explains why the node is not ready', () => {
	const objects = [node('n1'), node('n2', 'Unknown')];
	const options = {observations: [usual, events('n2')]};
	const {roots} = rank([...findings(nodeNotReady, objects, options), ...findings(nodeK3sPassword, objects, options)], clusterView(objects, options));
	assert.deepEqual(
		roots.map(({finding, explains}) => [finding.id, explains.map(({id}) => id)]),
		[['NODE_K3S_PASSWORD', ['NODE_NOT_READY']]],
	);
});
