import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Discovery} from '../../source/core/cluster-client.ts';
import {readDiscovery} from '../../source/print/read-discovery.ts';
import {discovery} from './cases.ts';

const warm: Discovery = {...discovery, types: [], warming: true};

function source(first: Discovery) {
	const seen: {signal?: AbortSignal; changed?: (discovery: Discovery) => void} = {};
	const discover = async (changed: (discovery: Discovery) => void, signal: AbortSignal) => {
		Object.assign(seen, {changed, signal});
		return first;
	};
	return {seen, client: {discover}};
}

test('what the cache has is enough, and nothing goes on afterwards', async () => {
	const {client, seen} = source(warm);
	assert.equal(await readDiscovery(client, () => true, new AbortController().signal), warm);
	assert.equal(seen.signal?.aborted, true);
});

test('what the cache lacks is asked of the server', async () => {
	const {client, seen} = source(warm);
	const reading = readDiscovery(client, () => false, new AbortController().signal);
	// The promise of discover resolves before the answer of the server comes.
	await Promise.resolve();
	seen.changed?.(discovery);
	assert.equal(await reading, discovery);
	assert.equal(seen.signal?.aborted, true);
});

test('when it is over before the server answered, the cache has to do', async () => {
	const {client} = source(warm);
	const ending = new AbortController();
	const reading = readDiscovery(client, () => false, ending.signal);
	ending.abort();
	assert.equal(await reading, warm);
});
