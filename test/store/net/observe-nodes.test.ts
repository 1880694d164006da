import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeEvent} from '../../../source/core/event-facts.ts';
import {ProblemError} from '../../../source/core/problem.ts';
import {type NodeReads, observeNodes} from '../../../source/store/net/observe-nodes.ts';
import {clusterView, nodeObject, object} from '../../tools/cluster-view.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {itemOf} from '../many-feeds.ts';

/** A server that remembers what it was asked. */
function client(answers: Partial<NodeReads> = {}): NodeReads & Readonly<{asked: string[]}> {
	const asked: string[] = [];
	return {
		asked,
		skewMs: () => 7,
		text: path => {
			asked.push(path);
			return Promise.resolve({status: 200, body: '{"major":"1","minor":"34","gitVersion":"v1.34.2+k3s1"}'});
		},
		table: ({plural}, {namespace, mode}) => {
			asked.push(`${plural} ${namespace} ${mode}`);
			const names = ['n1.node-password.k3s', 'k3s-serving', 'n2.node-password.rke2', 'node-password.k3s'];
			return Promise.resolve({columns: [], items: names.map(name => itemOf(object('v1', 'Secret', `kube-system/${name}`)))});
		},
		list: ({plural}, {namespace, fieldSelector}) => {
			asked.push(`${plural} ${namespace} ${fieldSelector}`);
			return Promise.resolve(events);
		},
		...answers,
	};
}

function event(node: string, reason: string, lastTimestamp: string): KubeEvent {
	return {...object('v1', 'Event', `default/${node}.${reason}`), reason, message: `said ${reason}`, lastTimestamp, involvedObject: {kind: 'Node', name: node}};
}

const events = [
	event('n1', 'NodePasswordValidationFailed', '2026-01-02T14:00:00Z'),
	event('n2', 'NodePasswordValidationFailed', '2026-01-02T13:00:00Z'),
	event('n2', 'NodePasswordValidationComplete', '2026-01-02T13:30:00Z'),
	event('n3', 'NodeNotReady', '2026-01-02T13:30:00Z'),
];

const ofVersion = (kubeletVersion: string) => clusterView([nodeObject('n1', {status: {nodeInfo: {kubeletVersion}}})]);
const observe = (reads: NodeReads, view = ofVersion('v1.34.2+k3s1')) => observeNodes(reads, view, createFakeClock(1000), new AbortController().signal);

test('the version of the server; of other clusters than k3s nothing else is asked', async () => {
	const reads = client();
	const found = await observe(reads, ofVersion('v1.34.2'));
	assert.deepEqual(reads.asked, ['/version']);
	assert.deepEqual(found, [{probe: 'api-server-version', target: '/version', at: 1007, tookMs: 0, outcome: 'ok', facts: {gitVersion: 'v1.34.2+k3s1'}}]);
});

test('of k3s the names of the password Secrets by their metadata alone, and the hosts that were refused and not taken since', async () => {
	const reads = client();
	const found = await observe(reads);
	assert.deepEqual(reads.asked, ['/version', 'secrets kube-system metadata', 'events default involvedObject.kind=Node']);
	assert.deepEqual(
		found.map(one => one.outcome === 'ok' && one.facts),
		[
			{gitVersion: 'v1.34.2+k3s1'},
			{secrets: ['n1.node-password.k3s', 'n2.node-password.rke2']},
			{refusals: [{node: 'n1', message: 'said NodePasswordValidationFailed', at: Date.parse('2026-01-02T14:00:00Z')}]},
		],
	);
});

test('what may not be read, or is no version, is an observation that failed', async () => {
	const denied = new ProblemError({code: 'forbidden', what: 'x', cause: 'you may not list secrets'});
	const found = await observe(client({table: () => Promise.reject(denied), text: () => Promise.resolve({status: 200, body: '<html>'})}));
	assert.deepEqual(
		found.map(one => (one.outcome === 'failed' ? one.problem.cause : one.outcome)),
		['the answer (status 200) tells no version', 'you may not list secrets', 'ok'],
	);
});

test('a server that does not answer is timed out; a signal ends it', async () => {
	const clock = createFakeClock(0);
	const never = client({
		text: (_path, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
	});
	const running = observeNodes(never, ofVersion('v1.34.2'), clock, new AbortController().signal);
	await clock.advance(2500);
	assert.equal((await running)[0]?.outcome, 'timed-out');
	const stop = new AbortController();
	const ended = observeNodes(never, ofVersion('v1.34.2'), clock, stop.signal);
	stop.abort();
	await assert.rejects(ended);
});
