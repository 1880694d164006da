import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lastDue} from '../../source/demo/control-plane/cron-jobs.ts';
import {podCells} from '../../source/demo/kinds/pod-cells.ts';
import {at, listAt, numberAt, recordsAt, textAt} from '../../source/demo/json.ts';
import {trackedPrinting} from '../../source/demo/printing.ts';
import {type DemoServer, startDemo} from '../../source/demo/server.ts';
import type {StoredObject} from '../../source/demo/stored-object.ts';
import {createFakeClock, type FakeClock} from '../tools/fake-clock.ts';

type Open = Readonly<{server: DemoServer; clock: FakeClock}>;

async function open(story = 'healthy'): Promise<Open> {
	const clock = createFakeClock();
	return {server: await startDemo({story, clock}), clock};
}

function pods(server: DemoServer, app: string): readonly StoredObject[] {
	return server.cluster.list('pods', 'shop').filter(pod => pod.metadata.labels?.['app'] === app);
}

/** `1/1 Running` as the table has it. */
function states(server: DemoServer, app: string): readonly string[] {
	return pods(server, app).map(pod => {
		const [, ready, status] = podCells(pod, trackedPrinting(server.cluster.now()));
		return `${String(ready)} ${String(status)}`;
	});
}

test('a scaled Deployment gets its pods, which are scheduled, started and become ready; the endpoints follow', async () => {
	const {server, clock} = await open();
	await using _server = server;
	server.cluster.patch('deployments.apps', 'shop', 'web', {spec: {replicas: 5}});
	await clock.advance(300);
	assert.deepEqual(states(server, 'web').toSorted(), ['0/2 ContainerCreating', '0/2 ContainerCreating', '2/2 Running', '2/2 Running', '2/2 Running']);
	await clock.advance(10_000);
	assert.deepEqual([...new Set(states(server, 'web'))], ['2/2 Running']);
	const deployment = server.cluster.get('deployments.apps', 'shop', 'web');
	assert.deepEqual([numberAt(deployment, 'status', 'readyReplicas'), numberAt(deployment, 'status', 'updatedReplicas')], [5, 5]);
	const slice = server.cluster.list('endpointslices.discovery.k8s.io', 'shop').find(({metadata}) => metadata.name.startsWith('web-'));
	assert.equal(listAt(slice, 'endpoints').length, 5);
	const reasons = server.cluster.list('events', 'shop').map(event => textAt(event, 'reason'));
	for (const reason of ['ScalingReplicaSet', 'SuccessfulCreate', 'Scheduled', 'Pulled', 'Created', 'Started']) assert.ok(reasons.includes(reason), reason);
	server.cluster.patch('deployments.apps', 'shop', 'web', {spec: {replicas: 1}});
	await clock.advance(200);
	assert.equal(states(server, 'web').filter(state => state.endsWith('Terminating')).length, 4);
	await clock.advance(5000);
	assert.deepEqual(states(server, 'web'), ['2/2 Running']);
});

test('a deleted pod is replaced; that of a StatefulSet under its name', async () => {
	const {server, clock} = await open();
	await using _server = server;
	const [cart] = pods(server, 'cart');
	const payments = server.cluster.get('pods', 'shop', 'payments-0');
	server.cluster.delete('pods', 'shop', cart?.metadata.name ?? '');
	server.cluster.delete('pods', 'shop', 'payments-0');
	await clock.advance(15_000);
	assert.equal(pods(server, 'cart').length, 2);
	assert.ok(!pods(server, 'cart').some(pod => pod.metadata.uid === cart?.metadata.uid));
	const again = server.cluster.get('pods', 'shop', 'payments-0');
	assert.ok(again !== undefined && again.metadata.uid !== payments?.metadata.uid);
	assert.deepEqual([...new Set(states(server, 'payments'))], ['1/1 Running']);
});

test('a new template rolls through, one pod at a time, and never fewer than wanted are ready', async () => {
	const {server, clock} = await open();
	await using _server = server;
	let fewest = 3;
	using _listening = server.cluster.listen(kind => {
		if (kind.plural === 'pods') fewest = Math.min(fewest, states(server, 'catalog').filter(state => state === '2/2 Running').length);
	});
	server.cluster.patch('deployments.apps', 'shop', 'catalog', {spec: {template: {metadata: {annotations: {restarted: 'now'}}}}});
	await clock.advance(60_000);
	assert.equal(fewest, 3);
	assert.deepEqual(states(server, 'catalog'), ['2/2 Running', '2/2 Running', '2/2 Running']);
	assert.ok(pods(server, 'catalog').every(pod => pod.metadata.annotations?.['restarted'] === 'now'));
	const replicaSets = server.cluster.list('replicasets.apps', 'shop').filter(({metadata}) => metadata.labels?.['app'] === 'catalog');
	assert.deepEqual(replicaSets.map(replicaSet => numberAt(replicaSet, 'spec', 'replicas')).toSorted(), [0, 3]);
});

test('a crash loop restarts with growing pauses, and says so', async () => {
	const {server, clock} = await open();
	await using _server = server;
	const fate = {'demo.k8tui.io/fate': 'crash 3 2s'};
	server.cluster.patch('deployments.apps', 'shop', 'flags', {spec: {template: {metadata: {annotations: fate}}}});
	await clock.advance(20_000);
	const crashing = (): StoredObject | undefined => pods(server, 'flags').find(pod => pod.metadata.annotations?.['demo.k8tui.io/fate'] !== undefined);
	const restarts = (): number => numberAt(recordsAt(crashing(), 'status', 'containerStatuses')[0], 'restartCount');
	const soon = restarts();
	await clock.advance(600_000);
	assert.ok(restarts() > soon + 2, `${soon} restarts, then ${restarts()}`);
	assert.ok(restarts() < soon + 10, 'the back-off keeps it from restarting all the time');
	assert.equal(at(recordsAt(crashing(), 'status', 'containerStatuses')[0], 'lastState', 'terminated', 'exitCode'), 3);
	const backOff = server.cluster.list('events', 'shop').find(({reason}) => reason === 'BackOff');
	assert.ok(numberAt(backOff, 'count') > 2);
});

test('cron jobs start their jobs, these complete, and old ones go', async () => {
	const {server, clock} = await open();
	await using _server = server;
	await clock.advance(31 * 60_000 + 5000);
	const jobs = server.cluster.list('jobs.batch', 'search');
	assert.ok(jobs.length >= 3 && jobs.length <= 4, String(jobs.length));
	assert.equal(jobs.filter(job => textAt(job, 'status', 'completionTime') !== '').length, 3);
	const cronJob = server.cluster.get('cronjobs.batch', 'search', 'search-reindex');
	assert.equal(Date.parse(textAt(cronJob, 'status', 'lastScheduleTime')), Math.floor(clock.now() / 300_000) * 300_000);
	assert.equal(server.cluster.list('pods', 'search').filter(pod => pod.metadata.name.startsWith('search-reindex')).length, jobs.length);
});

test('a schedule fires when it should', () => {
	const minute = Date.UTC(2026, 0, 1, 12, 34) / 60_000;
	assert.equal(lastDue('*/5 * * * *', minute), minute - 4);
	assert.equal(lastDue('0 2 * * *', minute), Date.UTC(2026, 0, 1, 2, 0) / 60_000);
	assert.equal(lastDue('30 3 * * 0', minute), Date.UTC(2025, 11, 28, 3, 30) / 60_000);
	assert.equal(lastDue('15,45 8-10 * * *', minute), Date.UTC(2026, 0, 1, 10, 45) / 60_000);
});

test('kubelets renew their leases every ten seconds; events live for an hour', async () => {
	const {server, clock} = await open();
	await using _server = server;
	await clock.advance(10_000);
	const lease = server.cluster.get('leases.coordination.k8s.io', 'kube-node-lease', 'node-a1');
	assert.equal(Date.parse(textAt(lease, 'spec', 'renewTime')), clock.now());
	server.cluster.patch('deployments.apps', 'shop', 'mail', {spec: {replicas: 2}});
	await clock.advance(1000);
	const uid = server.cluster.list('events', 'shop').find(({reason}) => reason === 'ScalingReplicaSet')?.metadata.uid;
	assert.notEqual(uid, undefined);
	await clock.advance(62 * 60_000);
	assert.ok(!server.cluster.list('events', 'shop').some(({metadata}) => metadata.uid === uid));
});

test('what a deleted Deployment controlled goes too', async () => {
	const {server, clock} = await open();
	await using _server = server;
	server.cluster.delete('deployments.apps', 'shop', 'promo');
	await clock.advance(5000);
	assert.deepEqual(pods(server, 'promo'), []);
	assert.deepEqual(
		server.cluster.list('replicasets.apps', 'shop').filter(({metadata}) => metadata.labels?.['app'] === 'promo'),
		[],
	);
});

test('the same seed lives the same life; a closed server leaves no timer', async () => {
	const names = async (seed: number): Promise<readonly string[]> => {
		const clock = createFakeClock();
		await using server = await startDemo({story: 'oom-eviction', clock, seed});
		await clock.advance(400_000);
		return server.cluster.list('pods').map(pod => `${pod.metadata.name} ${textAt(pod, 'status', 'phase')} ${pod.metadata.resourceVersion}`);
	};
	const [one, same, other] = [await names(7), await names(7), await names(8)];
	assert.deepEqual(one, same);
	assert.notDeepEqual(one, other);
	const {server, clock} = await open();
	await server[Symbol.asyncDispose]();
	assert.equal(clock.pending(), 0);
});
