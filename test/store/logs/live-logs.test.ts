import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {LogLine, LogMark, LogRecord} from '../../../source/core/logs/log-record.ts';
import type {LogsModel} from '../../../source/core/logs/logs-model.ts';
import {createLogs, type Logs} from '../../../source/store/logs/create-logs.ts';
import type {LogsOptions} from '../../../source/store/logs/logs-options.ts';
import {createFakeClock, type FakeClock} from '../../tools/fake-clock.ts';
import {LogCluster} from '../../tools/log-cluster.ts';

const onePod = {type: 'pod', namespace: 'shop', name: 'web-1'} as const;
const selected = {type: 'selector', namespace: 'shop', labelSelector: 'app=web'} as const;

type World = Readonly<{clock: FakeClock; cluster: LogCluster; logs: Logs; texts(): readonly string[]; marks(): readonly string[]; model(): LogsModel}>;

const isLine = (record: LogRecord): record is LogLine => record.type === 'line';
const isMark = (record: LogRecord): record is LogMark => record.type === 'mark';

/** An engine on a cluster of the test's making, read until the end of the test. */
async function world(
	rest: Pick<LogsOptions, 'target'> & Partial<LogsOptions>,
	prepare: (cluster: LogCluster, clock: FakeClock) => void,
): Promise<World & AsyncDisposable> {
	const clock = createFakeClock(Date.UTC(2026, 10, 21, 15, 0, 0));
	const cluster = new LogCluster(clock);
	prepare(cluster, clock);
	const logs = createLogs(cluster.options(rest));
	const leave = logs.subscribe(() => {});
	await clock.advance(1000);
	const model = (): LogsModel => logs.snapshot();
	return {
		clock,
		cluster,
		logs,
		model,
		texts: () =>
			model()
				.records.filter(isLine)
				.map(({text}) => text),
		marks: () =>
			model()
				.records.filter(isMark)
				.map(({kind, text}) => `${kind}: ${text}`),
		async [Symbol.asyncDispose]() {
			leave();
			await clock.settle();
			assert.equal(clock.pending(), 0, 'timers are left');
			assert.equal(cluster.following(), 0, 'a log is still open');
		},
	};
}

test('a pod is followed: what was there, what comes, in order and with its origin', async () => {
	await using one = await world({target: onePod}, cluster => {
		cluster.addPod('web-1');
		cluster.write('web-1', 'before');
	});
	assert.deepEqual(one.texts(), ['before']);
	one.cluster.write('web-1', 'after');
	await one.clock.advance(200);
	assert.deepEqual(one.texts(), ['before', 'after']);
	const {records, sources, live, counters} = one.model();
	assert.deepEqual(records[0]?.type === 'line' && records[0].origin, {namespace: 'shop', pod: 'web-1', container: 'main', restart: 0});
	assert.equal(sources[0]?.state, 'live');
	assert.equal(live, 1);
	assert.deepEqual([counters.received, counters.held, counters.dropped], [2, 2, 0]);
	assert.deepEqual(one.cluster.asked[0], {namespace: 'shop', pod: 'web-1', container: 'main', follow: true, previous: false, tailLines: 1000});
});

test('T44: cut a hundred times in the middle of bursts of the same second, nothing is lost and nothing comes twice', async () => {
	await using one = await world({target: onePod}, cluster => cluster.addPod('web-1'));
	const wanted: string[] = [];
	for (let cut = 0; cut < 100; cut++) {
		for (let index = 0; index < 30; index++) {
			const text = index % 3 === 0 ? 'the same' : `number ${wanted.length}`;
			wanted.push(text);
			one.cluster.write('web-1', text);
			if (index === cut % 30) one.cluster.cut();
			if (index % 10 === 9) await one.clock.advance(7);
		}
		await one.clock.advance(350);
	}
	await one.clock.advance(12_000);
	assert.deepEqual(one.texts(), wanted);
	assert.deepEqual(one.marks(), []);
});

test('T45: a restart: the rest of the ended run, the mark, the new run', async () => {
	await using one = await world({target: onePod}, cluster => {
		cluster.addPod('web-1');
		cluster.write('web-1', 'a');
	});
	one.cluster.cut();
	one.cluster.write('web-1', 'last words');
	one.cluster.end('web-1', 137, {reason: 'OOMKilled', again: true});
	one.cluster.write('web-1', 'reborn');
	await one.clock.advance(5000);
	assert.deepEqual(one.texts(), ['a', 'last words', 'reborn']);
	assert.deepEqual(one.marks(), ['restarted: restarted: exit 137 OOMKilled, 1st time']);
	const restarts = one.model().records.flatMap(record => (record.type === 'line' ? [record.origin.restart] : []));
	assert.deepEqual(restarts, [0, 0, 1]);
	assert.equal(one.model().sources[0]?.hasPrevious, true);
});

test('T45: the kubelet answers with the new run before the watch knows of it', async () => {
	await using one = await world({target: onePod}, cluster => {
		cluster.addPod('web-1');
		cluster.write('web-1', 'a');
	});
	one.cluster.cut();
	one.cluster.write('web-1', 'b');
	one.cluster.end('web-1', 1, {again: true, hidden: true});
	await one.clock.advance(1500);
	one.cluster.write('web-1', 'c');
	await one.clock.advance(10_000);
	one.cluster.publish();
	await one.clock.advance(10_000);
	assert.deepEqual(one.texts(), ['a', 'b', 'c']);
	assert.equal(one.marks().length, 1);
});

test('T45: two restarts in between: what the API no longer holds is a gap with its span', async () => {
	await using one = await world({target: onePod}, cluster => {
		cluster.addPod('web-1');
		cluster.write('web-1', 'a');
	});
	one.cluster.isDown = true;
	one.cluster.cut();
	await one.clock.advance(2000);
	one.cluster.write('web-1', 'never seen');
	one.cluster.end('web-1', 1, {again: true});
	await one.clock.advance(3000);
	one.cluster.write('web-1', 'second run');
	one.cluster.end('web-1', 2, {again: true});
	one.cluster.write('web-1', 'third run');
	await one.clock.advance(1000);
	one.cluster.isDown = false;
	await one.clock.advance(20_000);
	assert.deepEqual(one.texts(), ['a', 'second run', 'third run']);
	const gap = one.model().records.find(record => record.type === 'mark' && record.kind === 'gap');
	assert.ok(gap?.type === 'mark' && gap.from !== undefined && gap.to !== undefined && gap.from < gap.to);
	assert.deepEqual(one.marks().at(-1), 'restarted: restarted: exit 2, 2nd time');
});

test('T45: a run that was not read to its end and is followed by one that waits already: a gap, and no line twice', async () => {
	await using one = await world({target: onePod}, cluster => {
		cluster.addPod('web-1');
		cluster.write('web-1', 'a');
	});
	one.cluster.isDown = true;
	one.cluster.cut();
	await one.clock.settle();
	one.cluster.write('web-1', 'never seen');
	one.cluster.end('web-1', 1, {again: true});
	one.cluster.write('web-1', 'second run');
	one.cluster.end('web-1', 2, {waiting: 'CrashLoopBackOff'});
	await one.clock.advance(1000);
	one.cluster.isDown = false;
	await one.clock.advance(20_000);
	assert.deepEqual(one.texts(), ['a', 'second run']);
	assert.deepEqual(
		one.marks().map(mark => mark.split(':')[0]),
		['gap', 'restarted', 'waiting'],
	);
});

test('T45: a rotated log is a gap, never silence', async () => {
	await using one = await world({target: onePod}, cluster => {
		cluster.addPod('web-1');
		cluster.write('web-1', 'a');
	});
	one.cluster.cut();
	await one.clock.settle();
	one.cluster.rotate('web-1');
	await one.clock.advance(100);
	one.cluster.write('web-1', 'b');
	await one.clock.advance(10_000);
	assert.deepEqual(one.texts(), ['a', 'b']);
	assert.deepEqual(one.marks(), ['gap: gap: the log was rotated, lines before this are no longer there']);
});

test('T45: a container that waits is waited for on the watch, without asking', async () => {
	await using one = await world({target: onePod}, cluster => {
		cluster.addPod('web-1');
		cluster.setWaiting('web-1', 'ImagePullBackOff');
	});
	assert.deepEqual(one.marks(), ['waiting: waiting: ImagePullBackOff']);
	assert.equal(one.model().sources[0]?.state, 'waiting');
	await one.clock.advance(30_000);
	assert.equal(one.cluster.asked.length, 0);
	one.cluster.start('web-1');
	one.cluster.write('web-1', 'hello');
	await one.clock.advance(1000);
	assert.deepEqual(one.texts(), ['hello']);
});

test('T45: a crashing container is read to its end, waits, and says so', async () => {
	await using one = await world({target: onePod}, cluster => cluster.addPod('web-1'));
	one.cluster.write('web-1', 'panic');
	one.cluster.end('web-1', 2, {waiting: 'CrashLoopBackOff'});
	await one.clock.advance(5000);
	assert.deepEqual(one.texts(), ['panic']);
	assert.deepEqual(one.marks(), ['waiting: waiting: CrashLoopBackOff after exit 2']);
	assert.equal(one.model().sources[0]?.crashing, true);
	one.cluster.again('web-1');
	one.cluster.write('web-1', 'again');
	await one.clock.advance(5000);
	assert.deepEqual(one.texts(), ['panic', 'again']);
});

test('T45: a deleted pod keeps its lines and says that it is gone', async () => {
	await using one = await world({target: selected}, cluster => {
		cluster.addPod('web-1');
		cluster.addPod('web-2');
		cluster.write('web-1', 'mine');
	});
	one.cluster.write('web-1', 'last');
	one.cluster.deletePod('web-1');
	await one.clock.advance(15_000);
	assert.deepEqual(one.texts(), ['mine', 'last']);
	assert.deepEqual(one.marks(), ['deleted: the pod was deleted']);
	assert.deepEqual(
		one.model().sources.map(({origin, state}) => `${origin.pod} ${state}`),
		['web-1 deleted', 'web-2 live'],
	);
});

test('an evicted pod: what it wrote, and why it was ended; one that never started as well', async () => {
	await using one = await world({target: selected}, cluster => {
		cluster.addPod('web-1');
		cluster.addPod('web-2');
		cluster.setWaiting('web-2', 'ContainerCreating');
		cluster.write('web-1', 'mine');
	});
	one.cluster.evict('web-1', 'The node was low on resource: memory.');
	one.cluster.evict('web-2', 'Pod was rejected.');
	await one.clock.advance(15_000);
	assert.deepEqual(one.texts(), ['mine']);
	assert.deepEqual(one.marks().slice(-2).toSorted(), [
		'ended: ended: exit 137. Evicted: The node was low on resource: memory.',
		'ended: never started. Evicted: Pod was rejected.',
	]);
	assert.deepEqual(
		one.model().sources.map(({state}) => state),
		['ended', 'ended'],
	);
});

test('a line is news: the log is as fresh as its newest line', async () => {
	await using one = await world({target: onePod}, cluster => cluster.addPod('web-1'));
	await one.clock.advance(30_000);
	one.cluster.write('web-1', 'now');
	await one.clock.advance(200);
	const {stream} = one.model();
	assert.ok(stream.state === 'live' && one.clock.now() - stream.lastEventAt <= 200, JSON.stringify(stream));
});

test('T45: 403 on one pod of ten is a mark of that one, the others go on', async () => {
	const denied = {code: 'forbidden', what: 'Could not read the log', cause: 'user eve may not get pods/log in shop', status: 403} as const;
	await using one = await world({target: selected}, cluster => {
		for (let index = 0; index < 10; index++) cluster.addPod(`web-${index}`);
		cluster.refuse('web-3', denied);
	});
	for (let index = 0; index < 10; index++) one.cluster.write(`web-${index}`, `from ${index}`);
	await one.clock.advance(5000);
	assert.equal(one.texts().length, 9);
	assert.deepEqual(one.marks(), ['denied: Could not read the log: user eve may not get pods/log in shop.']);
	assert.equal(one.model().sources.find(({origin}) => origin.pod === 'web-3')?.problem?.code, 'forbidden');
	one.cluster.refuse('web-3', undefined);
	await one.clock.advance(61_000);
	assert.ok(one.texts().includes('from 3'));
});

test('T45: a kubelet that cannot be reached is named with its node, and its log goes on afterwards', async () => {
	const serverMessage = 'Get "https://10.0.0.7:10250/containerLogs/shop/web-1/main": dial tcp 10.0.0.7:10250: connect: connection refused';
	await using one = await world({target: onePod}, cluster => {
		cluster.addPod('web-1');
		cluster.write('web-1', 'a');
	});
	one.cluster.refuse('web-1', {code: 'server', what: 'Could not read the log', cause: 'the server answered 500', serverMessage, status: 500});
	one.cluster.cut();
	await one.clock.advance(30_000);
	assert.equal(one.marks().length, 1);
	assert.match(one.marks()[0] ?? '', /^failed: .*the kubelet of node n1 does not answer \(dial tcp 10\.0\.0\.7:10250: connect: connection refused\)/);
	assert.equal(one.model().sources[0]?.state, 'reconnecting');
	one.cluster.write('web-1', 'b');
	one.cluster.refuse('web-1', undefined);
	await one.clock.advance(15_000);
	assert.deepEqual(one.texts(), ['a', 'b']);
});

test('T46: of 61 pods 24 are followed, the others polled; none is lost', async () => {
	await using one = await world({target: selected}, cluster => {
		for (let index = 0; index < 61; index++) cluster.addPod(`web-${index}`);
	});
	assert.equal(one.cluster.following(), 24);
	assert.equal(one.model().live, 24);
	assert.equal(one.model().sources.length, 61);
	for (let round = 0; round < 3; round++) {
		for (let index = 0; index < 61; index++) one.cluster.write(`web-${index}`, `${index}.${round}`);
		await one.clock.advance(4000);
	}
	await one.clock.advance(12_000);
	const wanted = Array.from({length: 61}, (_pod, index) => [0, 1, 2].map(round => `${index}.${round}`)).flat();
	assert.deepEqual([...one.texts()].sort(), wanted.sort());
	// One that ends makes room for another.
	for (let index = 0; index < 40; index++) one.cluster.deletePod(`web-${index}`);
	await one.clock.advance(10_000);
	assert.equal(one.cluster.following(), 21);
});

test('pods join and leave as the watch says; one that comes is read from its beginning', async () => {
	await using one = await world({target: {type: 'owner', kind: 'deployments.apps', namespace: 'shop', name: 'web'}, range: '1m'}, cluster => {
		cluster.addObject('deployments', {
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: 'web', namespace: 'shop', uid: 'd'},
			...{spec: {selector: {matchLabels: {app: 'web'}}}},
		});
		cluster.addPod('web-1');
		cluster.addPod('other', ['main'], {app: 'other'});
	});
	one.cluster.addPod('web-2');
	one.cluster.write('web-2', 'first words', {at: one.clock.now() - 90_000});
	one.cluster.write('other', 'not ours');
	await one.clock.advance(2000);
	assert.deepEqual(one.texts(), ['first words']);
	assert.equal(one.cluster.asked.find(({pod}) => pod === 'web-1')?.sinceTime, '2026-11-21T14:59:00Z');
	assert.deepEqual(
		one.cluster.asked.find(({pod}) => pod === 'web-2'),
		{namespace: 'shop', pod: 'web-2', container: 'main', follow: true, previous: false},
	);
});

test('all containers of a pod, init and ephemeral ones too; one by name; the default one', async () => {
	const containers = ['main', 'proxy', {name: 'setup', field: 'initContainers'}, {name: 'debugger', field: 'ephemeralContainers'}] as const;
	for (const [choice, names] of [
		[{type: 'all'}, ['main', 'proxy', 'setup', 'debugger']],
		[{type: 'named', name: 'setup'}, ['setup']],
		[{type: 'default'}, ['main']],
	] as const) {
		await using one = await world({target: onePod, containers: choice}, cluster => cluster.addPod('web-1', containers));
		assert.deepEqual(
			one.model().sources.map(({origin}) => origin.container),
			names,
		);
	}
});

test('the run before is read alone, and where there is none it is said', async () => {
	await using one = await world({target: onePod, previous: true}, cluster => {
		cluster.addPod('web-1');
		cluster.write('web-1', 'old');
		cluster.end('web-1', 1, {again: true});
		cluster.write('web-1', 'new');
	});
	assert.deepEqual(one.texts(), ['old']);
	assert.deepEqual(one.marks(), ['ended: ended: exit 1']);
	await using none = await world({target: onePod, previous: true}, cluster => cluster.addPod('web-1'));
	assert.deepEqual(none.marks(), ['empty: there is no run before this one']);
});

test('five minutes of silence open the log again, without a line twice', async () => {
	await using one = await world({target: onePod}, cluster => {
		cluster.addPod('web-1');
		cluster.write('web-1', 'a');
	});
	await one.clock.advance(301_000);
	assert.equal(one.cluster.asked.length, 2);
	one.cluster.write('web-1', 'b');
	await one.clock.advance(500);
	assert.deepEqual(one.texts(), ['a', 'b']);
});

test('a pod that does not exist, a kind that selects no pods: the reason in the place of the lines', async () => {
	await using missing = await world({target: onePod}, () => {});
	assert.equal(missing.model().problem?.code, 'not-found');
	await using service = await world({target: {type: 'owner', kind: 'services', namespace: 'shop', name: 'ext'}}, cluster =>
		cluster.addObject('services', {apiVersion: 'v1', kind: 'Service', metadata: {name: 'ext', namespace: 'shop', uid: 's'}}),
	);
	assert.match(service.model().problem?.cause ?? '', /no selector/);
});

test('Events of the pods are merged in, each time they happen', async () => {
	const event = (count: number, at: string) => ({
		...{type: 'Warning', reason: 'BackOff', message: 'Back-off restarting', count, lastTimestamp: at},
		...{apiVersion: 'v1', kind: 'Event', metadata: {name: 'e1', namespace: 'shop', uid: 'e1'}},
		involvedObject: {kind: 'Pod', namespace: 'shop', name: 'web-1'},
	});
	await using one = await world({target: onePod, events: true}, cluster => {
		cluster.addPod('web-1');
		cluster.write('web-1', 'a', {at: Date.UTC(2026, 10, 21, 14, 59, 0)});
		cluster.addObject('events', event(1, '2026-11-21T14:58:00Z'));
	});
	one.cluster.addObject('events', event(2, '2026-11-21T15:00:01Z'));
	await one.clock.advance(1000);
	assert.deepEqual(
		one.model().records.map(record => (record.type === 'event' ? `${record.reason} ${record.count}` : record.type)),
		['BackOff 1', 'line', 'BackOff 2'],
	);
});

test('the beginning of a log is kept where it was asked for: reading ends when the ring is full', async () => {
	await using one = await world({target: onePod, range: 'head', maxRecords: 50}, cluster => {
		cluster.addPod('web-1');
		for (let index = 0; index < 200; index++) cluster.write('web-1', String(index));
	});
	assert.equal(one.texts().length, 49);
	assert.equal(one.texts()[0], '0');
	assert.match(one.marks()[0] ?? '', /^ended: the first 49 records end here/);
	assert.equal(one.model().counters.dropped, 0);
});

test('lines of several pods come out by time, and what was shown stays where it is', async () => {
	await using one = await world({target: selected}, (cluster, clock) => {
		cluster.addPod('web-1');
		cluster.addPod('web-2');
		const at = clock.now();
		for (const [pod, ms] of [
			['web-1', -5000],
			['web-1', -1000],
			['web-2', -4000],
			['web-2', -500],
		] as const)
			cluster.write(pod, `${pod} ${ms}`, {at: at + ms});
	});
	assert.deepEqual(one.texts(), ['web-1 -5000', 'web-2 -4000', 'web-1 -1000', 'web-2 -500']);
	const before = one.model().records.map(({id}) => id);
	one.cluster.write('web-1', 'late', {at: one.clock.now() - 8000});
	await one.clock.advance(1000);
	assert.deepEqual(
		one
			.model()
			.records.map(({id}) => id)
			.slice(0, 4),
		before,
	);
});

test('a clock that is set back loses nothing and repeats nothing', async () => {
	await using one = await world({target: onePod}, cluster => cluster.addPod('web-1'));
	const at = one.clock.now();
	one.cluster.write('web-1', 'ahead', {at: at + 3_600_000});
	one.cluster.write('web-1', 'back', {at});
	await one.clock.advance(500);
	one.cluster.cut();
	one.cluster.write('web-1', 'more', {at: at + 500});
	await one.clock.advance(20_000);
	one.cluster.write('web-1', 'and more', {at: at + 1000});
	await one.clock.advance(20_000);
	assert.deepEqual(one.texts(), ['ahead', 'back', 'more', 'and more']);
});
