import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {Page, PageSetting} from '../../source/core/page.ts';
import type {TopDetail, TopModel, TopRow} from '../../source/core/top/top-model.ts';
import {topScreenOf} from '../../source/core/top/top-screen.ts';
import type {TopView} from '../../source/core/top/top-view.ts';
import {topPage} from '../../source/pages/top.ts';
import {assertFits, minuteMs, now, setting} from './page-fixture.ts';

const Gi = 1024 ** 3;
const Mi = 1024 ** 2;

function node(
	name: string,
	cpu: readonly [used: number, requested: number],
	memory: readonly [used: number, requested: number],
	more: Partial<TopRow> = {},
): TopRow {
	return {
		id: `row:node|${name}`,
		level: 'nodes',
		name,
		tone: 'ok',
		state: 'fresh',
		cpu: {used: cpu[0], requested: cpu[1], limit: 6000, allocatable: 4000, capacity: 4000},
		memory: {used: memory[0] * Gi, requested: memory[1] * Gi, limit: 20 * Gi, allocatable: 16 * Gi, capacity: 16 * Gi},
		pods: 19,
		history: `node ${name}`,
		...more,
	};
}

function pod(namespace: string, name: string, cpu: TopRow['cpu'], memory: TopRow['memory'], more: Partial<TopRow> = {}): TopRow {
	return {
		id: `row:pod|${namespace}/${name}`,
		level: 'pods',
		namespace,
		name,
		node: 'node-b2',
		tone: 'ok',
		state: 'fresh',
		cpu,
		memory,
		history: `pod ${namespace}/${name}`,
		...more,
	};
}

const pods: readonly TopRow[] = [
	pod(
		'search',
		'search-0',
		{used: 1840, requested: 1000, limit: 2000},
		{used: 3.9 * Gi, requested: 4 * Gi, limit: 4 * Gi},
		{tone: 'error', risk: {tone: 'error', text: '97%'}},
	),
	pod('data', 'pg-0', {used: 910, requested: 500}, {used: 6.2 * Gi, requested: 4 * Gi, limit: 8 * Gi}, {tone: 'error', risk: {tone: 'error', text: '>req'}}),
	pod(
		'shop',
		'web-6f9c7d8b54-kq2xz',
		{used: 402, requested: 200, limit: 500},
		{used: 233 * Mi, requested: 128 * Mi, limit: 256 * Mi},
		{tone: 'warning', risk: {tone: 'warning', text: '91%'}},
	),
	pod('mon', 'prometheus-0', {used: 188, requested: 500}, {used: 1.4 * Gi, requested: 2 * Gi, limit: 3 * Gi}),
	pod('shop', 'old', {used: 12}, {used: 5 * Mi}, {state: 'stale', bestEffort: true}),
	pod('shop', 'new', {requested: 100}, {requested: 64 * Mi}, {state: 'pending', tone: 'progressing'}),
	pod('shop', 'unknown', {}, {}, {state: 'none'}),
];

const rows = [
	node('node-b2', [2900, 2000], [15, 9], {tone: 'warning'}),
	node('node-a1', [1900, 2600], [9.8, 12]),
	node('node-b1', [1600, 3000], [8.9, 10]),
	node('node-a2', [1000, 2600], [6.1, 13]),
];
const from: TopModel['from'] = {source: 'metrics.k8s.io', at: now - 22_000, windowMs: 15_000, isAsked: true, pods: {state: 'ready'}, nodes: {state: 'ready'}};
const nodes: TopModel = {
	level: 'nodes',
	rows,
	total: {cpu: {used: 7400, requested: 10_200, allocatable: 16_000}, memory: {used: 39.8 * Gi, requested: 44 * Gi, allocatable: 64 * Gi}, unmeasured: 0},
	bestEffort: 14,
	unmeasured: 3,
	from,
};
const course = (most: number): readonly number[] => Array.from({length: 60}, (_none, index) => (index < 20 ? Number.NaN : ((index % 12) + 1) * (most / 12)));
const detail: TopDetail = {
	row: rows[0] ?? assert.fail(),
	cpuHistory: course(2900),
	memoryHistory: course(15 * Gi),
	eviction: {text: '100Mi', isRead: true, bytes: 100 * Mi, available: 92 * Mi},
	pods,
	fileSystem: {used: 30 * Gi, capacity: 100 * Gi, available: 60 * Gi},
};
const historyOf = (_row: TopRow, of: 'cpu' | 'memory', samples: number) => course(of === 'cpu' ? 500 : Gi).slice(-samples);

const page = (model: TopModel, at: PageSetting, view: Partial<TopView> = {}, more: TopDetail | undefined = detail): Page =>
	topPage(model, topScreenOf({level: model.level, ...view}), at, {historyOf, ...(more === undefined ? {} : {detail: more})});
const lines = (made: Page): readonly string[] => [...made.fixed, ...made.lines.map(one => one.line), ...(made.foot ?? [])].map(one => plain(one).trimEnd());

test('80x24: nodes with bars, then the course, the eviction and the pods of the one under the cursor (M6)', () => {
	const made = page(nodes, setting(80, 24));
	assert.deepEqual(lines(made).slice(0, 7), [
		' [nodes]  pods  containers  workloads  namespaces                sort CPU desc',
		'   NODE     CPU  used / requested        %  MEM  used / requested           %',
		' ! node-b2  [########|###     ] 2.9/4  72%  [#########|###### ] 15/16Gi   93%',
		' + node-a1  [########...|     ] 1.9/4  47%  [##########..|    ] 9.8/16Gi  61%',
		' + node-b1  [#######.....|    ] 1.6/4  40%  [#########.|      ] 8.9/16Gi  55%',
		' + node-a2  [####.......|     ] 1/4    25%  [######.......|   ] 6.1/16Gi  38%',
		'   cluster  CPU 7.4/16, req 10.2 (63%)   MEM 40Gi/64Gi, req 44Gi (68%)',
	]);
	const foot = (made.foot ?? []).map(one => plain(one).trimEnd());
	assert.match(foot[2] ?? '', /^ node-b2 {2}CPU \d+m {2}[ _.:=+*#-]+ max 2900m {2}MEM \d+m {2}[ _.:=+*#-]+ max 15Gi$/);
	assert.equal(foot[3], ' X eviction at memory.available<100Mi, now 92Mi');
	assert.equal(foot[4], '   disk 40Gi of 100Gi (40%)');
	assert.deepEqual(foot.slice(5), [
		'   POD ON node-b2               CPU   /req   /lim    MEM   /req   /lim  RISK',
		' X search/search-0            1840m  1000m  2000m  3.9Gi    4Gi    4Gi  ! 97%',
		' X data/pg-0                   910m   500m      -  6.2Gi    4Gi    8Gi  ! >req',
		' ! shop/web-6f9c7d8b54-kq2xz   402m   200m   500m  233Mi  128Mi  256Mi  ! 91%',
		' + mon/prometheus-0            188m   500m      -  1.4Gi    2Gi    3Gi',
		' + shop/old                    12m?      -      -   5Mi?      -      -  no req',
		'   2 more pods                    -   100m             -   64Mi',
		'   no requests set: 14 pods (BestEffort, evicted first)   z b lists',
	]);
	assert.equal(plain(made.head), 'source metrics.k8s.io, 15s window, age 22s');
	assert.match(plain(made.status ?? []), /^ # used {2}\. requested {2}\| end of requests {2}% of allocatable {3}3 pods not measured$/);
	assert.equal(made.fixed.length + made.lines.length + (made.foot?.length ?? 0), 19, 'the body is full, and no line is lost');
	assert.ok(made.hints.length >= 5 && made.hints.length <= 9);
});

test('bars: used, requested beyond it, and where the requests end', () => {
	const [first, second] = lines(page(nodes, setting(80, 24))).slice(2);
	assert.match(second ?? '', /^ \+ node-a1 {2}\[#+\.*\|\s+\] 1\.9\/4 +47%/);
	assert.match(first ?? '', /^ ! node-b2 {2}\[#+\|#+\s*\] 2\.9\/4 +72% +\[#+\|#+\s*\] 15\/16Gi +93%$/);
});

test('140x40: requests, limits, capacity and pods have columns of their own', () => {
	const made = lines(page(nodes, setting(140, 40)));
	assert.match(made[1] ?? '', /NODE +CPU {2}used \/ requested +% +REQ +LIM +CAP +MEM {2}used \/ requested \/ allocatable +% +REQ +LIM +CAP +PODS/);
	assert.match(made[2] ?? '', /2\.9\/4 +72% +50% +150% +4 +\[.*\] 15\/16Gi +93% +56% +125% +16Gi +19$/);
});

const podModel: TopModel = {level: 'pods', rows: pods, bestEffort: 1, unmeasured: 1, from};

test('pods: .. not measured yet, ? old and dim, - unknown; never a zero', () => {
	const made = page(
		podModel,
		setting(80, 24),
		{},
		{
			row: pods[2] ?? assert.fail(),
			volumes: [
				{name: 'data', claim: 'data-web', used: 43 * Gi, capacity: 50 * Gi},
				{name: 'tmp', used: Mi},
			],
			ephemeral: 12 * Mi,
		},
	);
	const all = lines(made);
	assert.deepEqual(all.slice(1, 9), [
		'   POD                          CPU   /req   /lim    MEM   /req   /lim  RISK',
		' X search/search-0            1840m  1000m  2000m  3.9Gi    4Gi    4Gi  ! 97%',
		' X data/pg-0                   910m   500m      -  6.2Gi    4Gi    8Gi  ! >req',
		' ! shop/web-6f9c7d8b54-kq2xz   402m   200m   500m  233Mi  128Mi  256Mi  ! 91%',
		' + mon/prometheus-0            188m   500m      -  1.4Gi    2Gi    3Gi',
		' + shop/old                    12m?      -      -   5Mi?      -      -  no req',
		' ~ shop/new                      ..   100m      -     ..   64Mi      -',
		' + shop/unknown                   -      -      -      -      -      -',
	]);
	assert.ok(all.includes('   memory 233Mi of 256Mi (91%)   node node-b2   ephemeral storage 12Mi'));
	assert.ok(all.includes('   claim data-web  43Gi of 50Gi (86%)'));
	assert.ok(all.includes('   volumes  tmp 1Mi'));
	assert.match(all.find(text => text.includes('CPU no sample yet')) ?? '', /MEM no sample yet$/);
	assert.doesNotMatch(all.join('\n'), / 0m | 0Mi /);
});

test('z n shows shares of requests and limits', () => {
	const all = lines(page(podModel, setting(80, 24), {units: 'percent'}));
	assert.match(all[2] ?? '', /search\/search-0 +1840m +184% +92% +3\.9Gi +97% +97% +! 97%$/);
});

test('only one namespace is shown without its name, a pod shows its containers alone', () => {
	const inShop = lines(page({...podModel, rows: pods.slice(2, 3)}, setting(80, 24), {namespace: 'shop'}));
	assert.match(inShop[0] ?? '', /namespaces +namespace shop$/);
	assert.match(inShop[2] ?? '', /^ ! web-6f9c7d8b54-kq2xz /);
	const container: TopRow = {...(pods[0] ?? assert.fail()), id: 'row:container|search/search-0|app', level: 'containers', name: 'app', of: 'search-0'};
	assert.match(lines(page({...podModel, level: 'containers', rows: [container]}, setting(80, 24)))[2] ?? '', /^ X search\/search-0\/app /);
	assert.match(lines(page({...podModel, level: 'containers', rows: [container]}, setting(80, 24), {pod: 'search/search-0'}))[2] ?? '', /^ X app /);
});

test('Enter goes one level deeper', () => {
	const entered = (model: TopModel): unknown => model.rows.length > 0 && page(model, setting(80, 24)).lines[0]?.enter;
	assert.deepEqual(entered(nodes), [{type: 'open', screen: topScreenOf({level: 'pods', node: 'node-b2'})}]);
	assert.deepEqual(entered(podModel), [{type: 'open', screen: topScreenOf({level: 'containers', pod: 'search/search-0', namespace: 'search'})}]);
	const workload: TopRow = {
		id: 'row:workloads|x',
		level: 'workloads',
		name: 'web',
		namespace: 'shop',
		of: 'Deployment',
		tone: 'ok',
		state: 'fresh',
		cpu: {},
		memory: {},
		pods: 2,
	};
	assert.deepEqual(entered({...podModel, level: 'workloads', rows: [workload]}), [
		{type: 'open', screen: topScreenOf({level: 'pods', workload: 'Deployment shop/web', namespace: 'shop'})},
	]);
	const namespace: TopRow = {
		id: 'row:namespaces|shop',
		level: 'namespaces',
		name: 'shop',
		namespace: 'shop',
		tone: 'ok',
		state: 'fresh',
		cpu: {},
		memory: {},
		pods: 2,
	};
	assert.deepEqual(entered({...podModel, level: 'namespaces', rows: [namespace]}), [{type: 'open', screen: topScreenOf({level: 'pods', namespace: 'shop'})}]);
});

const missing = {
	step: 'stale',
	word: 'unavailable (503)',
	text: 'The metrics API is registered but does not answer (503): no endpoints.',
	remedy: 'Look at metrics-server.',
} as const;
const denied = {
	step: 'denied',
	word: 'not allowed',
	text: 'You may not read the kubelets (nodes/proxy) either.',
	remedy: 'A role with get on nodes/proxy allows it.',
} as const;

test('the missing step stands where the values would be: old values, values of the kubelets, none', () => {
	const text = (more: Partial<TopModel['from']>, model: Partial<TopModel> = {}) =>
		lines(page({...nodes, ...model, from: {...from, ...more}}, setting(80, 30)))
			.join(' ')
			.replaceAll(/\s+/g, ' ');
	assert.match(
		text({missing, at: now - 2 * minuteMs}),
		/! These values are 2m old\. The metrics API is registered but does not answer \(503\): no endpoints\./,
	);
	assert.match(text({missing, source: 'kubelet'}), /! The kubelets of the nodes on screen are asked instead\. The metrics API is registered/);
	const {at: _at, source: _source, ...nothing} = from;
	const none = lines(page({...nodes, rows: [], from: {...nothing, missing, kubelet: denied}}, setting(80, 30)));
	assert.match(
		none.join(' ').replaceAll(/\s+/g, ' '),
		/\? The metrics API .* no endpoints\. Look at metrics-server\. \? You may not read the kubelets \(nodes\/proxy\) either\. A role with get on nodes\/proxy allows it\./,
	);
	assert.ok(none.some(line => line.includes('Nothing is known of nodes here: the reasons stand above.')));
	assert.equal(plain(page({...nodes, rows: [], from: {...nothing, missing}}, setting(80, 30)).head), 'not measured');
	const problem = {code: 'forbidden', what: 'Could not list pods', cause: 'user eve may not list pods'} as const;
	assert.match(text({pods: {state: 'ready', problem}}), /\? Requests and limits are not known: Could not list pods: user eve may not list pods\./);
	assert.match(text({only: 'shop'}), /You may read pods of namespace shop only/);
});

test('while it loads, and where nothing runs, that is said', () => {
	const empty = (more: Partial<TopModel>, view: Partial<TopView> = {}) => lines(page({...podModel, rows: [], ...more}, setting(80, 24), view, undefined)).at(1);
	assert.equal(empty({from: {...from, pods: {state: 'loading'}}}), ' Reading pods');
	assert.equal(empty({}, {namespace: 'shop'}), ' There are no running pods in shop.');
	assert.equal(empty({}, {bestEffort: true}), ' Every pod here has requests. z b shows all again');
});

test('of ten thousand rows only those on screen are laid out', () => {
	const many = Array.from({length: 10_000}, (_none, index) => pod('shop', `web-${index}`, {used: 10_000 - index}, {used: Mi}));
	const startedAt = performance.now();
	const made = topPage({...podModel, rows: many}, {...topScreenOf({level: 'pods'}), top: 5000, cursor: 'row:pod|shop/web-5003'}, setting(80, 24), {historyOf});
	const tookMs = performance.now() - startedAt;
	assert.equal(made.lines.length, 10_000);
	assert.match(plain(made.lines[5003]?.line ?? []), /shop\/web-5003 +4997m/);
	assert.equal(plain(made.lines[0]?.line ?? []), ' shop/web-0', 'the others have their names, for the search');
	assert.ok(tookMs < 500, `${tookMs} ms`);
});

test('every size fits, whatever the names', () => {
	const strange = pods.map(one => ({...one, name: `${one.name}\u001b[31m数据库`}));
	for (const model of [nodes, podModel, {...podModel, rows: strange}, {...nodes, from: {...from, missing, kubelet: denied}}])
		assertFits(at => {
			const made = page(model, at, {}, {...detail, row: model.rows[0] ?? assert.fail()});
			assert.ok(made.fixed.length + (made.foot?.length ?? 0) < at.body.rows || at.body.rows < 8, `${at.body.columns}x${at.body.rows}: rows have room`);
			return {...made, fixed: [...made.fixed, ...(made.foot ?? [])]};
		});
});
