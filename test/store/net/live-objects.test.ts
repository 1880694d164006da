import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Item, KubeObject} from '../../../source/core/kubernetes.ts';
import {LiveObjects} from '../../../source/store/net/live-objects.ts';
import {podObject, serviceObject} from '../../tools/cluster-view.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {catalogueOf, itemOf, labelled, manyFeeds} from '../many-feeds.ts';

const services = labelled('v1', 'Service', 'services');
const pods = labelled('v1', 'Pod', 'pods');
const maps = labelled('v1', 'ConfigMap', 'configmaps');
const secrets = labelled('v1', 'Secret', 'secrets');

async function start(answer: () => readonly KubeObject[] = () => []) {
	const clock = createFakeClock();
	const feeds = manyFeeds(clock);
	const listed: string[] = [];
	let told = 0;
	let known = true;
	const client = {
		list: async (type: {plural: string}) => {
			listed.push(type.plural);
			return answer();
		},
		table: async () => ({columns: [], items: []}),
	};
	const catalogue = catalogueOf(services, pods, maps, secrets);
	const live = new LiveObjects({scopes: feeds.scopes, client, catalogue: () => catalogue, discovered: () => known, clock, changed: () => told++});
	return {clock, feeds, live, listed, told: () => told, unknown: () => (known = false)};
}

/** A row without its object: what a feed brings of a kind that has too many. */
function bare(object: KubeObject): Item {
	const {object: _whole, ...item} = itemOf(object);
	return item;
}

test('kinds are opened as they are wanted, shared, and closed when they are not', async () => {
	const {feeds, live, clock} = await start();
	live.want([{kind: 'services'}, {kind: 'configmaps', namespaces: ['kube-system', 'kube-flannel']}]);
	await clock.settle();
	assert.deepEqual(feeds.names().toSorted(), ['configmaps kube-flannel', 'configmaps kube-system', 'services']);
	live.want([{kind: 'services'}]);
	live[Symbol.dispose]();
	await clock.advance(120_000);
	assert.deepEqual(feeds.names(), []);
});

test('loading, ready, denied, absent', async () => {
	const {feeds, live, clock, unknown} = await start();
	const asked = [{kind: 'services'}, {kind: 'gateways.gateway.networking.k8s.io'}];
	live.want(asked);
	await clock.settle();
	const state = (kind: string) => live.read(asked).get(kind)?.readable.state;
	assert.deepEqual([state('services'), state('gateways.gateway.networking.k8s.io')], ['loading', 'absent']);
	feeds.list('services', [itemOf(serviceObject('shop/web', {}))]);
	await clock.advance(1500);
	assert.equal(state('services'), 'ready');
	assert.equal(live.read(asked).get('services')?.objects[0]?.metadata.name, 'web');
	feeds.stream('services', {state: 'denied', since: 0, problem: {code: 'forbidden', what: 'x', cause: 'User viewer may not list services'}});
	await clock.advance(1500);
	assert.equal(state('services'), 'denied');
	unknown();
	assert.equal(state('gateways.gateway.networking.k8s.io'), 'loading', 'nobody knows before discovery has answered');
});

test('a list of some namespaces is no list of all', async () => {
	const {feeds, live, clock} = await start();
	live.want([{kind: 'pods'}]);
	await clock.settle();
	feeds.partial('pods', ['shop']);
	feeds.list('pods', [itemOf(podObject('shop/web-1'))]);
	await clock.advance(1500);
	const read = live.read([{kind: 'pods'}]).get('pods');
	assert.deepEqual([read?.readable.state, read?.namespaces, read?.objects.length], ['denied', ['shop'], 1]);
});

test('of a kind with too many objects to be watched whole the objects are listed, and again after half a minute', async () => {
	const {feeds, live, clock, listed} = await start(() => [podObject('shop/web-1', {ip: '10.244.1.9'})]);
	live.want([{kind: 'pods'}]);
	await clock.settle();
	feeds.list('pods', [bare(podObject('shop/web-1'))]);
	await clock.advance(1500);
	assert.equal(live.read([{kind: 'pods'}]).get('pods')?.readable.state, 'loading');
	await clock.settle();
	const read = live.read([{kind: 'pods'}]).get('pods');
	assert.deepEqual([read?.readable.state, read?.objects.length, listed], ['ready', 1, ['pods']]);
	await clock.advance(31_000);
	live.read([{kind: 'pods'}]);
	assert.deepEqual(listed, ['pods', 'pods']);
});

test('of Secrets only the metadata is watched', async () => {
	const {feeds, live, clock} = await start();
	live.want([{kind: 'secrets', metadataOnly: true}]);
	await clock.settle();
	assert.equal(feeds.scope('secrets')?.mode, 'metadata');
	feeds.list('secrets', [bare({apiVersion: 'v1', kind: 'Secret', metadata: {name: 'promo-tls', namespace: 'shop'}})]);
	await clock.advance(1500);
	assert.equal(live.read([{kind: 'secrets'}]).get('secrets')?.objects[0]?.metadata.name, 'promo-tls');
});
