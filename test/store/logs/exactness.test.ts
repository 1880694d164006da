import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createLogs as createLogRequests} from '../../../source/kube/logs.ts';
import {createLogs} from '../../../source/store/logs/create-logs.ts';
import type {LogsOptions} from '../../../source/store/logs/logs-options.ts';
import {systemClock} from '../../../source/system/clock.ts';
import {watchLoop} from '../../tools/busy-loop.ts';
import {eventually, patienceMs} from '../../tools/eventually.ts';
import {createFakeClock} from '../../tools/fake-clock.ts';
import {LogCluster} from '../../tools/log-cluster.ts';
import {openTransport} from '../../tools/open-transport.ts';
import {fuzzPlan, seededRandom} from '../../tools/random.ts';
import {type Exchange, startScriptedServer} from '../../tools/scripted-server.ts';

const target = {type: 'pod', namespace: 'shop', name: 'web-1'} as const;
const path = '/api/v1/namespaces/shop/pods/web-1/log';

/** An engine whose logs come over the wire; its pod runs and stays as it is. */
function engineOn(transport: Parameters<typeof createLogRequests>[0], rest: Partial<LogsOptions> = {}) {
	const cluster = new LogCluster(createFakeClock());
	cluster.addPod('web-1');
	const base = cluster.options({target, range: {}});
	const clock = systemClock('hold');
	return createLogs({...base, clock, now: clock.now, client: {...base.client, logs: createLogRequests(transport)}, ...rest});
}

test('T44: a container that numbers its lines, a thousand a second and many of the same second, cut a hundred times', {timeout: 600_000}, async () => {
	const {seed} = fuzzPlan(1);
	const random = seededRandom(seed);
	await using server = await startScriptedServer();
	await using transport = await openTransport(server.url);
	// 40,000 lines over 40 s of the container's own time; every tenth text is the same.
	const begin = Date.UTC(2026, 10, 21, 15, 0, 0);
	const all = Array.from({length: 40_000}, (_line, index) => {
		const at = begin + Math.floor(index / 250) * 250;
		return `${new Date(at).toISOString().replace('Z', `${String(index % 250).padStart(6, '0')}Z`)} ${index % 10 === 0 ? 'the same' : `number ${index}`}\n`;
	});
	let cuts = 0;
	let given = 0;
	const follow = async ({request, write, reset, end}: Exchange) => {
		const since = request.query.get('sinceTime');
		const from = since === null ? 0 : all.findIndex(line => Date.parse(line.slice(0, 24)) >= Date.parse(since));
		const isCut = cuts++ < 100;
		// Each try gets at least some new lines, and breaks off anywhere, in the middle of a line as well.
		given = isCut ? Math.min(all.length, Math.max(given, from) + 50 + random.below(700)) : all.length;
		const body = all.slice(from, given).join('');
		await write(isCut ? body.slice(0, -random.below(30) - 1) : body);
		if (isCut && random.below(2) === 0) reset();
		else end();
	};
	server.on(`GET ${path}`, follow);
	const logs = engineOn(transport, {maxRecords: 100_000, random: () => 0});
	const leave = logs.subscribe(() => {});
	const texts = () => logs.snapshot().records.flatMap(record => (record.type === 'line' ? [`${record.stamp} ${record.text}\n`] : [`${record.type}\n`]));
	// A clean end makes the engine look at the pod first, which takes its time: the watch wakes it here.
	const nudge = setInterval(logs.retryNow, 20);
	try {
		await eventually(
			() => logs.snapshot().records.length >= all.length,
			5 * patienceMs,
			() => `${logs.snapshot().records.length} of ${all.length} after ${cuts} requests, seed ${seed}`,
		);
	} finally {
		clearInterval(nudge);
	}
	assert.ok(cuts > 100);
	assert.deepEqual(texts(), all, `seed ${seed}`);
	leave();
});

test('T48: a burst of 200 MB: every line is counted, memory stays within its bound, the loop stays free', {timeout: 600_000}, async () => {
	await using server = await startScriptedServer();
	await using transport = await openTransport(server.url);
	const line = `${new Date(Date.UTC(2026, 10, 21)).toISOString().replace('Z', '123456Z')} ${'m'.repeat(160)}\n`;
	const block = Buffer.from(line.repeat(5000));
	const blocks = Math.ceil((200 * 1024 * 1024) / block.length);
	server.on(`GET ${path}`, async ({write}) => {
		for (let index = 0; index < blocks; index++) await write(block);
	});
	const logs = engineOn(transport, {maxRecords: 20_000});
	using loop = watchLoop();
	const leave = logs.subscribe(() => void logs.snapshot());
	const wanted = blocks * 5000;
	let most = 0;
	await eventually(
		() => {
			const {received, held, dropped, bytes} = logs.snapshot().counters;
			assert.equal(received, held + dropped);
			assert.ok(held <= 20_000 && bytes <= 32 * 1024 * 1024);
			most = Math.max(most, process.memoryUsage().rss);
			return received >= wanted;
		},
		5 * patienceMs,
		() => `${logs.snapshot().counters.received} of ${wanted}`,
	);
	assert.equal(logs.snapshot().counters.received, wanted);
	assert.ok(most < 600 * 1024 * 1024, `${Math.round(most / 1024 / 1024)} MB resident`);
	assert.ok(loop.longestMs() < 500, `the loop stood still for ${loop.longestMs()} ms`);
	leave();
});

test('T47 through the engine: a line of 10 MB, binary and a missing end of line arrive whole', {timeout: 600_000}, async () => {
	await using server = await startScriptedServer();
	await using transport = await openTransport(server.url);
	const stamp = '2026-11-21T15:00:00.000000001Z';
	const huge = 'h'.repeat(10 * 1024 * 1024);
	const body = Buffer.concat([Buffer.from(`${stamp} ${huge}\n${stamp} `), Buffer.from([0, 0xff, 0xfe]), Buffer.from(`\n${stamp} the end`)]);
	server.on(`GET ${path}`, {body});
	const cluster = new LogCluster(createFakeClock());
	cluster.addPod('web-1');
	cluster.end('web-1', 0, {reason: 'Completed'});
	const base = cluster.options({target, range: {}});
	const clock = systemClock('hold');
	const logs = createLogs({...base, clock, now: clock.now, client: {...base.client, logs: createLogRequests(transport)}});
	const leave = logs.subscribe(() => {});
	await eventually(
		() => logs.snapshot().records.length >= 3,
		patienceMs,
		() => 'the lines do not come',
	);
	const [first, second, third] = logs.snapshot().records;
	assert.ok(first?.type === 'line' && first.text === huge);
	assert.ok(second?.type === 'line' && second.raw !== undefined);
	assert.deepEqual([...second.raw], [0, 0xff, 0xfe]);
	assert.ok(third?.type === 'line' && third.text === 'the end');
	leave();
});
