import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {TopWish} from '../../../source/core/invocation.ts';
import type {KubeObject} from '../../../source/core/kubernetes.ts';
import {emptyStep} from '../../../source/core/top/missing-step.ts';
import {type ReadRecords, readRecords} from '../../../source/store/metrics/read-records.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {catalogue, forbidden, metricsServer, notFound, unavailable} from './metrics-server.ts';

const node = (name: string): KubeObject =>
	({apiVersion: 'v1', kind: 'Node', metadata: {name}, status: {allocatable: {cpu: '2', memory: '8Gi'}, capacity: {cpu: '4', memory: '9Gi'}}}) as KubeObject;
const pod = (name: string, namespace = 'shop', nodeName = 'n1'): KubeObject =>
	({
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name, namespace},
		spec: {nodeName, containers: [{name: 'app', resources: {requests: {cpu: '100m'}, limits: {memory: '1Gi'}}}]},
		status: {phase: 'Running'},
	}) as KubeObject;

const web = {apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'u', controller: true};

function start(wish: Partial<TopWish>, amounts = false) {
	const clock = createFakeClock();
	const server = metricsServer(clock);
	server.state.objects.set('nodes', [node('n1'), node('n2'), node('n3')]);
	server.state.objects.set('pods', [pod('web-0'), pod('pg-0', 'data'), pod('on-n1'), pod('on-n2', 'shop', 'n2')]);
	const read = () =>
		readRecords({client: server.client, catalogue, clock, wish: {level: 'nodes', allNamespaces: false, ...wish}, amounts}, new AbortController().signal);
	return {clock, ...server, read};
}

function records(read: ReadRecords) {
	return read.type === 'records' ? read.records : assert.fail(JSON.stringify(read));
}

test('nodes with what they may give; one without a sample is there too', async () => {
	const {read} = start({});
	const [first, , third] = records(await read());
	assert.deepEqual(first?.used, {cpu: 250, memory: 2 * 1024 ** 3});
	assert.deepEqual(first?.allocatable, {cpu: 2000, memory: 8 * 1024 ** 3});
	assert.equal(first?.requests, undefined);
	assert.deepEqual([third?.name, third?.used, third?.at], ['n3', {}, undefined]);
});

test('with amounts a node has what its pods request, a pod its own', async () => {
	const nodes = records(await start({}, true).read());
	assert.deepEqual(nodes.find(({name}) => name === 'n1')?.requests, {cpu: 300, memory: 0});
	assert.deepEqual(nodes.find(({name}) => name === 'n3')?.requests, {cpu: 0, memory: 0});
	const [web] = records(await start({level: 'pods'}, true).read());
	assert.deepEqual([web?.requests, web?.limits], [{cpu: 100}, {memory: 1024 ** 3}]);
	const [app] = records(await start({level: 'containers'}, true).read());
	assert.deepEqual([app?.name, app?.container, app?.requests], ['web-0', 'app', {cpu: 100}]);
});

test('pods of a namespace, or of all; whole pods are not read for text', async () => {
	const {read, asked} = start({level: 'pods'});
	assert.deepEqual(
		records(await read()).map(({name}) => name),
		['web-0'],
	);
	assert.deepEqual(asked, ['list pods.metrics.k8s.io in shop']);
	assert.deepEqual(
		records(await start({level: 'pods', allNamespaces: true}).read()).map(({name}) => name),
		['web-0', 'pg-0'],
	);
});

test('a named object that does not exist, and one that does', async () => {
	assert.deepEqual(await start({level: 'nodes', name: 'n9'}).read(), {type: 'gone', sentence: 'There is no node n9.'});
	assert.deepEqual(await start({level: 'pods', name: 'web-9'}).read(), {type: 'gone', sentence: 'There is no pod web-9 in namespace shop.'});
	assert.deepEqual(
		records(await start({level: 'nodes', name: 'n2'}).read()).map(({name}) => name),
		['n2'],
	);
	assert.deepEqual(
		records(await start({level: 'containers', name: 'web-0'}).read()).map(({container}) => container),
		['app'],
	);
});

test('pods of a node, of all namespaces; pods of a workload; what is not there, or has no pods', async () => {
	const ofNode = start({level: 'pods', node: 'n1', allNamespaces: true});
	assert.deepEqual(
		records(await ofNode.read()).map(({name}) => name),
		['web-0', 'pg-0'],
	);
	assert.deepEqual(await start({level: 'pods', node: 'n2', allNamespaces: true}).read(), {
		type: 'missing',
		steps: [emptyStep('pods', 0)],
	});
	assert.deepEqual(await start({level: 'pods', node: 'n3', allNamespaces: true}).read(), {type: 'none', sentence: 'No resources found'});
	assert.deepEqual(await start({level: 'pods', node: 'n9', allNamespaces: true}).read(), {type: 'gone', sentence: 'There is no node n9.'});
	const owned = start({level: 'containers', workload: {kind: 'StatefulSet', name: 'web'}});
	owned.state.objects.set('pods', [pod('on-n1'), {...pod('web-0'), metadata: {name: 'web-0', namespace: 'shop', ownerReferences: [web]}}]);
	assert.deepEqual(
		records(await owned.read()).map(({name, container}) => [name, container]),
		[['web-0', 'app']],
	);
	owned.state.objects.set('pods', [pod('on-n1')]);
	assert.deepEqual(await owned.read(), {type: 'none', sentence: 'No resources found in shop namespace.'});
});

test('without samples of nodes their step is told, though the nodes are known', async () => {
	const {read, state} = start({level: 'nodes'});
	state.empty = true;
	assert.deepEqual(await read(), {type: 'missing', steps: [emptyStep('nodes', 0)]});
});

test('without the metrics API the kubelets answer, and it is said which step is missing', async () => {
	const {read, state} = start({level: 'pods'});
	state.pods = unavailable;
	const answer = await read();
	assert.deepEqual(
		records(answer).map(({namespace, name, source}) => [namespace, name, source]),
		[
			['shop', 'on-n1', 'kubelet'],
			['shop', 'on-n2', 'kubelet'],
			['shop', 'on-n3', 'kubelet'],
		],
	);
	assert.ok(answer.type === 'records' && answer.fallback?.step === 'stale');
});

test('with nothing readable both reasons are told', async () => {
	const {read, state} = start({level: 'nodes'});
	state.nodes = notFound;
	for (const name of ['n1', 'n2', 'n3']) state.kubelets.set(name, forbidden);
	const answer = await read();
	assert.ok(answer.type === 'missing');
	assert.deepEqual(
		answer.steps.map(({step}) => step),
		['absent', 'denied'],
	);
});

test('an empty answer: no pods at all is nothing wrong, pods without samples are', async () => {
	const {read, state} = start({level: 'pods'});
	state.empty = true;
	const warming = await read();
	assert.ok(warming.type === 'missing' && warming.steps[0]?.step === 'warming');
	state.objects.set('pods', []);
	assert.deepEqual(await read(), {type: 'none', sentence: 'No resources found in shop namespace.'});
});

test('workloads and namespaces are sums of their pods', async () => {
	const [first, second] = records(await start({level: 'namespaces'}).read());
	assert.deepEqual([first?.name, first?.used.cpu, second?.name, second?.pods, second?.used.cpu], ['data', 900, 'shop', 3, 12]);
	const workloads = records(await start({level: 'workloads'}).read());
	assert.deepEqual(
		workloads.map(({kind, name}) => [kind, name]),
		[
			['Pod', 'on-n1'],
			['Pod', 'on-n2'],
			['Pod', 'web-0'],
		],
	);
});
