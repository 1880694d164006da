import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Heartbeats} from '../../../source/store/net/heartbeats.ts';
import {object} from '../../tools/cluster-view.ts';

function lease(node: string, renewTime?: string) {
	return object('coordination.k8s.io/v1', 'Lease', `kube-node-lease/${node}`, {spec: renewTime === undefined ? {} : {renewTime}});
}

const at = (second: number): string => new Date(second * 1000).toISOString().replace('Z', '000Z');

test('renewals are noted when they are first seen, the newest first, five at most', () => {
	const heartbeats = new Heartbeats();
	for (let beat = 0; beat < 7; beat++) {
		heartbeats.note([lease('n1', at(beat * 10 + 3)), lease('n2', at(5))], beat * 10_000);
		// Another list with the same renewal, some time later.
		heartbeats.note([lease('n1', at(beat * 10 + 3)), lease('n2', at(5))], beat * 10_000 + 4000);
	}
	const [first, second] = heartbeats.observations();
	assert.equal(first?.target, 'n1');
	assert.deepEqual(
		first?.outcome === 'ok' && first.facts.renewals.map(({renewedAt, seenAt}) => [renewedAt, seenAt]),
		[6, 5, 4, 3, 2].map(beat => [beat * 10_000 + 3000, beat * 10_000]),
	);
	assert.deepEqual(second?.outcome === 'ok' && second.facts.renewals, [{renewedAt: 5000, seenAt: 0}]);
});

test('a node that went is forgotten; a lease without a time tells nothing', () => {
	const heartbeats = new Heartbeats();
	heartbeats.note([lease('n1', at(3)), lease('n2')], 1000);
	assert.deepEqual(
		heartbeats.observations().map(({target}) => target),
		['n1'],
	);
	heartbeats.note([], 2000);
	assert.deepEqual(heartbeats.observations(), []);
});
