import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Problem} from '../../source/core/problem.ts';
import {parseApiPath, pathWithQuery} from '../../source/kube/api-path.ts';
import {createByteStream} from '../../source/kube/byte-stream.ts';
import {createCallLog} from '../../source/kube/calls.ts';
import {createClockSkew} from '../../source/kube/clock-skew.ts';
import {retryDelayMs} from '../../source/kube/retry.ts';
import {createSemaphore} from '../../source/kube/semaphore.ts';
import {createSingleFlight} from '../../source/kube/single-flight.ts';
import {createFakeClock} from '../tools/fake-clock.ts';

const never = new AbortController().signal;

for (const [path, parts] of [
	['/api/v1/pods', {group: '', version: 'v1', resource: 'pods'}],
	['/api/v1/namespaces/shop', {group: '', version: 'v1', resource: 'namespaces', name: 'shop'}],
	['/api/v1/namespaces/shop/status', {group: '', version: 'v1', resource: 'namespaces', name: 'shop', subresource: 'status'}],
	['/api/v1/namespaces/shop/pods/web/log', {group: '', version: 'v1', namespace: 'shop', resource: 'pods', name: 'web', subresource: 'log'}],
	[
		'/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode',
		{group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'clusterroles', name: 'system:node'},
	],
	['/api/v1/nodes/n1/proxy/logs/', {group: '', version: 'v1', resource: 'nodes', name: 'n1', subresource: 'proxy', proxied: 'logs/'}],
	['/apis/apps/v1', undefined],
	['/api/v1', undefined],
	['/version', undefined],
] as const) {
	test(`the parts of ${path}`, () => assert.deepEqual(parseApiPath(path), parts));
}

test('a query is encoded, lists repeat their key, what is undefined is left out', () => {
	assert.equal(pathWithQuery('/p', {a: 'x y&', b: 1, c: undefined, d: true, e: ['1', '2']}), '/p?a=x+y%26&b=1&d=true&e=1&e=2');
	assert.equal(pathWithQuery('/p', {a: undefined}), '/p');
});

test('a semaphore lets so many in, the others in order; who gives up leaves the queue', async () => {
	const semaphore = createSemaphore(2);
	const first = await semaphore.acquire(never);
	await semaphore.acquire(never);
	const order: string[] = [];
	const leaving = new AbortController();
	const waiting = ['a', 'b', 'c'].map(async name => {
		const slot = await semaphore.acquire(name === 'b' ? leaving.signal : never);
		order.push(name);
		return slot;
	});
	leaving.abort(new Error('left'));
	await assert.rejects(waiting[1] ?? Promise.resolve(), /left/);
	assert.deepEqual(semaphore.load(), {held: 2, waiting: 2});
	first[Symbol.dispose]();
	first[Symbol.dispose]();
	(await waiting[0])?.[Symbol.dispose]();
	(await waiting[2])?.[Symbol.dispose]();
	assert.deepEqual([order, semaphore.load()], [['a', 'c'], {held: 1, waiting: 0}]);
	await assert.rejects(Promise.resolve(createSemaphore(0).acquire(AbortSignal.abort(new Error('too late')))), /too late/);
});

test('a single flight runs once for all, ends when the last one leaves, and starts anew', async () => {
	let runs = 0;
	let aborted = 0;
	const landing = Promise.withResolvers<number>();
	const join = createSingleFlight(async signal => {
		runs++;
		signal.addEventListener('abort', () => aborted++);
		return await landing.promise;
	});
	const [a, b] = [new AbortController(), new AbortController()];
	const both = [join(a.signal), join(b.signal)];
	a.abort(new Error('a'));
	await assert.rejects(both[0] ?? Promise.resolve(), /a/);
	assert.deepEqual([runs, aborted], [1, 0]);
	b.abort(new Error('b'));
	await assert.rejects(both[1] ?? Promise.resolve(), /b/);
	assert.deepEqual([runs, aborted], [1, 1]);
	landing.resolve(7);
	assert.deepEqual(await Promise.all([join(never), join(never)]), [7, 7]);
	assert.equal(runs, 2);
});

test('bytes that nobody reads stop the sender at 1 MB; reading lets it go on; an end still delivers what came', async () => {
	const flow: string[] = [];
	const stream = createByteStream({pause: () => flow.push('pause'), resume: () => flow.push('resume'), cancel: () => flow.push('cancel')});
	for (let piece = 0; piece < 8; piece++) stream.push(Buffer.alloc(262_144));
	stream.end();
	let bytes = 0;
	for await (const piece of stream) bytes += piece.length;
	assert.deepEqual([flow, bytes], [['pause', 'resume'], 8 * 262_144]);
});

test('leaving a stream early cancels it once; an error comes after the pieces', async () => {
	const flow: string[] = [];
	const open = () => createByteStream({pause: () => undefined, resume: () => undefined, cancel: () => flow.push('cancel')});
	const left = open();
	left.push(Buffer.from('a'));
	for await (const _piece of left) break;
	left.destroy();
	const broken = open();
	broken.push(Buffer.from('a'));
	broken.fail(new Error('broken'));
	const pieces: string[] = [];
	await assert.rejects(async () => {
		for await (const piece of broken) pieces.push(piece.toString());
	}, /broken/);
	assert.deepEqual([flow, pieces], [['cancel'], ['a']]);
});

test('overload is waited for as long as asked, 20 % up or down, with a growing minimum; then it is told', () => {
	const delay = (status: number, after: string | undefined, tries: number, random: number) =>
		retryDelayMs(status, after === undefined ? {} : {'retry-after': after}, tries, () => random);
	assert.equal(delay(429, '3', 1, 0.5), 3_000);
	assert.equal(delay(429, '1', 1, 0), 800);
	assert.ok(Math.abs((delay(429, '1', 1, 1) ?? 0) - 1_200) < 1e-6);
	assert.equal(delay(429, undefined, 1, 0.5), 500);
	assert.equal(delay(429, '1', 4, 0.5), 4_000);
	assert.equal(delay(503, '1', 1, 0.5), 1_000);
	assert.deepEqual(
		[delay(503, undefined, 1, 0.5), delay(404, '1', 1, 0.5), delay(429, '1', 5, 0.5), delay(429, '3600', 1, 0.5)],
		[undefined, undefined, undefined, undefined],
	);
});

test('the skew is the median of the last five dates; a wild one does not move it', () => {
	const skew = createClockSkew();
	const at = Date.parse('2026-01-01T00:00:00Z');
	const note = (seconds: number, now: number) => skew.note(new Date(at + seconds * 1000).toUTCString(), now);
	skew.note('rubbish', at);
	skew.note(undefined, at);
	assert.equal(skew.skewMs(), 0);
	for (const second of [10, 11, 12, 13]) note(second, at + second * 1000 + 500);
	note(9_999, at + 14_000);
	assert.equal(skew.skewMs(), 0);
	for (const second of [20, 21, 22]) note(second + 60, at + second * 1000 + 500);
	assert.equal(skew.skewMs(), 60_000);
});

test('the log keeps 500 calls and every open stream, newest first, and tells at most every 200 ms', async () => {
	const clock = createFakeClock();
	const log = createCallLog(clock);
	let told = 0;
	const unsubscribe = log.subscribe(() => told++);
	const stream = log.begin({method: 'GET', path: '/watch', stream: true, retries: 0});
	for (let call = 0; call < 600; call++) {
		const entry = log.begin({method: 'GET', path: `/${call}`, stream: false, retries: 0});
		entry.head(200, undefined);
		entry.end();
	}
	assert.equal(told, 0);
	await clock.advance(200);
	assert.equal(told, 1);
	const calls = log.snapshot();
	assert.deepEqual([calls.length, calls[0]?.path, calls.at(-1)?.path], [500, '/599', '/watch']);
	stream.bytes(10);
	stream.bytes(5);
	const next = log.snapshot();
	assert.notEqual(next, calls);
	assert.equal(next[0], calls[0]);
	assert.deepEqual([next.at(-1)?.bytes, next.at(-1)?.lastByteAt], [15, clock.now()]);
	const problem: Problem = {code: 'protocol', what: 'w', cause: 'c'};
	stream.end(problem);
	assert.equal(log.snapshot().at(-1)?.problem, problem);
	unsubscribe();
	assert.equal(clock.pending(), 0);
});
