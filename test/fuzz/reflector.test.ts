import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Clock} from '../../source/core/clock.ts';
import {type Fault, ModelCluster} from '../tools/model-cluster.ts';
import {openReflector} from '../tools/open-reflector.ts';
import {fuzzPlan, type Random, seededRandom} from '../tools/random.ts';
import {failure, jsonAnswer, timeOut} from '../tools/scripted-transport.ts';

/** What can go wrong with one request. */
const faults: ReadonlyArray<(signal: AbortSignal, clock: Clock) => ReturnType<Fault>> = [
	() => Promise.reject(failure('refused')),
	() => Promise.reject(failure('timeout')),
	() => Promise.reject(failure('server', {status: 503})),
	() => Promise.reject(failure('throttled', {status: 429, retryAfterMs: 1000})),
	() => Promise.reject(failure('unauthorized', {status: 401})),
	() => Promise.reject(failure('forbidden', {status: 403})),
	() => Promise.reject(failure('not-found', {status: 404})),
	() => Promise.reject(failure('expired', {status: 410})),
	(signal, clock) => timeOut(clock, 30_000, signal),
	() => jsonAnswer({kind: 'Status', code: 410, reason: 'Expired'}, {status: 410}),
	() => ({status: 200, headers: {}, body: Buffer.from('{"kind":"Table","rows":[{"cel')}),
];

function mutate(cluster: ModelCluster, random: Random): void {
	const name = `p${random.below(8)}`;
	const namespace = random.below(4) === 0 ? 'other' : 'default';
	if (random.below(3) === 0) cluster.remove(name, namespace);
	else cluster.put(name, `v${random.below(1000)}`, namespace);
}

type Opened = ReturnType<typeof openReflector>;

async function step(cluster: ModelCluster, reader: Opened, random: Random): Promise<void> {
	switch (random.below(12)) {
		case 0:
			return cluster.compact();
		case 1:
			return cluster.endStreams();
		case 2:
			return cluster.breakStreams();
		case 3:
			return cluster.bookmark();
		case 4:
			return reader.resumed.ring();
		case 5:
			return reader.retryNow();
		case 6:
			return reader.clock.advance(random.below(5000));
		case 7:
			return reader.clock.settle();
		default:
			return mutate(cluster, random);
	}
}

async function run(seed: number): Promise<void> {
	const random = seededRandom(seed);
	const cluster = new ModelCluster();
	cluster.largestPage = 1 + random.below(4);
	for (let index = random.below(12); index > 0; index--) mutate(cluster, random);
	const faulty = random.below(4);
	cluster.fault = question => {
		// Changes while an answer is on its way are what a load has to live with.
		if (random.below(3) === 0) mutate(cluster, random);
		if (random.below(12) === 0) cluster.compact();
		if (random.below(10) >= faulty) return undefined;
		const picked = random.pick(faults);
		const fault: Fault = signal => picked(signal, reader.clock);
		// An answer is for lists; a watch that is refused is refused by an error.
		return question === 'list' ? fault : signal => Promise.resolve(fault(signal)).then(() => Promise.reject(failure('refused')));
	};
	const reader = openReflector(cluster.transport, {random: random.next});
	for (let steps = 6 + random.below(20); steps > 0; steps--) await step(cluster, reader, random);
	cluster.fault = undefined;
	// Longer than any wait there is: a denied watch is asked for again after 5 minutes, a silent one ends after 4.
	for (let minutes = 0; minutes < 12 && !isRight(cluster, reader); minutes++) {
		await reader.clock.advance(45_000);
	}
	assert.deepEqual(reader.sink.rows(), cluster.truth(), `seed ${seed}`);
	assert.ok(['live', 'quiet', 'polling'].includes(reader.sink.state()?.state ?? ''), `seed ${seed}: ${reader.sink.state()?.state}`);
	await reader.close();
	assert.equal(reader.clock.pending(), 0, `seed ${seed}: timers left`);
	assert.equal(cluster.watches(), 0, `seed ${seed}: streams left`);
}

function isRight(cluster: ModelCluster, reader: Opened): boolean {
	return reader.sink.state()?.state === 'live' && reader.sink.rows().join() === cluster.truth().join();
}

test('whatever happens on the way, the rows end up as the server has them', async () => {
	const plan = fuzzPlan(2000);
	for (let index = 0; index < plan.runs; index++) await run(plan.seed + index);
});
