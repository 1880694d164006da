import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type MetricsReading, nothingRead, sampledNode, sampledPod} from '../../../source/core/top/metrics-reading.ts';
import {nodeSummary} from '../../../source/core/top/node-summary.ts';
import {nodeUsage, podUsage} from '../../../source/core/top/usage.ts';

const now = Date.UTC(2026, 0, 2, 14, 2, 31);
const metadata = {name: 'web-0', namespace: 'shop'};
const podMetrics = (containers: readonly unknown[], more: object = {}) => ({
	apiVersion: 'metrics.k8s.io/v1beta1',
	kind: 'PodMetrics',
	metadata,
	timestamp: '2026-01-02T14:02:20Z',
	window: '15.5s',
	containers,
	...more,
});

test('a pod is the exact sum of its containers', () => {
	const usage = podUsage(
		podMetrics([
			{name: 'app', usage: {cpu: '177744n', memory: '368Ki'}},
			{name: 'mesh', usage: {cpu: '1', memory: '1Gi'}},
		]),
	);
	assert.deepEqual(usage, {
		cpu: 1_000_177_744n,
		memory: (368n * 1024n + 1024n ** 3n) * 10n ** 9n,
		at: Date.UTC(2026, 0, 2, 14, 2, 20),
		windowMs: 15_500,
		source: 'metrics.k8s.io',
		containers: new Map([
			['app', {cpu: 177_744n, memory: 368n * 1024n * 10n ** 9n}],
			['mesh', {cpu: 1_000_000_000n, memory: 1024n ** 3n * 10n ** 9n}],
		]),
	});
});

test('a quantity nobody expected is missing, and so is the sum it belongs to: never zero', () => {
	const usage = podUsage(
		podMetrics([
			{name: 'app', usage: {cpu: 'lots', memory: '1Mi'}},
			{name: 'mesh', usage: {cpu: '5m', memory: '1Mi'}},
		]),
	);
	assert.equal(usage?.cpu, undefined);
	assert.equal(usage?.memory, 2n * 1024n ** 2n * 10n ** 9n);
	assert.equal(usage?.containers.get('mesh')?.cpu, 5_000_000n);
	assert.equal(podUsage(podMetrics([{name: 'app'}]))?.memory, undefined);
	assert.equal(podUsage(podMetrics([], {timestamp: 'soon'})), undefined);
	assert.deepEqual(podUsage(podMetrics([], {containers: 'none', window: '1m30s'})), {
		at: Date.UTC(2026, 0, 2, 14, 2, 20),
		windowMs: 90_000,
		source: 'metrics.k8s.io',
		containers: new Map(),
	});
});

test('a node of the metrics API', () => {
	const usage = nodeUsage({
		apiVersion: 'metrics.k8s.io/v1',
		kind: 'NodeMetrics',
		metadata: {name: 'n1'},
		timestamp: '2026-01-02T14:02:20Z',
		usage: {cpu: '275574570n', memory: '2774336Ki'},
	} as never);
	assert.deepEqual(usage, {cpu: 275_574_570n, memory: 2_774_336n * 1024n * 10n ** 9n, at: Date.UTC(2026, 0, 2, 14, 2, 20), source: 'metrics.k8s.io'});
});

const time = '2026-01-02T14:02:25Z';
const stats = (nano: number, bytes: number) => ({cpu: {time, usageNanoCores: nano}, memory: {time, workingSetBytes: bytes, availableBytes: 7}});
const summary = {
	node: {nodeName: 'n1', ...stats(424_588_418, 2_857_091_072), fs: {usedBytes: 30, capacityBytes: 100, availableBytes: 60}, runtime: {imageFs: {usedBytes: 5}}},
	pods: [
		{
			podRef: {name: 'web-0', namespace: 'shop'},
			containers: [
				{name: 'app', ...stats(1_500_000, 1024)},
				{name: 'new', startTime: time, memory: {time, workingSetBytes: 1024}},
			],
			volume: [
				{name: 'data', usedBytes: 10, capacityBytes: 20, pvcRef: {name: 'data-web-0', namespace: 'shop'}},
				{name: 'tmp', usedBytes: 3},
			],
			'ephemeral-storage': {usedBytes: 99},
		},
		{podRef: {name: 'done', namespace: 'shop'}, containers: []},
	],
};

test('a kubelet summary: node, file systems, pods, volumes', () => {
	const read = nodeSummary('n1', summary);
	assert.deepEqual(read.usage, {cpu: 424_588_418n, memory: 2_857_091_072n * 10n ** 9n, at: Date.parse(time), source: 'kubelet'});
	assert.equal(read.memoryAvailable, 7);
	assert.deepEqual(read.fileSystem, {used: 30, capacity: 100, available: 60});
	assert.deepEqual(read.imageFileSystem, {used: 5});
	const web = read.pods.get('shop/web-0');
	assert.equal(web?.ephemeral, 99);
	assert.deepEqual(web?.volumes, [
		{name: 'data', used: 10, capacity: 20, claim: 'data-web-0'},
		{name: 'tmp', used: 3},
	]);
	// A container that has just begun has no CPU figure: that of the pod is not known, its memory is.
	assert.equal(web?.usage?.cpu, undefined);
	assert.equal(web?.usage?.memory, 2048n * 10n ** 9n);
	assert.equal(web?.usage?.containers.get('app')?.cpu, 1_500_000n);
	assert.equal(read.pods.get('shop/done')?.usage, undefined);
});

test('an answer that is no summary gives nothing and breaks nothing', () => {
	for (const answer of [undefined, null, 'html', [], {node: 5, pods: 'x'}, {pods: [1, null]}]) assert.equal(nodeSummary('n1', answer).usage, undefined);
});

const sample = {cpu: 1n, memory: 1n, source: 'metrics.k8s.io' as const};
const reading = (more: Partial<MetricsReading>): MetricsReading => ({...nothingRead, asked: {nodes: true, pods: true}, ...more});

test('fresh, stale after 90 s, not measured yet, and not measured at all', () => {
	const nodes = new Map([
		['n1', {...sample, at: now - 90_000}],
		['n2', {...sample, at: now - 90_001}],
	]);
	const read = reading({nodes, source: {nodes: 'metrics.k8s.io', pods: 'metrics.k8s.io'}});
	assert.equal(sampledNode(read, 'n1', now).state, 'fresh');
	assert.equal(sampledNode(read, 'n2', now).state, 'stale');
	assert.equal(sampledNode(read, 'n3', now).state, 'none');
	assert.equal(sampledNode(nothingRead, 'n1', now).state, 'pending');
	assert.equal(sampledPod(read, 'shop', 'new', {now, young: true}).state, 'pending');
	assert.equal(sampledPod(read, 'shop', 'old', {now, young: false}).state, 'none');
	const warming = {step: 'warming', word: 'warming up', text: '', remedy: ''} as const;
	assert.equal(sampledPod(reading({missing: {pods: warming}}), 'shop', 'old', {now, young: false}).state, 'pending');
	// Nobody measures: a young pod waits for nothing.
	assert.equal(sampledPod(reading({}), 'shop', 'new', {now, young: true}).state, 'none');
});
