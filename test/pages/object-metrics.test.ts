import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {Pod} from '../../source/core/pod.ts';
import {type MetricsReading, nothingRead} from '../../source/core/top/metrics-reading.ts';
import {nodeSummary} from '../../source/core/top/node-summary.ts';
import type {ObjectMetrics} from '../../source/core/top/object-metrics.ts';
import {podNumbers} from '../../source/core/top/pod-numbers.ts';
import type {PodUsage} from '../../source/core/top/usage.ts';
import {metricsLines} from '../../source/pages/object-metrics.ts';
import {objectPage} from '../../source/pages/object.ts';
import {previewLines} from '../../source/pages/preview.ts';
import {modelOf, screenOf, served, typeOf} from './object-fixture.ts';
import {assertFits, now, setting} from './page-fixture.ts';

const bytes = (mi: number): bigint => BigInt(mi) * 1024n ** 2n * 10n ** 9n;
const pod = served('v1', 'Pod', {
	metadata: {name: 'web-0', namespace: 'shop', uid: 'u'},
	spec: {
		nodeName: 'n1',
		containers: [
			{name: 'app', image: 'a', resources: {requests: {cpu: '200m', memory: '128Mi'}, limits: {cpu: '500m', memory: '256Mi'}}},
			{name: 'mesh', image: 'm', resources: {requests: {cpu: '50m'}, limits: {cpu: '100m', memory: '64Mi'}}},
		],
	},
	status: {
		phase: 'Running',
		qosClass: 'Burstable',
		containerStatuses: ['app', 'mesh'].map(name => ({name, ready: true, restartCount: 0, state: {running: {}}})),
	},
});
const usage: PodUsage = {
	cpu: 402_000_000n,
	memory: bytes(270),
	at: now - 8000,
	windowMs: 15_000,
	source: 'metrics.k8s.io',
	containers: new Map([
		['app', {cpu: 380_000_000n, memory: bytes(233)}],
		['mesh', {cpu: 22_000_000n, memory: bytes(37)}],
	]),
};
const summary = nodeSummary('n1', {
	node: {memory: {availableBytes: 92 * 1024 ** 2}, fs: {capacityBytes: 100, availableBytes: 40}},
	pods: [
		{
			podRef: {namespace: 'shop', name: 'web-0'},
			volume: [{name: 'data', usedBytes: 43 * 1024 ** 3, capacityBytes: 50 * 1024 ** 3, pvcRef: {name: 'data-web-0'}}],
			'ephemeral-storage': {usedBytes: 12 * 1024 ** 2},
		},
	],
});
const reading: MetricsReading = {
	...nothingRead,
	asked: {nodes: true, pods: true},
	source: {nodes: 'metrics.k8s.io', pods: 'metrics.k8s.io'},
	pods: new Map([['shop/web-0', usage]]),
	nodes: new Map([['n1', {cpu: 1_900_000_000n, memory: bytes(9830), at: now - 8000, windowMs: 15_000, source: 'metrics.k8s.io'}]]),
	summaries: new Map([['n1', summary]]),
};
const history = (_key: string, of: 'cpu' | 'memory'): readonly number[] =>
	Array.from({length: 60}, (_none, index) => (index < 50 ? Number.NaN : (index - 49) * (of === 'cpu' ? 40 : 27 * 1024 ** 2)));
const metrics: ObjectMetrics = {reading, history};
const textOf = (lines: ReturnType<typeof metricsLines>): readonly string[] => lines.map(({line}) => plain(line).trimEnd());

test('80x24: a pod: what it uses of what it asked for and may use, its course, its containers, its volumes', () => {
	const page = objectPage(modelOf(pod, {metrics}), screenOf(modelOf(pod), 'metrics'), setting(80, 24));
	assert.deepEqual(page.fixed.map(one => plain(one))[0]?.trim(), '1 Summary  2 YAML  3 Events 0  4 Logs  [5 Metrics]  6 Related 0');
	assert.deepEqual(textOf(page.lines), [
		' source metrics.k8s.io, 15s window, age 8s',
		'',
		' CPU  402m   requests 250m (160%)   limit 600m (67%)',
		`      13m  ${' '.repeat(40)}.-:=++*##@ max 400m`.replace('.-:=++*##@', textOf(page.lines)[3]?.trim().split(/\s+/)[1] ?? ''),
		' MEM  270Mi   requests 128Mi (210%)   limit 320Mi (84%)',
		textOf(page.lines)[5],
		'',
		'   CONTAINER   CPU  /req  /lim    MEM   /req   /lim  RISK',
		' ! app        380m  200m  500m  233Mi  128Mi  256Mi  ! 91%',
		' + mesh        22m   50m  100m   37Mi      -   64Mi',
		'',
		'   memory 270Mi of 320Mi (84%)   node n1   ephemeral storage 12Mi',
		'   claim data-web-0  43Gi of 50Gi (86%)',
	]);
	assert.match(textOf(page.lines)[3] ?? '', /^ {6}13m {41,}[_.:=+*#-]{10} max 400m$/);
});

const node = served('v1', 'Node', {metadata: {name: 'n1'}, status: {allocatable: {cpu: '4', memory: '16Gi'}, capacity: {cpu: '4', memory: '17Gi'}}});

test('a node: bars of allocatable, eviction by its own count, and its pods', () => {
	const numbers = podNumbers(pod as Pod);
	const lines = metricsLines(
		modelOf(node, {metrics: {...metrics, numbers: new Map([[numbers.key, numbers]]), eviction: {text: '100Mi', isRead: true}}}),
		setting(80, 24),
	);
	const text = textOf(lines);
	assert.match(text[2] ?? '', /^ CPU {2}\[#+\|#* *\] 1\.9\/4 \(47%\)$|^ CPU {2}\[#\|#+ +\] 1\.9\/4 \(47%\)$/);
	assert.ok(text.includes('      requested 250m (6%)   limits 600m (15%)   capacity 4'));
	assert.ok(text.includes(' X eviction at memory.available<100Mi, now 92Mi'), 'below the threshold already');
	assert.ok(text.includes('   disk 60 of 100 (60%)'));
	const [row] = lines.filter(({id}) => id === 'metrics:row:pod|shop/web-0');
	assert.match(plain(row?.line ?? []), /shop\/web-0 +402m +250m +600m +270Mi +128Mi +320Mi +! 91%/);
	assert.ok(row?.enter?.[0]?.type === 'open');
	// Before its pods are read nothing is requested of it: not zero.
	assert.ok(!textOf(metricsLines(modelOf(node, {metrics}), setting(80, 24))).some(one => one.includes('requested')));
});

test('not asked yet, not measured, ended: each says so', () => {
	const {metrics: _none, ...without} = modelOf(pod, {metrics});
	assert.deepEqual(textOf(metricsLines(without, setting(80, 24))), [' Asking for metrics']);
	const missing = {step: 'absent', word: 'not installed', text: 'This cluster has no metrics API.', remedy: 'Installing metrics-server adds it.'} as const;
	const nothing: MetricsReading = {...nothingRead, asked: {nodes: true, pods: true}, missing: {pods: missing}};
	const text = textOf(metricsLines(modelOf(pod, {metrics: {reading: nothing, history: () => [Number.NaN]}}), setting(80, 24)));
	assert.equal(text[0], ' not measured');
	assert.equal(text[1], ' ? This cluster has no metrics API. Installing metrics-server adds it.');
	assert.ok(text.includes(' CPU  -   requests 250m   limit 600m'));
	const done = {...pod, status: {phase: 'Succeeded'}};
	assert.deepEqual(textOf(metricsLines(modelOf(done, {metrics}), setting(80, 24))), [' It has ended (Succeeded), so nothing of it is measured.']);
});

test('the summary and the preview of a pod show the use of its containers', () => {
	const model = modelOf(pod, {metrics});
	const summaryText = objectPage(model, screenOf(model, 'summary'), setting(140, 40))
		.lines.map(({line}) => plain(line))
		.join('\n');
	assert.match(summaryText, /CONTAINER +STATE +LAST +READY +RESTARTS +CPU +MEM\/LIMIT/);
	assert.match(summaryText, /app +Running.* 380m +233Mi\/256Mi/);
	const row = {id: 'u', ref: model.ref, meta: pod.metadata, cells: [], tone: 'ok' as const};
	const preview = previewLines(model, row, typeOf(pod), setting(60, 40))
		.map(line => plain(line).trimEnd())
		.join('\n');
	assert.match(preview, /^ CPU 9m {2}.* max 400m$/m);
	assert.match(preview, /^ MEM 9m {2}.* max 270Mi$/m);
});

test('every size fits', () => {
	const numbers = podNumbers(pod as Pod);
	for (const model of [
		modelOf(pod, {metrics}),
		modelOf(node, {metrics: {...metrics, numbers: new Map([[numbers.key, numbers]]), eviction: {text: '100Mi', isRead: false}}}),
	])
		assertFits(at => objectPage(model, screenOf(model, 'metrics'), at));
});

test('a kind that is not measured has no such tab', () => {
	const secret = modelOf(served('v1', 'Secret', {metadata: {name: 's', namespace: 'shop'}}));
	assert.doesNotMatch(plain(objectPage(secret, screenOf(secret, 'summary'), setting(80, 24)).fixed[0] ?? []), /Metrics/);
});
