import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Clock} from '../../source/core/clock.ts';
import {ModelCluster} from '../tools/model-cluster.ts';
import {podType} from '../tools/pod-type.ts';
import {openReflector} from '../tools/open-reflector.ts';
import {failure, timeOut} from '../tools/scripted-transport.ts';

type Opened = ReturnType<typeof openReflector>;

/** For how long the server is ill; none of the waits may outlast it by more than the longest of them. */
const illMs = 60_000;

/** Makes every request fail in this way from now on. */
const faults: Readonly<Record<string, (cluster: ModelCluster, clock: () => Clock) => void>> = {
	'half close': cluster => {
		cluster.endStreams();
		cluster.fault = () => () => Promise.reject(failure('protocol', {cause: 'other side closed'}));
	},
	reset: cluster => {
		cluster.breakStreams(failure('protocol', {cause: 'ECONNRESET'}));
		cluster.fault = () => () => Promise.reject(failure('refused', {cause: 'ECONNRESET'}));
	},
	'hang after the head': cluster => {
		cluster.muted = true;
		cluster.breakStreams();
	},
	'hang before the head': (cluster, clock) => {
		cluster.breakStreams(failure('timeout'));
		cluster.fault = () => signal => timeOut(clock(), 30_000, signal);
	},
	'truncated JSON': cluster => {
		for (const stream of cluster.transport.streams) {
			if (!stream.open) continue;
			stream.bytes(Buffer.from('{"type":"ADDED","object":{"kind":"Tab'));
			stream.end();
		}
		cluster.fault = question =>
			question === 'list' ? () => ({status: 200, headers: {}, body: Buffer.from('{"kind":"Table","rows":[')}) : () => Promise.reject(failure('protocol'));
	},
	'503': cluster => {
		cluster.breakStreams();
		cluster.fault = () => () => Promise.reject(failure('server', {status: 503}));
	},
	'429': cluster => {
		cluster.breakStreams();
		cluster.fault = () => () => Promise.reject(failure('throttled', {status: 429, retryAfterMs: 2000}));
	},
};

/** Brings a new reflector into a state. */
const states: Readonly<Record<string, (cluster: ModelCluster, ill: () => void) => Promise<Opened>>> = {
	'before the first page': async (cluster, ill) => {
		ill();
		return openReflector(cluster.transport);
	},
	'between pages': async (cluster, ill) => {
		let asked = 0;
		cluster.fault = question => {
			if (question === 'list' && ++asked === 2) queueMicrotask(ill);
			return undefined;
		};
		return openReflector(cluster.transport);
	},
	live: async (cluster, ill) => {
		const reader = openReflector(cluster.transport);
		await reader.clock.advance(15_000);
		ill();
		return reader;
	},
	'listing again': async (cluster, ill) => {
		const reader = openReflector(cluster.transport);
		await reader.clock.advance(15_000);
		cluster.endStreams();
		cluster.put('p0', 'while away');
		cluster.compact();
		await reader.clock.advance(100);
		ill();
		return reader;
	},
	polling: async (cluster, ill) => {
		const reader = openReflector(cluster.transport, {scope: {type: {...podType, verbs: ['list']}}});
		await reader.clock.advance(15_000);
		ill();
		return reader;
	},
};

for (const [fault, strike] of Object.entries(faults)) {
	for (const [state, bring] of Object.entries(states)) {
		test(`${fault}, ${state}: right again without anybody's help`, async () => {
			const cluster = new ModelCluster();
			for (let index = 0; index < 6; index++) cluster.put(`p${index}`, 'a');
			cluster.largestPage = 2;
			let reader: Opened | undefined;
			reader = await bring(cluster, () => {
				strike(cluster, () => reader?.clock ?? never());
			});
			const before = reader.sink.rows().length;
			await reader.clock.advance(illMs / 2);
			cluster.put('p1', 'changed');
			cluster.remove('p2');
			cluster.put('new', 'b');
			await reader.clock.advance(illMs / 2);
			assert.ok(reader.sink.rows().length >= Math.min(before, 5), 'rows stay while the server is ill');
			cluster.fault = undefined;
			const healMs = cluster.muted ? 250_000 : 95_000;
			cluster.muted = false;
			// No bookmark has proved the muted stream: its agreed end is what finds it out.
			await reader.clock.advance(healMs);
			assert.deepEqual(reader.sink.rows(), cluster.truth());
			assert.equal(reader.sink.state()?.state, state === 'polling' ? 'polling' : 'live');
			assert.ok(cluster.transport.requests.length + cluster.transport.streams.length < 120, 'not hammered');
			await reader.close();
			assert.equal(reader.clock.pending(), 0);
		});
	}
}

function never(): never {
	throw new Error('asked before the reader was there');
}
