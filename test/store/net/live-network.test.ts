import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Check} from '../../../source/core/check.ts';
import {fault} from '../../../source/core/net/fault.ts';
import {networkScreen, viewOfScreen} from '../../../source/core/net/network-start.ts';
import {serviceObject} from '../../tools/cluster-view.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {itemOf, labelled, manyFeeds} from '../many-feeds.ts';
import {openNetwork} from './open-network.ts';

const kinds = [
	labelled('v1', 'Service', 'services'),
	labelled('v1', 'Pod', 'pods'),
	labelled('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices'),
	labelled('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'),
];
const subject = {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web'};

/** The Path tab; judging takes `costMs` of the clock. */
async function start(costMs = 0) {
	const clock = createFakeClock();
	const feeds = manyFeeds(clock);
	let judged = 0;
	const check: Check = {
		ids: ['SVC_BAD'],
		title: 'Services',
		family: 'Service',
		reads: ['services'],
		graceMs: 0,
		*run(view) {
			judged++;
			clock.jump(costMs);
			if (view.all('services').length > 0) yield fault({id: 'SVC_BAD', family: 'Service', severity: 'warning', confidence: 'proven', subject, title: 'bad'});
		},
	};
	const live = openNetwork({clock, feeds, kinds, check, screen: {tab: 'path', target: 'web'}});
	let told = 0;
	const leave = live.subscribe(() => {
		told++;
		// As the screen does at every frame.
		live.snapshot();
	});
	await clock.settle();
	const fill = async () => {
		for (const {plural} of kinds)
			feeds.list(plural, plural === 'services' ? [itemOf(serviceObject('shop/web', {clusterIPs: ['10.96.0.20'], ports: [{port: 80}]}))] : []);
		await clock.advance(1500);
	};
	return {clock, feeds, live, leave, fill, told: () => told, judged: () => judged};
}

test('objects come, the path is traced, checks are judged; leaving closes everything', async () => {
	const {live, fill, leave, clock, feeds} = await start();
	assert.equal(live.snapshot().trace?.outcome, 'unknown', 'nothing is there yet');
	await fill();
	const model = live.snapshot();
	assert.equal(model.trace?.service?.metadata.name, 'web');
	assert.equal(model.judged.findings[0]?.id, 'SVC_BAD');
	assert.deepEqual(model.judged.loading, []);
	assert.equal(live.snapshot(), model, 'the same until something changes');
	leave();
	await clock.advance(120_000);
	assert.deepEqual(feeds.names(), []);
});

test('what takes long to judge is judged seldom', async () => {
	const quick = await start();
	await quick.fill();
	const slow = await start(500);
	await slow.fill();
	const before = [quick.judged(), slow.judged()];
	for (let second = 0; second < 20; second++) {
		for (const one of [quick, slow]) {
			one.feeds.upsert('services', itemOf(serviceObject(`shop/s${second}`, {})));
			await one.clock.advance(1000);
		}
	}
	const [fast = 0, rare = 0] = [quick.judged() - (before[0] ?? 0), slow.judged() - (before[1] ?? 0)];
	assert.ok(fast >= 15, `${fast} times`);
	assert.ok(rare <= 6, `${rare} times`);
});

test('another question is answered at once, whatever the last one took', async () => {
	const {live, fill} = await start(500);
	await fill();
	live.show(viewOfScreen(networkScreen({tab: 'path', target: 'gone'})));
	assert.equal(live.snapshot().trace?.outcome, 'name-unresolved');
});

test('why nothing can be probed', async () => {
	const {live, fill} = await start();
	await fill();
	assert.match(live.refusal() ?? '', /There is no running pod to ask from/);
	live.show(viewOfScreen(networkScreen({tab: 'path'})));
	assert.equal(live.refusal(), 'Name a destination first: t');
	assert.equal(live.cancel(), false);
});
