import assert from 'node:assert/strict';
import {test} from 'node:test';
import {storyNames} from '../../source/core/story-names.ts';
import {at, listAt, recordsAt, textAt, textsAt} from '../../source/demo/json.ts';
import {podCells} from '../../source/demo/kinds/pod-cells.ts';
import {trackedPrinting} from '../../source/demo/printing.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import {stories} from '../../source/demo/stories/stories.ts';
import type {StoredObject} from '../../source/demo/stored-object.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

async function open(story: string): Promise<DemoServer> {
	return await startDemo({story, realTime: false, clock: createFakeClock()});
}

function statusOf(server: DemoServer, pod: StoredObject): string {
	return String(podCells(pod, trackedPrinting(server.cluster.now()))[2]);
}

function statuses(server: DemoServer): readonly string[] {
	return [...new Set(server.cluster.list('pods').map(pod => statusOf(server, pod)))].toSorted();
}

/** Services whose selector finds no ready pod. */
function servicesWithoutEndpoints(server: DemoServer): readonly string[] {
	const {cluster} = server;
	return cluster
		.list('services')
		.filter(service => Object.keys(textsAt(service, 'spec', 'selector')).length > 0)
		.filter(service => {
			const slice = cluster
				.list('endpointslices.discovery.k8s.io', service.metadata.namespace)
				.find(({metadata}) => metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name);
			return !recordsAt(slice, 'endpoints').some(endpoint => at(endpoint, 'conditions', 'ready') === true);
		})
		.map(service => service.metadata.name);
}

// Every kind that has a file of its own on the screens.
const shownKinds = [
	...[
		'pods',
		'services',
		'configmaps',
		'secrets',
		'persistentvolumeclaims',
		'persistentvolumes',
		'nodes',
		'namespaces',
		'events',
		'serviceaccounts',
		'resourcequotas',
		'limitranges',
	],
	...['deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'daemonsets.apps', 'jobs.batch', 'cronjobs.batch', 'endpointslices.discovery.k8s.io'],
	...['ingresses.networking.k8s.io', 'ingressclasses.networking.k8s.io', 'networkpolicies.networking.k8s.io', 'gateways.gateway.networking.k8s.io'],
	...['httproutes.gateway.networking.k8s.io', 'gatewayclasses.gateway.networking.k8s.io', 'storageclasses.storage.k8s.io', 'volumeattachments.storage.k8s.io'],
	...['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'].map(plural => `${plural}.rbac.authorization.k8s.io`),
	...['horizontalpodautoscalers.autoscaling', 'poddisruptionbudgets.policy', 'priorityclasses.scheduling.k8s.io', 'leases.coordination.k8s.io'],
	...['customresourcedefinitions.apiextensions.k8s.io', 'apiservices.apiregistration.k8s.io', 'certificatesigningrequests.certificates.k8s.io'],
	...['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'].map(plural => `${plural}.admissionregistration.k8s.io`),
];

test('the stories are those that the command line knows', () => {
	assert.deepEqual(
		stories.map(({name}) => name),
		[...storyNames],
	);
	assert.ok(stories.every(({title}) => title.endsWith('.')));
});

test('an unknown story is refused with those that there are', async () => {
	await assert.rejects(startDemo({story: 'nope'}), {message: /There is no demo story "nope"\. Known: healthy, /});
	await assert.rejects(startDemo({story: 'ten-thousand-pods:many'}), {message: /takes a number of pods, not "many"/});
});

test('healthy: all kinds, about sixty pods, and nothing to complain of', async () => {
	await using server = await open('healthy');
	for (const plural of shownKinds) assert.ok(server.cluster.list(plural).length > 0, plural);
	const count = server.cluster.list('pods').length;
	assert.ok(count >= 50 && count <= 70, String(count));
	assert.equal(server.cluster.list('nodes').length, 4);
	assert.deepEqual(statuses(server), ['Completed', 'Running']);
	assert.deepEqual(servicesWithoutEndpoints(server), []);
	for (const deployment of server.cluster.list('deployments.apps')) {
		assert.equal(at(deployment, 'status', 'readyReplicas'), at(deployment, 'spec', 'replicas'), deployment.metadata.name);
	}
	assert.deepEqual(
		server.cluster.list('events').filter(({type}) => type !== 'Normal'),
		[],
	);
	const texts = JSON.stringify([...server.cluster.list('deployments.apps'), ...server.cluster.list('pods')].map(({metadata}) => metadata.annotations));
	assert.match(texts, /[\u4e00-\u9fff]/u);
	assert.match(texts, /🛒/u);
});

test('every object belongs to a namespace that is there, and every owner exists', async () => {
	for (const {name} of stories.filter(({name: story}) => story !== 'ten-thousand-pods')) {
		await using server = await open(name);
		const all = server.cluster.kinds
			.all()
			.filter(({sameAs}) => sameAs === undefined)
			.flatMap(kind => server.cluster.store(kind).list());
		const uids = new Set(all.map(({metadata}) => metadata.uid));
		for (const object of all) {
			const {namespace, ownerReferences = []} = object.metadata;
			if (namespace !== undefined) assert.ok(server.cluster.get('namespaces', undefined, namespace), `${object.kind} ${object.metadata.name}`);
			for (const owner of ownerReferences) assert.ok(uids.has(owner.uid), `${object.kind} ${object.metadata.name} of ${owner.name}`);
			if (object.kind === 'Pod') assert.ok(server.cluster.get('nodes', undefined, textAt(object, 'spec', 'nodeName')), object.metadata.name);
		}
		assert.equal(uids.size, all.length, 'no uid twice');
	}
});

test('no-endpoints: the Service promo alone has nobody behind it, for its selector', async () => {
	await using server = await open('no-endpoints');
	assert.deepEqual(servicesWithoutEndpoints(server), ['promo']);
	assert.deepEqual(textsAt(server.cluster.get('services', 'shop', 'promo'), 'spec', 'selector'), {app: 'promos'});
	assert.ok(server.cluster.list('pods', 'shop').some(({metadata}) => metadata.labels?.['app'] === 'promo'));
	assert.deepEqual(statuses(server), ['Completed', 'Running']);
});

test('oom-eviction: a node under pressure, evicted pods, crashes and an image that cannot be had', async () => {
	await using server = await open('oom-eviction');
	const node = server.cluster.get('nodes', undefined, 'node-b2');
	const pressure = recordsAt(node, 'status', 'conditions').find(({type}) => type === 'MemoryPressure');
	assert.equal(textAt(pressure, 'status'), 'True');
	assert.deepEqual(statuses(server), ['Completed', 'CrashLoopBackOff', 'Evicted', 'ImagePullBackOff', 'Running']);
	const evicted = server.cluster.list('pods').filter(pod => textAt(pod, 'status', 'reason') === 'Evicted');
	assert.deepEqual(
		evicted.map(pod => textAt(pod, 'spec', 'nodeName')),
		['node-b2', 'node-b2', 'node-b2'],
	);
	const checkout = server.cluster.list('pods', 'shop').filter(({metadata}) => metadata.labels?.['app'] === 'checkout');
	assert.deepEqual(checkout.map(pod => statusOf(server, pod)).toSorted(), ['CrashLoopBackOff', 'CrashLoopBackOff', 'ImagePullBackOff']);
	const [payments] = recordsAt(server.cluster.get('pods', 'shop', 'payments-1'), 'status', 'containerStatuses');
	assert.equal(textAt(payments, 'lastState', 'terminated', 'reason'), 'OOMKilled');
	const reasons = new Set(server.cluster.list('events').map(event => textAt(event, 'reason')));
	for (const reason of ['Evicted', 'BackOff', 'Failed', 'EvictionThresholdMet']) assert.ok(reasons.has(reason), reason);
});

test('ten-thousand-pods: as many as asked for, of realistic size, on 200 nodes in 50 namespaces', async () => {
	await using server = await open('ten-thousand-pods:1000');
	const pods = server.cluster.list('pods');
	assert.equal(pods.length, 1000);
	assert.equal(new Set(pods.map(pod => textAt(pod, 'spec', 'nodeName'))).size, 200);
	assert.equal(new Set(pods.map(({metadata}) => metadata.namespace)).size, 50);
	assert.equal(new Set(pods.map(({metadata}) => metadata.uid)).size, 1000);
	assert.equal(new Set(pods.map(pod => textAt(pod, 'status', 'podIP'))).size, 1000);
	const [first] = pods;
	assert.match(first?.metadata.name ?? '', /^app-\d{4}-/);
	assert.equal(listAt(first, 'spec', 'containers').length, 2);
	const size = JSON.stringify(first).length;
	assert.ok(size > 8000, `${size} bytes a pod`);
	assert.deepEqual(statuses(server), ['CrashLoopBackOff', 'Running']);
	await using whole = await open('ten-thousand-pods');
	assert.equal(whole.cluster.list('pods').length, 10_000);
});
