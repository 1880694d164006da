import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ClusterClient} from '../../../source/core/cluster-client.ts';
import type {LogQuestion} from '../../../source/core/logs/log-question.ts';
import type {Pod} from '../../../source/core/pod.ts';
import {ProblemError} from '../../../source/core/problem.ts';
import type {Arrival} from '../../../source/store/logs/arrival.ts';
import {readLogsOnce} from '../../../source/store/logs/read-logs-once.ts';
import {systemClock} from '../../../source/system/clock.ts';
import {podType} from '../../tools/pod-type.ts';

const start = Date.UTC(2026, 10, 21, 15, 0, 0);
const {signal} = new AbortController();
const askNothing: LogQuestion = {namespace: '', pod: '', container: '', follow: false, previous: false};

type Held = Readonly<Record<string, readonly string[]>>;

/** Logs that are there, as the API gives them: sinceTime, tailLines, then limitBytes from the beginning of that. */
function server(held: Held, cutFirst = false) {
	const asked: LogQuestion[] = [];
	let open = 0;
	let mostOpen = 0;
	let cuts = cutFirst ? 3 : 0;
	const logs: ClusterClient['logs'] = async function* (question) {
		asked.push(question);
		mostOpen = Math.max(mostOpen, ++open);
		try {
			yield new Uint8Array();
			const since = question.sinceTime === undefined ? 0 : Date.parse(question.sinceTime);
			const found = (held[question.pod] ?? []).filter(line => Date.parse(line.slice(0, 24)) >= since);
			const text = (question.tailLines === undefined ? found : found.slice(-question.tailLines)).map(line => `${line}\n`).join('');
			const bytes = Buffer.from(text).subarray(0, question.limitBytes);
			for (let at = 0; at < bytes.length; at += 1000) {
				yield bytes.subarray(at, at + 1000);
				await new Promise(resolve => setImmediate(resolve));
				if (cuts > 0 && at > 2000) {
					cuts--;
					throw new ProblemError({code: 'protocol', what: '', cause: 'closed in the middle'});
				}
			}
		} finally {
			open--;
		}
	};
	return {logs, asked, mostOpen: () => mostOpen};
}

const pod = (name: string): Pod => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'shop', uid: name},
	spec: {containers: [{name: 'main'}]},
	status: {containerStatuses: [{name: 'main', restartCount: 0, state: {running: {startedAt: '2026-11-21T14:00:00Z'}}}]},
});

const evicted = (name: string): Pod => ({
	...pod(name),
	status: {
		...{phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.'},
		containerStatuses: [{name: 'main', restartCount: 0, state: {terminated: {exitCode: 137, reason: 'Error', finishedAt: '2026-11-21T15:30:00Z'}}}],
	},
});

const lines = (count: number, everyMs: number, offset: number) =>
	Array.from({length: count}, (_line, index) => `${new Date(start + offset + index * everyMs).toISOString()} line ${index}`);

async function read(held: Held, options: Readonly<{tailLines?: number; cutFirst?: boolean; podOf?: typeof pod}> = {}) {
	const {logs, asked, mostOpen} = server(held, options.cutFirst);
	const {podOf = pod} = options;
	const got: Arrival[] = [];
	const sources = await readLogsOnce(
		{
			client: {logs, nodeLog: () => logs(askNothing, signal), get: async (_type, _namespace, name) => podOf(name)},
			clock: systemClock('hold'),
			now: () => start + 3_600_000,
			random: () => 0,
			podType,
			pods: Object.keys(held).map(podOf),
			containers: {type: 'all'},
			past: options.tailLines === undefined ? {} : {tailLines: options.tailLines},
			previous: false,
			events: [],
			deliver: async arrivals => {
				got.push(...arrivals);
				await new Promise(resolve => setImmediate(resolve));
			},
		},
		signal,
	);
	const stamps = got.map(({at}) => at);
	assert.deepEqual(
		stamps,
		stamps.toSorted((a, b) => a - b),
		'in the order of time over all sources',
	);
	const perPod = (name: string) =>
		got.flatMap(arrival => (arrival.type === 'line' && arrival.origin.pod === name ? [`${arrival.line.stamp} ${arrival.line.text}`] : []));
	const marks = got.flatMap(arrival => (arrival.type === 'other' && arrival.record.type === 'mark' ? [arrival.record.text] : []));
	return {sources, asked, mostOpen: mostOpen(), perPod, marks};
}

test('several logs are read whole, in the order of time over all of them', async () => {
	const held = {'web-1': lines(9000, 10, 0), 'web-2': lines(3000, 31, 5), 'web-3': [], 'web-4': lines(1, 1, 50_000)};
	const {sources, perPod} = await read(held);
	for (const [name, all] of Object.entries(held)) assert.deepEqual(perPod(name), all, name);
	assert.ok(sources.every(({state}) => state === 'ended'));
});

test('of a pod that was ended as a whole it is said why', async () => {
	const held = {'web-1': lines(3, 10, 0)};
	assert.deepEqual((await read(held)).marks, []);
	const {perPod, marks} = await read(held, {podOf: evicted});
	assert.deepEqual(perPod('web-1'), held['web-1']);
	assert.deepEqual(marks, ['ended: exit 137. Evicted: The node was low on resource: memory.']);
});

test('a log that is cut off goes on where it broke off', async () => {
	const held = {'web-1': lines(2000, 3, 0)};
	const {perPod, asked} = await read(held, {cutFirst: true});
	assert.deepEqual(perPod('web-1'), held['web-1']);
	assert.equal(asked.length, 4);
});

test('more logs than connections are read in pieces: each line once, few at a time', async () => {
	const held = Object.fromEntries(Array.from({length: 61}, (_pod, index) => [`web-${index}`, lines(index === 7 ? 40_000 : 3, index === 7 ? 0 : 1000, index)]));
	const {perPod, mostOpen, asked} = await read(held);
	for (const [name, all] of Object.entries(held)) assert.deepEqual(perPod(name), all, name);
	assert.ok(mostOpen <= 16);
	assert.ok(asked.filter(({pod: name}) => name === 'web-7').length > 1);
});

test('the last lines of each', async () => {
	const held = Object.fromEntries(Array.from({length: 45}, (_pod, index) => [`web-${index}`, lines(100, 100, index)]));
	const {perPod} = await read(held, {tailLines: 7});
	for (const [name, all] of Object.entries(held)) assert.deepEqual(perPod(name), all.slice(-7), name);
});
