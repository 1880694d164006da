import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nodeClockSkew} from '../../source/checks/node-clock-skew.ts';
import {checks} from '../../source/checks/index.ts';
import {judge} from '../../source/core/diagnose/judge.ts';
import {rank} from '../../source/core/diagnose/rank.ts';
import type {HeartbeatFacts} from '../../source/core/net/heartbeats.ts';
import type {Observation} from '../../source/core/observation.ts';
import {clusterView, nodeObject, object, viewNow} from '../tools/cluster-view.ts';
import {findings, judged, told, withoutKind} from '../tools/run-check.ts';

/** A lease that was renewed so many seconds ago by the node's own clock. */
function lease(node: string, secondsAgo: number) {
	const spec = {holderIdentity: node, leaseDurationSeconds: 40, renewTime: new Date(viewNow - secondsAgo * 1000).toISOString()};
	return object('coordination.k8s.io/v1', 'Lease', `kube-node-lease/${node}`, {spec});
}

/** Five renewals of a clock that is so many seconds off, seen as they came. */
function beats(target: string, offset: number, {count = 5, everyS = 10} = {}): Observation<HeartbeatFacts> {
	const renewals = Array.from({length: count}, (_, index) => {
		const seenAt = viewNow - 1000 - index * everyS * 1000;
		return {renewedAt: seenAt + offset * 1000, seenAt};
	});
	return {probe: 'node-heartbeats', target, at: viewNow, tookMs: 0, outcome: 'ok', facts: {renewals}};
}

const nodes = ['n1', 'n2', 'n3'].map(name => nodeObject(name));
const well = ['n1', 'n2', 'n3'].map(name => lease(name, 4));

test('five renewals prove a clock that is ahead; more than 10 s is critical', () => {
	const ahead = (offset: number) => told(nodeClockSkew, [...nodes, ...well], {observations: [beats('n1', offset), beats('n2', 0), beats('n3', -0.2)]});
	assert.deepEqual(ahead(4.2), ["NODE_CLOCK_SKEW warning proven: Node n1: its clock is at least 3 s ahead of the API server's"]);
	assert.deepEqual(ahead(60), ["NODE_CLOCK_SKEW critical proven: Node n1: its clock is at least 59 s ahead of the API server's"]);
	assert.deepEqual(ahead(2.5), [], 'as exact as the measure is');
});

test('a clock that is behind is likely, and only where its renewals came at their usual distance', () => {
	const behind = (everyS: number) => told(nodeClockSkew, [...nodes, ...well], {observations: [beats('n1', -6, {everyS}), beats('n2', 0), beats('n3', 0)]});
	assert.deepEqual(behind(10), ["NODE_CLOCK_SKEW warning likely: Node n1: its clock is at least 5 s behind the API server's"]);
	assert.deepEqual(behind(17), [], 'they come late: something is slow');
});

test('all nodes off to one side: it may be the server', () => {
	const [first] = findings(nodeClockSkew, [...nodes, ...well], {observations: [beats('n1', 9), beats('n2', 8.5), beats('n3', 9)]});
	assert.equal(first?.confidence, 'likely');
	assert.ok(first?.evidence.some(({value}) => value.includes("it may be the API server's clock")));
	assert.deepEqual(
		first?.remedy.map(({text, command, changes}) => `${changes} ${command} ${text.startsWith('On the host of the API server')}`),
		['false chronyc tracking || timedatectl true', 'true chronyc makestep false'],
	);
});

test('two of three that are ahead are their own fault, also where the third could not be measured', () => {
	const found = findings(nodeClockSkew, [...nodes, lease('n1', -30), lease('n2', -31), lease('n3', 2)], {oneShot: true});
	assert.deepEqual(
		found.filter(({class: kind}) => kind === 'fault').map(({confidence, subject}) => `${confidence} ${subject.name}`),
		['proven n1', 'proven n2'],
	);
});

test('one look proves a clock that is clearly ahead, and says that it cannot see one that is behind', () => {
	const once = (secondsAgo: number) => told(nodeClockSkew, [...nodes, lease('n1', secondsAgo), lease('n2', 3), lease('n3', 9)], {oneShot: true});
	assert.deepEqual(
		once(-15).map(text => text.slice(0, 78)),
		[
			'NODE_CLOCK_SKEW critical proven: Node n1: its clock is at least 12 s ahead of ',
			'NOT_CHECKED info proven: Not checked: clocks of the nodes: one look shows a cl',
		],
	);
	assert.match(once(-4)[0] ?? '', /^NOT_CHECKED/, 'within what one answer of a busy machine may be wrong');
	assert.match(once(40)[0] ?? '', /^NOT_CHECKED .* not one that is behind/, 'a silent kubelet is no clock');
	assert.equal(judged(nodeClockSkew, [...nodes, lease('n1', -15)])[0], 'NODE_CLOCK_SKEW proven', 'it needs no grace time');
});

test('fewer than five renewals, no leases, leases that may not be read: not checked', () => {
	const few = told(nodeClockSkew, [...nodes, ...well], {observations: [beats('n1', -9, {count: 4}), beats('n2', 0), beats('n3', 0)]});
	assert.deepEqual(few, [
		'NOT_CHECKED info proven: Not checked: clocks of the nodes: of some fewer than 5 heartbeats have been seen yet; each node sends one every 10 s',
	]);
	assert.match(told(nodeClockSkew, nodes)[0] ?? '', /^NOT_CHECKED .*no node has a lease/);
	assert.deepEqual(withoutKind(nodeClockSkew, [...nodes, ...well], 'leases.coordination.k8s.io'), ['NOT_CHECKED coverage']);
});

test('before there are five renewals a clock that is clearly ahead is told already', () => {
	const [found] = told(nodeClockSkew, [...nodes, ...well], {observations: [beats('n1', 40, {count: 1}), beats('n2', 0), beats('n3', 0)]});
	assert.equal(found, "NODE_CLOCK_SKEW critical proven: Node n1: its clock is at least 37 s ahead of the API server's");
});

test('all measured, all well: nothing is told, not even that something was not checked', () => {
	assert.deepEqual(told(nodeClockSkew, [...nodes, ...well], {observations: ['n1', 'n2', 'n3'].map(name => beats(name, 0.3))}), []);
});

test('a clock that is behind explains a lease that looks stale, and breaks nothing else', () => {
	const objects = [...nodes, lease('n1', 34), lease('n2', 4), lease('n3', 4)];
	const view = clusterView(objects, {observations: [beats('n1', -31), beats('n2', 0), beats('n3', 0)]});
	const found = judge(checks, view).findings.filter(({family, class: kind}) => family === 'node' && kind === 'fault');
	const {roots} = rank(found, view);
	assert.deepEqual(
		roots.map(({finding, explains}) => [finding.id, explains.map(({id}) => id)]),
		[['NODE_CLOCK_SKEW', ['NODE_LEASE_STALE']]],
	);
});
