import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nodeVersionSkew} from '../../source/checks/node-version-skew.ts';
import type {ServerVersionFacts} from '../../source/core/net/server-facts.ts';
import type {Observation} from '../../source/core/observation.ts';
import {nodeObject} from '../tools/cluster-view.ts';
import {findings, told, withoutKind} from '../tools/run-check.ts';

function server(gitVersion: string): Observation<ServerVersionFacts> {
	return {probe: 'api-server-version', target: '/version', at: 0, tookMs: 2, outcome: 'ok', facts: {gitVersion}};
}

function node(name: string, kubeletVersion: string, kubeProxyVersion = '') {
	return nodeObject(name, {status: {nodeInfo: {kubeletVersion, kubeProxyVersion}}});
}

function skew(of: string, ...nodes: readonly ReturnType<typeof node>[]): readonly string[] {
	return told(nodeVersionSkew, nodes, {observations: [server(of)]});
}

test('a kubelet that is newer than the server, one that is too old, one that is as old as it may be', () => {
	assert.deepEqual(skew('v1.34.2', node('n1', 'v1.35.0')), [
		'NODE_VERSION_SKEW warning proven: Node n1: kubelet v1.35.0 is newer than the API server, v1.34.2',
	]);
	assert.deepEqual(skew('v1.34.2', node('n1', 'v1.30.9+k3s1')), [
		'NODE_VERSION_SKEW warning proven: Node n1: kubelet v1.30.9+k3s1 is 4 minor versions older than the API server, v1.34.2',
	]);
	assert.deepEqual(skew('v1.34.2', node('n1', 'v1.31.9'), node('n2', 'v1.34.7')), []);
});

test('before 1.28 two versions are the most', () => {
	assert.equal(skew('v1.27.3-gke.100', node('n1', 'v1.24.1')).length, 1);
	assert.equal(skew('v1.28.0', node('n1', 'v1.25.1')).length, 0);
});

test('nodes of one version stand together, versions apart', () => {
	const old = Array.from({length: 8}, (_, index) => node(`n${index}`, 'v1.29.1'));
	const found = skew('v1.34.2', ...old, node('z', 'v1.28.0'));
	assert.match(found[0] ?? '', /Nodes n0, n1, n2, n3, n4, n5 and 2 more: kubelet v1\.29\.1 is 5 minor/);
	assert.match(found[1] ?? '', /Node z: kubelet v1\.28\.0 is 6 minor/);
	const keys = findings(nodeVersionSkew, [...old, node('z', 'v1.28.0')], {observations: [server('v1.34.2')]}).map(({key}) => key);
	assert.equal(new Set(keys).size, 2);
});

test("kube-proxy likewise, unless it only repeats the kubelet's version", () => {
	assert.deepEqual(skew('v1.34.2', node('n1', 'v1.34.0', 'v1.30.0')), [
		'NODE_VERSION_SKEW warning proven: Node n1: kube-proxy v1.30.0 is 4 minor versions older than the API server, v1.34.2',
	]);
	assert.equal(skew('v1.34.2', node('n1', 'v1.30.0', 'v1.30.0')).length, 1);
});

test('what to do: the nodes where they are old, the control plane where they are newer', () => {
	const command = (version: string) => findings(nodeVersionSkew, [node('n1', version)], {observations: [server('v1.34.2')]})[0]?.remedy.at(-1);
	assert.deepEqual(command('v1.30.0')?.command, 'kubectl drain n1 --ignore-daemonsets');
	assert.match(command('v1.36.0')?.text ?? '', /^Upgrade the control plane first/);
});

test('a server that does not tell its version is not checked; where nobody asks nothing is said', () => {
	const failed: Observation = {probe: 'api-server-version', target: '/version', at: 0, tookMs: 1, outcome: 'timed-out'};
	assert.deepEqual(told(nodeVersionSkew, [node('n1', 'v1.20.0')], {observations: [failed]}), [
		'NOT_CHECKED info proven: Not checked: versions of the nodes: the version of the API server is not known: no answer in time',
	]);
	assert.match(skew('what?', node('n1', 'v1.20.0'))[0] ?? '', /^NOT_CHECKED .*what\? is no version$/);
	assert.deepEqual(told(nodeVersionSkew, [node('n1', 'v1.20.0')]), []);
	assert.deepEqual(skew('v1.34.2', node('n1', '')), []);
	assert.deepEqual(withoutKind(nodeVersionSkew, [], 'nodes'), ['NOT_CHECKED coverage']);
});
