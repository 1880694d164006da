import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeTransport} from '../../source/kube/kube-transport.ts';
import {createReachability} from '../../source/kube/reachability.ts';
import {createFakeClock} from '../tools/fake-clock.ts';
import {failure, jsonAnswer} from '../tools/scripted-transport.ts';

const refused = failure('refused').problem;

/** A server that is down until it is said to be up, and what was asked of it, in seconds. */
function outage() {
	const clock = createFakeClock();
	const startedAt = clock.now();
	let isUp = false;
	const askedAt: number[] = [];
	const request: KubeTransport['request'] = async () => {
		askedAt.push((clock.now() - startedAt) / 1000);
		if (!isUp) throw failure('refused');
		return jsonAnswer({});
	};
	const stream: KubeTransport['stream'] = () => Promise.reject(new Error('a prober opens no stream'));
	const reachability = createReachability({clock, transport: {request, stream, skewMs: () => 0}});
	return {clock, reachability, askedAt, comeUp: () => (isUp = true)};
}

test('one prober asks after 1, 2, 4, 8 s and then every 10 s, however many wait', async () => {
	const {clock, reachability, askedAt} = outage();
	const leave = new AbortController();
	const told: number[] = [];
	void reachability.untilUp(refused, (_problem, at) => told.push(at), leave.signal);
	void reachability.untilUp(refused, () => {}, leave.signal);
	await clock.advance(56_000);
	assert.deepEqual(askedAt, [1, 3, 7, 15, 25, 35, 45, 55]);
	assert.equal((told.at(-1) ?? 0) - clock.now(), 9000, 'those who wait know when the next try comes');
	leave.abort();
	await clock.advance(60_000);
	assert.equal(askedAt.length, 8, 'nobody waits, nobody asks');
});

test('after an outage of minutes the first who waits goes on within 10 s, all within 12', async () => {
	const {clock, reachability, comeUp} = outage();
	const signal = new AbortController().signal;
	let released = 0;
	for (let waiter = 0; waiter < 20; waiter++) void reachability.untilUp(refused, () => {}, signal).then(() => released++);
	await clock.advance(301_000);
	assert.equal(released, 0);
	comeUp();
	await clock.advance(10_000);
	assert.ok(released > 0);
	await clock.advance(2000);
	assert.equal(released, 20);
});
