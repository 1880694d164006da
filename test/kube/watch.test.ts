import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createIntern} from '../../source/core/intern.ts';
import {createTableDecoder, type TableEvent} from '../../source/kube/table.ts';
import {runWatch, type WatchOptions} from '../../source/kube/watch.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {modelTable} from '../tools/model-cluster.ts';
import {podType} from '../tools/pod-type.ts';
import {createScriptedTransport, failure, hang, jsonAnswer, type ScriptedStream} from '../tools/scripted-transport.ts';

const row = (name: string, resourceVersion: string) => ({name, namespace: 'shop', uid: `u-${name}`, resourceVersion, value: 'é 日本 👩‍🚀'});
const line = (type: string, name: string, version: string) =>
	`${JSON.stringify({type, object: modelTable([row(name, version)], {resourceVersion: version})})}\n`;
const expired = {kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 1 (100)'};

function open(more: Partial<WatchOptions> = {}, opened?: (stream: ScriptedStream, signal: AbortSignal) => void | Promise<void>) {
	const clock = createFakeClock();
	const transport = createScriptedTransport({request: () => jsonAnswer({}), ...(opened === undefined ? {} : {opened})});
	const events: TableEvent[] = [];
	const told: string[] = [];
	const controller = new AbortController();
	const end = runWatch(
		{
			transport,
			clock,
			request: {path: '/api/v1/pods', query: {watch: '1'}, accept: 'application/json'},
			timeoutMs: 200_000,
			bookmarked: false,
			decode: createTableDecoder({type: podType, mode: 'metadata', intern: createIntern()}).event,
			opened: () => void told.push('opened'),
			events: batch => void events.push(...batch),
			quiet: () => void told.push('quiet'),
			awake: () => void told.push('awake'),
			...more,
		},
		controller.signal,
	);
	return {clock, transport, events, told, controller, end, stream: () => transport.stream1()};
}

const seen = (events: readonly TableEvent[]) =>
	events.map(
		event =>
			`${event.type} ${'item' in event ? `${event.item.meta.name} ${event.item.printed('value')}` : ''} ${'resourceVersion' in event ? event.resourceVersion : ''}`,
	);

test('every chunk boundary of a stream gives the same events', async () => {
	const bytes = Buffer.from(line('ADDED', 'a', '5') + line('MODIFIED', 'a', '6') + line('DELETED', 'a', '7'));
	const wanted = ['upsert a é 日本 👩‍🚀 5', 'upsert a é 日本 👩‍🚀 6', 'delete a é 日本 👩‍🚀 7'];
	for (let cut = 0; cut <= bytes.length; cut++) {
		const watch = open({}, stream => {
			stream.bytes(bytes.subarray(0, cut));
			stream.bytes(bytes.subarray(cut));
			stream.end();
		});
		assert.deepEqual(await watch.end, {type: 'closed', seen: 3, openMs: 0}, `cut ${cut}`);
		assert.deepEqual(seen(watch.events), wanted, `cut ${cut}`);
	}
});

test('a last line without a newline counts when it is whole, and breaks the watch when it is not', async () => {
	const whole = open({}, stream => {
		stream.bytes(Buffer.from(line('ADDED', 'a', '5').trimEnd()));
		stream.end();
	});
	assert.equal((await whole.end).type, 'closed');
	assert.equal(whole.events.length, 1);
	const half = open({}, stream => {
		stream.bytes(Buffer.from(line('ADDED', 'a', '5') + line('ADDED', 'b', '6').slice(0, 40)));
		stream.end();
	});
	const end = await half.end;
	assert.ok(end.type === 'failed' && end.problem.code === 'protocol');
	assert.equal(half.events.length, 1);
});

test('a line that is no JSON ends the watch, after what came before it', async () => {
	const watch = open({}, stream => stream.bytes(Buffer.from(`${line('ADDED', 'a', '5')}<html>\n${line('ADDED', 'b', '6')}`)));
	const end = await watch.end;
	assert.ok(end.type === 'failed' && end.problem.code === 'protocol' && end.problem.serverMessage === '<html>');
	assert.deepEqual(seen(watch.events), ['upsert a é 日本 👩‍🚀 5']);
});

test('too old, as an error event and as a status, is expired; the events before it count', async () => {
	const byEvent = open({}, stream => {
		stream.bytes(Buffer.from(line('ADDED', 'a', '5')));
		stream.event('ERROR', expired);
	});
	assert.equal((await byEvent.end).type, 'expired');
	assert.equal(byEvent.events.length, 1);
	assert.equal((await open({}, () => Promise.reject(failure('expired', {status: 410}))).end).type, 'expired');
});

test('each error event has its own end', async () => {
	const ends = async (status: object) => {
		const end = await open({}, stream => stream.event('ERROR', {kind: 'Status', ...status})).end;
		return [
			end.type,
			'problem' in end ? end.problem.code : '',
			'retryAfterMs' in end ? end.retryAfterMs : 'problem' in end ? end.problem.retryAfterMs : undefined,
		];
	};
	const tooLarge = {code: 504, reason: 'Timeout', details: {retryAfterSeconds: 2, causes: [{reason: 'ResourceVersionTooLarge'}]}};
	assert.deepEqual(await ends(tooLarge), ['too-new', 'timeout', 2000]);
	assert.deepEqual(await ends({code: 429, details: {retryAfterSeconds: 3}}), ['failed', 'throttled', 3000]);
	assert.deepEqual(await ends({code: 500, message: 'boom'}), ['failed', 'server', undefined]);
	assert.deepEqual(await ends({code: 422, reason: 'Invalid'}), ['refused', 'server', undefined]);
});

test('silence: quiet after 75 s, over after 90 s, once bookmarks were seen', async () => {
	const watch = open({}, stream => stream.event('BOOKMARK', modelTable([], {resourceVersion: '9'}, null)));
	await watch.clock.advance(74_000);
	assert.deepEqual(watch.told, ['opened']);
	await watch.clock.advance(2_000);
	assert.deepEqual(watch.told, ['opened', 'quiet']);
	watch.stream().bytes(Buffer.from(line('ADDED', 'a', '5')));
	await watch.clock.settle();
	assert.deepEqual(watch.told, ['opened', 'quiet', 'awake']);
	await watch.clock.advance(76_000);
	assert.equal(watch.told.at(-1), 'quiet');
	await watch.clock.advance(15_000);
	assert.equal((await watch.end).type, 'silent');
	assert.equal(watch.stream().open, false);
	assert.equal(watch.clock.pending(), 0);
});

test('without bookmarks silence is normal until 10 s after the agreed end', async () => {
	const watch = open();
	await watch.clock.advance(209_000);
	assert.deepEqual(watch.told, ['opened']);
	await watch.clock.advance(2_000);
	assert.equal((await watch.end).type, 'silent');
});

test('a server that ignores the agreed end is left 15 s after it', async () => {
	const watch = open({bookmarked: true});
	for (let seconds = 0; seconds < 210; seconds += 30) {
		await watch.clock.advance(30_000);
		watch.stream().bytes(Buffer.from(line('ADDED', 'a', '5')));
	}
	await watch.clock.advance(6_000);
	assert.equal((await watch.end).type, 'silent');
});

test('no head within 30 s is silence too', async () => {
	const watch = open({}, (_, signal) => hang(signal));
	await watch.clock.advance(31_000);
	assert.equal((await watch.end).type, 'silent');
	assert.deepEqual(watch.told, []);
});

test('waiting for a free connection is no silence, and its time does not count', async () => {
	const told: string[] = [];
	let release = () => {};
	const watch = open({queued: () => void told.push('queued'), bookmarked: true}, stream => {
		stream.request.queued?.();
		return new Promise<void>(resolve => (release = resolve));
	});
	await watch.clock.advance(400_000);
	release();
	await watch.clock.advance(60_000);
	assert.deepEqual([...told, ...watch.told], ['queued', 'opened']);
	watch.stream().end();
	assert.equal((await watch.end).type, 'closed');
});

test('aborted from outside is no failure, and nothing is left', async () => {
	const watch = open();
	await watch.clock.settle();
	watch.controller.abort();
	assert.deepEqual(await watch.end, {type: 'aborted'});
	assert.equal(watch.clock.pending(), 0);
});

test('a long burst leaves room for others', async () => {
	let turns = 0;
	const count = 20_000;
	const watch = open({}, stream => {
		stream.bytes(Buffer.from(line('MODIFIED', 'a', '5').repeat(count)));
		stream.end();
	});
	let isOver = false;
	void watch.end.then(() => (isOver = true));
	while (!isOver) {
		await new Promise(resolve => setImmediate(resolve));
		turns++;
	}
	assert.equal(watch.events.length, count);
	assert.ok(turns > 3, `${turns} turns`);
});
