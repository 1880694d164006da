import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ContextInfo} from '../../source/core/cluster-client.ts';
import type {Item, KubeObject} from '../../source/core/kubernetes.ts';
import type {FamilyHealth} from '../../source/core/overview-model.ts';
import {type Problem, ProblemError} from '../../source/core/problem.ts';
import type {Family, ResourceKind} from '../../source/core/resource-kind.ts';
import {createOverview} from '../../source/store/overview.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {catalogueOf, itemOf, labelled, manyFeeds, served} from './many-feeds.ts';

const context: ContextInfo = {name: 'lab', cluster: 'lab', user: 'me', namespace: 'default', server: 'https://lab:6443', source: 'x', demo: false};
const problem: Problem = {code: 'forbidden', what: 'Could not list pods', cause: 'you may not list pods'};
const readyz = '[+]ping ok\n[+]etcd ok\nreadyz check passed\n';
const deployments = labelled('apps/v1', 'Deployment', 'deployments', {family: 'workloads'});
const nodes = labelled('v1', 'Node', 'nodes', {family: 'nodes', scope: 'cluster'});
const namespaces = labelled('v1', 'Namespace', 'namespaces', {scope: 'cluster'});
const events = labelled('v1', 'Event', 'events', {mode: 'object'});
let judged = 0;
const pods = labelled('v1', 'Pod', 'pods', {
	family: 'workloads',
	tone: item => {
		judged++;
		return item.meta.labels?.['state'] === 'error' ? 'error' : item.meta.labels?.['state'] === 'progressing' ? 'progressing' : 'ok';
	},
});

const gone = (_name: string): Promise<KubeObject> => Promise.reject(new ProblemError({code: 'not-found', what: 'Could not get pod', cause: 'there is none'}));

type Answer = (path: string) => Readonly<{status: number; body: string}>;

async function start(
	kinds: readonly ResourceKind[] = [deployments, nodes, pods, namespaces, events],
	answer: Answer = () => ({status: 200, body: readyz}),
	whole = gone,
) {
	const clock = createFakeClock();
	const feeds = manyFeeds(clock);
	const asked: string[] = [];
	let catalogue = catalogueOf(...kinds);
	const client = {
		context,
		text: async (path: string) => {
			asked.push(path);
			return answer(path);
		},
		get: (_type: unknown, _namespace: string | undefined, name: string) => whole(name),
	};
	const live = createOverview({scopes: feeds.scopes, client, catalogue: () => catalogue, clock, now: () => clock.now()});
	let told = 0;
	const leave = live.subscribe(() => told++);
	await clock.settle();
	const family = (name: Family): FamilyHealth => {
		const found = live.snapshot().families.find(one => one.family === name);
		assert.ok(found, name);
		return found;
	};
	return {clock, feeds, live, leave, asked, family, told: () => told, adopt: (...more: readonly ResourceKind[]) => (catalogue = catalogueOf(...more))};
}

function deployment(name: string, state: string, why?: string): Item {
	return itemOf(served('apps/v1', 'Deployment', {metadata: {name, namespace: 'shop', labels: {state, ...(why === undefined ? {} : {why})}}}));
}

function podOf(owner: string | undefined, name: string, state: string, why?: string): Item {
	const ownerReferences =
		owner === undefined ? undefined : [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${owner}-abc`, uid: `rs-${owner}`, controller: true}];
	return itemOf(
		served('v1', 'Pod', {
			metadata: {
				name,
				namespace: 'shop',
				labels: {state, ...(why === undefined ? {} : {why}), ...(owner === undefined ? {} : {'pod-template-hash': 'abc'})},
				...(ownerReferences ? {ownerReferences} : {}),
			},
		}),
	);
}

const counts = ({ok, warning, error, other}: FamilyHealth) => [ok, warning, error, other];

test('a family counts what stands for itself; the pods of a workload only where it is well itself', async () => {
	const {clock, feeds, family, live} = await start();
	feeds.list('deployments', [deployment('web', 'ok'), deployment('checkout', 'error', '0/3 ready')]);
	feeds.list('pods', [
		podOf('web', 'web-1', 'ok'),
		podOf('web', 'web-2', 'error', 'OOMKilled'),
		podOf('checkout', 'checkout-1', 'error', 'CrashLoopBackOff'),
		podOf(undefined, 'alone', 'ok'),
	]);
	feeds.list('nodes', [itemOf(served('v1', 'Node', {metadata: {name: 'n1'}}))]);
	await clock.advance(200);
	assert.deepEqual(counts(family('workloads')), [2, 0, 2, 0]);
	assert.deepEqual(
		family('workloads').troubles.map(({kind, ref, why}) => [kind, ref.name, why]),
		[
			['deployments.apps', 'checkout', '0/3 ready: CrashLoopBackOff'],
			['pods', 'web-2', 'OOMKilled'],
		],
	);
	assert.deepEqual(live.snapshot().counts, {nodes: 1, pods: 4});
	assert.deepEqual(counts(family('nodes')), [1, 0, 0, 0]);
});

test('changes and removals move the counts, and a fault that began under our eyes has a time', async () => {
	const {clock, feeds, family} = await start();
	const web = deployment('web', 'ok');
	feeds.list('deployments', [web]);
	await clock.advance(5000);
	feeds.upsert('deployments', deployment('web', 'warning', '2/3 ready'));
	await clock.advance(200);
	assert.deepEqual(counts(family('workloads')), [0, 1, 0, 0]);
	const [trouble] = family('workloads').troubles;
	assert.ok(trouble?.since !== undefined && clock.now() - trouble.since <= 200);
	const since = trouble.since;
	await clock.advance(20_000);
	feeds.upsert('deployments', deployment('web', 'warning', '1/3 ready'));
	await clock.advance(200);
	assert.equal(family('workloads').troubles[0]?.since, since, 'the same fault goes on');
	feeds.remove('deployments', web);
	await clock.advance(200);
	assert.deepEqual([counts(family('workloads')), family('workloads').troubles], [[0, 0, 0, 0], []]);
});

test('the conditions of an object say since when', async () => {
	const {clock, feeds, family} = await start();
	const node = itemOf(
		served('v1', 'Node', {
			metadata: {name: 'n1', labels: {state: 'error'}},
			status: {
				conditions: [
					{type: 'Ready', status: 'False', lastTransitionTime: '2025-12-31T23:00:00Z'},
					{type: 'DiskPressure', status: 'False', lastTransitionTime: '2025-12-31T23:30:00Z'},
				],
			},
		}),
	);
	feeds.list('nodes', [node]);
	await clock.advance(200);
	assert.equal(family('nodes').troubles[0]?.since, Date.parse('2025-12-31T23:00:00Z'));
});

test('10,000 pods: a frame judges what changed and nothing else, in slices at first', async () => {
	const {clock, feeds, family} = await start();
	const all = Array.from({length: 10_000}, (_, index) => podOf(undefined, `p-${index}`, 'ok'));
	judged = 0;
	feeds.list('pods', all);
	await clock.advance(1);
	await clock.advance(1000);
	assert.equal(judged, 10_000);
	assert.deepEqual([counts(family('workloads')), family('workloads').loading], [[10_000, 0, 0, 0], true], 'deployments are still loading');
	judged = 0;
	feeds.upsert('pods', podOf(undefined, 'p-7', 'error', 'Evicted'));
	await clock.advance(200);
	assert.equal(judged, 1);
	assert.deepEqual(counts(family('workloads')), [9_999, 0, 1, 0]);
	judged = 0;
	await clock.advance(10_000);
	assert.equal(judged, 1, 'as time passes only what is not settled');
});

test('a family is loading until every object was judged once', async () => {
	const {clock, feeds, family, live} = await start([pods]);
	feeds.list(
		'pods',
		Array.from({length: 2500}, (_, index) => podOf(undefined, `p-${index}`, 'ok')),
	);
	const seen: Array<readonly [number, boolean]> = [];
	live.subscribe(() => seen.push([family('workloads').ok, family('workloads').loading]));
	await clock.advance(500);
	assert.deepEqual(seen.filter(([ok]) => ok > 0).slice(0, 3), [
		[1000, true],
		[2000, true],
		[2500, false],
	]);
});

test('a kind beside that changes has its neighbours judged again, at most once a second', async () => {
	let services = 0;
	const slices = labelled('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices');
	const service = labelled('v1', 'Service', 'services', {
		family: 'network',
		beside: ['endpointslices'],
		tone: (_item, {beside}) => {
			services++;
			return beside.ready('endpointslices') && beside.list('endpointslices', 'shop').length === 0 ? 'error' : 'ok';
		},
		why: () => 'no endpoints',
	});
	const {clock, feeds, family} = await start([service, slices]);
	feeds.list('services', [itemOf(served('v1', 'Service', {metadata: {name: 'web', namespace: 'shop'}}))]);
	feeds.list('endpointslices', []);
	await clock.advance(300);
	assert.deepEqual(counts(family('network')), [0, 0, 1, 0]);
	services = 0;
	for (let index = 0; index < 8; index++) {
		feeds.upsert('endpointslices', itemOf(served('discovery.k8s.io/v1', 'EndpointSlice', {metadata: {name: `web-${index}`, namespace: 'shop'}})));
		await clock.advance(100);
	}
	await clock.advance(1000);
	assert.deepEqual(counts(family('network')), [1, 0, 0, 0]);
	assert.ok(services >= 1 && services <= 2, `${services} judgements for 8 changes`);
});

test('the checks of the server count with the control plane, are asked again every 30 s, and a failing one is a trouble', async () => {
	let body = readyz;
	const {clock, family, asked} = await start([pods], path => ({status: 200, body: path.startsWith('/livez') ? '[+]ping ok\n[+]only-live ok\n' : body}));
	await clock.advance(10);
	assert.deepEqual(asked, ['/readyz?verbose', '/livez?verbose']);
	assert.deepEqual([counts(family('control-plane')), family('control-plane').fact], [[3, 0, 0, 0], 'readyz 2/2 ok']);
	body = '[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n';
	await clock.advance(30_000);
	assert.equal(asked.length, 4);
	assert.deepEqual(counts(family('control-plane')), [2, 0, 1, 0]);
	assert.deepEqual(family('control-plane').troubles, [
		{ref: {apiVersion: '', kind: 'Check', name: 'readyz/etcd'}, tone: 'error', why: 'failed: reason withheld'},
	]);
});

test('checks that may not be read are not ok', async () => {
	const {clock, family} = await start([pods], () => {
		throw new ProblemError(problem);
	});
	await clock.advance(10);
	assert.deepEqual(
		[counts(family('control-plane')), family('control-plane').notRead, family('control-plane').loading],
		[[0, 0, 0, 0], [{kind: 'readyz', problem}], false],
	);
});

test('static pods of the control plane count with it', async () => {
	const {clock, feeds, family} = await start([pods]);
	const mirror = itemOf(
		served('v1', 'Pod', {
			metadata: {
				name: 'etcd-n1',
				namespace: 'kube-system',
				labels: {tier: 'control-plane', state: 'error'},
				ownerReferences: [{apiVersion: 'v1', kind: 'Node', name: 'n1', uid: 'n', controller: true}],
			},
		}),
	);
	feeds.list('pods', [mirror]);
	await clock.advance(200);
	assert.deepEqual(
		[counts(family('control-plane')), counts(family('workloads'))],
		[
			[2, 0, 1, 0],
			[0, 0, 0, 0],
		],
	);
});

test('denied, partly read and unreachable kinds are named, never counted as ok', async () => {
	const {clock, feeds, family, live} = await start();
	feeds.stream('pods', {state: 'denied', since: clock.now(), problem});
	feeds.list('deployments', [deployment('web', 'ok')]);
	feeds.partial('deployments', ['a', 'b']);
	feeds.stream('nodes', {state: 'reconnecting', since: clock.now(), problem, nextTryAt: clock.now() + 1000});
	await clock.advance(200);
	assert.deepEqual(
		family('workloads').notRead.map(({kind, problem: {what}}) => [kind, what]),
		[
			['deployments.apps', 'Read deployments.apps in 2 namespaces only'],
			['pods', 'Could not list pods'],
		],
	);
	assert.equal(family('workloads').loading, false);
	assert.deepEqual(family('nodes').notRead, [{kind: 'nodes', problem}]);
	assert.deepEqual([live.snapshot().denied, live.snapshot().stream.state], [1, 'reconnecting']);
});

function event(name: string, at: number, more: Readonly<Record<string, unknown>> = {}): Item {
	const lastTimestamp = new Date(at).toISOString();
	return itemOf(
		served('v1', 'Event', {
			metadata: {name, namespace: 'shop', uid: name},
			lastTimestamp,
			type: 'Normal',
			reason: 'Pulled',
			message: 'm',
			involvedObject: {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1'},
			...more,
		}),
	);
}

test('events: a rate by minute, and the newest warnings with what they are about', async () => {
	const {clock, feeds, live} = await start();
	assert.equal(live.snapshot().eventsPerMinute, undefined);
	const startAt = clock.now();
	feeds.list('events', [
		event('old', startAt - 10 * 60_000),
		event('a', startAt + 10),
		event('b', startAt + 20, {type: 'Warning', reason: 'BackOff', count: 3}),
	]);
	await clock.advance(200);
	const rate = live.snapshot().eventsPerMinute ?? [];
	assert.deepEqual([rate.length, rate[29], rate[19], rate.reduce((sum, count) => sum + count, 0)], [30, 2, 1, 3]);
	assert.deepEqual(
		live.snapshot().warnings.map(({kind, ref, reason, count}) => [kind, ref.name, reason, count]),
		[['pods', 'web-1', 'BackOff', 3]],
	);
	feeds.list('events', [event('a', startAt + 10), event('b', startAt + 20, {type: 'Warning', reason: 'BackOff', count: 3})]);
	await clock.advance(200);
	assert.equal((live.snapshot().eventsPerMinute ?? [])[29], 2, 'a relist counts nothing twice');
	feeds.upsert('events', event('b', startAt + 300, {type: 'Warning', reason: 'BackOff', count: 4}));
	await clock.advance(200);
	assert.deepEqual([(live.snapshot().eventsPerMinute ?? [])[29], live.snapshot().warnings[0]?.count], [3, 4]);
});

test('an evicted pod, which has no conditions, is in trouble since its event', async () => {
	const {clock, feeds, family} = await start();
	feeds.list('pods', [podOf(undefined, 'lost', 'error', 'Evicted'), podOf(undefined, 'other', 'error', 'Evicted')]);
	await clock.advance(200);
	const since = () => family('workloads').troubles.map(trouble => [trouble.ref.name, trouble.since]);
	assert.deepEqual(since(), [
		['lost', undefined],
		['other', undefined],
	]);
	const at = Math.floor(clock.now() / 1000) * 1000 - 120_000;
	const about = (name: string, reason: string) =>
		itemOf(
			served('v1', 'Event', {
				metadata: {name: `${name}.${reason}`, namespace: 'shop'},
				type: 'Warning',
				reason,
				lastTimestamp: new Date(at).toISOString(),
				involvedObject: {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name},
			}),
		);
	feeds.list('events', [about('lost', 'Evicted'), about('other', 'BackOff')]);
	await clock.advance(200);
	assert.deepEqual(since(), [
		['lost', at],
		['other', undefined],
	]);
});

test('a pod that neither row nor event dates is read by name; not while its event may still come', async () => {
	const asked: string[] = [];
	const evictedAt = '2026-11-21T11:00:00Z';
	const {clock, feeds, family} = await start(undefined, undefined, async name => {
		asked.push(name);
		const conditions = [{type: 'DisruptionTarget', status: 'True', lastTransitionTime: evictedAt}];
		return served('v1', 'Pod', {metadata: {name, namespace: 'shop'}, status: {phase: 'Failed', reason: 'Evicted', conditions}});
	});
	feeds.list('pods', [podOf(undefined, 'old', 'error', 'Evicted')]);
	await clock.advance(200);
	assert.deepEqual(asked, []);
	feeds.list('events', []);
	await clock.advance(200);
	await clock.advance(200);
	assert.deepEqual([asked, family('workloads').troubles.map(({since}) => since)], [['old'], [Date.parse(evictedAt)]]);
});

test('kinds that discovery brings or takes are opened and closed', async () => {
	const {clock, feeds, live, adopt} = await start([pods, deployments]);
	adopt(pods, nodes);
	await clock.advance(10_000);
	assert.deepEqual(
		live.snapshot().families.map(({family}) => family),
		['control-plane', 'nodes', 'workloads'],
	);
	assert.ok(feeds.names().includes('nodes'));
	await clock.advance(61_000);
	assert.equal(feeds.names().includes('deployments'), false, 'after the time scopes linger');
});

test('the last one to leave ends watches, checks and timers', async () => {
	const {clock, feeds, leave, asked} = await start();
	feeds.list('pods', [podOf(undefined, 'a', 'progressing')]);
	await clock.advance(500);
	leave();
	const before = asked.length;
	await clock.advance(61_000);
	assert.deepEqual([feeds.names(), asked.length, clock.pending()], [[], before, 0]);
});
