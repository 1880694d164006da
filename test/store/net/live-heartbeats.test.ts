import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nodeClockSkew} from '../../../source/checks/node-clock-skew.ts';
import {networkScreen, viewOfScreen} from '../../../source/core/net/network-start.ts';
import {nodeObject, object} from '../../tools/cluster-view.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {itemOf, labelled, manyFeeds} from '../many-feeds.ts';
import {openNetwork} from './open-network.ts';

const kinds = [
	labelled('v1', 'Service', 'services'),
	labelled('v1', 'Pod', 'pods'),
	labelled('v1', 'Node', 'nodes'),
	labelled('coordination.k8s.io/v1', 'Lease', 'leases'),
];
const leases = 'leases kube-node-lease';

/** The Probes tab, a cluster of one node whose clock is so far off. */
async function start(offsetMs: number) {
	const clock = createFakeClock();
	const feeds = manyFeeds(clock);
	const unread = () => Promise.reject(new Error('not asked in this test'));
	const live = openNetwork({clock, feeds, kinds, check: nodeClockSkew, screen: {tab: 'probes'}, client: {text: unread}});
	const leave = live.subscribe(() => live.snapshot());
	await clock.settle();
	const lease = (agoMs = 0) =>
		itemOf(
			object('coordination.k8s.io/v1', 'Lease', 'kube-node-lease/n1', {
				spec: {leaseDurationSeconds: 40, renewTime: new Date(clock.now() - agoMs + offsetMs).toISOString()},
			}),
		);
	feeds.list('services', []);
	feeds.list('pods', []);
	feeds.list('nodes', [itemOf(nodeObject('n1'))]);
	feeds.list(leases, [lease(8000)]);
	await clock.advance(2000);
	const beat = async (): Promise<void> => {
		feeds.upsert(leases, lease());
		await clock.advance(10_000);
	};
	return {live, beat, leave, told: () => live.snapshot().judged.findings.map(({id, confidence}) => `${id} ${confidence}`)};
}

test('the screen sees renewals as they come: a clock that is behind is told once there are five', async () => {
	const {beat, told} = await start(-6000);
	assert.deepEqual(told(), ['NOT_CHECKED proven']);
	for (let times = 0; times < 4; times++) {
		await beat();
		if (times < 3) assert.deepEqual(told(), ['NOT_CHECKED proven'], `${times + 2} renewals`);
	}
	assert.deepEqual(told(), ['NODE_CLOCK_SKEW likely']);
});

test('a clock that is right is told as nothing; what was seen before the tab was left does not count', async () => {
	const {live, beat, told} = await start(0);
	for (let times = 0; times < 5; times++) await beat();
	assert.deepEqual(told(), []);
	live.show(viewOfScreen(networkScreen({tab: 'path'})));
	live.show(viewOfScreen(networkScreen({tab: 'probes'})));
	await beat();
	assert.deepEqual(told(), ['NOT_CHECKED proven']);
});
